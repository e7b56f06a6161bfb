"""Two spellings of one MeSH id."""

from __future__ import annotations

import pytest

from bot.domain.mesh import same_id


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("D003920", "D000003920", True),
        ("D000086382", "D086382", True),
        ("D003920", "D039200", False),
        ("D003920", "C003920", False),
        ("D0x1", "Dx1", False),
        ("", "D", False),
    ],
)
def test_zeros_that_fill_up_say_nothing(one: str, other: str, same: bool) -> None:
    """Two ids are one heading exactly when letter and number are the same."""
    assert (same_id(one) == same_id(other)) is same
