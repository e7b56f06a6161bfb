"""Telegram over a real socket, with the real library."""
