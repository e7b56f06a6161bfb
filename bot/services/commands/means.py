"""What the answers to commands are made with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import msgspec

from bot.domain.commands.request import Request
from bot.domain.message import Message
from bot.ports.clock import Clock, Zones
from bot.ports.gazetteer import Gazetteer
from bot.ports.printer import Printer
from bot.ports.registry import Registry
from bot.ports.store import Store
from bot.services.data_date import DataDate
from bot.services.look_up import LookUp
from bot.services.posting import Posting

Answer = tuple[Message, ...]

Handler = Callable[[Request], Awaitable[Answer]]
"""Answers one command. What it raises is said in words by the desk."""

Handlers = Mapping[str, Handler]
"""By the name of the command."""


class Means(msgspec.Struct, frozen=True, kw_only=True):
    """The world as commands need it. ``on_follow`` is called when a baseline is owed anew."""

    registry: Registry
    store: Store
    look_up: LookUp
    data_date: DataDate
    clock: Clock
    gazetteer: Gazetteer
    zones: Zones
    on_follow: Callable[[], None]
    on_choice: Callable[[], None]
    """Called when a chat may hear earlier than it would have."""
    posting: Posting
    printer: Printer
    subscriptions_per_chat: int = 100
    """How much one chat can follow."""
    privacy_url: str | None = None
    """What the operator promises about what is kept, for people to read."""
    contact: str | None = None
    """Who runs this: an e-mail address or a URL."""
    commands_per_hour: int = 60
    """How many commands a person in a chat may give."""
    pause_grace: timedelta = timedelta(days=90)
    """How long the debts of a chat that cannot be reached are kept."""
