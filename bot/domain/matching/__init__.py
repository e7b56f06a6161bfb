"""Which of all that is followed a trial belongs to, however much that is."""
