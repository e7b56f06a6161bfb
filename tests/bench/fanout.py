"""One change of one trial that very many chats follow: owed, and expanded to the last of them.

10,000, 100,000 and 1,000,000 chats one after the other (``--chats`` takes other numbers), on both
databases (``--sqlite`` and ``--postgres`` take one of them), so that growth shows. A process of its
own does what ``trialbell run`` does: it takes in the changed trial and expands the debt batch by
batch, each a durable transaction. The floor is one bare INSERT ... SELECT of as many rows from the
same chats, twice before and twice after, into an empty table like the real one: with its unique
key and its indexes, which have to be kept whoever inserts. What it takes into a table without any
of them is printed beside it. PostgreSQL is a server that is started for this and writes durably.

The aim: at most twice the bare INSERT at 1,000,000 chats, and memory that does not grow with them.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from statistics import median

import msgspec
from sqlalchemy import MetaData, Table, UniqueConstraint, quoted_name, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import open_database
from storage.tables import notices
from tests.bench.children import child, first_line
from tests.bench.expanding import Expanded
from tests.bench.figures import aim, cpu_of, figure, megabytes, seconds, times, title
from tests.bench.filling import SECRET, Following, fill
from tests.bench.material import DAY, material
from tests.postgres import Postgres

FLOORS = 2
CHATS = (10_000, 100_000, 1_000_000)
AIM_TIMES = 2.0
AIM_GROWTH = 50 * 2**20
"""Bytes: SQLite's own cache, which some 100,000 rows fill, and some to spare."""

_NUMBERS = {
    "sqlite": "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < :many) "
    "SELECT bots.id, randomblob(32), randomblob(40) FROM t, bots",
    "postgresql": "SELECT bots.id, sha256(n::text::bytea), sha256(n::text::bytea) "
    "FROM generate_series(1, :many) AS t(n), bots",
}
_FOLLOW = """
    INSERT INTO subscriptions (chat_id, study_id, kinds, since)
    SELECT chats.id, studies.id, -1, '2000-01-01' FROM chats, studies
"""
_ROWS = f"""
    INSERT INTO bare (chat_id, bot_id, occurrence_id, study_id, data_day, cause, state, due_at)
    SELECT chats.id, chats.bot_id, 1, studies.id, '{DAY}', 'reading', 'due', '{DAY} 09:00:00.000000'
    FROM studies
        JOIN subscriptions ON subscriptions.study_id = studies.id
        JOIN chats ON chats.id = subscriptions.chat_id
    WHERE studies.id = 1 AND subscriptions.kinds & 1 <> 0
    ORDER BY subscriptions.chat_id
"""


class Bare(msgspec.Struct):
    """One run of the floor, in seconds."""

    took: float
    cpu: float


def main(arguments: list[str]) -> None:
    """Run it as the command line says."""
    parser = argparse.ArgumentParser(prog="./run bench fanout", description=__doc__)
    parser.add_argument("--chats", type=int, nargs="+", default=CHATS, help="how many follow it")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--sqlite", action="store_true", help="on SQLite only")
    only.add_argument("--postgres", action="store_true", help="on PostgreSQL only")
    given = parser.parse_args(arguments)
    if not given.postgres:
        title("One change to many chats on SQLite")
        with tempfile.TemporaryDirectory(prefix="bench") as folder:
            _run((f"sqlite:///{folder}/{many}.db" for many in given.chats), given.chats)
    if not given.sqlite:
        title("One change to many chats on PostgreSQL")
        server = Postgres()
        try:
            server.durable()
            _run(
                (server.new_database(f"bench_{many}") for many in given.chats),
                given.chats,
                server.pid,
            )
        finally:
            server.stop()


def _run(urls: Iterable[str], sizes: Sequence[int], server: int | None = None) -> None:
    for url, many in zip(urls, sizes, strict=True):
        asyncio.run(_fill(url, many))
        bare = [asyncio.run(_bare(url, many, server)) for _ in range(FLOORS)]
        plain = [asyncio.run(_bare(url, many, server, indexed=False))]
        settings = {"TRIALBELL_DATABASE_URL": url, "TRIALBELL_SECRET_KEY": SECRET}
        began = cpu_of(server)
        with child("-m", "tests.bench.expanding", settings=settings) as process:
            measured = msgspec.json.decode(first_line(process), type=Expanded)
        measured.cpu += cpu_of(server) - began
        assert measured.written == many, f"{measured.written} notices for {many} chats"
        bare += [asyncio.run(_bare(url, many, server)) for _ in range(FLOORS)]
        plain.append(asyncio.run(_bare(url, many, server, indexed=False)))
        _print(measured, bare, plain)


def _print(measured: Expanded, bare: Sequence[Bare], plain: Sequence[Bare]) -> None:
    floor, took = median(one.took for one in bare), measured.owe + measured.spread
    worked = median(one.cpu for one in bare)
    each = f"{took / measured.written * 1e6:.1f} us a chat"
    figure(f"{measured.written} chats: the change taken in and owed", seconds(measured.owe))
    figure("  expanded to the last of them", seconds(measured.spread), each)
    reached = aim(took <= AIM_TIMES * floor, f"{AIM_TIMES:.0f} x")
    figure("  both", seconds(took), f"{times(took, floor)} the bare INSERT, {reached}")
    words = f"{times(measured.cpu, worked)} that of the bare INSERT"
    figure("  processor time, the database's too", seconds(measured.cpu), words)
    figure("  the longest batch", seconds(measured.longest))
    span = f"{seconds(min(one.took for one in bare))} to {seconds(max(one.took for one in bare))}"
    figure(f"  floor: the bare INSERT, median of {len(bare)}", seconds(floor), span)
    lower = median(one.took for one in plain)
    figure("  the same without any index", seconds(lower), f"{times(took, lower)} that")
    grown = measured.peak - measured.start
    reached = aim(grown <= AIM_GROWTH, f"{megabytes(AIM_GROWTH)} more")
    figure("  memory at the start", megabytes(measured.start))
    figure("  the most it held", megabytes(measured.peak), f"{megabytes(grown)} more, {reached}")


async def _fill(url: str, many: int) -> None:
    """One trial, and chats that follow it, whose addresses nobody opens. It is not measured."""
    await fill(url, material(made=True), 1, Following(chats=0, conditions=()))
    async with _writing(url) as connection:
        chats = f"INSERT INTO chats (bot_id, mark, chat) {_NUMBERS[connection.dialect.name]}"
        await connection.execute(text(chats), {"many": many})
        await connection.execute(text(_FOLLOW))
        await connection.execute(text("ANALYZE"))  # as a database comes to do by itself


async def _bare(url: str, many: int, server: int | None, *, indexed: bool = True) -> Bare:
    """As many rows by one statement."""
    bare = _like_the_real_one(indexed=indexed)
    async with _writing(url) as connection:
        await connection.run_sync(bare.create)
    database = open_database(url, SECRET.encode())
    began, worked = time.perf_counter(), time.process_time() + cpu_of(server)
    async with database.write() as connection:
        done = await connection.execute(text(_ROWS).execution_options(preserve_rowcount=True))
        assert done.rowcount == many
    # While it is connected: the work of a server's process that just ended counts nowhere.
    took, worked = time.perf_counter() - began, time.process_time() + cpu_of(server) - worked
    await database.close()
    async with _writing(url) as connection:
        await connection.run_sync(bare.drop)
        if connection.dialect.name == "postgresql":
            await connection.execute(text("CHECKPOINT"))  # its pages are nobody else's burden
    return Bare(took, worked)


def _like_the_real_one(*, indexed: bool) -> Table:
    bare = notices.to_metadata(MetaData(), name="bare")
    for index in list(bare.indexes):
        index.name = quoted_name(
            f"bare_{index.name}", quote=None
        )  # names are unique in a whole SQLite database
        if not indexed:
            bare.indexes.discard(index)
    for constraint in bare.constraints:
        constraint.name = None  # the database names it after its own table
    if not indexed:
        bare.constraints = {
            one for one in bare.constraints if not isinstance(one, UniqueConstraint)
        }
    return bare


@contextlib.asynccontextmanager
async def _writing(url: str) -> AsyncIterator[AsyncConnection]:
    """A durable transaction of a database that is opened for it alone."""
    database = open_database(url, SECRET.encode())
    try:
        async with database.write() as connection:
            yield connection
    finally:
        await database.close()
