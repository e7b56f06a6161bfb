"""What waits for the end of its reading, and what the operator is asked about first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import Select, Text, and_, cast, func, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.change import asked_by
from bot.domain.mass import LATE, Mass, Waiting, Way, split
from bot.ports.holds import PATIENCE_DAYS, Answer, Hold
from storage.codec import AnyRow, pack_body, unpack_changed
from storage.engine import Database
from storage.fanout import owe
from storage.gate import pass_together
from storage.reach import Reach, portions, reach
from storage.rows import body_of, occurrence_of, occurrence_row, touched_by
from storage.tables import holds, occurrences, studies

EXAMPLES: Final = 5

GATHERING: Final = timedelta(minutes=2)
"""How long what is late gathers, so that a chat gets all of it in one message."""

HELD: Final = "held"

WAITS: Final = text("occurrences.waits")
"""Word for word the condition of its partial index."""

_WAITING: Final = and_(WAITS, occurrences.c.hold_id.is_(None))
"""For the end of a reading, and not for an answer."""

_OWED = (Answer.RELEASED.value, Answer.LATE.value)

_encode, _way = msgspec.json.Encoder().encode, msgspec.json.Decoder(Way)


class SqlHolds:
    """Implements ``bot.ports.holds.Holds``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, after: int, limit: int) -> tuple[Waiting, ...]:
        """What waits for the end of a reading and has a larger id, in the order of ids."""
        names = ("id", "body", "posted", "lapsed")
        asked = select(*(occurrences.c[name] for name in names))
        asked = asked.where(_WAITING, occurrences.c.id > after)
        async with self._database.read() as connection:
            rows = await connection.execute(asked.order_by(occurrences.c.id).limit(limit))
            return tuple(
                Waiting(
                    id=row.id,
                    changes=unpack_changed(row.body),
                    posted=row.posted,
                    lapsed=row.lapsed,
                )
                for row in rows
            )

    async def hold(self, data_day: date, masses: Sequence[Mass], read: int) -> int:
        """Remember that these ways of this data day are held. Returns how many are new."""
        rows = [
            {
                "data_day": data_day,
                "way": _encode(mass.way).decode(),
                "state": HELD,
                "read": read,
                "usual": mass.usual,
                "waited_on": data_day,
            }
            for mass in masses
        ]
        if not rows:
            return 0
        insert = self._database.insert(holds).on_conflict_do_nothing().returning(holds.c.id)
        async with self._database.write() as connection:
            return len((await connection.execute(insert, rows)).all())

    async def let_go(self, ids: Sequence[int], data_day: date, now: datetime) -> int:
        """Owe what waits under these ids, but for what this data day's holds keep back."""
        async with self._database.read() as connection:
            reached = await reach(connection, ids)
        written = 0
        for part in portions(ids, reached):
            async with self._database.write() as connection:
                written += await self._let_go(connection, part, reached, data_day, now)
        return written

    async def _let_go(
        self,
        connection: AsyncConnection,
        ids: Sequence[int],
        reached: Mapping[int, Reach],
        data_day: date,
        now: datetime,
    ) -> int:
        asked = select(occurrences.c.id).where(_WAITING, occurrences.c.id.in_(ids))
        await pass_together(connection)
        free = (await connection.scalars(asked.order_by(occurrences.c.id).with_for_update())).all()
        if not free:
            return 0
        kept = await _kept_back(connection, data_day)
        if kept:
            for row in (await connection.execute(_whole(free))).all():
                await _keep_back(connection, row, kept, now)
        go = update(occurrences).where(occurrences.c.id.in_(free)).values(waits=False)
        await connection.execute(go)
        return await owe(connection, self._database, free, now, reached)

    async def held(self) -> tuple[Hold, ...]:
        """The holds that nobody answered yet, oldest first."""
        async with self._database.read() as connection:
            rows = (
                await connection.execute(
                    select(holds).where(holds.c.state == HELD).order_by(holds.c.id)
                )
            ).all()
            found = [await _shown(connection, row) for row in rows]
        return tuple(one for one in found if one.count)

    async def answer(self, hold_id: int, answer: Answer) -> bool:
        """Decide on a hold. Returns whether it was there to be decided."""
        decide = update(holds).where(holds.c.id == hold_id, holds.c.state == HELD)
        async with self._database.write() as connection:
            return bool((await connection.execute(decide.values(state=answer.value))).rowcount)

    async def carry_out(self, limit: int, now: datetime) -> int:
        """Do what was decided for up to ``limit`` occurrences. Returns how many; 0 when done."""
        asked = (
            select(occurrences.c.id, occurrences.c.hold_id, holds.c.state)
            .join(holds, holds.c.id == occurrences.c.hold_id)
            .where(WAITS, holds.c.state != HELD)
            .order_by(occurrences.c.id)
            .limit(limit)
        )
        async with self._database.write() as connection:
            await pass_together(connection)
            rows = (await connection.execute(asked.with_for_update(of=occurrences))).all()
            answers = {row.id: row.state for row in rows}
            reached = await reach(connection, list(answers))
            part = next(portions(list(answers), reached), ())
            for answer in Answer:
                ids = [one for one in part if answers[one] == answer.value]
                if ids:
                    await self._carry_out(connection, answer, ids, now)
        return len(part)

    async def _carry_out(
        self, connection: AsyncConnection, answer: Answer, ids: Sequence[int], now: datetime
    ) -> None:
        # Owed from now on, so that who is told daily hears of it in a digest.
        these = (
            update(occurrences).where(occurrences.c.id.in_(ids)).values(waits=False, owed_at=now)
        )
        if answer is Answer.DROPPED:
            # Emptied rather than deleted: a data day's occurrences are numbered by their count.
            await connection.execute(these.values(body=pack_body((), ()), kinds=0, touched="{}"))
            return
        due = now
        if answer is Answer.LATE:
            these = these.values(cause=literal(LATE).concat(cast(occurrences.c.hold_id, Text)))
            due = now + GATHERING
        await connection.execute(these)
        await owe(connection, self._database, ids, due)

    async def day_read(self, data_day: date) -> int:
        """A data day is read: holds that waited for ``PATIENCE_DAYS`` become late."""
        waited = update(holds).where(holds.c.state == HELD, holds.c.waited_on < data_day)
        waited = waited.values(waited_days=holds.c.waited_days + 1, waited_on=data_day)
        late = update(holds).where(holds.c.state == HELD, holds.c.waited_days >= PATIENCE_DAYS)
        async with self._database.write() as connection:
            await connection.execute(waited)
            return (await connection.execute(late.values(state=Answer.LATE.value))).rowcount


def _whole(ids: Sequence[int]) -> Select[Any]:
    return (
        select(occurrences, studies.c.registry, studies.c.number)
        .join(studies, studies.c.id == occurrences.c.study_id)
        .where(occurrences.c.id.in_(ids))
        .order_by(occurrences.c.id)
    )


async def _kept_back(connection: AsyncConnection, data_day: date) -> Mapping[Way, int]:
    """The ways of a data day that are not told now, with their holds."""
    asked = select(holds.c.id, holds.c.way).where(
        holds.c.data_day == data_day, holds.c.state.not_in(_OWED)
    )
    return {_way.decode(row.way): row.id for row in await connection.execute(asked)}


async def _keep_back(
    connection: AsyncConnection, row: AnyRow, kept: Mapping[Way, int], now: datetime
) -> None:
    """Part an occurrence into what goes on and what is held."""
    going, parts = split(occurrence_of(row), kept, lapsed=row.lapsed)
    if not parts:
        return
    here = update(occurrences).where(occurrences.c.id == row.id)
    kinds = asked_by(change.kind for change in going.changes)
    fresh = {"body": body_of(going), "kinds": kinds, "touched": touched_by(going)}
    await connection.execute(here.values(fresh))
    for way, occurrence in parts.items():
        part = msgspec.structs.replace(occurrence, cause=f"hold-{kept[way]}")
        values = {
            **occurrence_row(row.study_id, part, now),
            "waits": True,
            "hold_id": kept[way],
            "spread_upto": row.spread_upto,
        }
        await connection.execute(occurrences.insert().values(values))


async def _shown(connection: AsyncConnection, row: AnyRow) -> Hold:
    these = (WAITS, occurrences.c.hold_id == row.id)
    some = (
        select(studies.c.number)
        .join(occurrences, occurrences.c.study_id == studies.c.id)
        .where(*these)
        .order_by(occurrences.c.id)
        .limit(EXAMPLES)
    )
    count = await connection.scalar(select(func.count()).select_from(occurrences).where(*these))
    return Hold(
        id=row.id,
        data_day=row.data_day,
        way=_way.decode(row.way),
        count=count or 0,
        read=row.read,
        usual=row.usual,
        examples=tuple((await connection.scalars(some)).all()),
    )
