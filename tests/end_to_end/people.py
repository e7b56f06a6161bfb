"""The people of the month: what each chat follows and chose, and when it was away."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from bot.domain.address import Address
from bot.domain.change import Kind, mask
from bot.domain.chat_settings import ChatSettings, Rhythm
from tests.end_to_end.planting import CONDITIONS, PLANTS

REPLAYED = mask(
    (
        Kind.STATUS,
        Kind.WHY_STOPPED,
        Kind.RESULTS,
        Kind.EXPANDED_ACCESS,
        Kind.ELIGIBILITY,
        Kind.SITES,
        Kind.DATES,
        Kind.ENROLLMENT,
    )
)
"""Exactly what ``truth.tellable`` sees: of chats with this choice all that they hear is counted."""

A_FEED = 0.1

ROOMS: tuple[dict[str, Any], ...] = (
    {},
    {"quiet_from": 21, "quiet_to": 8},
    {"quiet_from": 21, "quiet_to": 8, "urgent_in_quiet": True},
    {"rhythm": Rhythm.DAILY},
    {"rhythm": Rhythm.DAILY, "hour": 20, "discreet": True},
    {"rhythm": Rhythm.WEEKLY, "weekday": 4, "hour": 17},
    {"discreet": True},
    {"rhythm": Rhythm.DAILY, "urgent_in_quiet": True, "hour": 6},
)
ZONES = ("UTC", "America/New_York", "Asia/Kathmandu", "Europe/Berlin", "Pacific/Kiritimati")


class Chat(msgspec.Struct, frozen=True):
    """One chat: what it follows and chose, and when it was away."""

    address: Address
    trials: frozenset[str]
    words: str | None
    kinds: int
    settings: tuple[ChatSettings, ...]
    """At first and, where there are two, from the middle of the month on."""
    muted: str | None
    away: tuple[date, date] | None
    """From and to which day it could not be reached."""
    feed: bool
    """A channel, which has no one to consent; all others are somebody's own."""


def made_up(at: int, chance: random.Random, trials: Sequence[str]) -> Chat:
    """A chat of mixed choices."""
    followed = frozenset(chance.sample(trials, chance.choice((1, 1, 2, 2, 4, 4, 8, 15))))
    choices = [
        ChatSettings(time_zone=chance.choice(ZONES), **chance.choice(ROOMS)) for _ in range(2)
    ]
    some = mask(chance.sample(sorted(PLANTS), 4))
    away = (date(2026, 2, 5), date(2026, 2, 12)) if chance.random() < 0.05 else None
    return Chat(
        address=Address("terminal", "local", str(at)),
        trials=followed,
        words=chance.choice((*[None] * 12, *CONDITIONS)),
        kinds=chance.choice((mask(Kind), REPLAYED, some)),
        settings=tuple(choices[: chance.choice((1, 1, 2))]),
        muted=chance.choice(sorted(followed)) if chance.random() < 0.2 else None,
        away=away,
        feed=chance.random() < A_FEED,
    )
