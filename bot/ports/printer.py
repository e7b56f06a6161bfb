"""Putting a trial on paper."""

from __future__ import annotations

from typing import Protocol

from bot.domain.cards.sheet import Sheet


class CannotPrint(Exception):
    """The page could not be made; the message says why, without the trial's words."""


class Printer(Protocol):
    """Makes pages."""

    def pdf(self, sheet: Sheet) -> bytes:
        """One to three pages as PDF; the same sheet gives the same bytes. Raises CannotPrint.

        It takes tens of milliseconds of one processor: call it in a thread.
        """
        ...
