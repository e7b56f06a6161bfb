"""So much in an hour, and no more; and what somebody hears who comes back."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
from msgspec.structs import replace

from bot.domain.commands.request import Request
from bot.services.commands.means import Answer
from bot.services.desk import Desk
from tests.bot.services.support import YOU, house, later, old
from tests.bot.services.talking import ask, asking, follow
from trialbell.wiring import Core

DAY = 86_400


class Few:
    """A desk that answers three commands an hour."""

    def __init__(self, core: Core) -> None:
        self._desk = Desk(msgspec.structs.replace(core.means, commands_per_hour=3))

    async def ask(self, person: str | None, *, private: bool = False) -> Answer:
        """One command of somebody."""
        request: Request = replace(asking("help", private=private), person=person)
        return await self._desk.answer(request)


async def test_too_much_is_said_once_and_then_met_with_silence(file: Path) -> None:
    """Until the first of the hour is an hour old."""
    async with house(file, [old(1)]) as (_, core):
        desk = Few(core)
        for _ in range(3):
            later(core, 600)
            assert await desk.ask("a", private=True)
        ((said),) = await desk.ask("a", private=True)
        assert "3 commands an hour" in (said.lede or "")
        assert "in 40 minutes" in (said.lede or "")
        assert await desk.ask("a", private=True) == ()
        later(core, 2400)
        assert len(await desk.ask("a", private=True)) == 1
        assert (await desk.ask("a", private=True))[0].title == "That is a lot at once"


async def test_one_person_cannot_use_up_a_group(file: Path) -> None:
    """Each has their own, and a group as a whole five times as much."""
    async with house(file, [old(1)]) as (_, core):
        desk = Few(core)
        answered = [bool(await desk.ask("a")) for _ in range(6)]
        assert answered == [True] * 4 + [False] * 2  # the fourth says that it is too much
        others = [(await desk.ask(f"person {number}"))[:1] for number in range(5) for _ in range(3)]
        titles = [one[0].title if one else "" for one in others]
        assert titles[:12] == ["What you can ask"] * 12
        assert titles[12:] == ["That is a lot at once", "", ""]


async def test_a_chat_of_one_person_only_is_not_counted(file: Path) -> None:
    """A terminal answers whoever sits there."""
    async with house(file, [old(1)]) as (_, core):
        desk = Few(core)
        assert all([await desk.ask(None) for _ in range(10)])


async def test_who_comes_back_hears_what_became_of_what_waited(file: Path) -> None:
    """Within the grace it waited, after it it was let go; who follows nothing hears nothing."""
    async with house(file, [old(1)]) as (_, core):
        await follow(core, 1)
        since = core.clock.now().date()
        for days, said in ((3, "comes now"), (91, "was let go")):
            await core.chat_gone(YOU)
            since = core.clock.now().date()
            later(core, days * DAY)
            _, back = await core.desk.answer(asking("help"))
            assert back.title == "Welcome back"
            assert said in (back.lede or "")
            assert str(since) in (back.lede or "")
        await ask(core, "unfollow", "1")
        await core.chat_gone(YOU)
        assert len(await core.desk.answer(asking("help"))) == 1


async def test_where_the_bot_only_visits_nobody_is_back(file: Path) -> None:
    """A server threw it out, and somebody brings it along there: what waits goes on waiting."""
    async with house(file, [old(1)]) as (_, core):
        await follow(core, 1)
        await core.chat_gone(YOU)
        before = await core.store.chats.find(YOU)
        later(core, 3 * DAY)
        assert len(await core.desk.answer(replace(asking("help"), visiting=True))) == 1
        after = await core.store.chats.find(YOU)
        assert before is not None
        assert after is not None
        assert after.paused_since == before.paused_since is not None


async def test_whom_only_answers_reach_is_told_how_to_be_reached(file: Path) -> None:
    """Messages are closed: the pause stands, it is tried anew, and after the grace it is over."""
    async with house(file, [old(1)]) as (_, core):
        await follow(core, 1)
        await core.chat_gone(YOU)
        before = await core.store.chats.find(YOU)
        assert before is not None
        woken = asyncio.Event()
        core.wakes.append(woken)
        later(core, 3 * DAY)
        _, closed = await core.desk.answer(replace(asking("help"), aside=True))
        assert closed.title == "My messages cannot reach you"
        assert closed.sections
        assert woken.is_set()
        after = await core.store.chats.find(YOU)
        assert after is not None
        assert after.paused_since == before.paused_since is not None
        later(core, 91 * DAY)
        _, back = await core.desk.answer(replace(asking("help"), aside=True))
        assert "was let go" in (back.lede or "")
