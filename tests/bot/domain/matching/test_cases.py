"""The tables of ``cases``: who is touched by which change of which trial, and how."""

from __future__ import annotations

import functools
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.decide import decide, merged, removed
from bot.domain.digest import of_study
from bot.domain.matching.index import Index
from bot.domain.record import Record
from bot.domain.study import CTGOV, Study, StudyKey
from bot.domain.version import Absorbed, StoredStudy
from bot.domain.watch import StoredInterest
from tests.bot.domain.matching.cases.reading import BASE, Case, edited, interest, made, real
from tests.bot.domain.trials import parsed
from tests.shared import SHARED, needs_shared, read_jsonl

DAY = date(2026, 2, 10)
MADE = [
    case
    for name in ("status", "places", "people", "treatment", "words", "knowing")
    for case in made(name)
]
REAL = list(real("real"))


@pytest.mark.parametrize("case", MADE, ids=lambda case: case.name)
def test_made_up_trial(case: Case) -> None:
    """A row of a table: what is followed, how the trial changed, and who hears what of it."""
    before = None if case.before == "unknown" else edited(BASE, case.before.replace("removed", ""))
    assert outcome(case, before, before or BASE) == case.expected


@needs_shared
@pytest.mark.parametrize("case", REAL, ids=lambda case: case.name)
def test_recorded_trial(case: Case) -> None:
    """The same of a real record, with a change planted in it or as the registry has it later."""
    old, new = recorded_pair(case.trial)
    before = None if case.before == "unknown" else edited(old, case.before)
    assert outcome(case, before, new or before or old) == case.expected


def test_tables_are_as_large_as_they_have_to_be() -> None:
    """Enough cases to be worth the name, each said once, and forty of them on real records."""
    assert len(MADE) + len(REAL) >= 150
    assert len(REAL) >= 40
    for cases in (MADE, REAL):
        said = [(one.trial, one.follows, one.before, one.after) for one in cases]
        assert len(set(said)) == len(said)


def outcome(case: Case, before: Study | None, after: Study) -> str:
    """What happened to somebody who follows what the case says, in the words of the tables."""
    followed, since = interest(case.follows)
    index = Index()
    index.add(StoredInterest(id=1, interest=followed, since=since))
    absorbed = decided(case, before, after, index)
    matches = absorbed.occurrence.matches if absorbed.occurrence else ()
    said = "nothing"
    for match in matches:
        said = WORDS[match.event.value]
        if match.part is not None:
            said += f" by {match.part}"
    if absorbed.record is not None and not absorbed.matched:
        said += "; unwatched"
    return said


WORDS = {"new": "new", "entered": "enters", "left": "leaves", "changed": "changes"}


def decided(case: Case, before: Study | None, after: Study, index: Index) -> Absorbed:
    """The decision of the case's data day."""
    if before is not None and case.after in {"gone", "merged"}:
        if case.after == "gone":
            return removed(stored(before), index, data_day=DAY)
        return merged(stored(before), StudyKey(CTGOV, "NCT99999950"), index, data_day=DAY)
    previous = None
    if before is not None:
        previous = replace(stored(before), removed=case.before.startswith("removed"))
    record = Record(study=edited(after, case.after), source=b"{}")
    return decide(record, previous, index, data_day=DAY, occurrences_today=0)


def stored(study: Study) -> StoredStudy:
    """As it was read on the day before."""
    return StoredStudy(
        study=study,
        digest=of_study(study),
        ordinal=1,
        version_day=DAY - timedelta(days=9),
        read_day=DAY - timedelta(days=1),
        with_results=False,
    )


@functools.cache
def versions() -> dict[tuple[str, str], Study]:
    """What the tables name of the recorded versions and days, by number and version or day."""
    found = {}
    for one in read_jsonl(SHARED / "ctgov" / "versions.jsonl.gz"):
        if wanted := named(one["nctId"]):
            for version in wanted & {str(n + 1) for n in range(len(one["versions"]))}:
                found[one["nctId"], version] = parsed(one["versions"][int(version) - 1]["study"])
    days = {day for case in REAL for day in case.trial.split()[1:] if len(day) == len("2026-02-02")}
    for day in days:
        for raw in read_jsonl(SHARED / "ctgov" / "replay" / f"{day}.jsonl.gz"):
            number = raw["protocolSection"]["identificationModule"]["nctId"]
            if day in named(number):
                found[number, day] = parsed(raw)
    for raw in read_jsonl(SHARED / "ctgov" / "studies.jsonl.gz"):
        number = raw["protocolSection"]["identificationModule"]["nctId"]
        if "" in named(number):
            found[number, ""] = parsed(raw)
    return found


@functools.cache
def named(number: str) -> frozenset[str]:
    """The versions and days of a trial that the table names; "" for the record as it is."""
    wanted: set[str] = set()
    for case in REAL:
        first, *rest = case.trial.split()
        if first == number:
            wanted.update(rest or [""])
    return frozenset(wanted)


def recorded_pair(which: str) -> tuple[Study, Study | None]:
    """The record that is named, and the later one where two are named."""
    number, *rest = which.split()
    if not rest:
        return versions()[number, ""], None
    return versions()[number, rest[0]], versions()[number, rest[1]]
