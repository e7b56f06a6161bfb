"""What a chat of the month should hear, counted from what was planted and from the raw records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from bot.domain.change import Kind
from tests.end_to_end.belonging import Topic, Way, is_in, is_near, sites, way
from tests.end_to_end.people import PATIENTS, PROFESSIONALS, Chat
from tests.end_to_end.planting import Month, Planted, Step
from tests.end_to_end.plants import PLANTS, far_site_of, site_of

Move = tuple[str, Way, str]
"""A trial, what it is to whoever follows a topic, and the topic's words."""


RULES = {
    *(name for name, plant in PLANTS.items() if plant.kind is not Kind.OTHER),
    *(f"{one} by its place" for one in (Way.NEW, Way.CAME, Way.LEFT)),
    *(f"{one} by its country" for one in (Way.NEW, Way.CAME, Way.LEFT)),
    *(f"{one} by its status" for one in (Way.NEW, Way.CAME, Way.LEFT)),
    *(f"{one} by whom it takes" for one in (Way.NEW, Way.LEFT)),
    *("asked as patients", "asked as professionals"),
    *("muted", "near", "near by its coordinates", "not near", "paused meanwhile", "expired"),
}
"""What each run has to meet at least once: each kind that is told, each way to come or leave, and
each reason to hear nothing."""

_ASKED: dict[str, Callable[[Topic], object]] = {
    "its place": lambda topic: topic.near,
    "its country": lambda topic: topic.country,
    "its status": lambda topic: topic.status,
    "whom it takes": lambda topic: topic.age,
}


class Heard(msgspec.Struct):
    """What a chat hears, or should: each mark and each move as often."""

    marks: Counter[int] = msgspec.field(default_factory=Counter)
    moves: Counter[Move] = msgspec.field(default_factory=Counter)
    things: int = 0
    trials: set[str] = msgspec.field(default_factory=set)
    """Of which it hears anything."""
    by_day: Counter[date] = msgspec.field(default_factory=Counter)
    """The things that it should hear of, by data day."""
    rules: Counter[str] = msgspec.field(default_factory=Counter)
    """By which rules it should."""


class Ways:
    """What each step of the month is to each topic; reckoned once for all chats."""

    def __init__(self, month: Month) -> None:
        self.month = month
        self._known: dict[Topic, dict[int, Way]] = {}

    def of(self, topic: Topic) -> dict[int, Way]:
        """By the steps' places."""
        if topic not in self._known:
            found = {
                at: way(one.before, one.after, topic) for at, one in enumerate(self.month.steps)
            }
            self._known[topic] = {at: one for at, one in found.items() if one is not None}
        return self._known[topic]


def expected(chat: Chat, ways: Ways, lost: Collection[date], met: Counter[str]) -> Heard:
    """What it should hear; ``lost`` are the data days of which its debts expired.

    ``met`` counts the rules that came to bear.
    """
    heard = Heard()
    in_topic = ways.of(chat.topic) if chat.topic else {}
    for at, step in enumerate(ways.month.steps):
        found = in_topic.get(at)
        by_number = step.trial in chat.trials
        if not by_number and found is None:
            continue
        one = _of(chat, step, found, by_number=by_number, met=met)
        if one is None:
            continue
        if step.day == chat.rests:
            met["paused meanwhile"] += 1
        elif step.day in lost:
            met["expired"] += 1
        else:
            heard.marks.update(one.marks)
            heard.moves.update(one.moves)
            heard.things += one.things
            heard.trials.add(step.trial)
            heard.by_day[step.day] += one.things
            met.update(one.rules)
    return heard


def _of(
    chat: Chat, step: Step, found: Way | None, *, by_number: bool, met: Counter[str]
) -> Heard | None:
    """What it should hear of one step, where there is anything."""
    asks = {kind for kind in Kind if kind.bit & chat.kinds}
    moved: Way | None = None
    if found in {Way.NEW, Way.CAME}:
        moved = found = found if Kind.NEW in asks else None  # else it does not concern them
    elif found is Way.LEFT and Kind.LEFT in asks:
        moved = found
    places = _Places(chat, asks, by_number=by_number, by_topic=found is not None)
    one = Heard()
    one.marks.update(planted.mark for planted in step.planted if _asked(planted, asks, places))
    if moved and chat.topic:
        one.moves[step.trial, moved, chat.topic.words] = 1
    names = set(step.told)
    if "sites" in names and not places.tell(_differing(step)):
        names.discard("sites")
    if not (by_number or found) or not (one.marks or one.moves or names):
        return None
    if step.trial == chat.muted:
        met["muted"] += 1
        return None
    one.things = 1
    one.rules.update(_rules(chat, step, one, places))
    if one.moves and chat.topic:
        named = (name for name, narrows in _ASKED.items() if narrows(chat.topic))
        one.rules.update(f"{moved} by {name}" for name in named)
    return one


def _rules(chat: Chat, step: Step, one: Heard, places: _Places) -> Iterator[str]:
    yield from (planted.plant for planted in step.planted if planted.mark in one.marks)
    if chat.kinds in {PATIENTS, PROFESSIONALS}:
        yield "asked as patients" if chat.kinds == PATIENTS else "asked as professionals"
    if not places.whole:
        opened = (planted for planted in step.planted if planted.kind is Kind.SITES)
        for planted in opened:
            exact = " by its coordinates" if "geoPoint" in _site_of(planted) else ""
            yield f"near{exact}" if planted.mark in one.marks else "not near"


class _Places:
    """Which places a chat hears of in a trial: near ones, for who did not ask for all."""

    def __init__(
        self, chat: Chat, asks: Collection[Kind], *, by_number: bool, by_topic: bool
    ) -> None:
        self.whole = Kind.SITES in asks
        self.wheres: list[tuple[tuple[str, int] | None, str | None]] = []
        """Of each thing that it follows the place that is near to it, and the country."""
        if self.whole or Kind.SITES_NEAR in asks:
            if by_number:
                self.wheres.append((chat.home, None))
            if by_topic and chat.topic:
                self.wheres.append((chat.topic.near or chat.home, chat.topic.country))

    def name(self, site: Any) -> bool:
        """Whether this one is told by name."""
        if self.whole:
            return bool(self.wheres)
        return any(
            is_near(site, *near) if near else country is not None and is_in(site, country)
            for near, country in self.wheres
        )

    def tell(self, differing: Sequence[Any]) -> bool:
        """Whether anything is told of these: by name, or how many they are."""
        anywhere = (None, None) in self.wheres or (self.whole and bool(self.wheres))
        return anywhere or any(map(self.name, differing))


def _asked(planted: Planted, asks: Collection[Kind], places: _Places) -> bool:
    if planted.kind is Kind.SITES:
        return places.name(_site_of(planted))
    return planted.kind in asks and planted.kind is not Kind.OTHER


def _site_of(planted: Planted) -> Any:
    """The place that was opened."""
    away = planted.plant == "moves away"
    return far_site_of(planted.mark) if away else site_of(planted.mark)


def _differing(step: Step) -> list[Any]:
    """The places that came, went or became others."""
    before, after = (sites(one) if one else [] for one in (step.before, step.after))
    return [one for one in before if one not in after] + [one for one in after if one not in before]
