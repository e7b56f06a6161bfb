"""Made-up trials and what happens to them, for tests of what is kept and owed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from bot.domain.address import Address
from bot.domain.change import Change, Kind, mask
from bot.domain.notice import Match, Occurrence
from bot.domain.record import Record
from bot.domain.study import CTGOV, Study, StudyKey
from bot.domain.version import Absorbed
from bot.domain.watch import Interest
from bot.ports.leases import Lease
from bot.ports.store import Store

SECRET = b"a made-up secret of tests, 32 byte"
PARSERS = {CTGOV: msgspec.json.Decoder(Study).decode}
"""Here a trial's source is the trial itself as JSON."""

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALL = mask(Kind)

TELEGRAM = ("telegram", "7000000001")
DISCORD = ("discord", "1100000000000000001")


def key(number: int) -> StudyKey:
    """The key of a made-up trial."""
    return StudyKey(CTGOV, f"NCT{number:08d}")


def study(number: int, **fields: Any) -> Study:
    """A made-up trial."""
    return Study(key=key(number), **{"brief_title": f"Trial {number}", **fields})


def record(one: Study, *, with_results: bool = False, blank: str = "") -> Record:
    """The record that this trial is read from; ``blank`` makes other bytes of the same content."""
    return Record(
        study=one, source=msgspec.json.encode(one) + blank.encode(), with_results=with_results
    )


def status(new: str, old: str | None = None) -> Change:
    """A change of the status."""
    return Change(kind=Kind.STATUS, path="statusModule.overallStatus", old=old, new=new)


def happened(number: int, *changes: Change, day: date = DAY, **fields: Any) -> Occurrence:
    """An occurrence of a made-up trial."""
    fields = {"cause": "reading", **fields}
    return Occurrence(key=key(number), data_day=day, changes=changes, **fields)


def read(one: Study, *, is_version: bool = True, blank: str = "", **fields: Any) -> Absorbed:
    """What a reading of this trial adds."""
    digest = hashlib.sha256(msgspec.json.encode(one)).digest()
    return Absorbed(
        key=one.key,
        record=record(one, blank=blank),
        digest=digest,
        glimpse=digest[:8],
        is_version=is_version,
        **fields,
    )


def changed(
    number: int, *changes: Change, matches: Iterable[Match] = (), **fields: Any
) -> Absorbed:
    """A reading of a made-up trial in which something changed."""
    changes = changes or (status("COMPLETED", "RECRUITING"),)
    day = fields.pop("day", DAY)
    cause = fields.pop("cause", "reading")
    told = happened(number, *changes, day=day, cause=cause, matches=tuple(matches), **fields)
    fresh = study(number, overall_status=f"{day} {cause} {changes[0].new}")
    return read(fresh, changes=changes, occurrence=told)


def interest(words: str, **fields: Any) -> Interest:
    """A followed condition in one phrase."""
    return Interest(words=words, phrases=(words.lower(),), **fields)


def telegram(chat: int, thread: int | None = None) -> Address:
    """A chat on Telegram; groups have negative ids."""
    return Address(*TELEGRAM, str(chat), None if thread is None else str(thread))


def discord(channel: int) -> Address:
    """A channel on Discord, whose ids pass 2**53."""
    return Address(*DISCORD, str(channel))


async def absorb(store: Store, *absorbed: Absorbed, day: date = DAY, now: datetime = NOW) -> int:
    """Write them in one transaction."""
    async with store.absorbing() as transaction:
        await transaction.previous([one.key for one in absorbed])
        return await transaction.write(absorbed, day, now)


async def follower(store: Store, address: Address, *numbers: int, since: date = DAY) -> int:
    """A chat that follows these trials in all kinds. Returns its id."""
    chat = await store.chats.chat(address)
    for number in numbers:
        await store.chats.follow_study(chat.id, key(number), kinds=ALL, since=since)
    return chat.id


async def lease(
    store: Store, name: str = "send", holder: str = "one", seconds: float = 60
) -> Lease:
    """A lease that is free to take."""
    taken = await store.leases.acquire(name, holder, seconds)
    assert taken is not None
    return taken
