"""What changed between two versions of a trial, told as a reader would say it."""
