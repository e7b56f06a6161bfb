"""Paying debts: claim what is due, tell it, settle what the platform answered.

One deliverer sends for one bot, under that bot's lease. Several sends are in flight at once, never
two to one chat, so that order within a chat is kept. A claim is committed before the message goes
out and settled after the answer: what a crash leaves claimed is sent again, and counted.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque

import structlog

from bot.domain.message import Message
from bot.domain.notice import Notice, NoticeState, Settlement
from bot.domain.outcome import TryLater
from bot.domain.settling import GONE_WINDOW, GoneWatch, Verdict, judge
from bot.domain.telling import tell
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.store import Lease, LeaseLost, Store, StoreError

LOOK_SECONDS = 5.0
"""How often to look for debts unasked: the safety net behind being woken."""

SETTLE_AGAIN_SECONDS = 1.0

SPREAD_BATCH = 1000

log = structlog.get_logger()


class TokenNoLongerGood(Exception):
    """The platform refuses the bot's token; nothing can be sent until the operator acts."""


class Deliverer:
    """Sends what one bot owes."""

    def __init__(
        self, store: Store, messenger: Messenger, clock: Clock, chance: random.Random
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._chance = chance
        self._gone = GoneWatch()
        self._lately_paused: deque[int] = deque(maxlen=GONE_WINDOW)
        self._busy: dict[int, asyncio.Task[None]] = {}
        self.wake = asyncio.Event()
        """Set it when something new is owed."""

    async def run(self, lease: Lease, stop: asyncio.Event) -> None:
        """Send until ``stop``, then let what is in flight be answered and settled.

        Raises LeaseLost, and TokenNoLongerGood when the platform refuses the token.
        """
        await self._begin(lease)
        try:
            while not stop.is_set():
                self.wake.clear()
                self._collect()
                if not await self._try_claim(lease):
                    await self._rest(stop)
        finally:
            await self._let_finish()

    async def run_until_paid(self, lease: Lease) -> int:
        """Send all that is due now, then end. Returns how many were claimed."""
        await self._begin(lease)
        claimed = 0
        try:
            while True:
                self.wake.clear()
                self._collect()
                taken = await self._claim(lease)
                claimed += taken
                if not taken and not self._busy:
                    return claimed
                if not taken:
                    await self.wake.wait()
        finally:
            await self._let_finish()

    async def _begin(self, lease: Lease) -> None:
        bot = self._messenger
        again = await self._store.notices.reclaim(lease, bot.platform, bot.bot)
        if again:
            log.warning("sending again what a stopped process had begun", notices=again)

    async def _try_claim(self, lease: Lease) -> int:
        """Claim, and where the database is out for a moment, claim nothing."""
        try:
            return await self._claim(lease)
        except LeaseLost:
            raise
        except StoreError as error:
            log.warning("cannot claim", platform=self._messenger.platform, why=str(error))
            return 0

    async def _claim(self, lease: Lease) -> int:
        """Start sending up to as many as may be in flight. Returns how many were started."""
        now = self._clock.now()
        await self._store.notices.spread(SPREAD_BATCH, now)
        free = self._messenger.in_flight - len(self._busy)
        if free <= 0:
            return 0
        notices = await self._store.notices.claim(
            lease,
            self._messenger.platform,
            self._messenger.bot,
            busy=tuple(self._busy),
            limit=free,
            now=now,
        )
        for notice in notices:
            task = asyncio.create_task(self._deliver(lease, notice))
            task.add_done_callback(lambda _: self.wake.set())
            self._busy[notice.chat_id] = task
        return len(notices)

    async def _rest(self, stop: asyncio.Event) -> None:
        """Wait for a wake, for a send to end, for the next debt to fall due, or a while."""
        stopping = asyncio.create_task(stop.wait())
        stopping.add_done_callback(lambda _: self.wake.set())
        try:
            await self._clock.wait_for(self.wake, await self._seconds_to_next())
        finally:
            stopping.cancel()

    async def _seconds_to_next(self) -> float:
        try:
            bot = self._messenger
            due = await self._store.notices.next_due(bot.platform, bot.bot)
        except StoreError:
            return LOOK_SECONDS
        if due is None or self._busy:
            return LOOK_SECONDS
        return min(max((due - self._clock.now()).total_seconds(), 0.05), LOOK_SECONDS)

    def _collect(self) -> None:
        """Forget the sends that ended; raise what ends all of it: a lost lease, a refused token."""
        for chat_id, task in list(self._busy.items()):
            if task.done():
                del self._busy[chat_id]
                task.result()

    async def _let_finish(self) -> None:
        await asyncio.gather(*self._busy.values(), return_exceptions=True)
        self._busy.clear()

    async def _deliver(self, lease: Lease, notice: Notice) -> None:
        verdict = await self._send(notice)
        await self._settle(lease, notice, verdict.settlement)
        await self._follow_up(notice, verdict)

    async def _settle(self, lease: Lease, notice: Notice, settlement: Settlement) -> None:
        """Write how it ended, however long the database is out: the message is already sent."""
        while True:
            try:
                await self._store.notices.settle(lease, notice, settlement)
            except LeaseLost:
                raise
            except StoreError as error:
                log.error("sent but not settled yet", notice=notice.id, why=str(error))
                await self._clock.sleep(SETTLE_AGAIN_SECONDS)
            else:
                return

    async def _send(self, notice: Notice) -> Verdict:
        try:
            message = await self._compose(notice)
            if message is None:
                return Verdict(settlement=Settlement(state=NoticeState.MOOT))
            outcome = await self._messenger.send(notice.address, message, notice.nonce)
        except StoreError as error:
            outcome = TryLater(str(error), after=LOOK_SECONDS)
        except Exception as error:  # one notice that cannot be told must not stop all the others
            log.exception("notice could not be told", notice=notice.id)
            outcome = TryLater(f"unexpected {type(error).__name__}")
        return judge(
            outcome,
            address=notice.address,
            tries=notice.tries + 1,
            now=self._clock.now(),
            chance=self._chance.random(),
            outage=self._gone.note(outcome),
        )

    async def _compose(self, notice: Notice) -> Message | None:
        stored = await self._store.studies.get(notice.occurrence.key)
        subscriptions = await self._store.chats.subscriptions(notice.chat_id)
        return tell(notice.occurrence, subscriptions, stored.study) if stored else None

    async def _follow_up(self, notice: Notice, verdict: Verdict) -> None:
        now = self._clock.now()
        bot = self._messenger
        if verdict.settlement.state is NoticeState.DEAD:
            log.error("notice given up", notice=notice.id, why=verdict.settlement.error)
        if verdict.pause_chat:
            await self._store.chats.pause(notice.chat_id, now)
            self._lately_paused.append(notice.chat_id)
            log.info("chat paused", platform=bot.platform, why=verdict.settlement.error)
        if self._gone.outage and self._lately_paused:
            await self._undo_pauses()
        if verdict.move_to is not None:
            await self._store.chats.move(notice.chat_id, verdict.move_to)
        if verdict.hold_bot_until is not None:
            await self._store.notices.hold_bot(bot.platform, bot.bot, verdict.hold_bot_until)
        if verdict.stop:
            raise TokenNoLongerGood(f"{bot.platform} refuses the bot's token")

    async def _undo_pauses(self) -> None:
        """So many chats gone at once is an outage: nobody stays paused for it."""
        log.warning("many chats seem gone at once", platform=self._messenger.platform)
        while self._lately_paused:
            await self._store.chats.resume(self._lately_paused.popleft())
