"""What follows from a platform's answer: for the notice, its chat and the whole bot."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from bot.domain.address import Address
from bot.domain.notice import NoticeState, Settlement
from bot.domain.outcome import (
    ChatGone,
    ChatMoved,
    Outcome,
    PerhapsDelivered,
    Refused,
    Scope,
    Sent,
    TokenRefused,
    TopicGone,
    TryLater,
)
from bot.domain.retry import RetryPolicy

SENDING = RetryPolicy(first=5, longest=6 * 3600, tries=20)
"""Twenty tries over about two and a half days: longer than outages of a chat platform last."""

OUTAGE_WAIT = timedelta(minutes=15)


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done. ``settlement`` always; the rest only where it is set."""

    settlement: Settlement
    pause_chat: bool = False
    move_to: Address | None = None
    hold_bot_until: datetime | None = None
    stop: bool = False
    """The token is refused: stop sending on this platform and tell the operator."""


def judge(
    outcome: Outcome,
    *,
    address: Address,
    tries: int,
    now: datetime,
    chance: float,
    outage: bool = False,
) -> Verdict:
    """The verdict on one try to send to ``address``.

    ``tries`` counts this one too, ``chance`` is a random number in [0, 1), and ``outage`` says
    that so many chats, this one among them, newly seem gone that it cannot be true.
    """
    match outcome:
        case Sent(message_id):
            return Verdict(settlement=Settlement(state=NoticeState.SENT, message_id=message_id))
        case PerhapsDelivered(why):
            return Verdict(settlement=Settlement(state=NoticeState.PERHAPS, error=why))
        case TryLater():
            return _later(outcome, tries=tries, now=now, chance=chance)
        case ChatGone(why):
            wait = OUTAGE_WAIT if outage else timedelta(0)
            return Verdict(settlement=_waits(now + wait, why), pause_chat=not outage)
        case ChatMoved(to):
            return Verdict(settlement=_waits(now, "the chat has a new address"), move_to=to)
        case TopicGone(why):
            # The chat itself is still there: from now on it is told outside the topic.
            whole_chat = msgspec.structs.replace(address, thread=None)
            return Verdict(settlement=_waits(now, why), move_to=whole_chat)
        case Refused(why):
            return Verdict(settlement=Settlement(state=NoticeState.DEAD, error=why))
        case TokenRefused(why):
            return Verdict(settlement=_waits(now, why), stop=True)


def _later(outcome: TryLater, *, tries: int, now: datetime, chance: float) -> Verdict:
    if outcome.after is not None:
        # The platform says how long: nothing is wrong with the notice, so no try is used up.
        until = now + timedelta(seconds=outcome.after)
        hold = until if outcome.scope is Scope.TOKEN else None
        return Verdict(settlement=_waits(until, outcome.why), hold_bot_until=hold)
    wait = SENDING.wait(tries, chance)
    if wait is None:
        return Verdict(settlement=Settlement(state=NoticeState.DEAD, error=outcome.why))
    until = now + timedelta(seconds=wait)
    settlement = Settlement(state=NoticeState.DUE, due_at=until, error=outcome.why)
    hold = until if outcome.scope is Scope.TOKEN else None
    return Verdict(settlement=settlement, hold_bot_until=hold)


def _waits(until: datetime, why: str) -> Settlement:
    return Settlement(state=NoticeState.DUE, due_at=until, error=why, counts_as_try=False)
