"""What a chat chooses: where it is, when it hears and how, and the words for it."""
