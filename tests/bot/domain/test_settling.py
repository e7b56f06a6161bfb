"""What follows from a platform's answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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
from bot.domain.settling import SENDING, Verdict, judge

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
CHAT = Address("telegram", "1", "-1001234567890123", "7")


def verdict(outcome: Outcome, *, tries: int = 1, outage: bool = False) -> Verdict:
    """Judge with a chance of nought."""
    return judge(outcome, address=CHAT, tries=tries, now=NOW, chance=0.0, outage=outage)


def test_sent_keeps_the_platforms_message_id() -> None:
    """A message that arrived is settled, with the id by which the platform knows it."""
    settled = verdict(Sent("42")).settlement
    assert (settled.state, settled.message_id) == (NoticeState.SENT, "42")


def lost(*, before: int, tries: int = 1, drops_doubles: bool = False) -> Settlement:
    """What becomes of a notice whose answer was lost so often before, and is lost again."""
    judged = judge(
        PerhapsDelivered("timeout"),
        address=CHAT,
        tries=tries,
        now=NOW,
        chance=0.0,
        lost_answers=before,
        drops_doubles=drops_doubles,
    )
    assert judged.settlement.answer_lost
    return judged.settlement


def test_a_lost_answer_is_sent_again_once() -> None:
    """At least once, though it may be twice; after the second it is left to the operator."""
    first = lost(before=0)
    assert (first.state, first.due_at) == (NoticeState.DUE, NOW + timedelta(seconds=5))
    assert lost(before=1, tries=2).state is NoticeState.PERHAPS


def test_where_doubles_are_dropped_a_lost_answer_is_sent_again_like_anything_else() -> None:
    """A platform that knows the nonce is asked until the tries are used up."""
    assert lost(before=7, tries=8, drops_doubles=True).state is NoticeState.DUE
    used_up = lost(before=19, tries=SENDING.tries, drops_doubles=True)
    assert used_up.state is NoticeState.PERHAPS


def test_what_the_platform_asks_for_is_waited_and_uses_up_no_try() -> None:
    """A wait that the platform names is kept to the second and is not the notice's fault."""
    settled = verdict(TryLater("slow down", after=3600.0)).settlement
    assert settled.due_at == NOW + timedelta(hours=1)
    assert not settled.counts_as_try


def test_a_wait_for_the_whole_token_holds_the_bot() -> None:
    """Where the token has to wait, everything that it sends waits."""
    held = verdict(TryLater("slow down", after=60.0, scope=Scope.TOKEN))
    assert held.hold_bot_until == NOW + timedelta(minutes=1)


def test_an_outage_is_retried_ever_later_and_given_up_in_sight() -> None:
    """Tries without an answer wait longer each time, and the last one ends as a dead letter."""
    waits = [verdict(TryLater("no connection"), tries=n).settlement.due_at for n in (1, 2, 3)]
    assert waits == [NOW + timedelta(seconds=s) for s in (5, 10, 20)]
    assert verdict(TryLater("x"), tries=SENDING.tries).settlement.state is NoticeState.DEAD


def test_a_chat_that_is_gone_is_paused_and_keeps_its_debt() -> None:
    """Blocking the bot pauses the chat; what it is owed stays due for when it comes back."""
    gone = verdict(ChatGone("blocked"))
    assert gone.pause_chat
    assert gone.settlement.state is NoticeState.DUE


def test_in_an_outage_nobody_is_paused() -> None:
    """When too many chats seem gone at once, the debt waits and the chat is left alone."""
    gone = verdict(ChatGone("blocked"), outage=True)
    assert not gone.pause_chat
    assert gone.settlement.due_at is not None
    assert gone.settlement.due_at > NOW


def test_a_moved_chat_is_sent_to_again_at_its_new_address() -> None:
    """A group that became a supergroup keeps what it is owed."""
    there = Address("telegram", "1", "-1009999999999999")
    moved = verdict(ChatMoved(there))
    assert (moved.move_to, moved.settlement.state) == (there, NoticeState.DUE)


def test_a_lost_topic_falls_back_to_the_chat() -> None:
    """What belonged to a deleted topic goes to the chat that held it."""
    assert verdict(TopicGone("deleted")).move_to == Address("telegram", "1", CHAT.chat)


def test_a_refused_message_is_a_dead_letter_and_a_refused_token_stops_the_platform() -> None:
    """The fault of one message costs that message; the fault of a token costs no message."""
    assert verdict(Refused("too long")).settlement.state is NoticeState.DEAD
    refused = verdict(TokenRefused("revoked"))
    assert refused.stop
    assert refused.settlement.state is NoticeState.DUE
