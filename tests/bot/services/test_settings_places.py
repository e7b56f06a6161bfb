"""Choosing where one is and by which clock, over a real database and the real gazetteer."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.settings.chat import DEFAULT, ChatSettings
from tests.bot.services.support import house, lines, old
from tests.bot.services.talking import ask, chosen, facts, press


async def test_a_city_sets_the_place_and_the_clock(file: Path) -> None:
    """One city of that name is taken; the radius is then chosen by a button."""
    async with house(file, [old(1)]) as (_, core):
        answer = await ask(core, "settings", "place Lyon")
        assert "Lyon, France" in lines(answer)
        near = (await chosen(core)).near
        assert near is not None
        assert (near.place.name.partition(",")[0], near.kilometres) == ("Lyon", 100)
        assert (await chosen(core)).time_zone == "Europe/Paris"
        (closer,) = [b.action for b in answer.buttons if b.label == "Within 25 km"]
        assert "within 25 km" in lines(await press(core, str(closer)))
        shown = facts(await ask(core, "settings"))
        assert "Where you are: Lyon, France, within 25 km" in shown
        assert "Time zone: Europe/Paris" in shown
        await ask(core, "settings", "place none")
        assert (await chosen(core)).near is None
        assert (await chosen(core)).time_zone == "Europe/Paris"


async def test_a_place_that_sets_another_clock_says_which(file: Path) -> None:
    """With how to change it: a time zone may have been chosen by itself before."""
    async with house(file, [old(1)]) as (_, core):
        await ask(core, "settings", "zone UTC")
        answer = await ask(core, "settings", "place Paris, Texas")
        assert "The time zone is America/Chicago; for another one type /settings zone" in lines(
            answer
        )
        await ask(core, "settings", "zone UTC")
        assert "The time zone is UTC;" in lines(await ask(core, "settings", "radius 50"))


async def test_several_cities_are_asked_back_and_a_button_answers(file: Path) -> None:
    """Nothing is kept before it is clear which one is meant."""
    async with house(file, [old(1)]) as (_, core):
        asked = await ask(core, "settings", "place Paris")
        assert asked.title == "Which Paris?"
        assert await chosen(core) == DEFAULT
        for button in asked.buttons:
            assert len(str(button.action).encode()) <= 64
        texas = next(b for b in asked.buttons if "Texas" in b.label)
        await press(core, str(texas.action))
        near = (await chosen(core)).near
        assert near is not None
        assert near.place.name == texas.label
        assert (await chosen(core)).time_zone == "America/Chicago"


@pytest.mark.parametrize("place", ["Xyzzyxville", "x" * 500, "Arizona", "North Carolina"])
async def test_a_place_that_nobody_knows_is_said(file: Path, place: str) -> None:
    """And nothing is changed."""
    async with house(file, [old(1)]) as (_, core):
        answer = await ask(core, "settings", f"place {place}")
        assert answer.title.startswith("I do not know the place")
        assert len(answer.title) < 200
        assert await chosen(core) == DEFAULT


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("utc", "UTC"),
        ("Tokyo", "Asia/Tokyo"),
        ("EST", "America/New_York"),
        ("pt", "America/Los_Angeles"),
        ("CEST", "CET"),
    ],
)
async def test_a_time_zone_is_known_by_its_name_or_a_city(
    file: Path, typed: str, zone: str
) -> None:
    """In any case of letters; of a city, the clock there without the place being kept."""
    async with house(file, [old(1)]) as (_, core):
        await ask(core, "settings", "zone Asia/Kolkata")
        await ask(core, "settings", f"zone {typed}")
        assert await chosen(core) == ChatSettings(time_zone=zone)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("zone Mars", "Marks, Russia"),
        ("zone Asia", "Asia, Philippines"),
        ("place Mars", "Marks, Russia"),
        ("place Pariss", "Paris, France"),
    ],
)
async def test_a_guess_is_asked_back_before_it_moves_the_clock(
    file: Path, typed: str, offered: str
) -> None:
    """A misspelling or another name sets nothing until the place is pressed."""
    async with house(file, [old(1)]) as (_, core):
        asked = await ask(core, "settings", typed)
        assert "Did you mean" in asked.title
        assert await chosen(core) == DEFAULT
        (button,) = [one for one in asked.buttons if one.label == offered]
        await press(core, str(button.action))
        assert (await chosen(core)).time_zone != DEFAULT.time_zone


@pytest.mark.parametrize("typed", ["zurich", "Zürich", "Zürich, Switzerland", "new york"])
async def test_a_city_s_own_name_is_taken_as_typed(file: Path, typed: str) -> None:
    """Whatever its case and accents, or with only its first words."""
    async with house(file, [old(1)]) as (_, core):
        await ask(core, "settings", f"place {typed}")
        assert (await chosen(core)).near is not None


@pytest.mark.parametrize(
    ("typed", "zone", "near"),
    [
        ("Lyon", "Europe/Paris", 100),
        ("Lyon 20 miles", "Europe/Paris", 32),
        ("Europe/Paris", "Europe/Paris", None),
        ("utc", "UTC", None),
    ],
)
async def test_a_city_or_a_time_zone_alone_is_taken_for_it(
    file: Path, typed: str, zone: str, near: int | None
) -> None:
    """A city is where somebody is, with its clock; how near in miles is told in kilometres."""
    async with house(file, [old(1)]) as (_, core):
        await ask(core, "settings", "zone Asia/Kolkata")
        said = lines(await ask(core, "settings", typed))
        settings = await chosen(core)
        assert settings.time_zone == zone
        assert (settings.near.kilometres if settings.near else None) == near
        assert ("20 miles are 32 km" in said) == ("miles" in typed)


async def test_of_several_cities_the_one_that_is_pressed_is_as_near_as_was_said(
    file: Path,
) -> None:
    """How near goes along with the button."""
    async with house(file, [old(1)]) as (_, core):
        asked = await ask(core, "settings", "within 20 miles of Paris")
        await press(core, str(asked.buttons[1].action))
        near = (await chosen(core)).near
        assert near is not None
        assert (near.place.name, near.kilometres) == ("Paris, Texas, United States", 32)


async def test_a_time_zone_that_there_is_not_is_said_to_be_one(file: Path) -> None:
    """By its slash: nothing else has one."""
    async with house(file, [old(1)]) as (_, core):
        asked = await ask(core, "settings", "Europe/Pariss")
        assert asked.title == "I do not know the time zone “Europe/Pariss”"


@pytest.mark.parametrize(
    "typed", ["Mars/Olympus", "Europe", "Maine", "../../etc/passwd", "x" * 400, "\0"]
)
async def test_what_is_no_time_zone_is_said(file: Path, typed: str) -> None:
    """A clear sentence, and nothing is changed."""
    async with house(file, [old(1)]) as (_, core):
        answer = await ask(core, "settings", f"zone {typed}")
        assert answer.title.startswith(("I do not know the time zone", "When you are told"))
        assert await chosen(core) == DEFAULT


@pytest.mark.parametrize(
    "typed", ["zone UTC+2", "zone gmt -5", "zone UTC +05:30", "zone +2", "UTC+2", "time zone utc-3"]
)
async def test_how_far_from_utc_a_clock_is_is_no_zone(file: Path, typed: str) -> None:
    """It would be wrong for half of the year: what can be typed is said, and nothing is changed."""
    async with house(file, [old(1)]) as (_, core):
        answer = await ask(core, "settings", typed)
        assert (
            answer.title == f"In which time zone is it “{typed.rsplit('zone ', maxsplit=1)[-1]}”?"
        )
        assert "no daylight saving" in str(answer.lede)
        assert "/settings zone Europe/Paris" in str(answer.lede)
        assert await chosen(core) == DEFAULT


async def test_who_names_no_zone_is_told_how_zones_are_named(file: Path) -> None:
    """Beside the cities that may be meant."""
    async with house(file, [old(1)]) as (_, core):
        asked = await ask(core, "settings", "zone blah")
        assert "/settings zone Europe/Paris" in str(asked.lede)
        asked = await ask(core, "settings", "blah")
        assert "else type one of these" in str(asked.lede)
        assert await chosen(core) == DEFAULT
