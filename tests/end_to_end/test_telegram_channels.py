"""A channel on Telegram from being picked in a private chat to what is posted in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.words import say
from tests.bot.services.support import nct, next_day, old, read, with_criteria
from tests.end_to_end.talking import Talk, talking
from tests.fakes.telegram import CHANNEL

ME = 7


@pytest.fixture
async def talk(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """A Trialbell over a registry with one trial, which changes once."""
    days = [old(1)], [with_criteria(old(1), "Older")]
    async with talking(migrated_sqlite, tmp_path, *days) as talk:
        yield talk


async def test_a_channel_is_picked_managed_and_told(talk: Talk) -> None:
    """From the button under /feed; what its buttons do is done in the channel."""
    talk.fake.administrators.add((CHANNEL, ME))
    await talk.typed(ME, "/feed")
    said = await talk.pressed(ME, say("button.channel"))
    assert say("channel.lede") in said
    talk.fake.pick_chat(ME, CHANNEL, "News & <more>")
    said = await talk.answer(2)
    assert say("channel.ready.title", name="News & <more>") in said
    assert str(CHANNEL) in said
    assert f"{say('feed.follows')}: {say('feed.follows.none')}" in said
    await talk.typed(ME, f"/feed {CHANNEL} add {nct(1)}")
    assert await talk.follows(CHANNEL) == [nct(1)]
    assert await talk.follows(ME) == []
    assert say("feed.test.done.title") in await _tested(talk)
    await read(talk.core)
    await next_day(talk.server, talk.core)
    await talk.deliver()
    (post,) = await talk.answers()
    assert (post.chat_id, nct(1) in post.text) == (CHANNEL, True)


async def _tested(talk: Talk) -> str:
    """Have a test post made; what is said of it, without the post."""
    talk.core.posting.join(talk.platform.messenger)
    talk.fake.type(ME, f"/feed {CHANNEL} test")
    post, answer = await talk.answers(2)
    assert post.chat_id == CHANNEL
    return answer.text


@pytest.mark.parametrize(
    ("standing", "administers", "lack"),
    [
        (("left", False), True, "absent"),
        (("administrator", False), True, "silent"),
        (("administrator", True), False, "not_theirs"),
    ],
)
async def test_what_lacks_is_said_and_nothing_is_managed(
    talk: Talk, standing: tuple[str, bool], administers: bool, lack: str
) -> None:
    """With what to do about it; then the channel can be picked again."""
    talk.fake.standings[CHANNEL] = standing
    if administers:
        talk.fake.administrators.add((CHANNEL, ME))
    talk.fake.pick_chat(ME, CHANNEL, "News")
    said = await talk.answer()
    assert say(f"channel.{lack}.title", name="News") in said
    assert say(f"channel.{lack}.lede") in said
    assert await talk.core.store.chats.find(talk.address(CHANNEL)) is None


async def test_a_forged_line_about_a_channel_is_a_no(talk: Talk) -> None:
    """Whoever types what its buttons hold has to administer the channel all the same."""
    for line in (f"in {CHANNEL} follow {nct(1)}", f"in {CHANNEL} channel ready News"):
        assert say("managers.lede.of") in await talk.typed(ME, line)
    assert await talk.follows(CHANNEL) == []
