"""Counting what chats and people ask, in memory: a restart forgives."""

from __future__ import annotations

import math
from collections.abc import Iterator

from bot.domain.commands.request import Request
from bot.domain.limit import Allowed, Window
from bot.domain.message import Message
from bot.domain.words import say
from bot.ports.clock import Clock

CROWD = 5
"""So many times as much as one person may a whole group ask: one alone cannot use it up."""

FORGET_AT = 2000
"""Windows remembered before those are dropped that are over."""


class Limits:
    """Says no to a chat, or a person in it, that asks more than ``most`` commands an hour.

    Nobody is counted where there is one person only (``Request.person`` is None).
    """

    def __init__(self, clock: Clock, most: int) -> None:
        self._clock = clock
        self._most = most
        self._windows: dict[tuple[str, ...], Window] = {}

    def refusal(self, request: Request) -> tuple[Message, ...] | None:
        """None where it is answered; else what is said instead, which is nothing after once."""
        if request.person is None:
            return None
        now = self._clock.now()
        for key, most in self._counted(request):
            before = self._windows.get(key, Window())
            self._windows[key], allowed = before.ask(now, most)
            if allowed is Allowed.SILENT:
                return ()
            if allowed is Allowed.TOLD:
                minutes = math.ceil(before.free_in(now).total_seconds() / 60)
                return (_too_much(most, minutes),)
        self._forget()
        return None

    def _counted(self, request: Request) -> Iterator[tuple[tuple[str, ...], int]]:
        address = request.address
        chat = (address.platform, address.bot, address.chat)
        if not request.private and request.person is not None:
            yield (*chat, request.person), self._most
            yield chat, self._most * CROWD
        else:
            yield chat, self._most

    def _forget(self) -> None:
        if len(self._windows) >= FORGET_AT:
            now = self._clock.now()
            kept = {key: one for key, one in self._windows.items() if not one.over(now)}
            self._windows = kept


def _too_much(most: int, minutes: int) -> Message:
    return Message(
        title=say("limit.title"),
        lede=say("limit.lede", most=most, minutes=max(minutes, 1)),
        aside=True,
    )
