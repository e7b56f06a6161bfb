"""Occurrences are parted into transactions by how many chats they reach."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storage.reach import BROAD, FEW, PORTION, WIDE, Reach, portions

REACHES = st.builds(Reach, st.integers(0, 2 * BROAD), st.integers(0, 2 * FEW))


@given(st.lists(REACHES, max_size=40))
def test_a_portion_is_no_larger_than_one_transaction_bears(reached: list[Reach]) -> None:
    """All of them in their order, each once, and what is wide by its first batch alone."""
    known = dict(enumerate(reached))
    parts = list(portions(list(known), known))
    assert [one for part in parts for one in part] == list(known)
    for part in parts:
        chats = [WIDE if known[one].is_wide else known[one].chats for one in part]
        assert sum(chats) <= PORTION


def test_as_many_as_fit_go_together() -> None:
    """And one whose reach is not known counts as a wide one."""
    twentieth = Reach(PORTION // 20, FEW + 1)
    ids = list(range(41))
    assert [len(part) for part in portions(ids, dict.fromkeys(ids, twentieth))] == [20, 20, 1]
    fit = PORTION // WIDE
    assert [len(part) for part in portions(range(2 * fit + 1), {})] == [fit, fit, 1]
