"""Cards and sheets on Telegram that turn where they stand, with the whole Trialbell behind them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.words import say
from tests.bot.services.support import nct, old, with_criteria
from tests.end_to_end.talking import Talk, talking
from tests.fakes.telegram_checks import parse_html

ME, GROUP, MEMBER = 7, -100, 4242
RULES = 300


@pytest.fixture
async def talk(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """A Trialbell over a registry with one trial, whose criteria fill many pages."""
    rules = "\n".join(f"* Rule number {number} of this trial" for number in range(RULES))
    long = with_criteria(old(1), f"Inclusion Criteria:\n\n{rules}\n")
    async with talking(migrated_sqlite, tmp_path, [long]) as talk:
        yield talk


async def turned(talk: Talk, chat: int, button: str, *, private: bool = True) -> str:
    """Press a button of the chat's last message, and read what it says in its place."""
    before = talk.fake.messages[-1]
    talk.fake.press(chat, button, private=private)
    await talk.fake.wait_until(lambda: talk.fake.messages[-1] != before)
    assert talk.fake.messages[-1].message_id == before.message_id
    return parse_html(talk.fake.messages[-1].text)


async def test_a_card_is_one_message_however_much_of_it_is_read(talk: Talk) -> None:
    """Parts and pages take each other's place, to the last rule and back to the head."""
    head = await talk.typed(ME, f"/trial {nct(1)}")
    await turned(talk, ME, "Who can join")
    read = await turned(talk, ME, "As written")
    while any(one["text"] == "Next page" for one in talk.fake.messages[-1].buttons):
        read += await turned(talk, ME, "Next page")
    assert [f"Rule number {number} of" in read for number in range(RULES)] == [True] * RULES
    assert "Previous page" in [one["text"] for one in talk.fake.messages[-1].buttons]
    assert await turned(talk, ME, "Back to the card") == head
    assert len(talk.fake.messages) == 1


async def test_a_button_from_before_the_mark_is_answered_anew(talk: Talk) -> None:
    """What was sent by an earlier version still works."""
    await talk.typed(ME, f"/trial {nct(1)}")
    talk.fake.press(ME, f"trial {nct(1)} join", as_it_is=True)
    assert "Who can join" in await talk.answer()
    assert len(talk.fake.messages) == 2


async def test_what_is_followed_by_a_button_leaves_the_card_where_it_is(talk: Talk) -> None:
    """The question before the first follow stands below what somebody read."""
    await talk.typed(ME, f"/trial {nct(1)}")
    card = talk.fake.messages[0]
    await talk.pressed(ME, "Follow")
    assert talk.fake.messages[0] == card


async def test_settings_of_a_group_are_turned_by_its_administrators_alone(talk: Talk) -> None:
    """Anybody may turn a card there; who may not change settings is told so alone."""
    talk.fake.administrators.add((GROUP, MEMBER))
    await talk.typed(GROUP, "/settings", private=False)
    said = await turned(talk, GROUP, "Quiet hours", private=False)
    assert "Quiet hours" in said
    talk.fake.administrators.clear()
    await talk.core.clock.sleep(3600)  # longer than it is known who administers the group
    sheet = talk.fake.messages[-1]
    press = talk.fake.press(GROUP, "All settings", private=False)
    await talk.fake.wait_until(lambda: press in talk.fake.confirmed)
    assert talk.fake.messages == [sheet]
    (told,) = [call for _, call in talk.fake.calls if call.get("callback_query_id") == press]
    assert told["text"] == say("managers.title")
    await talk.typed(GROUP, f"/trial {nct(1)}", private=False)
    assert "Who can join" in await turned(talk, GROUP, "Who can join", private=False)
