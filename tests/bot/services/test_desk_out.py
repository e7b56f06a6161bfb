"""What the desk answers while the registry, the database or a chat is out."""

from __future__ import annotations

from pathlib import Path

from tests.bot.services.support import (
    YOU,
    anything,
    day,
    failing,
    house,
    later,
    lines,
    nct,
    old,
    sql,
)
from tests.bot.services.talking import ask, asking, follow, following, registered


async def test_an_outage_is_said_and_what_is_stored_is_shown_with_its_day(file: Path) -> None:
    """A trial that was read before is shown as of then; any other is told to be out of reach."""
    async with house(file, [old(1), old(2)], []) as (server, core):
        await ask(core, "trial", nct(1))
        server.sandbox.step()
        later(core)
        server.fault = failing(anything)
        assert str(day(0)) in str(await ask(core, "trial", nct(1)))
        assert "does not answer now" in str(await ask(core, "trial", nct(1)))
        for command in ("trial", "follow"):
            answer = await ask(core, command, nct(2))
            assert answer.title == "The registry does not answer now"
        assert (await ask(core, "follow", "sarcoma")).title == "The registry does not answer now"


async def test_a_registry_that_refuses_us_shows_what_is_stored_too(file: Path) -> None:
    """A lasting 403 is an outage to whoever asks."""
    async with house(file, [old(1)], []) as (server, core):
        await ask(core, "trial", nct(1))
        server.sandbox.step()
        later(core)
        server.fault = failing(anything, 403)
        assert registered(await ask(core, "trial", nct(1))) == "Trial number 1"


async def test_what_needs_no_registry_is_answered_in_an_outage(file: Path) -> None:
    """Help, the list and stopping work whatever the registry does."""
    async with house(file, [old(1)]) as (server, core):
        await follow(core, 1)
        server.fault = failing(anything)
        assert "/follow" in lines(await ask(core, "help"))
        assert nct(1) in await following(core)
        assert (await ask(core, "unfollow", "1")).title == "Stopped"
        assert str(day(0)) not in str(await ask(core, "about"))


async def test_a_database_that_fails_is_answered_in_words(file: Path) -> None:
    """The person is told that it is not their fault; nothing of the fault is shown."""
    async with house(file, [old(1)]) as (_, core):
        sql(file, "DROP TABLE subscriptions")
        answer = await ask(core, "follow", nct(1))
        assert answer.title == "Something went wrong here"
        assert "subscriptions" not in str(answer)
        assert "/follow" in lines(await ask(core, "help"))


async def test_a_paused_chat_that_asks_something_is_there_again(file: Path) -> None:
    """Whoever gives a command can be reached: what the chat is owed is sent."""
    async with house(file, [old(1)]) as (_, core):
        await follow(core, 1)
        await core.chat_gone(YOU)
        paused = await core.store.chats.find(YOU)
        assert paused is not None
        assert paused.paused_since == core.clock.now()
        later(core, 86_400)
        await core.desk.answer(asking("help"))
        back = await core.store.chats.find(YOU)
        assert back is not None
        assert back.paused_since is None


async def test_a_platform_that_reports_unknown_chats_takes_none_of_them_in(file: Path) -> None:
    """Somebody who blocks the bot without having followed anything is not written down for it."""
    async with house(file, [old(1)]) as (_, core):
        await core.chat_gone(YOU)
        await core.chat_back(YOU)
        assert await core.store.chats.find(YOU) is None
