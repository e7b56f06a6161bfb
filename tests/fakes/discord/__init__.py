"""A local Discord: the HTTP API and the gateway as a bot meets them, over real sockets."""

from __future__ import annotations

from tests.fakes.discord.people import Asked
from tests.fakes.discord.server import OBEYED, FakeDiscord, Posted, Scripted

__all__ = ["OBEYED", "Asked", "FakeDiscord", "Posted", "Scripted"]
