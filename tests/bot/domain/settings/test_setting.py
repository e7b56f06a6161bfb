"""What is typed behind /settings, by a table."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.asking.distance import Distance
from bot.domain.commands.request import parse_line
from bot.domain.place import Near, Place
from bot.domain.settings.asking import TYPED, not_understood, wrong
from bot.domain.settings.chat import DEFAULT, Audience, ChatSettings, Rhythm
from bot.domain.settings.replies import page
from bot.domain.settings.setting import (
    Chosen,
    FindPlace,
    FindZone,
    Page,
    Problem,
    Show,
    Wrong,
    meant,
    placed,
)

PARIS = Place(name="Paris, France", latitude=48.9, longitude=2.3, time_zone="Europe/Paris")
THERE = ChatSettings(near=Near(PARIS, 100), time_zone="Europe/Paris")

CHOICES: list[tuple[str, dict[str, Any]]] = [
    ("tell at once", {"rhythm": Rhythm.AT_ONCE}),
    ("tell at_once", {"rhythm": Rhythm.AT_ONCE}),
    ("Tell  Daily", {"rhythm": Rhythm.DAILY}),
    ("tell weekly", {"rhythm": Rhythm.WEEKLY}),
    ("hour 0", {"hour": 0}),
    ("hour 08:00", {"hour": 8}),
    ("hour 23", {"hour": 23}),
    ("weekday Monday", {"weekday": 0}),
    ("weekday sun", {"weekday": 6}),
    ("quiet 22 7", {"quiet_from": 22, "quiet_to": 7}),
    ("quiet 22:00-7:00", {"quiet_from": 22, "quiet_to": 7}),
    ("quiet 0 to 6", {"quiet_from": 0, "quiet_to": 6}),
    ("quiet off", {"quiet_from": None, "quiet_to": None}),
    ("urgent on", {"urgent_in_quiet": True}),
    ("watching yes", {"still_watching": True}),
    ("discreet on", {"discreet": True}),
    ("discreet off", {"discreet": False}),
    ("audience professional", {"audience": Audience.PROFESSIONAL}),
    ("audience patients", {"audience": Audience.PATIENT}),
    ("radius 50", {"near": Near(PARIS, 50)}),
    ("radius 50 km", {"near": Near(PARIS, 50)}),
    ("radius 20 miles", {"near": Near(PARIS, 32)}),
    ("radius 1,000 km", {"near": Near(PARIS, 1000)}),
    ("within 20 mi", {"near": Near(PARIS, 32)}),
    ("30km", {"near": Near(PARIS, 30)}),
    ("place none", {"near": None}),
    ("daily", {"rhythm": Rhythm.DAILY}),
    ("daily 9", {"rhythm": Rhythm.DAILY, "hour": 9}),
    ("every day at 9 pm", {"rhythm": Rhythm.DAILY, "hour": 21}),
    ("weekly", {"rhythm": Rhythm.WEEKLY}),
    ("weekly friday 17", {"rhythm": Rhythm.WEEKLY, "weekday": 4, "hour": 17}),
    ("Weekly, on Fridays at 17:00", {"rhythm": Rhythm.WEEKLY, "weekday": 4, "hour": 17}),
    ("tell me weekly friday 17", {"rhythm": Rhythm.WEEKLY, "weekday": 4, "hour": 17}),
    ("every friday at noon", {"rhythm": Rhythm.WEEKLY, "weekday": 4, "hour": 12}),
    ("at once", {"rhythm": Rhythm.AT_ONCE}),
    ("immediately", {"rhythm": Rhythm.AT_ONCE}),
    ("at 12 am", {"hour": 0}),
    ("9am", {"hour": 9}),
    ("quiet 22-7", {"quiet_from": 22, "quiet_to": 7}),
    ("quiet hours from 10pm to 7am", {"quiet_from": 22, "quiet_to": 7}),
    ("no quiet hours", {"quiet_from": None, "quiet_to": None}),
    ("weekly line on", {"still_watching": True}),
    ("professional", {"audience": Audience.PROFESSIONAL}),
    ("daily at 9 o'clock", {"rhythm": Rhythm.DAILY, "hour": 9}),
    ("daily at 9 o\u2019clock", {"rhythm": Rhythm.DAILY, "hour": 9}),
    ("daily 9.00", {"rhythm": Rhythm.DAILY, "hour": 9}),
    ("weekly wed. 9", {"rhythm": Rhythm.WEEKLY, "weekday": 2, "hour": 9}),
    ("weekday Thurs.", {"weekday": 3}),
    *(
        (f"quiet 22{dash}7", {"quiet_from": 22, "quiet_to": 7})
        for dash in ("\u2013", "\u2014", " \u2014 ", "--", "\u2011", "\u2212")
    ),
    ("for work", {"audience": Audience.PROFESSIONAL}),
]


@pytest.mark.parametrize(("typed", "fields"), CHOICES)
def test_a_choice_changes_just_what_it_names(typed: str, fields: dict[str, Any]) -> None:
    """However it is spelt; and all else stays."""
    before = replace(THERE, quiet_from=1, quiet_to=2)
    before = replace(before, rhythm=Rhythm.DAILY if "once" in typed else before.rhythm)
    chosen = meant(typed, before)
    assert isinstance(chosen, Chosen)
    assert chosen.settings == replace(before, **fields)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("hour 24", Problem.HOUR),
        ("hour -1", Problem.HOUR),
        ("hour 8:30", Problem.HOUR),
        ("hour", Problem.HOUR),
        ("hour ²", Problem.HOUR),
        ("weekday", Problem.WEEKDAY),
        ("weekday t", Problem.WEEKDAY),
        ("weekday someday", Problem.WEEKDAY),
        ("quiet 22", Problem.QUIET),
        ("quiet 22 22", Problem.QUIET),
        ("quiet 22 25", Problem.QUIET),
        ("quiet 22 7 8", Problem.QUIET),
        ("quiet at night", Problem.QUIET),
        ("radius 0", Problem.RADIUS),
        ("radius 20001", Problem.RADIUS),
        ("radius ten", Problem.RADIUS),
        ("urgent", Problem.SWITCH),
        ("watching maybe", Problem.SWITCH),
        ("tell", Problem.RHYTHM),
        ("tell hourly", Problem.RHYTHM),
        ("audience", Problem.AUDIENCE),
        ("audience doctor", Problem.AUDIENCE),
        ("?", Problem.UNKNOWN),
        ("7", Problem.UNKNOWN),
        ("daily 9:30", Problem.TIME),
        ("daily 9.30", Problem.TIME),
        ("daily 25", Problem.TIME),
        ("daily friday", Problem.TIME),
        ("weekly someday", Problem.TIME),
        ("weekly monday friday", Problem.TIME),
        ("at once at 9", Problem.TIME),
        ("quiet 10pm", Problem.QUIET),
        ("hour 13 pm", Problem.HOUR),
        ("radius 15000 miles", Problem.RADIUS),
    ],
)
def test_what_cannot_be_chosen_is_said_in_a_sentence(typed: str, problem: Problem) -> None:
    """Nothing is changed, and the answer says what can be typed."""
    answer = meant(typed, THERE)
    assert isinstance(answer, Wrong)
    assert answer.problem is problem
    said = wrong(answer)
    assert "/settings" in str(said.lede)
    assert "{" not in str(said.lede)


def test_a_radius_needs_a_place() -> None:
    """Near is near something."""
    assert meant("radius 50", DEFAULT) == Wrong(Problem.RADIUS_FIRST)


def test_places_and_zones_are_to_be_looked_up() -> None:
    """Neither is known without a table."""
    assert meant("place  Paris, Texas", DEFAULT) == FindPlace("Paris, Texas")
    assert meant("zone Europe/Paris", DEFAULT) == FindZone("Europe/Paris")
    assert meant("time zone Paris", DEFAULT) == FindZone("Paris")
    assert meant("Paris", DEFAULT) == FindPlace("Paris", alone=True)
    assert meant("colour red", DEFAULT) == FindPlace("colour red", alone=True)


@pytest.mark.parametrize(
    "typed",
    [
        *("place Paris 20 miles", "near Paris, 20 mi", "city Paris within 20 miles"),
        *("radius 20 miles of Paris", "within 20 miles of Paris", "20mi from Paris"),
    ],
)
def test_how_near_can_be_said_with_the_place(typed: str) -> None:
    """Before it or behind it, in kilometres or miles."""
    assert meant(typed, DEFAULT) == FindPlace("Paris", Distance(32, 20))
    assert placed(DEFAULT, PARIS, Distance(32, 20)).settings.near == Near(PARIS, 32)


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("monthly", "weekly"),
        ("fortnightly", "weekly"),
        ("dialy", "daily"),
        ("wekly friday 17", "weekly friday 17"),
        ("discret on", "discreet on"),
    ],
)
def test_a_misspelt_setting_is_offered_as_it_is_spelt(typed: str, likely: str) -> None:
    """With all that was typed behind it."""
    found = meant(typed, THERE)
    assert isinstance(found, FindPlace)
    assert found.meant == likely
    assert isinstance(meant(likely, THERE), Chosen)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("", Page.ALL), ("place", Page.PLACE), ("when", Page.WHEN), ("quiet", Page.QUIET)],
)
def test_a_page_is_shown_without_a_value(typed: str, shown: Page) -> None:
    """Asking what stands changes nothing."""
    assert meant(typed, THERE) == Show(shown)


def test_a_place_brings_its_clock_and_keeps_the_radius() -> None:
    """Somebody who moves still means as near as before."""
    settings = placed(replace(THERE, near=Near(PARIS, 25), time_zone="UTC"), PARIS).settings
    assert (settings.near, settings.time_zone) == (Near(PARIS, 25), "Europe/Paris")
    nowhere = replace(PARIS, time_zone=None)
    assert (
        placed(replace(DEFAULT, time_zone="Asia/Tokyo"), nowhere).settings.time_zone == "Asia/Tokyo"
    )


@given(st.text())
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    """Every text means something or is wrong."""
    assert meant(text, THERE) is not None


@pytest.mark.parametrize("rhythm", list(Rhythm))
@pytest.mark.parametrize("which", list(Page))
@pytest.mark.parametrize("base", [DEFAULT, replace(THERE, quiet_from=22, quiet_to=7)])
def test_every_button_of_every_page_chooses_something_else(
    rhythm: Rhythm, which: Page, base: ChatSettings
) -> None:
    """Buttons fit into 64 bytes, are no more than 25, and each does what it says, once."""
    settings = replace(base, rhythm=rhythm)
    buttons = page(settings, which).buttons
    assert len(buttons) <= 25
    for button in buttons:
        assert button.action is not None
        assert len(button.action.encode()) <= 64
        parsed = parse_line(button.action)
        assert parsed is not None
        answer = meant(parsed[1], settings)
        assert not isinstance(answer, Wrong)
        if isinstance(answer, Chosen):
            assert answer.settings != settings
            assert meant(parsed[1], answer.settings) == answer


def test_what_was_meant_is_offered_by_a_label_that_can_be_read() -> None:
    """However much was typed, a button stays short; what it chooses is all of it."""
    long = f"weekly {'x' * 3_000}"
    (likely, *_) = not_understood(f"wekly {'x' * 3_000}", long).buttons
    assert len(likely.label) <= TYPED
    assert likely.action == f"settings {long}"
    (likely, *_) = not_understood("wekly", "weekly").buttons
    assert likely.label == "weekly"
