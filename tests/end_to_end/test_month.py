"""A month of many chats: each hears once what it should, by a message of its own or in a digest.

The registry serves recorded days with changes planted into them, each with a mark that stands
nowhere else. What a chat should hear is counted from what was planted and from the raw records; the
count shares nothing with the program but the kinds of change and the choices of them. What it heard
is read out of the messages that arrived.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from adapters.ctgov.sandbox import Sandbox, SandboxServer
from tests.end_to_end.counting import RULES, Heard, Ways, expected
from tests.end_to_end.house import house
from tests.end_to_end.living import Life, MonthClock
from tests.end_to_end.people import COUNTED, Chat, made_up
from tests.end_to_end.planting import Month
from tests.shared import needs_shared

SEED = 20260519
"""One with which thirty chats meet every rule."""
PLANTED_FOR_A_CHAT = 5
MOST_PLANTED = 2000
TRIALS_OF_FEW, TRIALS = 60, 200
"""How many trials there are, of those that stand in the most recorded days: so many changes can be
planted at ten for each. A small run has fewer of them."""

SEVERAL = 4
"""So many things that wait for a chat come as one message."""

SHOWN = 20
"""Of the chats that were told wrongly so many are named."""

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
    chats = [made_up(at, chance, month) for at in range(count)]
    clock = MonthClock()
    clock.time = datetime.combine(month.dates[0], time(14), UTC)
    async with (
        SandboxServer(Sandbox.from_days(month.served)) as server,
        house(server, tmp_path, clock=clock) as core,
    ):
        life = Life(core, server, clock, month, SEED)
        await life.begin(chats)
        await life.live()
        debts = await core.store.notices.debts(clock.now())
    assert debts.by_state.keys() <= {"sent", "moot"}
    ways, met = Ways(month), Counter[str]()
    told, wrong = Heard(), list[str]()
    for chat in chats:
        wanted = expected(chat, ways, life.lost(chat), met)
        wrong += _wrong(chat, life, wanted)
        met["one digest on return"] += life.waited(chat, wanted) >= SEVERAL
        told.marks += wanted.marks
        told.moves += wanted.moves
        told.things += wanted.things if chat.kinds in COUNTED else 0
    assert not wrong, f"{len(wrong)} of {count}:\n" + "\n".join(wrong[:SHOWN])
    figures(
        f"{count} chats, {len(month.planted)} planted, {len(month.new)} new trials and "
        f"{len(month.gone)} that are gone: "
        f"{told.marks.total()} heard by mark, {told.moves.total()} came or left, {told.things} by "
        f"count, in {life.messages} messages, "
        f"{life.digests} of them digests"
    )
    figures(", ".join(f"{rule}: {met[rule]}" for rule in sorted(met)))
    assert (+met).keys() >= RULES | {"one digest on return"}


def _wrong(chat: Chat, life: Life, wanted: Heard) -> Iterator[str]:
    """What it heard that it should not have, and the other way round."""
    heard = life.heard[chat.address.chat]
    if heard.marks != wanted.marks:
        more, less = heard.marks - wanted.marks, wanted.marks - heard.marks
        yield f"{chat}: told too often {more}, not told {less}"
    if heard.moves != wanted.moves:
        came, went = heard.moves - wanted.moves, wanted.moves - heard.moves
        yield f"{chat}: told too often {came}, not told {went}"
    if chat.kinds in COUNTED and heard.things != wanted.things:
        yield f"{chat}: told of {heard.things} things, not of {wanted.things}"
    if chat.kinds in COUNTED and heard.trials != wanted.trials:
        yield f"{chat}: told of {heard.trials}, not of {wanted.trials}"
    if life.late(chat, wanted):
        yield f"{chat}: heard of again only on {life.back[chat.address.chat][0]}"
    if life.waited(chat, wanted) >= SEVERAL and life.back[chat.address.chat][1] == 1:
        yield f"{chat}: told one by one when it was back"
