"""Reading a trial's number in what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.nct import asked_key, find_key, find_keys
from bot.domain.study import CTGOV, StudyKey

KEY = StudyKey(CTGOV, "NCT00902044")


@pytest.mark.parametrize(
    "typed",
    [
        *("NCT00902044", "nct 902044", "NCT 0000902044", "nct:00902044"),
        *("NCT-00902044", "NCT\u201100902044", "NCT_00902044", "nct#902044", "(NCT00902044)."),
        *("NCT no. 902044", "nct number 00902044", "NCT ID: 00902044", "NCT\u200b00902044"),
        "\uff2e\uff23\uff34\uff10\uff10\uff19\uff10\uff12\uff10\uff14\uff14",
        "nct\u0660\u0660\u0669\u0660\u0662\u0660\u0664\u0664",
        "https://clinicaltrials.gov/study/NCT00902044?cond=x&rank=1",
        "https://www.clinicaltrials.gov/ct2/show/nct00902044",
    ],
)
def test_a_number_is_read_in_any_spelling(typed: str) -> None:
    """As a link, without zeros or with too many, wide, or with what stands before numbers."""
    assert find_key(typed) == asked_key(typed) == KEY


@pytest.mark.parametrize(
    "typed",
    [
        *("", "NCT", "nct 12345", "NCT123456789", "doNCT00902044", "902", "nct0238131"),
        *("NCT0090204", "nct-0902044", "090204", "NCT no. 090204", "0090204"),
        *("NCT009020444", "NCT000902044", "009020444", "NCT0090204444", "NCT00009020444"),
        "NCT\u0660\u0660\u0669\u0660\u0662\u0660\u0664",
    ],
)
def test_what_is_no_number_is_none(typed: str) -> None:
    """Too few digits (one forgotten), too many, or inside another word: never another trial."""
    assert find_key(typed) is asked_key(typed) is None


@given(st.integers(min_value=1, max_value=9999999), st.data())
def test_a_digit_lost_or_added_makes_no_other_trial(number: int, data: st.DataObject) -> None:
    """Wherever it was left out or put in, be it a zero in front."""
    digits = f"{number:08d}"
    at = data.draw(st.integers(min_value=0, max_value=7))
    more = data.draw(st.sampled_from("0123456789"))
    for typed in (digits[:at] + digits[at + 1 :], digits[:at] + more + digits[at:]):
        assert find_key(f"NCT{typed}") is asked_key(typed) is None


@pytest.mark.parametrize("typed", ["902044", "00902044", " #00902044 where 2", "902044 page 3"])
def test_whoever_was_asked_for_a_number_need_not_say_what_it_is(typed: str) -> None:
    """The same digits mean nothing elsewhere."""
    assert asked_key(typed) == KEY
    assert find_key(typed) is None


@given(st.integers(min_value=100000, max_value=99999999), st.text(max_size=10))
def test_every_number_is_found_as_the_registry_writes_it(number: int, behind: str) -> None:
    """Whatever stands behind it, as long as it is no further digit."""
    key = StudyKey(CTGOV, f"NCT{number:08d}")
    assert find_key(f"see {key} {behind}") == key
    assert find_keys(f"{key}, {key}") == (key,)
