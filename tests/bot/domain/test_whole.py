"""What a message shortens, in full: page by page, and reached by a button."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.change import Change, Kind, Op
from bot.domain.change_lines import whole_sections
from bot.domain.commands.request import parse_line
from bot.domain.paging import SIDE, room_in, weight_of
from bot.domain.paths import LOCATIONS
from bot.domain.study import CTGOV, StudyKey
from bot.domain.version import VersionSeen
from bot.domain.whole import Asked, asked_whole, whole, whole_action

KEY = StudyKey(CTGOV, "NCT90000007")
DAY = date(2026, 3, 2)


def place(name: str) -> Change:
    """A place that was added."""
    return Change(kind=Kind.SITES, path=LOCATIONS, op=Op.ADDED, item=name, new="RECRUITING")


def seen(*changes: Change, day: date = DAY) -> VersionSeen:
    """A version with these changes."""
    return VersionSeen(ordinal=2, data_day=day, changes=changes)


@pytest.mark.parametrize("page", [1, 7])
def test_the_button_asks_for_what_the_desk_understands(page: int) -> None:
    """The action is a command of every platform, within the smallest limit (64 bytes)."""
    action = whole_action("NCT90000007", DAY, page)
    assert len(action.encode()) <= 64
    name, text = parse_line(action) or ("", "")
    assert name == "whole"
    assert asked_whole(text) == Asked(KEY, DAY, page)


@pytest.mark.parametrize(
    "text", ["", "NCT90000007", "NCT90000007 yesterday", "x 2026-03-02", "NCT90000007 2026-03-02 x"]
)
def test_what_is_no_trial_and_day_is_not_guessed(text: str) -> None:
    """A button that somebody forged or an old one that reads otherwise asks for nothing."""
    assert asked_whole(text) is None


def test_a_day_without_changes_says_so() -> None:
    """Nothing is kept of it here: that is what is said."""
    answer = whole(Asked(KEY, DAY), [seen(place("Here"), day=date(2026, 3, 3))])
    assert "no changes" in (answer.lede or "")


names = st.lists(st.text("abc ", min_size=1, max_size=SIDE + 500).map(lambda t: f"P {t}".strip()))


@given(names)
def test_the_pages_have_every_change_once_and_fit(places: list[str]) -> None:
    """Following the buttons from the first page shows all words once, in order, none too long."""
    version = seen(place("First"), *map(place, places))
    action: str | None = whole_action(KEY.number, DAY)
    shown: list[str] = []
    while action is not None:
        asked = asked_whole(action.partition(" ")[2])
        assert asked is not None
        answer = whole(asked, [version])
        assert sum(map(weight_of, answer.sections)) <= room_in(answer)
        shown += [line for section in answer.sections for line in section.lines]
        action = next((one.action for one in answer.buttons if one.label == "Next page"), None)
    expected = [line for one in whole_sections(version.changes) for line in one.lines]
    assert "".join(shown).replace(" ", "") == "".join(expected).replace(" ", "")
    assert shown[0] == "A place was added: First (Recruiting)."


def test_each_page_leads_to_the_one_before() -> None:
    """Somebody who pressed once too often need not begin again."""
    version = seen(*(place(f"A clinic of some town, {number}") for number in range(200)))
    first, second = (whole(Asked(KEY, DAY, page), [version]) for page in (1, 2))
    back = next(one.action for one in second.buttons if one.label == "Previous page")
    assert asked_whole((back or "").partition(" ")[2]) == Asked(KEY, DAY, 1)
    assert first != second
