"""One call that writes in a chat: in its turn, withheld where need be, and one outcome for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec
from telegram.error import NetworkError, RetryAfter, TelegramError

from adapters.telegram.outcomes import markup_refused, reads_so_already, translate
from adapters.telegram.pace import MustWait, Pace
from adapters.telegram.withholding import may_send_now, withheld, writing_now
from bot.domain.address import Address
from bot.domain.outcome import Outcome, Sent, TryLater
from bot.domain.precedence import Precedence
from bot.ports.messenger import NO_LONGER_MINE, MaySend, always
from bot.ports.platform import NotKept, Waiting

Call = Callable[[bool], Awaitable[str]]
"""Calls Telegram, with markup or without; the id of the message that stands there then."""


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """How a call is to be made. ``patience`` in seconds, or None for what is usual."""

    may_send: MaySend = always
    precedence: Precedence = Precedence.ANSWER
    patience: float | None = None


class Calls:
    """Makes the calls of one bot; what Telegram asks to wait for is noted and kept."""

    def __init__(self, pace: Pace, waiting: Waiting | None = None) -> None:
        self._pace = pace
        self._waiting = waiting or NotKept()

    async def make(self, address: Address, call: Call, way: Way) -> Outcome:
        """Make it, and where Telegram takes the text only without its markup, once again so.

        A fault in our HTML must not cost anybody the message.
        """
        outcome: Outcome | None = None
        for markup in (True, False):
            outcome = await self._once(address, call, way, markup=markup)
            if outcome is not None:
                return outcome
        raise AssertionError("a text without markup was refused for its markup")

    async def _once(
        self, address: Address, call: Call, way: Way, *, markup: bool
    ) -> Outcome | None:
        """None where it would be taken without its markup."""
        may_send_now.set(way.may_send)
        try:
            async with self._pace.turn(address.chat, way.precedence, way.patience) as written:
                if not way.may_send():
                    return NO_LONGER_MINE
                writing_now.set(written)
                return Sent(await call(markup))
        except MustWait as must:
            return TryLater("Telegram's pace", after=must.seconds, scope=must.scope)
        except TelegramError as error:
            if markup and markup_refused(error):
                return None
            return await self._outcome(error, address)

    async def _outcome(self, error: TelegramError, address: Address) -> Outcome:
        if isinstance(error, NetworkError) and withheld(error):
            return NO_LONGER_MINE
        if reads_so_already(error):
            return Sent()
        outcome = translate(error, address)
        if not isinstance(error, RetryAfter) or not isinstance(outcome, TryLater):
            return outcome
        scope, after = self._pace.refused(address.chat, outcome.after or 0.0)
        outcome = msgspec.structs.replace(outcome, scope=scope, after=after)
        await self._waiting.asked(address, outcome)
        return outcome
