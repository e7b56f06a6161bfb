"""Choosing when and how one is told, over a real database and the real gazetteer."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.settings.chat import DEFAULT, Audience, ChatSettings, Rhythm
from tests.bot.services.support import YOU, day, house, lines, nct, next_day, old, read, told
from tests.bot.services.talking import ask, begin, chosen, facts, follow, labels, press
from tests.records import record


async def test_a_chat_that_chose_nothing_sees_what_holds(file: Path) -> None:
    """Looking keeps nothing of a chat."""
    async with house(file, [old(1)]) as (_, core):
        shown = await ask(core, "settings", private=True)
        assert "When you are told: at once" in facts(shown)
        assert "Quiet hours: none" in facts(shown)
        assert await core.store.chats.find(YOU) is None


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


async def test_a_switch_without_a_side_offers_both(file: Path) -> None:
    """One press answers."""
    async with house(file, [old(1)]) as (_, core):
        asked = await ask(core, "settings", "discreet")
        await press(core, str(asked.buttons[0].action))
        assert (await chosen(core)).discreet
        await press(core, str(asked.buttons[1].action))
        assert not (await chosen(core)).discreet


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
