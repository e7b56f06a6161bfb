"""What is to become of a notice that was claimed: told now, alone or with others, or later."""

from __future__ import annotations

from datetime import datetime, tzinfo

import msgspec

from bot.domain.mass import is_late
from bot.domain.notice import Notice
from bot.domain.settings.chat import Rhythm
from bot.domain.timing import is_urgent, tell_at

FEW = 3
"""So many messages may come to a chat one after the other; more than these come as one."""

TOLD_TOGETHER = 60
"""Notices that are read for one digest; no message of any platform holds more trials than these."""


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """Whether it is a notice's turn."""

    until: datetime | None = None
    """When it may be told; None for now."""
    alone: bool = False
    """Of what has to wait: only this one has to, as others may be told before."""
    together: bool = False
    """Of what is told now: others of its chat are told in the same message."""


def turn_of(notice: Notice, zone: tzinfo, now: datetime) -> Turn:
    """What a chat's choices and its other debts mean for one notice that it is owed."""
    settings = notice.settings
    due = tell_at(settings, zone, owed_at=notice.owed_at, now=now, urgent=False)
    if due <= now:
        return Turn(together=_together(notice))
    if not settings.urgent_in_quiet:
        return Turn(until=due)
    if not is_urgent(notice.occurrence):
        return Turn(until=due, alone=True)
    # Only what is urgent may be heard now, and what can only be told as it was told before.
    return Turn(together=notice.told_with is not None)


def _together(notice: Notice) -> bool:
    if notice.told_with is not None:
        return True
    if notice.unsure:
        return False  # it may have arrived by itself, and is told again exactly so
    if is_late(notice.occurrence):
        return True
    if notice.settings.threads:
        return False  # each trial has a thread of its own
    return notice.others >= (FEW if notice.settings.rhythm is Rhythm.AT_ONCE else 1)
