"""Links that open a private chat on Telegram, from the press on START to what is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.start import payload
from tests.bot.services.support import nct, old
from tests.end_to_end.talking import Talk, talking

ME = 7


@pytest.fixture
async def talk(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """A Trialbell over a registry with one trial."""
    async with talking(migrated_sqlite, tmp_path, [old(902044)]) as talk:
        yield talk


async def test_a_link_with_a_number_shows_the_trial(talk: Talk) -> None:
    """The bare number, as anybody would write it into a link."""
    said = await talk.typed(ME, "/start NCT00902044")
    assert "Trial number 902044" in said
    assert await talk.follows(ME) == []


async def test_a_link_to_follow_asks_for_consent_and_follows(talk: Talk) -> None:
    """Nothing is followed before the answer; a no leaves nothing, a yes follows what was asked."""
    said = await talk.typed(ME, f"/start follow-{nct(902044)}")
    assert nct(902044) in said
    assert await talk.follows(ME) == []
    await talk.pressed(ME, "decline")
    assert await talk.follows(ME) == []
    await talk.typed(ME, f"/start follow-{nct(902044)}")
    await talk.pressed(ME, "consent")
    assert await talk.follows(ME) == [nct(902044)]


async def test_a_link_to_follow_words_shows_what_was_understood(talk: Talk) -> None:
    """Words come along in the link; they are followed once somebody said yes."""
    said = await talk.typed(ME, f"/start {payload('follow', 'sarcoma recruiting')}")
    assert "sarcoma" in said.lower()
    assert await talk.follows(ME) == []
    await talk.pressed(ME, "consent")
    assert await talk.follows(ME) == ["sarcoma"]


@pytest.mark.parametrize("given", ["follow-%%%", "follow-_w", "dance", "a" * 64, "-", "consent"])
async def test_a_bad_link_is_answered_and_does_nothing(talk: Talk, given: str) -> None:
    """With the help, or with how to follow; whatever a link holds, somebody is answered."""
    said = await talk.typed(ME, f"/start {given}")
    assert "follow" in said
    assert await talk.core.store.chats.find(talk.address(ME)) is None


async def test_a_link_of_somebody_elses_deletes_and_stops_nothing(talk: Talk) -> None:
    """A yes that stands in a link was not given by whoever opens it."""
    await talk.typed(ME, f"/follow {nct(902044)}")
    await talk.pressed(ME, "consent")
    for given in (payload("forget", "yes"), payload("unfollow", "1"), payload("settings", "yes")):
        await talk.typed(ME, f"/start {given}")
    assert await talk.follows(ME) == [nct(902044)]
