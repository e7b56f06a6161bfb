"""What is known of the messages that one chat was told, or is owed."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from bot.domain.notice import NoticeState, Occurrence


class ToldNotice(msgspec.Struct, frozen=True, kw_only=True):
    """One notice of a chat, whatever became of it."""

    id: int
    occurrence: Occurrence
    title: str | None = None
    """The trial's, where the store has it."""
    state: NoticeState
    due_at: datetime
    """When it may be told, where it waits."""
    handed_at: datetime | None = None
    """When it was last handed to the platform, or looked at to be."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one trial for one chat."""

    notices: tuple[ToldNotice, ...] = ()
    """Those that are kept, the newest first."""
    held_on: date | None = None
    """The data day of a change that many records had at once: the operator is asked first."""
    reading_on: date | None = None
    """The data day of a change that is told as soon as the reading that found it is complete."""
    spreading: bool = False
    """Whether so many chats are owed a change that its messages are still being written."""


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """What a chat is owed by now."""

    due: int = 0
    put_off: int = 0
    """Told later, as the chat chose."""
    held: int = 0
    """Until the operator decides."""
    next_at: datetime | None = None
    """When the first of the due or put off ones may be told; in the past for at once."""
