"""Three processes on one PostgreSQL under load, one after the other killed or frozen.

Every few seconds one of them is killed (and started again), or frozen for longer than its lease
lasts and then let go on. What arrived is judged by what the chat servers and the registry wrote
down, each with who sent or asked it. The blows are drawn at random; the seed is printed.
``--blows`` says how many there are: 200 are for whoever changes how the processes share their work.
Their leases are shorter than in earnest (``--lease``), so that each blow costs three seconds.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.end_to_end import processes, town
from tests.end_to_end.square import STRANGERS, square
from tests.end_to_end.town import Heard
from tests.end_to_end.trio import Trio
from tests.end_to_end.verdict import Report, burst
from tests.postgres import Postgres

RATE = 3.0
"""Requests a second that the registry is to be asked at most, by all processes together."""

DRAINED_WITHIN = 900.0
"""Seconds for what many blows left over: Telegram takes 20 messages a minute for a group."""

AMID = ("telegram", "reading", "discord")
"""What the blows interrupt in turn; kills and freezes take turns too: six are one of each kind."""


@pytest.mark.timeout(0)  # every wait has its own end, and how many there are is an option
async def test_blows_lose_nothing(
    tmp_path: Path,
    postgres: Postgres,
    pytestconfig: pytest.Config,
    figures: Callable[[str], None],
) -> None:
    """Kills and freezes of any of three: all is told, by one at a time, and taken over soon."""
    times, seed = pytestconfig.getoption("blows"), pytestconfig.getoption("kills_seed")
    seed = random.randrange(2**32) if seed is None else seed
    lease = pytestconfig.getoption("lease")
    figures(f"blows of seed {seed}, leases of {lease:g} s")
    chance = random.Random(seed)
    url = postgres.emptied()
    async with square(times + 1, url, tmp_path) as place:
        heard = Heard(place.telegram, place.discord, strangers=STRANGERS)
        given = (tmp_path, url, place.registry, place.telegram, place.discord)
        start = partial(
            processes.run_program, *given, rate=RATE, TRIALBELL_LEASE_SECONDS=str(lease)
        )
        async with Trio(start, place.claimed, chance, lease) as trio:
            asking = asyncio.create_task(place.ask())
            place.next_day()
            for at in range(times):
                amid = AMID[at % len(AMID)]
                await trio.strike(amid, partial(place.heard, amid, chance.randint(1, 20)))
                place.next_day()
            await trio.whole()
            asking.cancel()
            await heard.all_told(place.day, DRAINED_WITHIN)
            assert await trio.end() == [0, 0, 0]
            tenures = trio.tenures()
    report = Report(heard.messages, place.done(), trio.blows, tenures, rate=RATE)
    for line in report.lines():
        figures(line)
    town.check_chains(heard.messages, place.day)
    assert not place.counted("state <> 'sent'")
    report.check()


@pytest.mark.parametrize(
    ("moments", "ahead"),
    [([0, 0.5, 1], 1), ([0, 0, 1], 2), ([0, 9, 9, 9, 9.5], 3), ([0, 3, 9], 1)],
    ids=["evenly", "two at once", "after a pause", "slowly"],
)
def test_burst_is_what_comes_ahead_of_the_rate(moments: list[float], ahead: float) -> None:
    """At two a second: nobody saves up what was not asked in a pause."""
    assert burst(moments, 2) == ahead
