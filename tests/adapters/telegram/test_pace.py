"""Telegram's pace, on a clock that does not wait."""

from __future__ import annotations

import asyncio

from adapters.telegram.pace import FORGET_AT, Pace
from tests.adapters.telegram.support import QuickClock


class StillClock(QuickClock):
    """Stays at one moment, whatever is slept."""

    async def sleep(self, seconds: float) -> None:
        """Only note it."""
        self.slept.append(seconds)


async def test_private_chat_gets_one_a_second() -> None:
    """Three messages to one person take two seconds."""
    clock = QuickClock()
    pace = Pace(clock)
    for _ in range(3):
        await pace.turn("7")
    assert clock.slept == [1.0, 1.0]


async def test_all_chats_together_get_thirty_a_second() -> None:
    """The 31st message of a second waits for the next one, whoever it is for."""
    clock = QuickClock()
    pace = Pace(clock)
    for chat in range(30):
        await pace.turn(str(chat))
    assert clock.slept == []
    await pace.turn("30")
    assert clock.slept == [1.0]


async def test_group_gets_twenty_a_minute() -> None:
    """The 21st message to a group comes no sooner than a minute after the first."""
    clock = QuickClock()
    pace = Pace(clock)
    began = clock.now()
    for _ in range(21):
        await pace.turn("-100")
    assert (clock.now() - began).total_seconds() == 60.0


async def test_turns_taken_at_once_are_different_turns() -> None:
    """Many senders at the same moment do not all hold the same turn."""
    clock = StillClock()
    pace = Pace(clock)
    await asyncio.gather(*(pace.turn("7") for _ in range(4)))
    assert sorted(clock.slept) == [1.0, 2.0, 3.0]


async def test_chats_are_forgotten_when_their_windows_are_over() -> None:
    """Memory does not grow with every chat ever written to."""
    clock = QuickClock()
    pace = Pace(clock)
    for chat in range(3 * FORGET_AT):
        await pace.turn(str(chat))
    assert len(pace._chats) <= FORGET_AT
