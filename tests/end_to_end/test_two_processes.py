"""Two processes on one PostgreSQL: one works, the other takes over when it dies."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from adapters.ctgov.sandbox import SandboxServer
from tests.end_to_end import processes, town
from tests.end_to_end.house import house
from tests.end_to_end.processes import Process
from tests.end_to_end.town import Heard, Told
from tests.postgres import Postgres

RIGHTS = 3
"""Leases: reading the registry, sending on Telegram, sending on Discord."""

IN_FLIGHT = 20
"""Sends that each platform's messenger has under way at most."""

STILL_UNDER_WAY = 1.0
"""Seconds in which a message may arrive that was in the sockets' buffers when its sender died."""

TOLD_WITHIN = 30.0
"""Seconds from the death of one until the other has told all that is owed."""


async def test_the_other_takes_over(
    tmp_path: Path, postgres: Postgres, figures: Callable[[str], None]
) -> None:
    """The one that reads and sends is killed amid sending: the other goes on within 30 seconds."""
    url = postgres.emptied()
    async with (
        SandboxServer(town.sandbox(days=3)) as registry,
        processes.telegram() as telegram,
        processes.discord() as discord,
    ):
        async with house(registry, tmp_path, database_url=url) as core:
            await town.follow_all(core)
        heard = Heard(telegram, discord)
        given = (tmp_path, url, registry, telegram, discord)
        async with await processes.run_program(*given, name="first") as first:
            await first.logged("lease held", times=RIGHTS)
            async with await processes.run_program(*given, name="second") as second:
                await second.logged("standing by", times=RIGHTS)
                registry.sandbox.step()
                await heard.all_told(1)
                assert town.doubles(heard.messages) == []
                registry.sandbox.step()
                await telegram.took(telegram.count + 10)
                check_one_works(first, second)
                died = time.monotonic()
                await first.kill()
                registry.sandbox.step()
                await second.logged("lease held", times=RIGHTS)
                taken_over = time.monotonic() - died
                await heard.all_told(3)
                told = time.monotonic() - died
                assert await second.terminate() == 0
    figures(f"taken over in {taken_over:.1f} s, all told in {told:.1f} s")
    assert told < TOLD_WITHIN
    check_told(heard.messages, died)


def check_one_works(first: Process, second: Process) -> None:
    """One does all of it, and the other does nothing but wait."""
    assert len(first.log("lease held")) == RIGHTS
    assert first.log("registry read")
    assert not second.log("lease held")
    assert not second.log("registry read")


def check_told(messages: list[Told], died: float) -> None:
    """Nothing is lost; twice came only what was in flight when the first one died."""
    town.check_chains(messages, day=3)
    found = town.doubles(messages)
    assert len(found) <= IN_FLIGHT
    for once, again in found:
        assert once.platform == "telegram", "Discord drops a nonce that it has seen"
        assert once.arrived <= died + STILL_UNDER_WAY <= again.arrived
