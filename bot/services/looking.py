"""When to look at a bot's queue again, and whom to pass over there."""

from __future__ import annotations

from bot.domain.address import Address
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.notices import Notices
from bot.ports.store_errors import StoreError

LOOK_SECONDS = 5.0
"""How often to look for debts unasked: the safety net behind being woken."""

SOONEST = 0.05
"""Seconds to the next look at the least; a shorter rest of a chat is not noted either."""


class Looking:
    """Looks out for the next moment at which one bot can send something.

    Chats that were just written to rest: their own pace lets nothing more through for a while. They
    are passed over when notices are claimed, so that waiting for one keeps up no other.
    """

    def __init__(self, notices: Notices, messenger: Messenger, clock: Clock) -> None:
        self._notices = notices
        self._messenger = messenger
        self._clock = clock
        self._rest_until: dict[int, float] = {}
        self._owed: set[int] = set()
        """Those of them that were owed more when they were written to."""

    def written_to(self, chat_id: int, address: Address, *, more: bool) -> None:
        """Something was just sent there: let the chat rest for as long as its pace asks.

        ``more`` says that more is owed there: only then is its rest's end worth a look.
        """
        self._owed.discard(chat_id)
        seconds = self._messenger.rests(address)
        if seconds > SOONEST:
            self._rest_until[chat_id] = self._clock.monotonic() + seconds
            self._owed |= {chat_id} if more else set()

    def resting(self) -> tuple[int, ...]:
        """The chats that rest at this moment."""
        now = self._clock.monotonic()
        self._rest_until = {chat: at for chat, at in self._rest_until.items() if at > now}
        self._owed.intersection_update(self._rest_until)
        return tuple(self._rest_until)

    async def seconds(self, *, busy: int) -> float:
        """Until the next debt falls due or a chat has rested, where so many sends are in flight.

        Whoever ends a send or owes something wakes earlier.
        """
        if busy >= self._messenger.in_flight:
            return LOOK_SECONDS
        if self.resting() and self._owed:
            rested = min(self._rest_until[chat] for chat in self._owed) - self._clock.monotonic()
            return min(max(rested, SOONEST), LOOK_SECONDS)
        if busy:
            return LOOK_SECONDS
        try:
            due = await self._seconds_to_due()
        except StoreError:
            return LOOK_SECONDS
        if due is not None and due <= 0 and self._rest_until:  # it became due while its chat rests
            due = min(self._rest_until.values()) - self._clock.monotonic()
        return LOOK_SECONDS if due is None else min(max(due, SOONEST), LOOK_SECONDS)

    async def owed_to_resting(self) -> bool:
        """Whether something is due now, where it can only be owed to chats that rest.

        Raises StoreError.
        """
        if not self.resting():
            return False
        due = await self._seconds_to_due()
        return due is not None and due <= 0

    async def _seconds_to_due(self) -> float | None:
        due = await self._notices.next_due(self._messenger.platform, self._messenger.bot)
        return None if due is None else (due - self._clock.now()).total_seconds()
