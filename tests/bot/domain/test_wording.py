"""Each line that people read, read as a sentence: real changes, and every row of the catalogue."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.change import Change, Kind, Op
from bot.domain.change_lines import LINES_SHOWN, change_sections, leaves_out, whole_sections
from bot.domain.diff.studies import diff
from bot.domain.labels import ROWS
from bot.domain.shortening import ELLIPSIS, ROOM, reworded, short
from bot.domain.study import Study
from bot.domain.wording import change_line
from bot.domain.words import value_label
from tests.bot.domain.diff.test_applied import real_pairs
from tests.bot.domain.golden_cases import cases
from tests.shared import SHARED, needs_shared

RAW = re.compile(
    r"\b(?:[A-Z]{2,}(?:_[A-Z0-9]+)+|CONTACT|RECRUITING|COMPLETED|TERMINATED|ESTIMATED|ACTUAL"
    r"|RANDOMIZED|EXPERIMENTAL|INDUSTRY|PHASE\d|FEMALE)\b"
)
"""A value of an enumeration as the registry writes it."""

PROSE = {Kind.DESCRIPTION, Kind.DOCUMENTS, Kind.ELIGIBILITY, Kind.OUTCOMES, Kind.TREATMENTS}
"""Kinds whose texts are the record's own sentences, which may shout."""

PATH = re.compile(r"[A-Za-z]+(?:Module|Section|Struct|Info)\b|\b[a-z]+[a-z.]*\.[a-z]+[A-Z]\w*")
"""A field as the registry names it."""

ENDS = (".", "”")
"""How a sentence may end: the reason for stopping and reworded texts stand in quotes at the end."""

EMPTY = ("“”", "‹›", "()", ": .", "{", "None")
"""What a sentence has where a value or a word for it is missing."""


def faults(line: str, change: Change | None = None) -> list[str]:
    """What is wrong with a line as an English sentence; ``change`` is what it tells."""
    own = " ".join(filter(None, (change.item, change.old, change.new))) if change else ""
    named = change is not None and change.item and line.startswith(change.item[:20])
    prose = own if change is not None and change.kind in PROSE else ""
    pairs = [pair for pair in (("“", "”"), ("‹", "›")) if not any(sign in own for sign in pair)]
    found = {
        "does not begin with a capital or a name": line[0].islower() and not named,
        "does not end as a sentence": not line.endswith(ENDS),
        "has blanks of its own": line != " ".join(line.split()),
        "shows a raw value": {*RAW.findall(line)} - {*RAW.findall(prose)},
        "names a field by its path": PATH.search(line) and not PATH.search(own),
        "misses a value": any(sign in line and sign not in own for sign in EMPTY),
        "leaves a quote open": any(line.count(one) != line.count(two) for one, two in pairs),
    }
    return [fault for fault, is_there in found.items() if is_there]


def real_changes() -> Iterator[tuple[Study, tuple[Change, ...]]]:
    """What changed between all recorded versions of a trial, in both directions."""
    for old, new in real_pairs():
        yield new, diff(old, new)
        yield old, diff(new, old)


@needs_shared
def test_every_line_of_real_changes_is_a_sentence() -> None:
    """Alone and whole, and as a message puts them together."""
    read = 0
    for study, changes in real_changes():
        for change in changes:
            for room in (ROOM, 1_000_000):
                line = change_line(change, room)
                assert faults(line, change) == [], line
                read += 1
        values = " ".join(f"{c.item} {c.old} {c.new}" for c in changes if c.kind in PROSE)
        every = Change(kind=Kind.DESCRIPTION, path="", item=values)
        for section in change_sections(changes, study):
            for line in section.lines:
                assert faults(line, every) == [], line
    assert read > 3_000


def every_way(path: str, kind: Kind) -> Iterator[Change]:
    """A row's change in every way in which it can be told, with values that are plain words."""
    row = ROWS[path]
    old, new = _VALUES.get(row.how.value, ("first words", "other words"))
    for op in Op:
        for item in (None, "Velotinib"):
            for before, after in ((old, new), (None, new), (old, None)):
                yield Change(kind=kind, path=path, op=op, item=item, old=before, new=after)


_VALUES = {
    "date": ("2026-03", "2027-05-01"),
    "number": ("12", "13"),
    "flag": ("false", "true"),
    "yes": ("false", "true"),
}


@pytest.mark.parametrize("path", [path for path in ROWS if path])
def test_every_row_makes_sentences(path: str) -> None:
    """Whatever can happen to a field, the sentence is whole, also with a value missing."""
    for change in every_way(path, ROWS[path].kind):
        line = change_line(change)
        assert faults(line) == [], line


def test_every_line_of_the_golden_messages_is_a_sentence() -> None:
    """What is written for people to read is held to the same rules."""
    for case in cases():
        for section in change_sections(diff(case.old, case.new), case.new):
            for line in section.lines:
                assert faults(line) == [], line


@pytest.mark.parametrize(
    "line",
    [
        "the status changed.",
        "The status changed",
        "The  status changed.",
        "The status was NOT_YET_RECRUITING.",
        "The statusModule.overallStatus changed.",
        "The status was None.",
        "The status was “”.",
        "The status was “Recruiting.",
        "The status was {old}.",
    ],
)
def test_the_reading_finds_faults(line: str) -> None:
    """A test that finds no fault in anything would be none."""
    assert faults(line)


@needs_shared
def test_every_value_of_the_registry_has_words() -> None:
    """No enumeration of a field that is told shows a value as the registry writes it."""
    schema = yaml.safe_load((SHARED / "ctgov/ctg-oas-v2.yaml").read_text(encoding="utf8"))
    names = {"AHRQ", "CDC", "CTIS", "FDA", "NIH", "SAMHSA", "VA"}
    told = (
        "StudyType Sex SamplingMethod IpdSharing IpdSharingInfoType OrgStudyIdType SecondaryIdType "
        "AgencyClass ResponsiblePartyType DesignAllocation InterventionalAssignment PrimaryPurpose "
        "ObservationalModel DesignTimePerspective BioSpecRetention EnrollmentType ArmGroupType "
        "InterventionType ContactRole OfficialRole ReferenceType DesignMasking WhoMasked "
        "UnpostedEventType ViolationEventType"
    )
    for enum in told.split():
        for value in set(schema["components"]["schemas"][enum]["enum"]) - names:
            assert value_label(value) != value
            assert "_" not in value_label(value)


words = st.lists(st.sampled_from(["age", "of", "18", "years", "or", "older", "16"]), max_size=120)


@given(words, words, st.integers(40, 400))
def test_a_shortened_text_keeps_its_marks_whole_and_its_room(
    old: list[str], new: list[str], room: int
) -> None:
    """Marks are closed, an ellipsis says that something is missing, and what fits is whole."""
    first, second = reworded(" ".join(old), " ".join(new), room)
    for line, text in ((first, " ".join(old)), (second, " ".join(new))):
        assert line.count("‹") == line.count("›")
        bare = line.replace("‹", "").replace("›", "")
        assert bare == text or ELLIPSIS in bare
        assert len(line) <= 2 * room + 200
    if old != new and (old or new):
        assert first != second


def test_short_cuts_between_words() -> None:
    """Nothing is cut that fits, and what is cut ends in an ellipsis."""
    assert short("a text of words", 15) == "a text of words"
    assert short("a text of words", 12) == "a text of…"
    assert short("  a \n text ", 6) == "a text"


def test_what_is_counted_or_cut_can_be_seen_whole() -> None:
    """A message says when it leaves something out, and the whole has all of it."""
    seen = set()
    for case in cases():
        changes = diff(case.old, case.new)
        shown = [line for part in change_sections(changes, case.new) for line in part.lines]
        whole = [line for part in whole_sections(changes) for line in part.lines]
        assert len(whole) == len(changes)
        seen.add(leaves_out(changes))
        if not leaves_out(changes):
            assert not any(ELLIPSIS in line for line in shown)
            assert len(changes) <= LINES_SHOWN * len(Kind)
    assert seen == {True, False}


@functools.cache
def long_change() -> Change:
    """A description of which one word changed, too long for a line."""
    text = " ".join(f"word{number}" for number in range(200))
    path = "protocolSection.descriptionModule.detailedDescription"
    return Change(kind=Kind.DESCRIPTION, path=path, old=text, new=text.replace("word90", "other"))


def test_a_long_value_shortens_to_what_changed() -> None:
    """Some words stand around it on both sides; the whole has all."""
    line, whole = change_line(long_change()), change_line(long_change(), 1_000_000)
    assert "… word85 word86 word87 word88 word89 ‹word90› word91" in line
    assert "‹other› word91 word92 word93 word94 word95 …" in line
    assert len(line) < ROOM
    assert "word0 " in whole
    assert "word199" in whole
    assert leaves_out([long_change()])
