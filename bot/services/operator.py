"""Telling the operator once when something is wrong, and once when it is over.

What was told stands in the store, so that neither a restart nor a second process tells it again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

import msgspec
import structlog

from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import PerhapsDelivered, Sent
from bot.domain.precedence import Precedence
from bot.domain.replies import operator as replies
from bot.domain.telling_held import about_hold, hold_over
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.readings import ReadingState
from bot.ports.store import Store
from bot.services.baseline import refused
from bot.services.platforms import troubles

OVERDUE = timedelta(hours=1)
"""A debt that could have been sent this long ago is the operator's to hear of."""

READING_OUT = timedelta(hours=3)
"""Readings that fail this long are told: shorter outages of the registry are common."""

AGAIN = timedelta(days=1)
"""How long after what was told more of the same is told: it may go on all day."""

_TOLD = "told:"
_PLATFORM = "platform:"
_HOLD = "hold:"

log = structlog.get_logger()


class Finding(msgspec.Struct, frozen=True):
    """One thing that can be wrong: whether it is, and what is to be said of it."""

    is_wrong: bool
    message: Message
    count: int = 0
    """How many there are, where more of them are news."""


class Told(msgspec.Struct, frozen=True):
    """When something was told, and how many there were of it then."""

    at: int
    """In seconds since 1970."""
    count: int = 0

    @classmethod
    def of(cls, note: str | None) -> Told | None:
        """As it was noted; None where it was not."""
        at, _, count = (note or "").partition(":")
        return cls(int(at), int(count or 0)) if at else None

    def note(self) -> str:
        """As it is noted."""
        return f"{self.at}:{self.count}"

    def leaves(self, finding: Finding, now: datetime) -> bool:
        """Whether there is nothing to tell: it is known, and there are not more of it."""
        if not finding.is_wrong:
            return False
        return finding.count <= self.count or now.timestamp() - self.at < AGAIN.total_seconds()


class OperatorWatch:
    """Looks at readings, platforms and debts, and tells the transitions."""

    def __init__(self, store: Store, registry: str, clock: Clock) -> None:
        self._store = store
        self._registry = registry
        self._clock = clock
        self._wrong: set[str] = set()
        """What is wrong now, as this process logged it."""

    async def look(self, messenger: Messenger | None, chat: str | None) -> None:
        """Look once. Raises StoreError.

        Without a messenger the transitions are only logged: another process may have it. What
        could not be delivered is told at the next look if it still holds.
        """
        now = self._clock.now()
        notes = await self._store.notes.all()
        for what, finding in (await self._findings(now, notes)).items():
            self._log(what, is_wrong=finding.is_wrong)
            told = Told.of(notes.get(_TOLD + what))
            if messenger is None or chat is None:
                continue
            if told.leaves(finding, now) if told else not finding.is_wrong:
                if told and finding.count < told.count:  # one more than now will be news
                    fewer = Told(told.at, finding.count)
                    await self._store.notes.put(_TOLD + what, fewer.note())
                continue
            nonce = f"{what[:12]}-{now.timestamp():.0f}"
            if await tell_operator(messenger, chat, finding.message, nonce):
                await self._note(what, now, finding)

    def _log(self, what: str, *, is_wrong: bool) -> None:
        if is_wrong and what not in self._wrong:
            self._wrong.add(what)
            log.warning("trouble", what=what)
        elif not is_wrong and what in self._wrong:
            self._wrong.discard(what)
            log.info("trouble over", what=what)

    async def _note(self, what: str, now: datetime, finding: Finding) -> None:
        if finding.is_wrong:
            told = Told(int(now.timestamp()), finding.count)
            await self._store.notes.put(_TOLD + what, told.note())
        else:
            await self._store.notes.drop(_TOLD + what)

    async def _findings(self, now: datetime, notes: Mapping[str, str]) -> dict[str, Finding]:
        """Of each thing that can be wrong whether it is, and what is to be said of it."""
        state = await self._store.readings.state(self._registry)
        debts = await self._store.notices.debts(now)
        out = state.failed_at is not None and now - state.failed_at > READING_OUT
        overdue = debts.oldest_due is not None and now - debts.oldest_due > OVERDUE
        waiting = debts.by_state.get("due", 0)
        held = debts.by_state.get("held", 0)
        since = debts.oldest_due if overdue else None
        return {
            "registry": Finding(out, _about_registry(state)),
            "debts": Finding(overdue, _about_debts(since, waiting)),
            "dead": _some(debts.by_state.get("dead", 0), replies.given_up, replies.none_given_up),
            "aside": await self._about_records(state),
            "baselines": await self._about_baselines(notes),
            "held": Finding(held > 0, replies.held(held) if held else replies.nothing_held()),
            **self._about_platforms(notes),
            **await self._about_holds(notes),
        }

    async def _about_holds(self, notes: Mapping[str, str]) -> dict[str, Finding]:
        """Each way in which too many records changed at once, until it is answered or goes out."""
        told = {key.removeprefix(_TOLD) for key in notes} | self._wrong
        over = {what for what in told if what.startswith(_HOLD)}
        found = {what: Finding(False, hold_over(what.removeprefix(_HOLD))) for what in sorted(over)}
        for one in await self._store.holds.held():
            said = about_hold(one.id, one.data_day, one.way, one.count, one.read, one.examples)
            found[f"{_HOLD}{one.id}"] = Finding(True, said)
        return found

    async def _about_records(self, state: ReadingState) -> Finding:
        """Records of the data day that was read last which were set aside."""
        day = state.done.date() if state.done else None
        count = await self._store.counts.set_aside(day) if day else 0
        return _some(count, partial(replies.set_aside, day), partial(replies.none_set_aside, day))

    async def _about_baselines(self, notes: Mapping[str, str]) -> Finding:
        """Followed conditions of which the registry does not say what exists."""
        ids = refused(notes)
        count = len(ids & await self._store.readings.interest_ids()) if ids else 0
        return _some(count, replies.refused_baselines, replies.no_refused_baselines)

    def _about_platforms(self, notes: Mapping[str, str]) -> dict[str, Finding]:
        """Those with a trouble, and those that had one when it was last looked or told."""
        now_wrong = troubles(notes)
        told = {key.removeprefix(_TOLD) for key in notes} | self._wrong
        names = {what.removeprefix(_PLATFORM) for what in told if what.startswith(_PLATFORM)}
        found = {}
        for name in sorted(names | now_wrong.keys()):
            trouble = now_wrong.get(name)
            said = (
                replies.platform_trouble(name, trouble) if trouble else replies.platform_well(name)
            )
            found[_PLATFORM + name] = Finding(trouble is not None, said)
        return found


async def tell_operator(messenger: Messenger, chat: str, message: Message, nonce: str) -> bool:
    """Whether it arrived, as far as can be known."""
    address = Address(messenger.platform, messenger.bot, chat)
    outcome = await messenger.send(address, message, nonce[:25], precedence=Precedence.ANSWER)
    if isinstance(outcome, Sent | PerhapsDelivered):
        return True
    why = type(outcome).__name__
    log.warning("operator not told yet", platform=messenger.platform, why=why)
    return False


def _some(count: int, some: Callable[[int], Message], none: Callable[[], Message]) -> Finding:
    """Of what is wrong as soon as there is one."""
    return Finding(count > 0, some(count) if count else none(), count)


def _about_registry(state: ReadingState) -> Message:
    if state.failed_at is None:
        return replies.registry_back(state.done.date() if state.done else None)
    return replies.registry_out_since(state.failed_at, state.failure or "")


def _about_debts(since: datetime | None, count: int) -> Message:
    return replies.debts_paid() if since is None else replies.debts_overdue(since, count)
