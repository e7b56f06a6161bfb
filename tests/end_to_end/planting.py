"""The recorded days of some trials, with changes planted into them and new trials among them."""

from __future__ import annotations

import gzip
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from bot.domain.change import Kind
from tests.end_to_end.belonging import CONDITIONS, Topic, belongs, open_sites, status_of
from tests.end_to_end.plants import GONE, PLANTS, SAID_OF_THE_TRIAL, part
from tests.end_to_end.truth import posted, tellable
from tests.shared import SHARED

Raw = Any

REPLAY = SHARED / "ctgov" / "replay"

ONE_IN = 20
"""Of so many that are planted one is a new trial."""

GONE_OF = 20
"""Of so many trials one leaves the registry."""

DOUBTED = 2
"""It is told as gone when it was not found for so many data days more: a record may be missing for
a day by a fault."""

_SERVED_WITH = re.compile(rb'"versionHolder":\s*"[^"]*"')
"""The data day with which a record was served: it differs though the record does not."""


class Planted(msgspec.Struct, frozen=True):
    """One change that was put into a trial's records from a data day on."""

    mark: int
    trial: str
    plant: str
    day: date

    @property
    def kind(self) -> Kind:
        """As which kind of change it is told."""
        return PLANTS[self.plant].kind


class Step(msgspec.Struct, frozen=True):
    """A data day on which a trial's record became another; ``before`` is None of a new one."""

    day: date
    trial: str
    before: Raw | None
    after: Raw
    planted: tuple[Planted, ...]
    told: frozenset[str]
    """What ``truth.tellable`` sees."""


class Month:
    """The recorded days of some trials, with changes planted into them."""

    def __init__(self, chance: random.Random, trials: int, count: int) -> None:
        lines = {
            date.fromisoformat(path.name[:10]): _lines(path) for path in sorted(REPLAY.iterdir())
        }
        self.dates = sorted(lines)
        changed, self.trials = _chosen(lines, trials)
        newest = {
            trial: next(records[trial] for records in lines.values() if trial in records)
            for trial in self.trials
        }
        planted = _planted(chance, newest, changed, self.dates[1:], count)
        self.gone = _going(chance, sorted(newest.keys() - changed), self.dates)
        """The day from which on each of some trials is served no more."""
        self.planted = [
            one for one in planted if one.trial not in self.gone or one.day < self.gone[one.trial]
        ]
        self.new = _arriving(chance, newest, self.dates[1:], count // ONE_IN)
        self.days = self._days(lines, newest)
        self.steps = [*self._steps(), *self._partings(count)]
        self.unmarked = {
            (one.trial, said): one.mark
            for step in self.steps
            for one in step.planted
            if (said := SAID_OF_THE_TRIAL.get(one.plant))
        }
        """Marks of what is known by its trial and by what is said of it."""

    def _days(
        self, lines: dict[date, dict[str, bytes]], newest: dict[str, bytes]
    ) -> dict[date, dict[str, Raw]]:
        """On each day each trial as it was last recorded, with all that was planted by then."""
        by_trial = defaultdict(list)
        for one in self.planted:
            by_trial[one.trial].append(one)
        days: dict[date, dict[str, Raw]] = {}
        before: dict[str, Raw] = {}
        for day in self.dates:
            recorded = {
                trial: line
                for trial, line in lines[day].items()
                if trial in newest and not self._is_gone(trial, day)
            }
            recorded.update({one: line for one, (at, line) in self.new.items() if at == day})
            newest.update(recorded)
            now = {one.trial for one in self.planted if one.day == day}
            anew = {
                trial: _with(newest[trial], [one for one in by_trial[trial] if one.day <= day])
                for trial in newest
                if trial in recorded or trial in now or trial not in before
            }
            days[day] = before = {**before, **anew}
        return days

    @property
    def served(self) -> dict[date, list[Raw]]:
        """What the registry has of each day: its records, and which of them are gone."""
        return {
            day: [
                *(record for trial, record in there.items() if not self._is_gone(trial, day)),
                *({"removed": trial} for trial, since in self.gone.items() if since == day),
            ]
            for day, there in self.days.items()
        }

    def _is_gone(self, trial: str, day: date) -> bool:
        return trial in self.gone and day >= self.gone[trial]

    def _partings(self, mark: int) -> Iterator[Step]:
        """On which day each is told as gone, as it was last; marks are counted on from ``mark``."""
        for at, (trial, since) in enumerate(self.gone.items(), mark):
            day = self.dates[self.dates.index(since) + DOUBTED]
            last = self.days[day][trial]
            told = Planted(mark=at, trial=trial, plant=GONE, day=day)
            yield Step(day, trial, last, last, (told,), frozenset())

    def _steps(self) -> Sequence[Step]:
        at = defaultdict(list)
        for one in self.planted:
            at[one.day, one.trial].append(one)
        return [
            Step(
                day=day,
                trial=trial,
                before=before.get(trial),
                after=record,
                planted=tuple(at[day, trial]),
                told=frozenset(tellable(before[trial], record) if trial in before else ()),
            )
            for (_, before), (day, after) in pairwise(self.days.items())
            for trial, record in after.items()
            if before.get(trial) is not record
        ]


def _lines(path: Path) -> dict[str, bytes]:
    """The records of a recorded day as they were served, by their numbers."""
    with gzip.open(path, "rb") as lines:
        return {_number.decode(line).number: line for line in lines}


def _chosen(lines: dict[date, dict[str, bytes]], count: int) -> tuple[set[str], list[str]]:
    """The trials that changed by themselves, and with them those that stand in the most days."""
    times = Counter(trial for records in lines.values() for trial in sorted(records))
    versions = defaultdict(set)
    for records in lines.values():
        for trial, line in records.items():
            if times[trial] > 1:
                versions[trial].add(_SERVED_WITH.sub(b"", line))
    changed = {trial for trial, different in versions.items() if len(different) > 1}
    often = [trial for trial, _ in times.most_common() if trial not in changed]
    return changed, (sorted(changed) + often)[:count]


def _planted(
    chance: random.Random,
    records: dict[str, bytes],
    changed: set[str],
    days: Sequence[date],
    count: int,
) -> list[Planted]:
    """Changes of all kinds, each but once in a trial."""
    decoded = {trial: msgspec.json.decode(line) for trial, line in records.items()}
    places = [
        (trial, name)
        for trial, record in decoded.items()
        for name, plant in PLANTS.items()
        if plant.where(record) and not (trial in changed and _gets_lost(name))
    ]
    chosen = chance.sample(places, min(count, len(places)))
    return [
        Planted(at, trial, name, chance.choice(days)) for at, (trial, name) in enumerate(chosen)
    ]


def _going(chance: random.Random, trials: Sequence[str], days: Sequence[date]) -> dict[str, date]:
    """Some of these trials, and the day from which on each is gone: early enough to be told."""
    chosen = chance.sample(trials, max(2, len(trials) // GONE_OF))
    return {trial: chance.choice(days[1:-DOUBTED]) for trial in chosen}


def _gets_lost(name: str) -> bool:
    """Whether it could not be told from what was recorded: of many places only the number is told,
    and what has no mark is known by being the only one of its kind."""
    return name in SAID_OF_THE_TRIAL or PLANTS[name].kind is Kind.SITES


def _arriving(
    chance: random.Random, records: dict[str, bytes], days: Sequence[date], count: int
) -> dict[str, tuple[date, bytes]]:
    """New trials: since which day there are, and their records, made after those of others."""
    models = [
        record
        for line in records.values()
        if any(belongs(record := msgspec.json.decode(line), Topic(words)) for words in CONDITIONS)
        and status_of(record) == "RECRUITING"
        and open_sites(record)
    ]
    made = {}
    for at in range(count):
        record, day = chance.choice(models), chance.choice(days)
        part(record, "identificationModule")["nctId"] = number = f"NCT99{at:06}"
        for struct in ("studyFirstPostDateStruct", "lastUpdatePostDateStruct"):
            part(record, "statusModule")[struct] = {"date": str(day), "type": "ACTUAL"}
        made[number] = day, msgspec.json.encode(record)
    return made


def _with(line: bytes, planted: Sequence[Planted]) -> Raw:
    """The record with these in it, posted when the last of them was.

    It is without the text that a planted one would replace: of a long one only the head is told.
    """
    changed = msgspec.json.decode(line)
    part(changed, "designModule", "designInfo").pop("interventionModelDescription", None)
    for one in planted:
        PLANTS[one.plant].put(changed, one.mark)
    if planted:
        struct = part(changed, "statusModule").setdefault("lastUpdatePostDateStruct", {})
        struct["date"] = max(
            posted(changed, "lastUpdatePostDateStruct"), str(max(one.day for one in planted))
        )
    return changed


class _Identified(msgspec.Struct):
    nctId: str  # noqa: N815 - as the registry spells it


class _Protocol(msgspec.Struct):
    identificationModule: _Identified  # noqa: N815 - as the registry spells it


class _Numbered(msgspec.Struct):
    """Of a record no more than its number, which is found fast."""

    protocolSection: _Protocol  # noqa: N815 - as the registry spells it

    @property
    def number(self) -> str:
        return self.protocolSection.identificationModule.nctId


_number = msgspec.json.Decoder(_Numbered)
