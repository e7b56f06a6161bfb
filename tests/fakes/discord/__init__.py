"""A local Discord: the HTTP API and the gateway as a bot meets them, over real sockets."""

from __future__ import annotations

from tests.fakes.discord.answering import OBEYED, Scripted
from tests.fakes.discord.channels import Posted
from tests.fakes.discord.people import Asked
from tests.fakes.discord.server import FakeDiscord

__all__ = ["OBEYED", "Asked", "FakeDiscord", "Posted", "Scripted"]
