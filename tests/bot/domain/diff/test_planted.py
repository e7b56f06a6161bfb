"""Every field of the catalogue, changed in real records: what was planted is found, whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import paths as at
from bot.domain.catalogue import CATALOGUE
from bot.domain.change import Kind, Op
from bot.domain.diff.studies import diff
from bot.domain.fields import Field, How, Part, walk
from bot.domain.text import fold
from tests.bot.domain.planting import LINE, found, member, plant
from tests.bot.domain.rewrites import copied, objects_at, rewritten, seeds
from tests.bot.domain.trials import parsed
from tests.shared import needs_shared

pytestmark = needs_shared

ROWS = [(path, one) for row in CATALOGUE for path, one in walk(row) if path]
LISTS = [path for path, one in ROWS if isinstance(one, Field) and one.how is How.MEMBERS]
NESTED = {at.SITE_CONTACTS, at.REFERENCES + "references.retractions"}
"""Lists below a member: told of under it, as one part."""

SPECIAL = {at.HAS_RESULTS, at.CRITERIA, *NESTED}
VALUES = [
    pytest.param(path, one, id=path)
    for path, one in ROWS
    if one.how is not How.MEMBERS
    and path not in SPECIAL
    and not any(path.startswith(f"{nested}.") for nested in NESTED)
]
SAMPLE = 6
"""Records for each field, spread over those that have it."""


@pytest.mark.parametrize(("path", "one"), VALUES)
@given(index=st.integers(0, SAMPLE - 1), seed=st.integers(0, 10_000))
@settings(max_examples=6, deadline=None)
def test_a_changed_field_is_found(path: str, one: Field | Part, index: int, seed: int) -> None:
    """The old and the new value stand in a change at the field's path, and no other field's."""
    records = seeds(path, SAMPLE)
    planted = plant(records[index % len(records)], path, one, seed)
    changes = diff(parsed(planted.before), parsed(rewritten(planted.after, seed)))
    if planted.old == planted.new:
        assert changes == ()
        return
    assert found(changes, path, planted), (planted.old, planted.new, changes)
    list_path = path.rpartition(".")[0]
    assert {change.path for change in changes} <= {path, list_path}
    assert Kind.OTHER not in {change.kind for change in changes}


@pytest.mark.parametrize("path", LISTS)
@given(index=st.integers(0, SAMPLE - 1), seed=st.integers(0, 10_000))
@settings(max_examples=6, deadline=None)
def test_a_new_member_is_found(path: str, index: int, seed: int) -> None:
    """Something added to a list is one change by its name, and removed it is one again."""
    records = seeds(path, SAMPLE)
    before = copied(records[index % len(records)])
    holder_path, _, name = path.rpartition(".")
    if not objects_at(before, holder_path):
        return
    after = copied(before)
    for holder in objects_at(after, holder_path)[:1]:
        holder[name] = [*holder.get(name, []), member(path, seed)]
    old, new = parsed(before), parsed(rewritten(after, seed))
    (added,) = diff(old, new)
    (removed,) = diff(new, old)
    assert (added.path, added.op, removed.path, removed.op) == (path, Op.ADDED, path, Op.REMOVED)
    assert added.item == removed.item
    assert added.item
    assert (added.new, added.old) == (removed.old, removed.new)


@given(index=st.integers(0, 39), seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_a_line_of_the_criteria_is_found(index: int, seed: int) -> None:
    """A line added is one change with its words, and reworded it is one with both wordings."""
    raw = seeds(at.CRITERIA, 40)[index]
    plain = copied(raw)
    holder = objects_at(plain, at.ELIGIBILITY.rstrip("."))[0]
    holder["eligibilityCriteria"] += f"\n\n{LINE}"
    reworded = copied(plain)
    holder = objects_at(reworded, at.ELIGIBILITY.rstrip("."))[0]
    holder["eligibilityCriteria"] = holder["eligibilityCriteria"].replace("30 days", "60 days")
    shown = fold(LINE[2:])
    (added,) = diff(parsed(raw), parsed(rewritten(plain, seed)))
    assert (added.path, added.op, added.old, added.new) == (at.CRITERIA, Op.ADDED, None, shown)
    changes = diff(parsed(plain), parsed(rewritten(reworded, seed)))
    assert (Op.CHANGED, shown, shown.replace("30 days", "60 days")) in {
        (one.op, one.old, one.new) for one in changes
    }
    (removed,) = diff(parsed(plain), parsed(rewritten(raw, seed)))
    assert (removed.op, removed.old, removed.new) == (Op.REMOVED, shown, None)


@pytest.mark.parametrize("path", sorted(NESTED))
def test_what_a_member_has_of_its_own_is_found_under_it(path: str) -> None:
    """Contacts of a site stand under the site, retractions under their publication."""
    list_path, _, name = path.rpartition(".")
    for raw in seeds(list_path, SAMPLE):
        after = copied(raw)
        holder = objects_at(after, list_path)[0]
        holder[name] = [*holder.get(name, []), member(path, 1)]
        (change,) = diff(parsed(raw), parsed(after))
        assert (change.path, change.op) == (path, Op.CHANGED)
        assert change.item
        assert change.old != change.new
        assert "lanted" in (change.new or "")


@pytest.mark.parametrize("has", [True, False])
def test_results_come_and_go_in_one_event(has: bool) -> None:
    """All that comes with results is one change, whatever the registry notes on their way."""
    for raw in seeds(at.UNPOSTED_EVENTS, SAMPLE):
        after = copied(raw)
        after.pop("annotationSection")
        after["derivedSection"]["miscInfoModule"].pop("submissionTracking", None)
        after["hasResults"] = True
        status = after["protocolSection"]["statusModule"]
        status["resultsFirstPostDateStruct"] = {"date": "2026-03-01", "type": "ACTUAL"}
        old, new = parsed(raw), parsed(after)
        (change,) = diff(old, new) if has else diff(new, old)
        assert (change.path, change.op) == (at.HAS_RESULTS, Op.ADDED if has else Op.REMOVED)
        assert "2026-03-01" in {change.old, change.new}
