"""The laws of a comparison, from the registry's own JSON on: real records, written differently."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.change_lines import change_sections
from bot.domain.diff.studies import diff
from bot.domain.digest import of_study
from bot.domain.words import status_label
from tests.bot.domain.rewrites import Raw, raw_records, rewritten, touched
from tests.bot.domain.trials import parsed
from tests.shared import SHARED, needs_shared, read_jsonl

pytestmark = needs_shared

records = st.integers(min_value=0).map(lambda n: raw_records()[n % len(raw_records())])


@given(records, st.integers())
@settings(max_examples=150, deadline=None)
def test_a_record_written_differently_is_the_same(raw: Raw, seed: int) -> None:
    """Shuffled lists, other escapes, white space and numbers of lines change nothing."""
    old, new = parsed(raw), parsed(rewritten(raw, seed))
    assert diff(old, new) == ()
    assert diff(old, old) == ()
    assert diff(new, old) == ()


@given(records)
@settings(max_examples=100, deadline=None)
def test_what_is_left_out_changes_nothing(raw: Raw) -> None:
    """Every field of the left-out list may be touched, all at once, and nothing is reported."""
    old, new = parsed(raw), parsed(touched(raw))
    assert diff(old, new) == ()
    assert of_study(old) == of_study(new)


def test_recorded_noise_is_nothing() -> None:
    """Thirteen trials in two real versions that differ in the registry's stamp alone."""
    pairs = list(read_jsonl(SHARED / "ctgov" / "noise.jsonl.gz"))
    assert len(pairs) == 13
    for line in pairs:
        old, new = (parsed(version) for version in line["versions"])
        assert diff(old, new) == ()


def test_the_real_silent_change_to_unknown_is_told() -> None:
    """The registry set a trial to UNKNOWN without moving its date: one change, with what it was."""
    number = "NCT06302556"
    day = read_jsonl(SHARED / "ctgov" / "replay" / "2026-02-23.jsonl.gz")
    old, new = (
        next(parsed(raw) for raw in every if _number(raw) == number)
        for every in (day, raw_records())
    )
    assert old.last_update_posted == new.last_update_posted
    (change,) = diff(old, new)
    assert (change.kind, change.old, change.new) == ("status", old.overall_status, "UNKNOWN")
    assert new.last_known_status == old.overall_status
    (section,) = change_sections([change], new)
    was = status_label(old.overall_status)
    assert section.lines[0] == f"The status was “{was}” and is now unknown."
    assert "two years" in section.lines[1]


def _number(raw: Raw) -> str:
    return str(raw["protocolSection"]["identificationModule"]["nctId"])


@pytest.mark.parametrize("seed", range(3))
def test_the_rewriting_rewrites(seed: int) -> None:
    """The laws above are not about records that stayed as they were."""
    for raw in raw_records()[:20]:
        assert rewritten(raw, seed) != raw
        assert touched(raw) != raw
