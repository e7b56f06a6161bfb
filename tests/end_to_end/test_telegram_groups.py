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
