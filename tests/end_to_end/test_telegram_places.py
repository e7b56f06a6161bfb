"""A position that is shared in a private chat on Telegram, and what is kept of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.words import say
from tests.bot.services.support import old
from tests.end_to_end.talking import Talk, talking

ME = 7


@pytest.fixture
async def talk(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """A Trialbell over a registry with one trial."""
    async with talking(migrated_sqlite, tmp_path, [old(1)]) as talk:
        yield talk


async def test_a_position_sets_place_and_time_zone(talk: Talk) -> None:
    """Offered by the settings, confirmed in words; kept is the city and not the spot."""
    await talk.typed(ME, "/settings place")
    said = await talk.pressed(ME, say("button.settings.locate"))
    assert say("settings.locate.lede") in said
    talk.fake.give_place(ME, 48.8231, 2.2698)
    said = await talk.answer(2)
    assert say("settings.consent.lede") in said
    assert await talk.core.store.chats.find(talk.address(ME)) is None
    said = await talk.pressed(ME, say("button.settings.yes"))
    chat = await talk.core.store.chats.find(talk.address(ME))
    assert chat is not None
    assert chat.settings.near is not None
    place = chat.settings.near.place
    assert place in talk.core.gazetteer.find(place.name, exact=True)
    assert place.name in said
    assert chat.settings.time_zone == "Europe/Paris"


async def test_a_new_position_takes_the_place_of_the_old_one(talk: Talk) -> None:
    """Without being asked again; what asked for it goes away."""
    talk.fake.give_place(ME, 48.85, 2.35)
    await talk.answer(2)
    await talk.pressed(ME, say("button.settings.yes"))
    talk.fake.give_place(ME, 40.71, -74.0)
    said = await talk.answer(2)
    assert say("settings.located.lede", zone="America/New_York") in said
    sent = [call for method, call in talk.fake.calls if method == "sendMessage"]
    assert sent[-2]["reply_markup"] == {"remove_keyboard": True}
    chat = await talk.core.store.chats.find(talk.address(ME))
    assert chat is not None
    assert chat.settings.time_zone == "America/New_York"


@pytest.mark.parametrize("typed", ["spot", "spot here", "spot 91 0", "spot 0 181", "spot 1e5 3"])
async def test_what_is_no_position_shows_the_settings(talk: Talk, typed: str) -> None:
    """Somebody who types what only the platform says gets the page of the place."""
    assert say("settings.place.title") in await talk.typed(ME, typed)
