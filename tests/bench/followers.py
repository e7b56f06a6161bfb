"""Many people who follow conditions as people do: each where they live, at their age.

What they follow is drawn by how often the records name it; where they live, by where the records'
sites are, in a city that is there. One in three names no place.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from itertools import accumulate
from typing import Any

import msgspec

from adapters.ctgov.parse import parse
from adapters.gazetteer.gazetteer import OfflineGazetteer
from bot.domain.address import Address
from bot.domain.change import TOLD_TO_PATIENTS, TOLD_TO_PROFESSIONALS, mask
from bot.domain.countries import country_key
from bot.domain.filters import NO_FILTER, Filter
from bot.domain.place import Near, Place
from bot.domain.watch import Interest
from storage.chats import keep_bot, mark_of_address
from storage.codec import pack_interest
from storage.engine import Database
from storage.interest_marks import mark_of_interest, topic_mark
from storage.tables import chats, interests, subscriptions
from tests.bench.filling import BOT, PLATFORM, insert_all
from tests.bench.material import DAY_BEFORE, Material, frequent

RADII = (25, 50, 100, 200, 300, 500)
WIDEST = 1 / 20
"""The share of the records that the widest condition matches: they are of few subjects, as are the
changes that one data day brings to what people follow."""
OPEN = ("RECRUITING", "NOT_YET_RECRUITING")
_PART = 20_000


class Follows(msgspec.Struct, frozen=True):
    """One subscription to be."""

    chat: int
    interest: Interest
    professional: bool


def followers(of: Material, subscriptions_wanted: int) -> Iterator[Follows]:
    """One chat after the other, until so many subscriptions are there; the same at every run."""
    chance = random.Random(1_000_000)
    known = frequent(of, WIDEST)
    what = [one for one, _ in known]
    weights = list(accumulate(many for _, many in known))
    towns = _Towns(of)
    made = chat = 0
    while made < subscriptions_wanted:
        chat += 1
        wanted = _filter(chance, towns)
        professional = chance.random() < 0.2
        drawn = chance.choices(what, cum_weights=weights, k=chance.choice((1, 1, 2, 3, 5)))
        for one in {one.words: one for one in drawn}.values():
            made += 1
            yield Follows(chat, msgspec.structs.replace(one, filter=wanted), professional)
            if made == subscriptions_wanted:
                return


class _Towns:
    """Cities by how many sites their country has, and by their own size within it."""

    def __init__(self, of: Material) -> None:
        sites = Counter(
            country_key(site.country)
            for raw in of.records
            for site in parse(raw).sites
            if site.country
        )
        there: defaultdict[str, list[Place]] = defaultdict(list)
        for place in OfflineGazetteer()._places():
            there[country_key(place.country or "")].append(place)
        self._there = {name: there[name] for name in sorted(sites) if name in there}
        self.countries = list(self._there)
        self._of_countries = list(accumulate(sites[name] for name in self.countries))
        self._of_cities = {
            name: list(accumulate(1 / (10 + rank) for rank in range(len(cities))))
            for name, cities in self._there.items()
        }

    def draw(self, chance: random.Random) -> Place:
        """Where somebody lives. The gazetteer names the largest cities first."""
        (name,) = chance.choices(self.countries, cum_weights=self._of_countries)
        (place,) = chance.choices(self._there[name], cum_weights=self._of_cities[name])
        return place


def _filter(chance: random.Random, towns: _Towns) -> Filter:
    """What one person narrows all that they follow by; a few in a hundred nothing."""
    place = towns.draw(chance)
    somewhere = chance.random() < 2 / 3
    by_country = not somewhere and chance.random() < 0.3
    wanted = Filter(
        near=Near(place, chance.choice(RADII)) if somewhere else None,
        countries=(place.country,) if by_country and place.country else (),
        age=chance.randint(1, 90) if chance.random() < 0.4 else None,
        sex=chance.choice(("FEMALE", "MALE")) if chance.random() < 0.3 else None,
        statuses=OPEN if chance.random() < 0.1 else (),
        phases=chance.choice((("PHASE3",), ("PHASE2", "PHASE3"), ("PHASE1",)))
        if chance.random() < 0.1
        else (),
        intervention_types=("DRUG",) if chance.random() < 0.05 else (),
        sponsor_classes=("INDUSTRY",) if chance.random() < 0.03 else (),
        healthy_volunteers=True if chance.random() < 0.02 else None,
    )
    return NO_FILTER if chance.random() < 0.03 else wanted


async def fill_followers(database: Database, follows: Iterable[Follows]) -> tuple[int, int]:
    """Keep them. Returns how many different conditions with their filters, and how many chats."""
    async with database.write() as connection:
        bot_id = await keep_bot(connection, database, PLATFORM, BOT)
    ids: dict[bytes, int] = {}
    last_chat = 0
    for part in _parts(follows):
        rows: dict[str, list[dict[str, Any]]] = {"interests": [], "chats": [], "subscriptions": []}
        for one in part:
            if one.chat > last_chat:
                last_chat = one.chat
                rows["chats"].append(_chat(database, bot_id, one.chat))
            mark = mark_of_interest(database, one.interest)
            if mark not in ids:
                ids[mark] = len(ids) + 1
                rows["interests"].append(_interest(database, mark, one.interest))
            rows["subscriptions"].append(_subscription(one, ids[mark]))
        for table in (interests, chats, subscriptions):
            await insert_all(database, table, rows[table.name])
    return len(ids), last_chat


def _interest(database: Database, mark: bytes, interest: Interest) -> dict[str, Any]:
    return {
        "mark": mark,
        "topic": topic_mark(database, interest),
        "interest": pack_interest(interest),
        "since": DAY_BEFORE,
        "baseline_done": True,
    }


def _chat(database: Database, bot_id: int, number: int) -> dict[str, Any]:
    return {
        "bot_id": bot_id,
        "mark": mark_of_address(database, Address(PLATFORM, BOT, str(number))),
        "chat": str(number),
        "thread": None,
        "consented_at": datetime.combine(DAY_BEFORE, time(9), UTC),
    }


def _subscription(one: Follows, interest_id: int) -> dict[str, Any]:
    kinds = TOLD_TO_PROFESSIONALS if one.professional else TOLD_TO_PATIENTS
    return {
        "chat_id": one.chat,
        "study_id": None,
        "interest_id": interest_id,
        "kinds": mask(kinds),
        "since": DAY_BEFORE,
    }


def _parts(follows: Iterable[Follows]) -> Iterator[list[Follows]]:
    part: list[Follows] = []
    for one in follows:
        part.append(one)
        if len(part) == _PART:
            yield part
            part = []
    yield part
