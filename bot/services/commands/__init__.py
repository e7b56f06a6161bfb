"""What answers commands: one file for each group of them, put together by the desk."""
