"""Hearing nothing of a trial, and of what its messages offer."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.bot.services.support import (
    OTHER,
    YOU,
    day,
    house,
    lines,
    nct,
    next_day,
    old,
    read,
    told,
    with_criteria,
)
from tests.bot.services.talking import actions, ask, begin, follow, followed, press
from tests.records import record


async def test_muting_is_said_with_its_way_back_and_listed(file: Path) -> None:
    """The answer has the button that undoes it, and so has the list."""
    async with house(file, [old(1), old(2)]) as (_, core):
        await follow(core, 1)
        done = await ask(core, "mute", nct(1))
        assert f"unmute {nct(1)}" in str(done.lede)
        assert actions(done, "unmute") == [f"unmute {nct(1)}"]
        listed = await ask(core, "following")
        assert "Muted: nothing is told of this trial." in lines(listed)
        hidden = await press(core, actions(listed, "muted")[0])
        assert actions(hidden, "unmute") == [f"unmute {nct(1)}"]
        assert "Muted" not in lines(await ask(core, "following", "", OTHER))
        again = await press(core, f"unmute {nct(1)}")
        assert again.title == f"{nct(1)} is told again"
        assert (await press(core, f"unmute {nct(1)}")).title == f"{nct(1)} is not muted"
        assert "None." in str((await press(core, "following muted")).lede)


async def test_what_is_muted_or_paused_is_not_told_and_after_that_it_is(file: Path) -> None:
    """What happens meanwhile is not told later; what happens then is."""
    days = [[with_criteria(old(1), f"Older than {years}")] for years in (18, 21, 30)]
    async with house(file, [old(1)], *days) as (server, core):
        await follow(core, 1)
        await read(core)
        await ask(core, "mute", nct(1))
        await next_day(server, core)
        assert await told(core) == []
        await ask(core, "unmute", nct(1))
        one = (await followed(core))[0]
        await press(core, f"sub {one.id} pause")
        await next_day(server, core)
        assert await told(core) == []
        await press(core, f"sub {one.id} resume")
        await next_day(server, core)
        (news,) = await told(core)
        assert "30" in lines(news)


async def test_what_cannot_be_muted_is_said(file: Path) -> None:
    """No number, an unknown trial, a chat that follows nothing: no row is made for any of them."""
    async with house(file, [old(1)]) as (_, core):
        assert (await ask(core, "mute", nct(1))).title == "This chat follows nothing"
        assert await core.store.chats.find(YOU) is None
        await follow(core, 1)
        assert (await ask(core, "mute", "it")).title == "Mute which trial?"
        assert (await ask(core, "unmute", "it")).title == "Mute which trial?"
        assert (await ask(core, "mute", nct(9))).title == f"{nct(9)} is not known here"


async def test_muted_trials_have_pages(file: Path) -> None:
    """More of them than a page has buttons for."""
    async with house(file, [old(n) for n in range(1, 12)]) as (_, core):
        for number in range(1, 12):
            await follow(core, number)
            await ask(core, "mute", nct(number))
        first = await press(core, "following muted")
        assert len(actions(first, "unmute")) == 8
        assert len(actions(await press(core, actions(first, "2")[0]), "unmute")) == 3


async def test_a_message_of_a_change_can_be_muted_stopped_and_asked_about(file: Path) -> None:
    """Its buttons do what they say; where two things caused it, they lead to the list."""
    changed = with_criteria(old(1), "Older than 18")
    async with house(file, [old(1)], [changed]) as (server, core):
        await follow(core, 1)
        await read(core)
        await next_day(server, core)
        (news,) = await told(core)
        assert f"trial {nct(1)}" in actions(news)
        (mute,), (stop,), (why,) = (actions(news, w) for w in ("mute", "unfollow", "why"))
        assert (await press(core, mute)).title == f"{nct(1)} is muted"
        answer = await press(core, why)
        assert answer.title == "Why you were told"
        assert "You follow this trial." in lines(answer)
        assert (await press(core, stop)).title == "Stopped"


async def test_a_message_for_two_reasons_leads_to_the_list(file: Path) -> None:
    """Which of them is to be stopped is not guessed."""
    changed = with_criteria(old(1), "Older than 18")
    async with house(file, [old(1)], [changed]) as (server, core):
        await follow(core, 1)
        await begin(core, "sarcoma")
        await core.baselines.run(asyncio.Event())
        await read(core)
        await next_day(server, core)
        (news,) = await told(core)
        assert actions(news, "unfollow") == []
        assert actions(news, "following") == ["following"]


async def test_several_trials_in_one_message_lead_to_the_list_and_to_why(file: Path) -> None:
    """A digest has a card for each trial, and what caused it all."""
    before = [old(n) for n in range(1, 6)]
    after = [with_criteria(record(n, day(1)), "Older") for n in range(1, 6)]
    async with house(file, before, after) as (server, core):
        for number in range(1, 6):
            await follow(core, number)
        await read(core)
        await next_day(server, core)
        (news,) = await told(core)
        assert len(actions(news, "trial")) == 5
        assert actions(news)[-2:] == ["following", "why"]
