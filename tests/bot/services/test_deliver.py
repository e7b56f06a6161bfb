"""Paying debts: in order, at the platform's pace, nothing lost and nothing twice."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.notice import NoticeState
from bot.domain.outcome import (
    ChatMoved,
    Outcome,
    PerhapsDelivered,
    Refused,
    Scope,
    TokenRefused,
    TopicGone,
    TryLater,
)
from bot.domain.replies.feed import topic_gone
from bot.ports.store import Store
from bot.services.deliver import TokenNoLongerGood
from tests.bot.services.owing import always, chat, deliverer, once, owe, pay, running, states, to
from tests.fakes.clock import HeldClock
from tests.fakes.messenger import GatedMessenger, RecordingMessenger
from tests.studies import DAY, absorb, changed, follower, lease, read, status, study


async def test_order_holds_within_a_chat_while_chats_go_side_by_side(store: Store) -> None:
    """As many sends run at once as may, never two to one chat, and each chat hears in order."""
    await owe(store, chats=5, trials=3)
    messenger = GatedMessenger(in_flight=3)
    async with running(deliverer(store, messenger), await lease(store)) as stop:
        await messenger.full.wait()
        messenger.gate.set()
        await messenger.arrived(15)
        stop.set()
    assert messenger.most == 3
    for number in range(1, 6):
        assert to(messenger, chat(number)) == [f"NCT{trial:08d}" for trial in range(1, 4)]
    assert await states(store) == {"sent": 15}


async def test_a_chat_that_has_to_wait_waits_alone_and_keeps_its_order(store: Store) -> None:
    """A wait that the platform asks for one chat delays neither other chats nor loses a try."""
    await owe(store, chats=2, trials=3)
    messenger, clock = RecordingMessenger(), HeldClock()
    messenger.script = once({chat(1): TryLater("slow mode", after=30)})
    await pay(store, messenger, clock)
    assert (to(messenger, chat(1)), len(to(messenger, chat(2)))) == ([], 3)
    clock.let_pass(29)
    assert await pay(store, messenger, clock) == 0
    clock.let_pass(1)
    await pay(store, messenger, clock)
    assert to(messenger, chat(1)) == ["NCT00000001", "NCT00000002", "NCT00000003"]


async def test_a_token_that_has_to_wait_holds_everything(store: Store) -> None:
    """A wait for the whole token stops every chat, across a restart, until it is over."""
    await owe(store, chats=3)
    messenger, clock = RecordingMessenger(in_flight=1), HeldClock()
    messenger.script = once({chat(1): TryLater("flood", after=60, scope=Scope.TOKEN)})
    await pay(store, messenger, clock)
    clock.let_pass(59)
    await pay(store, messenger, clock)
    assert messenger.tried == 1
    clock.let_pass(1)
    await pay(store, messenger, clock)
    assert len(messenger.sent) == 3


async def test_a_chat_that_moved_is_told_at_its_new_address(store: Store) -> None:
    """The message goes to the new address, and so does all that follows."""
    await owe(store, chats=1, trials=2)
    messenger, clock = RecordingMessenger(), HeldClock()
    messenger.script = always(ChatMoved(chat(77)), chat(1))
    await pay(store, messenger, clock)
    assert to(messenger, chat(77)) == ["NCT00000001", "NCT00000002"]
    assert messenger.tried == 3
    assert await store.chats.find(chat(1)) is None


async def test_a_chat_that_moved_to_where_it_is_is_not_tried_for_ever(store: Store) -> None:
    """A platform that leads in a circle costs a try a time, not a storm of sends."""
    await owe(store, chats=1)
    messenger = RecordingMessenger()
    for answer in (ChatMoved(chat(1)), TopicGone("no topic")):
        messenger.tried = 0
        messenger.script = always(answer)
        clock = HeldClock()
        clock.let_pass(86_400)
        await pay(store, messenger, clock)
        assert messenger.tried <= 1


async def test_a_topic_that_is_gone_falls_back_to_its_chat(store: Store) -> None:
    """What a deleted topic is owed is told in the chat that it was in, which is told why, once."""
    await absorb(store, read(study(1)), day=DAY - timedelta(days=1))
    await follower(store, chat(1, "9"), 1)
    await absorb(store, changed(1))
    messenger = RecordingMessenger()
    messenger.script = always(TopicGone("message thread not found"), chat(1, "9"))
    await pay(store, messenger, HeldClock())
    (first, why), *told = messenger.sent
    assert (first, why) == (chat(1), topic_gone())
    assert [address for address, _ in told] == [chat(1)]
    later = DAY + timedelta(days=1)
    await absorb(store, changed(1, status("TERMINATED", "COMPLETED"), day=later), day=later)
    await pay(store, messenger, HeldClock())
    assert [message for _, message in messenger.sent].count(topic_gone()) == 1
    assert len(messenger.sent) == 3


async def test_a_refused_message_is_a_dead_letter_until_it_is_revived(store: Store) -> None:
    """What a platform will never take is kept in the operator's sight, and others go on."""
    await owe(store, chats=2, trials=2)
    messenger, clock = RecordingMessenger(), HeldClock()
    messenger.script = once({chat(1): Refused("can't parse entities")})
    await pay(store, messenger, clock)
    assert to(messenger, chat(1)) == ["NCT00000002"]
    (letter,) = await store.notices.dead_letters()
    assert (letter.key.number, letter.error) == ("NCT00000001", "can't parse entities")
    assert await store.notices.revive(clock.now()) == 1
    await pay(store, messenger, clock)
    assert to(messenger, chat(1)) == ["NCT00000002", "NCT00000001"]
    assert await store.notices.dead_letters() == ()


async def test_a_refused_token_ends_the_run_and_costs_no_notice(store: Store) -> None:
    """All that is owed is still owed, with all its tries, when the operator has a good token."""
    await owe(store, chats=6, trials=2)
    messenger = RecordingMessenger(in_flight=3)
    messenger.script = always(TokenRefused("Unauthorized"))
    held = await lease(store)
    with pytest.raises(TokenNoLongerGood):
        await deliverer(store, messenger).run(held, asyncio.Event())
    assert await states(store) == {"due": 12}
    assert messenger.tried <= 3
    good = RecordingMessenger()
    await deliverer(store, good).run_until_paid(held)
    assert len(good.sent) == 12


async def test_a_lost_answer_is_sent_again_once_and_counted(store: Store) -> None:
    """At least once, in order; what may have arrived twice is counted."""
    await owe(store, chats=1, trials=2)
    messenger, clock = RecordingMessenger(), HeldClock()
    messenger.script = once({chat(1): PerhapsDelivered("timeout")})
    await pay(store, messenger, clock)
    assert await states(store) == {"due": 2}
    clock.let_pass(5)
    await pay(store, messenger, clock)
    assert to(messenger, chat(1)) == ["NCT00000001", "NCT00000002"]
    assert (await store.notices.debts(clock.now())).possibly_double == 1


async def test_an_answer_that_is_lost_twice_is_left_to_the_operator(store: Store) -> None:
    """It is not sent a third time unasked; it is listed as its own kind, and others go on."""
    await owe(store, chats=1, trials=2)
    messenger, clock = RecordingMessenger(), HeldClock()
    lost = [PerhapsDelivered("timeout")] * 2
    messenger.script = lambda _address, _message: lost.pop() if lost else None
    for _ in range(3):
        await pay(store, messenger, clock)
        clock.let_pass(60)
    assert await states(store) == {"perhaps": 1, "sent": 1}
    assert to(messenger, chat(1)) == ["NCT00000002"]
    (letter,) = await store.notices.dead_letters()
    assert (letter.state, letter.error, letter.tries) == (NoticeState.PERHAPS, "timeout", 2)
    assert await store.notices.revive(clock.now()) == 0
    assert await store.notices.revive(clock.now(), NoticeState.PERHAPS) == 1
    await pay(store, messenger, clock)
    assert to(messenger, chat(1)) == ["NCT00000002", "NCT00000001"]
    assert await store.notices.dead_letters() == ()


async def test_a_resend_within_the_memory_of_nonces_is_no_double(store: Store) -> None:
    """Where the platform drops a double it is sent again freely, and counted only when too late."""
    await owe(store, chats=2)
    messenger, clock = RecordingMessenger(), HeldClock()
    messenger.nonces_last = timedelta(minutes=2)
    lost = {chat(1): 2, chat(2): 4}

    def script(address: Address, _: Message) -> Outcome | None:
        lost[address] -= 1
        return PerhapsDelivered("timeout") if lost[address] >= 0 else None

    messenger.script = script
    for _ in range(4):
        await pay(store, messenger, clock)
        clock.let_pass(25)
    assert await states(store) == {"sent": 1, "due": 1}
    assert (await store.notices.debts(clock.now())).possibly_double == 0
    clock.let_pass(3600)
    await pay(store, messenger, clock)
    assert await states(store) == {"sent": 2}
    assert (await store.notices.debts(clock.now())).possibly_double == 1


async def test_a_fault_of_the_messenger_costs_its_notice_a_try_and_nobody_else_anything(
    store: Store,
) -> None:
    """An error that no port names is tried again later, and given up in sight at last."""
    await owe(store, chats=2)

    def broken(address: Address, message: Message) -> Outcome | None:
        if address == chat(1):
            raise RuntimeError("a bug")
        return None

    messenger, clock = RecordingMessenger(), HeldClock()
    messenger.script = broken
    for _ in range(30):
        await pay(store, messenger, clock)
        clock.let_pass(86_400)
    assert to(messenger, chat(2)) == ["NCT00000001"]
    assert messenger.tried == 21
    (letter,) = await store.notices.dead_letters()
    assert letter.error == "unexpected RuntimeError"


async def test_what_is_no_longer_followed_is_not_told(store: Store) -> None:
    """A chat that stopped following before its turn hears nothing more of it."""
    (chat_id,) = await owe(store, chats=1)
    (followed,) = await store.chats.subscriptions(chat_id)
    await store.chats.unfollow(chat_id, followed.id)
    messenger = RecordingMessenger()
    await pay(store, messenger, HeldClock())
    assert (messenger.tried, await states(store)) == (0, {"moot": 1})
