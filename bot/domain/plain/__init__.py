"""Plain language: how hard a text is, and rewording that loses and adds nothing."""
