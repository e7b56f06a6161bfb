"""Paying debts: claim what is due, tell it, settle what the platform answered.

One deliverer sends for one bot, under that bot's lease. Several sends are in flight at once, never
two to one chat, so that order within a chat is kept. A claim is committed before the message goes
out and settled after the answer: what a crash leaves claimed is sent again, and counted.
"""

from __future__ import annotations

import asyncio
import random

import structlog
from msgspec.structs import replace

from bot.domain.address import Address
from bot.domain.discreet import veiled
from bot.domain.fault import arose_at
from bot.domain.notice import Notice, NoticeState, Settlement
from bot.domain.outcome import TryLater
from bot.domain.posting import as_posted
from bot.domain.replies.feed import topic_gone
from bot.domain.settling import PROBE_EVERY, Verdict, judge, leading_elsewhere
from bot.domain.turns import TOLD_TOGETHER, turn_of
from bot.ports.clock import Clock, Zones
from bot.ports.leases import Lease
from bot.ports.messenger import MaySend, Messenger, always
from bot.ports.store import Store
from bot.ports.store_errors import LeaseLost, StoreError
from bot.ports.telemetry import UNMEASURED, Step, Telemetry
from bot.services.composing import Composed, Composer
from bot.services.looking import LOOK_SECONDS, Looking
from bot.services.measure import timed
from bot.services.pausing import Pausing
from bot.services.placing import place
from bot.services.settle import Settling, all_settled

SPREAD_BATCH = 40_000
"""Notices of a wide debt in one transaction: a tenth of a second on SQLite, three on PostgreSQL, in
which sends wait; what a transaction costs besides is little against so many."""

log = structlog.get_logger()


class TokenNoLongerGood(Exception):
    """The platform refuses the bot's token; nothing can be sent until the operator acts."""


class Deliverer:
    """Sends what one bot owes."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        chance: random.Random,
        zones: Zones,
        telemetry: Telemetry = UNMEASURED,
    ) -> None:
        self._store = store
        self._telemetry = telemetry
        self._log = log.bind(platform=messenger.platform)
        self._messenger = messenger
        self._clock = clock
        self._chance = chance
        self._zones = zones
        self._composer = Composer(store)
        self._settling = Settling(store, clock, self._log)
        self._pausing = Pausing(store.chats, clock, self._log)
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._looking = Looking(store.notices, messenger, clock)
        self._may_send: MaySend = always
        self._unsure = False
        """Whether a claim failed without it being known that nothing was claimed."""
        self._out = False  # whether it was logged that nothing can be claimed
        self.wake = asyncio.Event()
        """Set it when something new is owed."""

    async def run(self, lease: Lease, stop: asyncio.Event, may_send: MaySend = always) -> None:
        """Send until ``stop``, then let what is in flight be answered and settled.

        ``may_send`` is asked before each request, as ``bot.ports.messenger`` says.
        Raises LeaseLost, and TokenNoLongerGood when the platform refuses the token.
        """
        self._may_send = may_send
        stopping = asyncio.create_task(self._wake_at(stop))
        self._unsure = True  # what a process before this one left claimed is taken back first
        try:
            while not stop.is_set():
                self.wake.clear()
                self._collect()
                if not await self._try_claim(lease):
                    await self._wait()
        finally:
            stopping.cancel()
            await self._let_finish()

    async def run_until_paid(self, lease: Lease) -> int:
        """Send all that is due now, then end. Returns how many were claimed.

        Raises StoreError besides what ``run`` raises.
        """
        await self._take_back(lease)
        claimed = 0
        try:
            while True:
                self.wake.clear()
                self._collect()
                taken = await self._claim(lease)
                claimed += taken
                if taken:
                    continue
                if not self._busy and not await self._looking.owed_to_resting():
                    return claimed
                await self._wait()
        finally:
            await self._let_finish()

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.wake.set()

    async def _take_back(self, lease: Lease) -> None:
        """Make due again what is claimed and not in flight. Nothing may be in flight here."""
        bot = self._messenger
        again = await self._store.notices.reclaim(lease, bot.platform, bot.bot)
        self._unsure = False
        if again:
            self._log.warning("sending again what may not have been sent", notices=again)

    async def _try_claim(self, lease: Lease) -> int:
        """Claim, and where the database is out for a moment, claim nothing.

        A claim whose commit was not confirmed may stand all the same: it is taken back as soon as
        nothing is in flight.
        """
        try:
            if self._unsure and self._busy:
                return 0
            if self._unsure:
                await self._take_back(lease)
            claimed = await self._claim(lease)
        except LeaseLost:
            raise
        except StoreError as error:
            self._unsure = True
            if not self._out:
                self._log.warning("cannot claim", why=str(error))
            self._out = True
            return 0
        if self._out:
            self._log.info("can claim again")
        self._out = False
        return claimed

    async def _claim(self, lease: Lease) -> int:
        """Start sending up to as many as may be in flight. Returns how many were started."""
        now = self._clock.now()
        await self._store.notices.spread(SPREAD_BATCH, now)
        free = self._messenger.in_flight - len(self._busy)
        if free <= 0:
            return 0
        with timed(self._telemetry, self._clock, Step.CLAIM):
            notices = await self._store.notices.claim(
                lease,
                self._messenger.platform,
                self._messenger.bot,
                busy=(*self._busy, *self._looking.resting()),
                limit=free,
                now=now,
                nonces_last=self._messenger.nonces_last,
                probe_before=now - PROBE_EVERY,
            )
        for notice in notices:
            task = asyncio.create_task(self._deliver(lease, notice))
            task.add_done_callback(lambda _: self.wake.set())
            self._busy[notice.chat_id] = task
        return len(notices)

    async def _wait(self) -> None:
        """Until it is time to look again; what may be claimed unknown to us is not waited for."""
        seconds = LOOK_SECONDS
        if not self._unsure:
            seconds = await self._looking.seconds(busy=len(self._busy))
        await self._clock.wait_for(self.wake, seconds)

    def _collect(self) -> None:
        """Forget the sends that ended; raise what ends all of it: a lost lease, a refused token."""
        for chat_id, task in list(self._busy.items()):
            if task.done():
                del self._busy[chat_id]
                task.result()

    async def _let_finish(self) -> None:
        await all_settled(self._busy.values())
        self._busy.clear()

    async def _deliver(self, lease: Lease, notice: Notice) -> None:
        now, zone = self._clock.now(), self._zones(notice.settings.time_zone)
        turn = turn_of(notice, zone, now)
        if turn.until is not None:
            later = Settlement(
                state=NoticeState.PUT_OFF,
                due_at=turn.until,
                counts_as_try=False,
                alone=turn.alone,
            )
            await self._settling.insist(notice, lambda: self._settling.settle(lease, notice, later))
            return
        sent, verdict = await self._send(lease, notice, together=turn.together)
        with timed(self._telemetry, self._clock, Step.SETTLE):
            settlement = verdict.settlement
            await self._settling.insist(
                notice,
                lambda: self._settling.settle(lease, sent.notice, settlement, sent.moot),
            )
        for one in sent.notice.together:
            if settlement.state is NoticeState.DEAD:
                self._telemetry.given_up(self._messenger.platform)
                self._log.error("notice given up", notice=one.id, why=settlement.error)
            if settlement.state is NoticeState.PERHAPS:
                self._log.error("notice perhaps lost", notice=one.id, why=settlement.error)
        more = bool(notice.others or sent.notice.others)
        self._looking.written_to(notice.chat_id, notice.address, more=more)
        await self._follow_up(notice, verdict)

    async def _send(
        self, lease: Lease, notice: Notice, *, together: bool
    ) -> tuple[Composed, Verdict]:
        """Tell it, with others where they are told together."""
        sent = Composed(notice=notice)
        try:
            sent = await self._compose(lease, notice, together=together)
            if sent.message is None:
                return sent, Verdict(settlement=Settlement(state=NoticeState.MOOT))
            outcome = await self._messenger.send(
                notice.address,
                sent.message,
                sent.notice.nonce,
                self._may_send,
                await place(self._store.chats, sent),
            )
        except LeaseLost:
            raise
        except StoreError as error:
            # What was claimed along without our hearing of it is taken back as after a crash.
            self._unsure |= together
            outcome = TryLater(str(error), after=LOOK_SECONDS)
        except Exception as error:  # noqa: BLE001 - one odd notice must not stop all the others
            why, where = type(error).__name__, arose_at(error)
            self._log.error("notice could not be told", notice=notice.id, why=why, where=where)
            self._unsure |= together
            outcome = TryLater(f"unexpected {type(error).__name__}")
        verdict = judge(
            leading_elsewhere(outcome, notice.address),
            address=notice.address,
            tries=notice.tries + 1,
            now=self._clock.now(),
            chance=self._chance.random(),
            lost_answers=notice.lost_answers,
            drops_doubles=bool(self._messenger.nonces_last),
            outage=self._pausing.note(notice, outcome),
            in_group=bool(sent.notice.beside),
        )
        self._pausing.decided(notice, verdict)
        return sent, verdict

    async def _compose(self, lease: Lease, notice: Notice, *, together: bool) -> Composed:
        """The message, for the notice or for what is told with it; what does not fit is let go."""
        bot, now = self._messenger, self._clock.now()
        if together:
            notice = await self._store.notices.claim_along(
                lease, notice, limit=TOLD_TOGETHER, now=now, nonces_last=bot.nonces_last
            )
        composed = await self._composer.compose(notice, bot.longest)
        if composed.left is not None:
            again = Settlement(state=NoticeState.DUE, due_at=now, counts_as_try=False)
            await self._settling.settle(lease, composed.left, again)
        if composed.message is None:
            return composed
        if notice.settings.discreet:
            return replace(composed, message=veiled(composed.notice.id))
        return replace(composed, message=as_posted(composed.message, notice.settings))

    async def _follow_up(self, notice: Notice, verdict: Verdict) -> None:
        bot, chats = self._messenger, self._store.chats
        until, address = verdict.hold_bot_until, verdict.move_to
        if verdict.stop:
            raise TokenNoLongerGood(f"{bot.platform} refuses the bot's token")
        for write in self._pausing.writes(notice, verdict):
            await self._settling.insist(notice, write)
        if address is not None:
            await self._settling.insist(notice, lambda: chats.move(notice.chat_id, address))
        if address is not None and verdict.left_topic:
            await self._say_topic_gone(notice, address)
        if until is not None:
            wait = self._store.waits.let_bot_wait
            await self._settling.insist(notice, lambda: wait(bot.platform, bot.bot, until))

    async def _say_topic_gone(self, notice: Notice, address: Address) -> None:
        """Once and no more: what is owed is told there in any case, this only says why."""
        nonce = f"topic.{notice.id}"
        try:
            await self._messenger.send(address, topic_gone(), nonce, self._may_send)
        except Exception as error:  # noqa: BLE001 - what only explains must not end the sending
            why, where = type(error).__name__, arose_at(error)
            self._log.error("topic's end not told", notice=notice.id, why=why, where=where)
