"""Presses in a group by whoever, and buttons that nobody of ours made."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.words import say
from tests.adapters.telegram.support import QuickClock
from tests.bot.services.support import nct, old
from tests.end_to_end.talking import Talk, talking
from tests.fakes.telegram import BOT_NAME, CHANNEL

GROUP, OTHER = -100, -200
ADMINISTRATOR, MEMBER = 4242, 4343


@pytest.fixture
async def talk(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """A group that follows a trial, as its administrator wanted."""
    async with talking(migrated_sqlite, tmp_path, [old(1), old(2)]) as talk:
        talk.fake.administrators.add((GROUP, ADMINISTRATOR))
        await talk.typed(GROUP, f"/follow {nct(1)}", private=False)
        yield talk


async def press(talk: Talk, data: str, by: int = MEMBER, **how: bool) -> dict[str, object]:
    """Press a button that holds this; how the press was confirmed."""
    pressed = talk.fake.press(GROUP, data, private=False, as_it_is=True, by=by, **how)
    await talk.fake.wait_until(lambda: pressed in talk.fake.confirmed)
    return next(call for _, call in talk.fake.calls if call.get("callback_query_id") == pressed)


async def after_all(talk: Talk) -> None:
    """Whatever the presses before lead to has been done."""
    await talk.platform.stop()
    await talk.platform.start()


HARM = (
    *("unfollow 1", f"unfollow {nct(1)}", "forget yes", "settings discreet on", "consent"),
    *("feed style compact", f"mute {nct(1)}", "~settings tell weekly", "import yes"),
)
"""What buttons hold that change something."""


async def test_a_member_changes_nothing_by_pressing(talk: Talk) -> None:
    """They alone are told why, and the group reads nothing of it."""
    before = await talk.core.store.chats.find(talk.address(GROUP))
    sent = len(talk.fake.messages)
    for data in HARM:
        assert (await press(talk, data))["text"] == say("managers.title")
    await after_all(talk)
    assert await talk.core.store.chats.find(talk.address(GROUP)) == before
    assert await talk.follows(GROUP) == [nct(1)]
    assert len(talk.fake.messages) == sent


async def test_what_a_member_would_follow_leads_to_their_private_chat(talk: Talk) -> None:
    """A card in a group has the button for its administrators; others follow for themselves."""
    confirmed = await press(talk, f"follow {nct(2)}")
    assert confirmed["url"] == f"https://t.me/{BOT_NAME}?start=follow-{nct(2)}"
    confirmed = await press(talk, "follow *0123456789ab")
    assert confirmed["url"] == f"https://t.me/{BOT_NAME}?start=follow"
    await after_all(talk)
    assert await talk.follows(GROUP) == [nct(1)]


async def test_an_administrator_presses_with_effect(talk: Talk) -> None:
    """Until they are none any more: the rights of whoever presses are what counts."""
    await press(talk, f"follow {nct(2)}", by=ADMINISTRATOR)
    await talk.answer()
    assert await talk.follows(GROUP) == [nct(1), nct(2)]
    talk.fake.administrators.clear()
    assert isinstance(talk.core.clock, QuickClock)
    await talk.core.clock.sleep(61)
    await press(talk, f"unfollow {nct(1)}", by=ADMINISTRATOR)
    await after_all(talk)
    assert await talk.follows(GROUP) == [nct(1), nct(2)]


async def test_a_message_whose_topic_is_not_known_any_more_changes_nothing(talk: Talk) -> None:
    """It may have stood in another topic, which is another feed."""
    confirmed = await press(talk, "unfollow 1", by=ADMINISTRATOR, seen=False)
    assert confirmed["text"] == say("button.too_old")
    await after_all(talk)
    assert await talk.follows(GROUP) == [nct(1)]


FORGED = (
    *("?", "~", "~~follow", "x" * 64, "\u202eforget yes", "in", "in x y", "start follow-1"),
    *(f"in {GROUP} unfollow 1", f"in {OTHER} follow {nct(1)}", f"in {CHANNEL} forget yes"),
    *("in 99999999999999999999 forget yes", "follow *ffffffffffff", "sub 999999999 stop"),
    *("show 1", "narrow *1", "whole x", "spot 1 1", "channel ready x", "joined new"),
)
"""What no button of ours holds, or none in a group."""


async def test_forged_buttons_do_no_harm(talk: Talk) -> None:
    """Whoever presses them, also an administrator, and the next command is answered."""
    for data in FORGED:
        for by in (MEMBER, ADMINISTRATOR):
            await press(talk, data, by=by)
    await after_all(talk)
    assert await talk.follows(GROUP) == [nct(1)]
    for other in (OTHER, CHANNEL, MEMBER, ADMINISTRATOR):
        assert await talk.core.store.chats.find(talk.address(other)) is None
    sent = len(talk.fake.messages)
    talk.fake.type(GROUP, "/about", private=False)
    await talk.fake.wait_for_messages(sent + 1)
