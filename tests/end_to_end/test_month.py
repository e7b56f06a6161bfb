"""A month of many chats: each hears once what it should, by a message of its own or in a digest.

The registry serves recorded days with changes planted into them, each with a mark that stands
nowhere else. What a chat should hear is counted from what was planted and from the raw records; the
count shares no code with the program. What it heard is read out of the messages that arrived.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from adapters.ctgov.sandbox import Sandbox, SandboxServer
from tests.end_to_end.counting import Expected
from tests.end_to_end.house import house
from tests.end_to_end.living import Life
from tests.end_to_end.people import REPLAYED, made_up
from tests.end_to_end.planting import Month
from tests.fakes.ctgov import HurriedClock
from tests.shared import needs_shared

SEED = 20260202
PLANTED_FOR_A_CHAT = 3
MOST_PLANTED = 2000
TRIALS_OF_FEW, TRIALS = 60, 200
"""How many trials there are, of those that stand in the most recorded days: so many changes can be
planted at ten for each. A small run has fewer of them."""

MANY = 500
"""Chats from which on a run is no small one."""


@needs_shared
@pytest.mark.timeout(0)  # how many chats there are is an option
async def test_everybody_hears_once_what_they_should(
    tmp_path: Path, pytestconfig: pytest.Config, figures: Callable[[str], None]
) -> None:
    """All that was planted and recorded is told to whom it concerns, once, and to nobody else."""
    count = pytestconfig.getoption("month_chats")
    chance = random.Random(SEED)
    trials = TRIALS if count >= MANY else TRIALS_OF_FEW
    month = Month(chance, trials, min(MOST_PLANTED, PLANTED_FOR_A_CHAT * count))
    chats = [made_up(at, chance, month.trials) for at in range(count)]
    days = {day: list(records.values()) for day, records in month.days.items()}
    clock = HurriedClock()
    clock.time = datetime.combine(month.dates[0], time(14), UTC)
    async with (
        SandboxServer(Sandbox.from_days(days)) as server,
        house(server, tmp_path, clock=clock) as core,
    ):
        life = Life(core, server, clock, SEED)
        await life.begin(month, chats)
        await life.live(month)
        debts = await core.store.notices.debts(clock.now())
    assert debts.by_state.keys() <= {"sent", "moot"}
    heard = counted = 0
    for chat in chats:
        wanted, name = Expected(month, chat), chat.address.chat
        marks = life.marks[name]
        assert marks == Counter(wanted.marks), (chat, marks - Counter(wanted.marks))
        heard += len(marks)
        if chat.kinds == REPLAYED:
            assert life.things[name] == wanted.things, chat
            counted += wanted.things
    figures(
        f"{count} chats, {len(month.planted)} planted: {heard} heard by mark, {counted} by count, "
        f"in {life.messages} messages, {life.digests} of them digests"
    )
    assert life.digests
