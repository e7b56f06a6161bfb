"""Chats that went: left alone, tried now and then, and told from an outage."""

from __future__ import annotations

from bot.domain.outcome import ChatGone
from bot.ports.store import Store
from tests.bot.services.owing import always, chat, deliverer, owe, pay, to
from tests.fakes.clock import HeldClock
from tests.fakes.messenger import RecordingMessenger
from tests.studies import lease


async def test_a_chat_that_is_gone_is_left_alone_until_it_is_back(store: Store) -> None:
    """What a chat that blocked the bot is owed waits, and comes in order on its return."""
    (gone_id,) = await owe(store, chats=1, trials=2)
    messenger, clock = RecordingMessenger(), HeldClock()
    messenger.script = always(ChatGone("blocked"))
    await pay(store, messenger, clock)
    clock.let_pass(86_399)
    await pay(store, messenger, clock)
    assert messenger.tried == 1
    messenger.script = lambda _address, _message: None
    await store.chats.resume(gone_id)
    await pay(store, messenger, clock)
    assert to(messenger, chat(1)) == ["NCT00000001", "NCT00000002"]


async def test_many_chats_gone_at_once_are_an_outage(store: Store) -> None:
    """Nobody stays paused when too many seem gone to be true, and everybody hears it afterwards."""
    await owe(store, chats=20)
    messenger, clock = RecordingMessenger(in_flight=4), HeldClock()
    messenger.script = always(ChatGone("Forbidden"))
    await pay(store, messenger, clock)
    for number in range(1, 21):
        found = await store.chats.find(chat(number))
        assert found is not None
        assert found.paused_since is None
    assert messenger.tried < 40
    messenger.script = lambda _address, _message: None
    clock.let_pass(15 * 60)
    await pay(store, messenger, clock)
    assert sorted(address for address, _ in messenger.sent) == sorted(
        chat(number) for number in range(1, 21)
    )


async def test_a_small_bot_believes_that_its_chats_are_gone(store: Store) -> None:
    """Where eight of eight left, an outage is thought of for an hour; then they are left alone."""
    await owe(store, chats=8)
    messenger, clock = RecordingMessenger(in_flight=1), HeldClock()
    messenger.script = always(ChatGone("blocked"))
    one = deliverer(store, messenger, clock)
    for _ in range(8):
        held = await lease(store)
        await one.run_until_paid(held)
        clock.let_pass(15 * 60)
    found = [await store.chats.find(chat(number)) for number in range(1, 9)]
    assert all(known is not None and known.paused_since is not None for known in found)


async def test_a_paused_chat_is_probed_once_a_day_and_keeps_its_first_moment(
    store: Store,
) -> None:
    """One debt shows whether it is back; while it is gone the grace period runs on."""
    (gone_id,) = await owe(store, chats=1, trials=2)
    messenger, clock = RecordingMessenger(), HeldClock()
    first = clock.now()
    messenger.script = always(ChatGone("blocked"))
    for tried in (1, 2, 3):
        await pay(store, messenger, clock)
        clock.let_pass(86_399)
        await pay(store, messenger, clock)
        assert messenger.tried == tried
        found = await store.chats.find(chat(1))
        assert found is not None
        assert found.paused_since == first
        clock.let_pass(1)
    messenger.script = lambda _address, _message: None
    await pay(store, messenger, clock)
    assert to(messenger, chat(1)) == ["NCT00000001", "NCT00000002"]
    found = await store.chats.find(chat(1))
    assert found is not None
    assert (found.id, found.paused_since) == (gone_id, None)


async def test_probes_that_find_many_chats_gone_are_no_outage(store: Store) -> None:
    """That those who left are still away is no news, and resumes nobody."""
    ids = await owe(store, chats=20)
    messenger, clock = RecordingMessenger(in_flight=1), HeldClock()
    for chat_id in ids:
        await store.chats.pause(chat_id, clock.now())
    clock.let_pass(86_400)
    messenger.script = always(ChatGone("blocked"))
    assert await pay(store, messenger, clock) == 20
    assert await pay(store, messenger, clock) == 0
    for number in range(1, 21):
        found = await store.chats.find(chat(number))
        assert found is not None
        assert found.paused_since is not None


async def test_a_chat_that_may_be_back_is_tried_at_once(store: Store) -> None:
    """A platform's sign is believed when a message arrives, and costs the pause nothing else."""
    (gone_id,) = await owe(store, chats=1)
    messenger, clock = RecordingMessenger(), HeldClock()
    first = clock.now()
    await store.chats.pause(gone_id, first)
    messenger.script = always(ChatGone("still no permission"))
    await store.chats.try_again(chat(1))
    clock.let_pass(60)
    assert await pay(store, messenger, clock) == 1
    found = await store.chats.find(chat(1))
    assert found is not None
    assert found.paused_since == first
    messenger.script = lambda _address, _message: None
    await store.chats.try_again(chat(1))
    await pay(store, messenger, clock)
    assert to(messenger, chat(1)) == ["NCT00000001"]
