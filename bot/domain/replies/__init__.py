"""What the desk answers, a file for each kind of request."""
