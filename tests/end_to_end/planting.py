"""The recorded days of some trials, with changes planted into them, each with a mark of its own."""

from __future__ import annotations

import gzip
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from bot.domain.change import Kind
from tests.end_to_end.truth import filed_under, mentions, tellable
from tests.shared import SHARED

REPLAY = SHARED / "ctgov" / "replay"
CONDITIONS = {"asthma": "D001249", "cancer": "D009369", "depression": "D003866"}

Raw = Any
Plant = Callable[[Raw, str], None]


def _part(record: Raw, *names: str) -> Raw:
    found = record["protocolSection"]
    for name in names:
        found = found.setdefault(name, {})
    return found


def _add(module: str, members: str, /, **fields: str) -> Plant:
    def plant(record: Raw, mark: str) -> None:
        filled = {key: value.format(mark=mark) for key, value in fields.items()}
        _part(record, module).setdefault(members, []).append(filled)

    return plant


def _stop(record: Raw, mark: str) -> None:
    _part(record, "statusModule")["whyStopped"] = f"Stopped for {mark}."


def _exclude(record: Raw, mark: str) -> None:
    module = _part(record, "eligibilityModule")
    module["eligibilityCriteria"] = module.get("eligibilityCriteria", "") + f"\n\n* Has {mark}"


def _redesign(record: Raw, mark: str) -> None:
    _part(record, "designModule", "designInfo")["interventionModelDescription"] = f"As in {mark}."


def _keyword(record: Raw, mark: str) -> None:
    _part(record, "conditionsModule").setdefault("keywords", []).append(f"Keyword {mark}")


def _bare(record: Raw) -> Raw:
    """Without the text that a planted one would replace: of a long one only the head is told."""
    _part(record, "designModule", "designInfo").pop("interventionModelDescription", None)
    return record


PLANTS: dict[Kind, Plant] = {
    Kind.WHY_STOPPED: _stop,
    Kind.ELIGIBILITY: _exclude,
    Kind.DESIGN: _redesign,
    Kind.DESCRIPTION: _keyword,
    Kind.SITES: _add(
        "contactsLocationsModule",
        "locations",
        facility="Hospital {mark}",
        city="Oslo",
        country="Norway",
    ),
    Kind.CONTACTS: _add(
        "contactsLocationsModule", "centralContacts", name="Doctor {mark}", role="CONTACT"
    ),
    Kind.TREATMENTS: _add(
        "armsInterventionsModule", "interventions", type="DRUG", name="Drug {mark}"
    ),
    Kind.OUTCOMES: _add(
        "outcomesModule", "secondaryOutcomes", measure="Outcome {mark}", timeFrame="1 year"
    ),
    Kind.SPONSOR: _add(
        "sponsorCollaboratorsModule",
        "collaborators",
        **{"name": "Sponsor {mark}", "class": "OTHER"},
    ),
    Kind.DOCUMENTS: _add(
        "referencesModule", "seeAlsoLinks", label="Paper {mark}", url="https://example.org/{mark}"
    ),
}
"""How a change of a kind is put into a record. Each writes its mark where a message shows it."""


class Planted(msgspec.Struct, frozen=True):
    """One change that was put into a trial's records from a data day on."""

    mark: int
    trial: str
    kind: Kind
    day: date


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


class Month:
    """The recorded days of some trials, with changes planted into them."""

    def __init__(self, chance: random.Random, trials: int, count: int) -> None:
        lines = {
            date.fromisoformat(path.name[:10]): _lines(path) for path in sorted(REPLAY.iterdir())
        }
        times = Counter(trial for records in lines.values() for trial in sorted(records))
        self.trials = [trial for trial, _ in times.most_common(trials)]
        self.dates = sorted(lines)
        places = [(trial, kind) for trial in self.trials for kind in PLANTS]
        self.planted = [
            Planted(mark, trial, kind, chance.choice(self.dates[1:]))
            for mark, (trial, kind) in enumerate(chance.sample(places, min(count, len(places))))
        ]
        self.days = self._days(lines)
        self.steps = [
            (day, trial, before[trial], after[trial])
            for (_, before), (day, after) in pairwise(self.days.items())
            for trial in self.trials
            if before[trial] is not after[trial]
        ]
        """The days on which a trial's record became another, with both."""
        self.told = {
            (day, trial) for day, trial, before, after in self.steps if tellable(before, after)
        }
        """What is told to those who follow what ``truth.tellable`` sees."""
        self.matching = {
            (day, trial, words)
            for day, trial, before, after in self.steps
            for words in CONDITIONS
            if matches(before, words) and matches(after, words)
        }

    def _days(self, lines: dict[date, dict[str, bytes]]) -> dict[date, dict[str, Raw]]:
        """On each day each trial as it was last recorded, with all that was planted by then."""
        newest = {
            trial: next(records[trial] for records in lines.values() if trial in records)
            for trial in self.trials
        }
        by_trial = defaultdict(list)
        for one in self.planted:
            by_trial[one.trial].append(one)
        days: dict[date, dict[str, Raw]] = {}
        before: dict[str, Raw] = {}
        for day in self.dates:
            recorded = {t: line for t, line in lines[day].items() if t in newest}
            newest.update(recorded)
            now = {one.trial for one in self.planted if one.day == day}
            anew = {
                trial: _with(newest[trial], [one for one in by_trial[trial] if one.day <= day])
                for trial in self.trials
                if trial in recorded or trial in now or trial not in before
            }
            days[day] = before = {**before, **anew}
        return days


def _lines(path: Path) -> dict[str, bytes]:
    """The records of a recorded day as they were served, by their numbers."""
    with gzip.open(path, "rb") as lines:
        return {_number.decode(line).number: line for line in lines}


def _with(line: bytes, planted: Sequence[Planted]) -> Raw:
    """The record with these in it, posted when the last of them was."""
    changed = _bare(msgspec.json.decode(line))
    for one in planted:
        PLANTS[one.kind](changed, f"P{one.mark:05}")
    if planted:
        posted = _part(changed, "statusModule").setdefault("lastUpdatePostDateStruct", {})
        last = str(max(one.day for one in planted))
        posted["date"] = max(str(posted.get("date", "")), last)
    return changed


def matches(record: Raw, words: str) -> bool:
    """Whether the condition matches, by the raw record alone."""
    return filed_under(record, CONDITIONS[words]) or mentions(record, words)
