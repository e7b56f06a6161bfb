"""Tests of the chat in a terminal."""
