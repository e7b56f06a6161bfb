"""The whole, through its own front doors."""
