"""Choosing where one is and when one is told, over a real database and the real gazetteer."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.chat_settings import DEFAULT, Audience, ChatSettings, Rhythm
from bot.domain.message import Message
from tests.bot.services.support import YOU, day, house, lines, nct, next_day, old, read, told
from tests.bot.services.talking import ask, begin, follow, press
from tests.records import record
from trialbell.wiring import Core


async def chosen(core: Core) -> ChatSettings:
    """What is kept."""
    chat = await core.store.chats.find(YOU)
    return chat.settings if chat else DEFAULT


def labels(message: Message) -> list[str]:
    """What stands on the buttons."""
    return [button.label for button in message.buttons]


def facts(message: Message) -> str:
    """The facts in one text."""
    return "\n".join(f"{fact.label}: {fact.value}" for fact in message.facts)


async def test_a_chat_that_chose_nothing_sees_what_holds(file: Path) -> None:
    """Looking keeps nothing of a chat."""
    async with house(file, [old(1)]) as (_, core):
        shown = await ask(core, "settings", private=True)
        assert "When you are told: at once" in facts(shown)
        assert "Quiet hours: none" in facts(shown)
        assert await core.store.chats.find(YOU) is None


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


@pytest.mark.parametrize("place", ["Xyzzyxville", "x" * 500])
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
        ("zone Maine", "Des Plaines, Illinois, United States"),
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


@pytest.mark.parametrize(
    ("typed", "button"),
    [
        ("dialy", "daily"),
        ("discret on", "discreet on"),
        ("Pariss", "Paris, France"),
        ("make it nice", "All settings"),
    ],
)
async def test_what_is_no_setting_is_said_with_what_can_be_typed(
    file: Path, typed: str, button: str
) -> None:
    """Nothing is changed before a button with what it may mean is pressed."""
    async with house(file, [old(1)]) as (_, core):
        asked = await ask(core, "settings", typed)
        assert asked.title == f"I do not understand the setting “{typed}”"
        assert "/settings weekly Friday 17" in lines(asked)
        assert await chosen(core) == DEFAULT
        assert button in [one.label for one in asked.buttons]
        await press(core, next(str(one.action) for one in asked.buttons if one.label == button))
        assert (await chosen(core) == DEFAULT) == (button == "All settings")


async def test_a_time_zone_that_there_is_not_is_said_to_be_one(file: Path) -> None:
    """By its slash: nothing else has one."""
    async with house(file, [old(1)]) as (_, core):
        asked = await ask(core, "settings", "Europe/Pariss")
        assert asked.title == "I do not know the time zone “Europe/Pariss”"


async def test_a_switch_without_a_side_offers_both(file: Path) -> None:
    """One press answers."""
    async with house(file, [old(1)]) as (_, core):
        asked = await ask(core, "settings", "discreet")
        await press(core, str(asked.buttons[0].action))
        assert (await chosen(core)).discreet
        await press(core, str(asked.buttons[1].action))
        assert not (await chosen(core)).discreet


@pytest.mark.parametrize("typed", ["Mars/Olympus", "Europe", "../../etc/passwd", "x" * 400, "\0"])
async def test_what_is_no_time_zone_is_said(file: Path, typed: str) -> None:
    """A clear sentence, and nothing is changed."""
    async with house(file, [old(1)]) as (_, core):
        answer = await ask(core, "settings", f"zone {typed}")
        assert answer.title.startswith(("I do not know the time zone", "When you are told"))
        assert await chosen(core) == DEFAULT


async def test_rhythm_hour_and_day_are_chosen_by_buttons(file: Path) -> None:
    """From the first page on; only what matters is offered."""
    async with house(file, [old(1)]) as (_, core):
        page = await press(core, "settings when")
        assert "At 9:00" not in labels(page)
        for label in ("Once a week", "At 20:00", "Friday"):
            (action,) = [b.action for b in page.buttons if b.label == label]
            page = await press(core, str(action))
        assert "once a week, on Friday at 20:00 (UTC)" in lines(page)
        settings = await chosen(core)
        assert (settings.rhythm, settings.hour, settings.weekday) == (Rhythm.WEEKLY, 20, 4)


async def test_quiet_hours_may_be_broken_by_what_stops(file: Path) -> None:
    """Both are said in words."""
    async with house(file, [old(1)]) as (_, core):
        page = await press(core, "settings quiet 22 7")
        assert "from 22:00 to 7:00" in lines(page)
        page = await press(core, "settings urgent on")
        assert "is told at any time" in lines(page)
        assert "but for trials that are stopped" in facts(await ask(core, "settings"))
        assert "You have no quiet hours" in lines(await press(core, "settings quiet off"))


async def test_the_rest_is_turned_on_and_off(file: Path) -> None:
    """The weekly line, discreet messages, and for whom new follows begin."""
    async with house(file, [old(1)]) as (_, core):
        for label in (
            "Weekly line: turn on",
            "Discreet messages: turn on",
            "I follow trials for work",
        ):
            shown = await ask(core, "settings")
            (action,) = [b.action for b in shown.buttons if b.label == label]
            first = await press(core, str(action))
            assert first == await press(core, str(action))
        assert await chosen(core) == ChatSettings(
            still_watching=True, discreet=True, audience=Audience.PROFESSIONAL
        )
        await begin(core, "sarcoma")
        assert "what is usual for professionals" in lines(await ask(core, "following"))


async def test_before_anything_is_kept_of_a_person_they_are_asked(file: Path) -> None:
    """A yes keeps the choice and is consent; without it nothing is kept, not even the address."""
    async with house(file, [old(1)]) as (_, core):
        asked = await ask(core, "settings", "tell daily", private=True)
        assert asked.title == "May this be kept?"
        assert await core.store.chats.find(YOU) is None
        yes = str(asked.buttons[0].action)
        answer = await ask(core, "settings", yes.partition(" ")[2], private=True)
        assert "once a day" in lines(answer)
        chat = await core.store.chats.find(YOU)
        assert chat is not None
        assert chat.consented_at == core.clock.now()
        answer = await ask(core, "settings", "discreet on", private=True)
        assert answer.title == "Settings of this chat"


async def test_what_is_wrong_is_answered_and_changes_nothing(file: Path) -> None:
    """Each in a sentence of its own, with what can be typed."""
    async with house(file, [old(1)]) as (_, core):
        for typed in (
            "hour 25",
            "quiet 7",
            "radius 5",
            "colour red",
            "tell me",
            "*",
            "*0123456789ab",
        ):
            answer = await ask(core, "settings", typed)
            assert answer.title not in ("Something went wrong here", "May this be kept?")
        assert await chosen(core) == DEFAULT
        assert await core.store.chats.find(YOU) is None


async def test_who_wants_to_hear_at_once_again_hears_what_was_put_off(file: Path) -> None:
    """The choice holds for what is owed already: nothing waits for an hour that is no more."""
    stopped = record(1, day(1), status="TERMINATED")
    async with house(file, [old(1)], [stopped]) as (server, core):
        await follow(core, 1)
        await ask(core, "settings", "tell daily")
        await ask(core, "settings", "hour 3")
        await read(core)
        await next_day(server, core)
        assert await told(core) == []
        waits = await ask(core, "why", nct(1))
        assert "waits until" in str(waits.lede)
        assert "Messages that wait for this chat: 1" in lines(await ask(core, "status"))
        await press(core, "settings tell at_once")
        assert len(await told(core)) == 1
        assert "Nothing waits" in lines(await ask(core, "status"))
