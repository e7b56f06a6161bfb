"""The people of the month: what each chat follows and chose, and when it was away."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import msgspec

from bot.domain.address import Address
from bot.domain.change import Kind, mask
from bot.domain.place import Near, Place
from bot.domain.settings.chat import Audience, ChatSettings, Rhythm
from tests.end_to_end.belonging import TOWNS, Topic
from tests.end_to_end.planting import Month
from tests.end_to_end.plants import PLANTS

REPLAYED = mask(
    (
        Kind.STATUS,
        Kind.WHY_STOPPED,
        Kind.RESULTS,
        Kind.EXPANDED_ACCESS,
        Kind.ELIGIBILITY,
        Kind.SITES,
    )
)
"""Exactly what ``truth.tellable`` sees: of chats with this choice all that they hear is counted."""

PATIENTS = ChatSettings().kinds
PROFESSIONALS = ChatSettings(audience=Audience.PROFESSIONAL).kinds
COUNTED = (REPLAYED, PATIENTS)
"""Choices of which every message is counted, not only marks."""

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

NARROWED: tuple[dict[str, Any], ...] = (
    {},
    {"near": ("Oslo", 50)},
    {"near": ("Boston", 100)},
    {"country": "United States"},
    {"country": "Norway"},
    {"status": "RECRUITING"},
    {"age": 30},
    {"near": ("Houston", 200), "status": "RECRUITING"},
    {"country": "United States", "age": 70},
)

WORDS = {"cancer": 6, "asthma": 3, "depression": 1}
"""The conditions, and how many of ten follow each: about as the recorded trials are of them."""

FIRST = 30
"""Of so many chats each third follows a condition; of all others each ninth, as they are wide."""

AWAY = (date(2026, 2, 5), date(2026, 2, 12))
LONG_AWAY = (date(2026, 2, 4), date(2026, 2, 18))
"""From and to which day some cannot be reached: shorter than ``living.GRACE``, and longer."""

OF_TEN = {"rests": 3, "away": 5, "long away": 7, "feed": 9}
"""Which of each ten chats lets what it follows rest for a day, is away, or is a channel."""


class Chat(msgspec.Struct, frozen=True):
    """One chat: what it follows and chose, and when it was away."""

    address: Address
    trials: frozenset[str]
    topic: Topic | None
    kinds: int
    settings: tuple[ChatSettings, ...]
    """At first and, where there are two, from the middle of the month on."""
    home: tuple[str, int] | None
    """The town that it set, and how many kilometres around it are near."""
    muted: str | None
    away: tuple[date, date] | None
    """From and to which day it could not be reached."""
    rests: date | None
    """The data day during which all that it follows was paused."""
    feed: bool
    """A channel, which has no one to consent; all others are somebody's own."""


MANY = 15
"""Trials of who is away for some days, so that more than a few things wait."""


def made_up(at: int, chance: random.Random, month: Month) -> Chat:
    """A chat of mixed choices."""
    role = next((name for name, digit in OF_TEN.items() if at % 10 == digit), "")
    many = chance.choice((1, 1, 2, 2, 4, 4, 8, 15))
    followed = frozenset(chance.sample(month.trials, MANY if role == "away" else many))
    home = chance.choice((None, None, *((town, 100) for town in TOWNS)))
    rooms = [{}] if role == "long away" else chance.choices(ROOMS, k=chance.choice((1, 1, 2)))
    settings = tuple(
        ChatSettings(time_zone=chance.choice(ZONES), near=near(*home) if home else None, **chosen)
        for chosen in rooms
    )
    every = 3 if at < FIRST else 9
    told_on = sorted({one.day for one in month.planted if one.trial in followed})
    return Chat(
        address=Address("terminal", "local", str(at)),
        trials=followed,
        topic=None if at % every else _topic(at // every, chance),
        kinds=_kinds(at, chance),
        settings=settings,
        home=home,
        muted=chance.choice(sorted(followed)) if chance.random() < 0.2 else None,
        away={"away": AWAY, "long away": LONG_AWAY}.get(role),
        rests=chance.choice(told_on) if role == "rests" and told_on else None,
        feed=role == "feed",
    )


def near(town: str, kilometres: int) -> Near:
    """As a chat or a filter keeps it."""
    latitude, longitude, country = TOWNS[town]
    place = Place(name=town, latitude=latitude, longitude=longitude, country=country)
    return Near(place, kilometres)


def _topic(at: int, chance: random.Random) -> Topic:
    (words,) = chance.choices(list(WORDS), list(WORDS.values()))
    return Topic(words, **NARROWED[at % len(NARROWED)])


def _kinds(at: int, chance: random.Random) -> int:
    """Who follows a condition asks for new trials too, but for some."""
    choices = (PATIENTS, mask(Kind), PROFESSIONALS, _some(chance))
    return chance.choice((*choices, REPLAYED)) if at % 3 else choices[at // 3 % len(choices)]


def _some(chance: random.Random) -> int:
    kinds = sorted({plant.kind for plant in PLANTS.values()} | {Kind.NEW, Kind.LEFT})
    return mask(chance.sample(kinds, 5))
