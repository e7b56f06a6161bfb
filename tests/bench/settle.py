"""Notices claimed and settled in a second, by the store alone: nothing is composed or sent.

As many are claimed at once as are free of those that a messenger may have in flight (1 is the
strictest, 20 is Discord's). Each is settled by a caller of its own, who goes on when its commit is
on the disk; commits that meet are one. The floor is the bare engine with the same care for the
disk: for each notice an UPDATE and a commit, twice. PostgreSQL is a server that is started for this
and writes durably.

The aim: over 1,000 a second with 20 in flight. On a machine that has more to do the processor time
says more: what both processes work for one notice may be at most a millisecond.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from adapters.ctgov.parse import parse
from bot.domain.notice import Notice, NoticeState, Settlement
from bot.domain.study import CTGOV
from bot.ports.leases import Lease
from storage.store import SqlStore
from tests.bench.deliver import bare_postgres, bare_sqlite, owe, owe_again
from tests.bench.figures import aim, cpu_of, figure, seconds, title
from tests.bench.filling import BOT, PLATFORM, SECRET, Following, fill
from tests.bench.material import Material, material
from tests.postgres import Postgres
from trialbell.clock import SystemClock

TRIALS = 50
ROUNDS = 300
"""How often as many as may be in flight are paid, at most."""
CHATS = 2_000
IN_FLIGHT = (1, 8, 20, 100)
AIM_IN_FLIGHT = 20
AIM = 1_000
"""Notices a second."""


def main(arguments: list[str]) -> None:
    """Run it on both databases."""
    argparse.ArgumentParser(prog="./run bench settle", description=__doc__).parse_args(arguments)
    of = material(made=True)
    with tempfile.TemporaryDirectory(prefix="bench") as folder, contextlib.ExitStack() as stack:
        path = Path(folder) / "bench.db"
        title("Claimed and settled one by one on SQLite")
        asyncio.run(_all(f"sqlite:///{path}", of, lambda ids: bare_sqlite(path, ids)))
        server = Postgres()
        stack.callback(server.stop)
        server.durable()
        url = server.new_database("bench")
        title("Claimed and settled one by one on PostgreSQL")
        asyncio.run(_all(url, of, lambda ids: bare_postgres(url, ids), server.pid))


async def _all(
    url: str, of: Material, bare: Callable[[Sequence[int]], float], server: int | None = None
) -> None:
    await fill(url, of, TRIALS, Following(chats=CHATS, conditions=(), share=0.0))
    store = await SqlStore.open(url, SECRET.encode(), parsers={CTGOV: parse})
    try:
        await owe(store, of)
        many = sum((await store.notices.debts(SystemClock().now())).by_state.values())
        ids = range(1, min(many, ROUNDS) + 1)
        floor = len(ids) / bare(ids)
        figure("notices", f"{many}")
        figure("floor: two bare UPDATEs and commits each", f"{floor:.0f}/s")
        for in_flight in IN_FLIGHT:
            await owe_again(url)
            some = min(many, ROUNDS * in_flight)
            worked, began = time.process_time() + cpu_of(server), time.perf_counter()
            await _pay(store, in_flight, some)
            took = time.perf_counter() - began
            worked = time.process_time() + cpu_of(server) - worked
            rate = some / took
            beside = f"{rate / floor:.1f} x the floor"
            if in_flight == AIM_IN_FLIGHT:
                beside += f", {aim(rate > AIM, f'over {AIM}/s')}"
            figure(f"claimed and settled, {in_flight} in flight", f"{rate:.0f}/s", beside)
            figure("  processor time for each, the database's too", seconds(worked / some))
        figure("floor again", f"{len(ids) / bare(ids):.0f}/s")
    finally:
        await store.close()


async def _pay(store: SqlStore, in_flight: int, many: int) -> None:
    """Claim and settle all that is due; who settled frees a place."""
    lease = await store.leases.acquire("send", "bench", 600)
    assert lease is not None
    busy: dict[int, asyncio.Task[None]] = {}
    settled, clock = 0, SystemClock()
    while settled < many:
        claimed = await store.notices.claim(
            lease,
            PLATFORM,
            BOT,
            busy=tuple(busy),
            limit=in_flight - len(busy),
            now=clock.now(),
        )
        for notice in claimed:
            busy[notice.chat_id] = asyncio.create_task(_settle(store, lease, notice))
        await asyncio.wait(busy.values(), return_when=asyncio.FIRST_COMPLETED)
        for chat_id, task in list(busy.items()):
            if task.done():
                task.result()
                del busy[chat_id]
                settled += 1
    await store.leases.release(lease)


async def _settle(store: SqlStore, lease: Lease, notice: Notice) -> None:
    sent = Settlement(state=NoticeState.SENT, message_id=str(notice.id))
    await store.notices.settle(lease, notice, sent)
