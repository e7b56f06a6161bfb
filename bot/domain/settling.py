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

PROBE_EVERY = timedelta(days=1)
"""How often one debt of a paused chat is tried: not every platform says that a chat is back."""

OUTAGE_WAIT = timedelta(minutes=15)


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done. ``settlement`` always; the rest only where it is set."""

    settlement: Settlement
    pause_chat: bool = False
    chat_is_there: bool = False
    """The platform knows the chat and lets the bot write to it: it need not be paused."""
    move_to: Address | None = None
    left_topic: bool = False
    """Whether that is because the topic is gone: whoever reads there is told."""
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
    lost_answers: int = 0,
    drops_doubles: bool = False,
    outage: bool = False,
    in_group: bool = False,
) -> Verdict:
    """The verdict on one try to send to ``address``.

    ``tries`` counts this one too, ``lost_answers`` only those before. ``chance`` is a random number
    in [0, 1). ``drops_doubles`` says that the platform knows a notice by its nonce, ``outage`` that
    so many chats, this one among them, newly seem gone that it cannot be true; ``in_group`` that it
    is told with others, so that each is tried by itself before any is given up.
    """
    match outcome:
        case Sent(message_id, thread):
            sent = Settlement(state=NoticeState.SENT, message_id=message_id, thread=thread)
            return Verdict(settlement=sent, chat_is_there=True)
        case PerhapsDelivered(why):
            once_more = drops_doubles or not lost_answers
            wait = SENDING.wait(tries, chance) if once_more else None
            return Verdict(settlement=_lost(why, now, wait))
        case TryLater():
            return _later(outcome, tries=tries, now=now, chance=chance)
        case ChatGone(why):
            until = now + OUTAGE_WAIT if outage else now
            return Verdict(settlement=_waits(until, why), pause_chat=not outage)
        case ChatMoved(to):
            moved = _waits(now, "the chat has a new address")
            return Verdict(settlement=moved, move_to=to, chat_is_there=True)
        case TopicGone(why):
            # The chat itself is still there: from now on it is told outside the topic.
            whole_chat = msgspec.structs.replace(address, thread=None)
            return Verdict(
                settlement=_waits(now, why),
                move_to=whole_chat,
                left_topic=True,
                chat_is_there=True,
            )
        case Refused(why) if in_group:
            apart = Settlement(
                state=NoticeState.DUE, due_at=now, error=why, counts_as_try=False, alone=True
            )
            return Verdict(settlement=apart)
        case Refused(why):
            return Verdict(settlement=Settlement(state=NoticeState.DEAD, error=why))
        case TokenRefused(why):
            return Verdict(settlement=_waits(now, why), stop=True)


def leading_elsewhere(outcome: Outcome, address: Address) -> Outcome:
    """A chat that moved to where it is would be tried again at once, for ever: it has to wait."""
    moved = isinstance(outcome, ChatMoved) and outcome.to == address
    if moved or (isinstance(outcome, TopicGone) and address.thread is None):
        return TryLater("the chat is said to have moved to where it is")
    return outcome


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


def _lost(why: str, now: datetime, wait: float | None) -> Settlement:
    """Again once, though it may be a double, because else it might never arrive; not for ever.

    Where the platform drops doubles, as often as anything that is tried later.
    """
    if wait is None:
        return Settlement(state=NoticeState.PERHAPS, error=why, answer_lost=True)
    until = now + timedelta(seconds=wait)
    return Settlement(state=NoticeState.DUE, due_at=until, error=why, answer_lost=True)


def _waits(until: datetime, why: str) -> Settlement:
    return Settlement(state=NoticeState.DUE, due_at=until, error=why, counts_as_try=False)
