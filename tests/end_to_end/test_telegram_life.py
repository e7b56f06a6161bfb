"""Chats on Telegram that go, come back and move, with what they are owed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.words import say
from tests.bot.services.support import nct, next_day, old, read, with_criteria
from tests.end_to_end.talking import Talk, talking

ME = 7
GROUP = -100
BASIC, SUPER = -5, -1005
MEMBER = 4242
"""The person of the fake's groups."""


@pytest.fixture
async def talk(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """A Trialbell over a registry with one trial, which changes twice."""
    days = [old(1)], [with_criteria(old(1), "Older")], [with_criteria(old(1), "Younger")]
    async with talking(migrated_sqlite, tmp_path, *days) as talk:
        talk.fake.administrators |= {(GROUP, MEMBER), (BASIC, MEMBER), (SUPER, MEMBER)}
        yield talk


async def change(talk: Talk) -> None:
    """The trial is another on the next data day."""
    await next_day(talk.server, talk.core)


async def follow(talk: Talk, chat: int) -> None:
    """The chat follows the trial."""
    await talk.typed(chat, f"/follow {nct(1)}", private=chat > 0)
    if chat > 0:
        await talk.pressed(chat, "consent")
    await read(talk.core)


async def paused(talk: Talk, chat: int) -> bool:
    """Whether the chat is left alone."""
    known = await talk.core.store.chats.find(talk.address(chat))
    return known is not None and known.paused_since is not None


async def taken_in(talk: Talk) -> None:
    """All that happened so far was heard and dealt with: a stop waits for that."""
    await talk.fake.wait_until(lambda: not talk.fake._updates)
    await talk.platform.stop()
    await talk.platform.start()


@pytest.mark.parametrize("chat", [ME, GROUP])
async def test_what_a_chat_was_owed_waits_until_it_is_back(talk: Talk, chat: int) -> None:
    """Blocked or thrown out, then let in again: a welcome, what waited, and all as it was."""
    private = chat > 0
    await follow(talk, chat)
    talk.fake.member(chat, "member", "kicked", private=private)
    await taken_in(talk)
    await change(talk)
    assert await talk.deliver() == 0
    assert await paused(talk, chat)
    talk.fake.member(chat, "kicked", "member", private=private)
    said = await talk.answer()
    assert say("back.title") in said
    assert say("joined.title") not in said
    await talk.deliver()
    (told,) = await talk.answers()
    assert (told.chat_id, nct(1) in told.text) == (chat, True)
    assert await talk.follows(chat) == [nct(1)]
    assert not await paused(talk, chat)


async def test_a_new_group_hears_what_can_be_done(talk: Talk) -> None:
    """Once, and nothing is kept of it for that."""
    talk.fake.member(GROUP, "left", "member", private=False)
    said = await talk.answer()
    assert say("joined.title") in said
    assert await talk.core.store.chats.find(talk.address(GROUP)) is None


async def test_what_fails_in_a_group_that_moved_is_sent_where_it_is_now(talk: Talk) -> None:
    """The refusal alone tells of the move: everything goes along, and the message arrives."""
    await follow(talk, BASIC)
    await change(talk)
    talk.fake.migrated(SUPER, when=lambda sent: sent["chat_id"] == BASIC)
    await talk.deliver()
    (told,) = await talk.answers()
    assert (told.chat_id, nct(1) in told.text) == (SUPER, True)
    assert await talk.follows(SUPER) == [nct(1)]
    assert await talk.core.store.chats.find(talk.address(BASIC)) is None


async def test_a_move_that_is_told_of_takes_everything_along(talk: Talk) -> None:
    """What waits, what is followed, and the debts: before anything is tried at the old address."""
    await follow(talk, BASIC)
    await change(talk)
    talk.fake.migrate(BASIC, SUPER)
    talk.fake.member(BASIC, "member", "left", private=False)
    await taken_in(talk)
    await talk.deliver()
    (told,) = await talk.answers()
    assert told.chat_id == SUPER
    assert await talk.follows(SUPER) == [nct(1)]
    assert not await paused(talk, SUPER)
    assert nct(1) in await talk.typed(SUPER, "/following", private=False)
