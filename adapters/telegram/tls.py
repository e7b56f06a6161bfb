"""The certificates that are trusted in connections to Telegram."""

from __future__ import annotations

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """One for all connections: to load them takes a fiftieth of a second and a megabyte."""
    return httpx.create_ssl_context()
