"""Groups on Telegram: topics that go, groups that move, and who may do what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.words import say
from tests.bot.services.support import nct, next_day, old, read, with_criteria
from tests.end_to_end.talking import Talk, talking

GROUP = -100
MEMBER = 4242
"""The person of the fake's groups."""


@pytest.fixture
async def talk(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """A Trialbell over a registry with one trial, which changes once."""
    days = [old(1)], [with_criteria(old(1), "Older")]
    async with talking(migrated_sqlite, tmp_path, *days) as talk:
        talk.fake.administrators.add((GROUP, MEMBER))
        yield talk


async def test_a_deleted_topic_falls_back_to_the_group_and_says_so(talk: Talk) -> None:
    """Its feed goes on in the general topic, with all that it follows."""
    talk.fake.type(GROUP, f"/follow {nct(1)}", private=False, thread=5)
    await talk.answer()
    assert await talk.follows(GROUP, "5") == [nct(1)]
    await read(talk.core)
    await next_day(talk.server, talk.core)
    gone = talk.fake.bad_request
    gone("message thread not found", when=lambda sent: sent.get("message_thread_id") == 5)
    await talk.deliver()
    why, told = await talk.answers(2)
    assert say("topic.gone.lede") in why.text
    assert nct(1) in told.text
    assert [(one.chat_id, one.thread) for one in (why, told)] == [(GROUP, None)] * 2
    assert await talk.follows(GROUP) == [nct(1)]
    assert await talk.follows(GROUP, "5") == []


async def test_a_preview_in_a_group_says_first_who_would_see_it(talk: Talk) -> None:
    """Who administers the group opens it alone, from a link that shows nobody else anything."""
    talk.fake.type(GROUP, f"/follow {nct(1)}", private=False, thread=5)
    await talk.answer()
    await read(talk.core)
    await next_day(talk.server, talk.core)
    talk.fake.type(GROUP, "/feed preview", private=False, thread=5)
    (asked,) = await talk.answers()
    assert say("feed.preview.where.lede") in asked.text
    alone, here = asked.buttons
    start = alone["url"].partition("?start=")[2]
    assert say("managers.lede.of") in await talk.typed(8, f"/start {start}")
    talk.fake.administrators.add((GROUP, 7))
    talk.fake.type(7, f"/start {start}")
    head, shown = await talk.answers(2)
    assert (head.chat_id, shown.chat_id) == (7, 7)
    assert nct(1) in shown.text
    talk.fake.press(GROUP, here["text"], private=False)
    head, shown = await talk.answers(2)
    assert (head.chat_id, shown.chat_id) == (GROUP, GROUP)
    assert nct(1) in shown.text
