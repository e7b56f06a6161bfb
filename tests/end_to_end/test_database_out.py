"""The database of a running program goes and comes back: it goes on by itself, and loses nothing.

One real ``trialbell run`` on a PostgreSQL whose connections are cut again and again, which is
restarted, and which may not be written for a while (``--read-only`` says for how long): amid
reading and amid sending each time.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from storage.migrate import migrate
from tests.end_to_end import processes, town
from tests.end_to_end.processes import Process
from tests.end_to_end.square import Square, square
from tests.end_to_end.town import Heard
from tests.postgres import Postgres

CUTS = 5
BETWEEN_CUTS = 0.5
"""Seconds from one cut of all connections to the next."""

LEASE_SECONDS = 2.0
"""Shorter than in earnest, so that leases run out while nothing can be written."""

DRAINED_WITHIN = 180.0
"""Seconds for what an outage left over: Telegram takes 20 messages a minute for a group."""

COMPLAINTS = 25
"""Lines that the program may write about one outage, however long it lasts."""

CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"

Trouble = Callable[[Postgres, str, float], Awaitable[None]]


async def cut(server: Postgres, name: str, _: float) -> None:
    """End every connection, again and again."""
    for _again in range(CUTS):
        await asyncio.to_thread(server.run, CUT.format(name))
        await asyncio.sleep(BETWEEN_CUTS)


async def restart(server: Postgres, _name: str, _: float) -> None:
    """Halt the server and start it again."""
    await asyncio.to_thread(server.halt)
    await asyncio.to_thread(server.resume)


async def forbid_writing(server: Postgres, name: str, seconds: float) -> None:
    """Have it take no writes for a while, as a standby does until it is the new primary."""
    setting = "default_transaction_read_only"
    await asyncio.to_thread(server.run, f"ALTER DATABASE {name} SET {setting} = on")
    await asyncio.to_thread(server.run, CUT.format(name))
    await asyncio.sleep(seconds)
    await asyncio.to_thread(server.run, f"ALTER DATABASE {name} RESET {setting}")
    await asyncio.to_thread(server.run, CUT.format(name))


@pytest.mark.timeout(0)  # every wait has its own end, and how long one outage lasts is an option
async def test_database_goes_and_comes_back(
    tmp_path: Path,
    own_postgres: Postgres,
    pytestconfig: pytest.Config,
    figures: Callable[[str], None],
) -> None:
    """Cut off, restarted, read-only: one process through it all, nothing lost, nothing twice."""
    url, seconds = own_postgres.new_database(), pytestconfig.getoption("read_only")
    name = make_url(url).database or ""
    await migrate(url)
    troubles: tuple[Trouble, ...] = (cut, restart, forbid_writing)
    async with square(3 * len(troubles), url, tmp_path) as place:
        heard = Heard(place.telegram, place.discord)
        given = (tmp_path, url, place.registry, place.telegram, place.discord)
        lease = str(LEASE_SECONDS)
        async with await processes.run_program(*given, TRIALBELL_LEASE_SECONDS=lease) as program:
            await program.logged("platform started", times=2)
            for trouble in troubles:
                began, lines = time.monotonic(), len(program.errors)
                await amid(place, partial(trouble, own_postgres, name, seconds))
                assert not program.over, program.log_text()
                over = time.monotonic()
                await heard.all_told(place.day, DRAINED_WITHIN)
                told, said = time.monotonic(), complaints(program, lines)
                figures(
                    f"{trouble.__name__}: {over - began:.1f} s, all told {told - over:.1f} s after "
                    f"it; complaints: {dict(said)}"
                )
                assert said.total() <= COMPLAINTS, program.log_text()
            assert await program.terminate() == 0
    town.check_chains(heard.messages, place.day)
    lost = place.counted("lost_answers > 0")  # what is tried again for that is told apart here
    twice = town.doubles(heard.messages)
    assert twice == [], f"{twice}\n{lost} answers were lost\n{program.log_text()}"
    assert not place.counted("state <> 'sent'")


async def amid(place: Square, trouble: Callable[[], Awaitable[None]]) -> None:
    """Make it while a day is sent and the next one is read, with another one to come."""
    place.next_day()
    await place.telegram.took(place.telegram.count + 5)
    place.next_day()
    await place.heard("reading", 1)
    await trouble()
    place.next_day()


def complaints(program: Process, since: int) -> Counter[str]:
    """What the program warned of from this line of its log on."""
    lines = [json.loads(line) for line in program.errors[since:] if line.startswith("{")]
    return Counter(line["event"] for line in lines if line["level"] in ("warning", "error"))
