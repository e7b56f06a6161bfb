"""What one reading of one trial means, rule by rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.change import Kind, Op
from bot.domain.decide import decide, merged, removed
from bot.domain.digest import of_glimpse, of_study
from bot.domain.matching.index import Index
from bot.domain.notice import Event
from bot.domain.record import Record
from bot.domain.study import MeshTerm, Study, StudyKey, glimpse_of
from bot.domain.traits import Spot
from bot.domain.version import Absorbed, StoredStudy
from bot.domain.watch import Interest, StoredInterest
from tests.bot.domain.trials import fact, site, trial

DAY = date(2026, 2, 10)
SARCOMA = MeshTerm("D012509", "Sarcoma")
LYMPHOMA = MeshTerm("D008223", "Lymphoma")
BY_TERM, BY_PHRASE, ELSEWHERE = 1, 2, 3


def an_index(since: date = date(2025, 1, 1)) -> Index:
    """Sarcoma by its heading, lymphoma by words and by heading, gout by words."""
    index = Index()
    for id_, interest in (
        (BY_TERM, Interest(words="sarcoma", terms=(SARCOMA,))),
        (BY_PHRASE, Interest(words="lymphoma", phrases=("lymphoma",), terms=(LYMPHOMA,))),
        (ELSEWHERE, Interest(words="gout", phrases=("gout",))),
    ):
        index.add(StoredInterest(id=id_, interest=interest, since=since))
    return index


def stored(study: Study) -> StoredStudy:
    """A study as the store keeps it."""
    return StoredStudy(
        study=study,
        digest=of_study(study),
        ordinal=1,
        version_day=date(2026, 2, 9),
        read_day=date(2026, 2, 9),
        with_results=False,
    )


def read(
    new: Study, old: Study | None = None, index: Index | None = None, today: int = 0
) -> Absorbed:
    """One decision."""
    return decide(
        Record(study=new, source=b"{}"),
        stored(old) if old else None,
        index or an_index(),
        data_day=DAY,
        occurrences_today=today,
    )


def events(absorbed: Absorbed) -> dict[int, Event]:
    """Who is touched, and how; empty where nothing happened."""
    occurrence = absorbed.occurrence
    return {match.interest_id: match.event for match in occurrence.matches} if occurrence else {}


def test_the_same_content_is_no_version() -> None:
    """Nothing to tell: no version, no change, no occurrence; whether it matches is known anew."""
    old = trial()
    moved = replace(old, condition_meshes=(), condition_ancestors=())
    absorbed = read(moved, old)
    assert not absorbed.is_version
    assert (absorbed.changes, absorbed.occurrence, absorbed.matched) == ((), None, False)
    assert absorbed.record is not None
    assert absorbed.digest == of_study(old)
    assert absorbed.glimpse == of_glimpse(glimpse_of(old))
    assert read(old, old).matched


@pytest.mark.parametrize(
    ("first_posted", "since", "is_new"),
    [
        ("2026-02-09", date(2026, 2, 1), True),
        ("2026-02-09", date(2026, 2, 9), True),
        ("2026-02-09", date(2026, 2, 10), False),
        ("2026-02", date(2026, 1, 1), False),
        (None, date(2026, 1, 1), False),
    ],
)
def test_a_first_sight(first_posted: str | None, since: date, is_new: bool) -> None:
    """It is a version and never a change; new only where first posted on a day since followed."""
    study = trial(first_posted=fact(first_posted) if first_posted else None)
    absorbed = read(study, index=an_index(since))
    assert (absorbed.is_version, absorbed.changes, absorbed.matched) == (True, (), True)
    assert events(absorbed) == ({BY_TERM: Event.NEW} if is_new else {})
    if absorbed.occurrence:
        assert absorbed.occurrence.first_posted == date(2026, 2, 9)
        assert absorbed.occurrence.changes == ()
        assert (absorbed.occurrence.data_day, absorbed.occurrence.cause) == (DAY, "reading")


def test_a_first_sight_that_nobody_follows() -> None:
    """A trial that matches nothing is kept, and that is all."""
    absorbed = read(trial(condition_meshes=()))
    assert (absorbed.is_version, absorbed.matched, absorbed.occurrence) == (True, False, None)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param({}, {"overall_status": "COMPLETED"}, {BY_TERM: Event.CHANGED}, id="changed"),
        pytest.param({}, {"other_fields": ()}, None, id="only kept, not told"),
        pytest.param(
            {},
            {"conditions": ("Sarcoma", "Osteosarcoma", "Lymphoma")},
            {BY_TERM: Event.CHANGED, BY_PHRASE: Event.ENTERED},
            id="entered by words",
        ),
        pytest.param(
            {"keywords": ("lymphoma",)},
            {"keywords": ("bells",)},
            {BY_TERM: Event.CHANGED, BY_PHRASE: Event.LEFT},
            id="left by words",
        ),
        pytest.param(
            {},
            {"conditions": ("Hodgkin",), "condition_meshes": (LYMPHOMA,)},
            {BY_TERM: Event.LEFT, BY_PHRASE: Event.ENTERED},
            id="filed elsewhere because its conditions changed",
        ),
        pytest.param(
            {},
            {"other_fields": (), "condition_meshes": (LYMPHOMA,)},
            None,
            id="filed elsewhere by the registry, nothing told",
        ),
        pytest.param(
            {},
            {"overall_status": "COMPLETED", "condition_meshes": (LYMPHOMA,)},
            {BY_TERM: Event.CHANGED, BY_PHRASE: Event.CHANGED},
            id="filed elsewhere by the registry beside a told change",
        ),
        pytest.param(
            {},
            {"brief_title": "Bells for gout", "condition_meshes": (SARCOMA, LYMPHOMA)},
            {BY_TERM: Event.CHANGED, BY_PHRASE: Event.CHANGED, ELSEWHERE: Event.ENTERED},
            id="entered by its title, and filed elsewhere by the registry",
        ),
        pytest.param(
            {"condition_meshes": ()},
            {"condition_meshes": (), "overall_status": "COMPLETED"},
            {},
            id="changed, and nobody follows what it is about",
        ),
    ],
)
def test_who_is_touched(
    old: dict[str, Any], new: dict[str, Any], expected: dict[int, Event] | None
) -> None:
    """Enters, leaves and changes by interest; None where there is no occurrence at all."""
    before = trial(**old)
    absorbed = read(replace(before, **new), before)
    assert absorbed.is_version
    assert (absorbed.occurrence is None) == (expected is None)
    assert events(absorbed) == (expected or {})


def test_what_is_not_told_is_kept() -> None:
    """The history holds every change, the occurrence only those of a kind that can be chosen."""
    before = trial()
    absorbed = read(replace(before, other_fields=(), overall_status="COMPLETED"), before)
    assert {change.kind for change in absorbed.changes} == {Kind.STATUS, Kind.OTHER}
    assert absorbed.occurrence is not None
    assert {change.kind for change in absorbed.occurrence.changes} == {Kind.STATUS}


def test_where_changed_places_are_is_said_with_the_changes() -> None:
    """Of a place that went as it stood, of one that came as it stands, of no other."""
    gone, stays, come = (
        replace(site(name, city=name), latitude=float(at)) for at, name in enumerate("ABC")
    )
    before = trial(sites=(gone, stays))
    absorbed = read(replace(before, sites=(stays, come)), before)
    assert absorbed.occurrence is not None
    assert absorbed.occurrence.spots == (
        (gone.place, Spot("A", "United States", 0.0, -95.4)),
        (come.place, Spot("C", "United States", 2.0, -95.4)),
    )
    quiet = read(replace(before, overall_status="COMPLETED"), before)
    assert quiet.occurrence is not None
    assert quiet.occurrence.spots == ()


@pytest.mark.parametrize(("today", "cause"), [(0, "reading"), (1, "reading-2"), (2, "reading-3")])
def test_causes_differ_within_a_day(today: int, cause: str) -> None:
    """A second version on one data day is a debt of its own."""
    absorbed = read(trial(overall_status="COMPLETED"), trial(), today=today)
    assert absorbed.occurrence is not None
    assert absorbed.occurrence.cause == cause


@pytest.mark.parametrize("became", [None, StudyKey("ctgov", "NCT99999950")])
def test_a_record_that_is_gone(became: StudyKey | None) -> None:
    """Removed or merged is one change of the record for all who followed; no version is kept."""
    before = stored(trial())
    if became is None:
        absorbed = removed(before, an_index(), data_day=DAY)
    else:
        absorbed = merged(before, became, an_index(), data_day=DAY)
    assert (absorbed.key, absorbed.record, absorbed.is_version) == (before.study.key, None, False)
    (change,) = absorbed.changes
    assert change.kind is Kind.RECORD
    assert change.path == "protocolSection.identificationModule.nctId"
    assert change.op is (Op.CHANGED if became else Op.REMOVED)
    assert (change.old, change.new) == ("NCT99999901", became.number if became else None)
    assert absorbed.occurrence is not None
    assert absorbed.occurrence.changes == absorbed.changes
    assert events(absorbed) == {BY_TERM: Event.CHANGED}
    assert not absorbed.occurrence.cause.startswith("reading")
