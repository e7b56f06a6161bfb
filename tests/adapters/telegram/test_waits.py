"""What Telegram asks to wait for, a second or an hour, over the wire and across a restart."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.domain.words import say
from tests.adapters.telegram.town import Town, open_town
from tests.fakes.fast_loop import run_fast

HOUR = 3600.0
ROUNDING = 0.001
SLACK = 10.0
"""Seconds within which what may go has gone."""

In = Callable[[Callable[[Town], Awaitable[None]]], None]


@pytest.fixture
def in_town(migrated_sqlite: Path, tmp_path: Path) -> In:
    """Runs what happens in a town of its own, where waiting takes no time."""
    file = Path(shutil.copy(migrated_sqlite, tmp_path / "store.db"))

    def run(story: Callable[[Town], Awaitable[None]]) -> None:
        async def main() -> None:
            async with open_town(file) as town:
                await story(town)

        run_fast(main())

    return run


def chats(*which: int) -> Callable[[dict[str, int]], bool]:
    """Whether a call is for one of these chats."""
    return lambda parameters: parameters["chat_id"] in which


def test_second_of_one_chat_delays_that_chat_alone(in_town: In) -> None:
    """It is told a second later, and the other at once."""

    async def story(town: Town) -> None:
        await town.owe(7, 8)
        town.fake.too_many(1, when=chats(7))
        async with town.bot():
            await town.fake.wait_for_messages(2)
        assert town.sent_to(7)[0] - town.sent_to(8)[0] >= 0.9
        assert town.sent_to(7)[0] < SLACK
        assert await town.states() == {"sent": 2}

    in_town(story)


def test_hour_of_one_chat_holds_no_claim_and_survives_a_restart(in_town: In) -> None:
    """The others are told meanwhile; the chat is left alone for its hour by whoever sends."""

    async def story(town: Town) -> None:
        await town.owe(7, 8, trials=2)
        town.fake.too_many(int(HOUR), when=chats(7))
        async with town.bot():
            await town.fake.wait_for_messages(2)
            await town.clock.sleep(SLACK)
            assert await town.states() == {"sent": 2, "due": 2}
        tried = town.tried()
        await town.clock.sleep(HOUR - 4 * SLACK)
        async with town.bot():
            await town.clock.sleep(2 * SLACK)
            assert town.tried() == tried
            await town.fake.wait_for_messages(4, patience=4 * SLACK)
        assert min(town.sent_to(7)) >= HOUR - ROUNDING
        assert len(town.sent_to(7)) == len(town.sent_to(8)) == 2

    in_town(story)


def test_hour_of_the_whole_token_silences_everybody_across_a_restart(in_town: In) -> None:
    """Neither notices nor answers are tried before its time; then all of them go, once each."""

    async def story(town: Town) -> None:
        await town.owe(*range(7, 27))
        town.fake.too_many(int(HOUR), times=2)
        async with town.bot():
            await town.clock.sleep(SLACK)
            assert await town.states() == {"due": 20}
        tried, sent = town.tried(), len(town.fake.messages)
        assert tried - sent == 2
        await town.clock.sleep(HOUR - 8 * SLACK)
        async with town.bot():
            town.fake.type(99, "/about")
            await town.clock.sleep(3 * SLACK)
            assert (town.tried(), len(town.fake.messages)) == (tried, sent)
            town.fake.type(99, "/about")
            await town.fake.wait_for_messages(21, patience=10 * SLACK)
            await town.clock.sleep(SLACK)
        assert all(message.arrived >= HOUR - ROUNDING for message in town.fake.messages[sent:])
        assert len(town.fake.messages) == 21
        assert await town.states() == {"sent": 20}

    in_town(story)


def test_answer_that_was_refused_keeps_notices_back_too(in_town: In) -> None:
    """Who sends after a restart knows of what only an answer met."""

    async def story(town: Town) -> None:
        await town.owe(8)
        async with town.bot():
            await town.fake.wait_for_messages(1)
            town.fake.too_many(int(HOUR), when=chats(8))
            town.fake.type(8, "/about")
            await town.fake.wait_until(lambda: town.tried() == 2)
            await town.clock.sleep(1)
        await town.owe(8, 9, trials=2)
        async with town.bot():
            await town.fake.wait_until(lambda: bool(town.sent_to(9)))
            await town.clock.sleep(3 * SLACK)
            assert len(town.sent_to(8)) == 1

    in_town(story)


def test_press_during_a_long_wait_is_told_in_its_place(in_town: In) -> None:
    """Nothing can be written in the chat, but the press itself can be answered."""

    async def story(town: Town) -> None:
        async with town.bot():
            town.fake.type(7, "/about")
            await town.fake.wait_for_messages(1)
            town.fake.too_many(int(HOUR), when=chats(7))
            town.fake.type(7, "/about")
            await town.fake.wait_until(lambda: town.tried() == 2)
            await town.clock.sleep(61)
            asked = len(town.desk.asked)
            town.fake.press(7, "Again")
            await town.fake.wait_until(lambda: bool(town.fake.confirmed))
        (told,) = [given for method, given in town.fake.calls if method == "answerCallbackQuery"]
        assert told["text"] == say("button.waits", minutes=59)
        assert told["show_alert"] is True
        assert len(town.desk.asked) == asked

    in_town(story)


def test_groups_slow_mode_stops_nobody_else(in_town: In) -> None:
    """However often a slow group refuses, all others are told at once."""

    async def story(town: Town) -> None:
        await town.owe(-100, *range(7, 17), trials=2)
        town.fake.too_many(30, times=3, when=chats(-100))
        async with town.bot():
            await town.fake.wait_for_messages(22, patience=200)
        others = [message.arrived for message in town.fake.messages if message.chat_id > 0]
        assert len(others) == 20
        assert max(others) < SLACK
        assert min(town.sent_to(-100)) >= 90

    in_town(story)
