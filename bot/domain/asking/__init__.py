"""What somebody typed, read: words, what narrows them, and what is to be asked back."""
