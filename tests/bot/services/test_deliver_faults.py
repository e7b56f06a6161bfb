"""Paying debts while the database, the lease or the process gives way."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.domain.outcome import ChatGone, Scope, TryLater
from bot.ports.store import Store
from bot.ports.store_errors import LeaseLost, StoreError, StoreUnavailable
from storage.store import SqlStore
from tests.bot.services.owing import (
    always,
    chat,
    deliverer,
    hurried,
    once,
    owe,
    pay,
    running,
    states,
    to,
)
from tests.bot.services.support import locked, sql
from tests.fakes.clock import HeldClock
from tests.fakes.messenger import GatedMessenger, RecordingMessenger
from tests.fakes.store import ShakyStore
from tests.studies import absorb, changed, lease

OUT = StoreUnavailable("the database is locked")


@pytest.fixture
def shaky(store: SqlStore) -> ShakyStore:
    """The store, ready to fail."""
    return ShakyStore(store)


async def test_a_send_that_cannot_be_settled_is_settled_later_and_not_sent_again(
    shaky: ShakyStore,
) -> None:
    """However often the database is out when an answer comes, the message goes out once.

    The outage and its end are logged, each once for all that was in flight.
    """
    await owe(shaky, chats=2)
    shaky.before["settle"].extend([OUT] * 5)
    messenger = RecordingMessenger()
    with capture_logs() as logs:
        await pay(shaky, messenger, hurried())
    assert messenger.tried == 2
    assert await states(shaky) == {"sent": 2}
    events = [line["event"] for line in logs if "settled" in line["event"]]
    assert events == ["sent but not settled yet", "all that was sent is settled"]


async def test_a_settlement_whose_commit_was_not_confirmed_is_written_once(
    shaky: ShakyStore,
) -> None:
    """Settling again what was settled after all changes nothing."""
    await owe(shaky, chats=1)
    shaky.after["settle"].append(OUT)
    messenger = RecordingMessenger()
    await pay(shaky, messenger, hurried())
    assert (messenger.tried, await states(shaky)) == (1, {"sent": 1})


async def test_what_follows_from_an_answer_is_written_however_long_the_database_is_out(
    shaky: ShakyStore,
) -> None:
    """A pause and a hold are not lost, and sending does not end, when their writing fails."""
    await owe(shaky, chats=3)
    shaky.before["pause"].extend([OUT] * 3)
    shaky.before["let_bot_wait"].extend([OUT] * 3)
    messenger, clock = RecordingMessenger(in_flight=1), hurried()
    messenger.script = once(
        {chat(1): ChatGone("blocked"), chat(2): TryLater("flood", 21_600, Scope.TOKEN)}
    )
    await pay(shaky, messenger, clock)
    paused = await shaky.chats.find(chat(1))
    assert paused.paused_since is not None
    assert messenger.tried == 2
    clock.time += timedelta(hours=6)
    await pay(shaky, messenger, clock)
    assert [address for address, _ in messenger.sent] == [chat(2), chat(3)]


async def test_a_settlement_that_is_refused_for_ever_does_not_keep_the_run_from_its_end(
    shaky: ShakyStore,
) -> None:
    """A fault that is no outage is borne for a while and then raised, not hidden."""
    await owe(shaky, chats=1)
    shaky.before["settle"].extend([StoreError("a constraint")] * 100)
    with pytest.raises(StoreError, match="constraint"):
        await pay(shaky, RecordingMessenger(), hurried())


async def test_a_claim_whose_commit_was_not_confirmed_is_paid_all_the_same(
    shaky: ShakyStore,
) -> None:
    """What was claimed without our hearing of it is taken back once nothing is in flight."""
    await owe(shaky, chats=3, trials=2)
    shaky.after["claim"].append(OUT)
    messenger = RecordingMessenger()
    async with running(deliverer(shaky, messenger, hurried()), await lease(shaky)) as stop:
        await messenger.arrived(6)
        stop.set()
    assert messenger.tried == 6
    assert await states(shaky) == {"sent": 6}


async def test_a_database_that_is_out_at_the_start_does_not_end_the_run(shaky: ShakyStore) -> None:
    """Sending begins when the database is there."""
    await owe(shaky, chats=1)
    shaky.before["reclaim"].extend([OUT] * 2)
    shaky.before["claim"].extend([OUT] * 2)
    messenger = RecordingMessenger()
    async with running(deliverer(shaky, messenger, hurried()), await lease(shaky)) as stop:
        await messenger.arrived(1)
        stop.set()


async def test_a_message_that_cannot_be_composed_now_is_sent_later(shaky: ShakyStore) -> None:
    """A database that is out between claim and send costs the notice no try."""
    await owe(shaky, chats=1)
    shaky.before["listening"].append(OUT)
    messenger, clock = RecordingMessenger(), HeldClock()
    await pay(shaky, messenger, clock)
    assert messenger.tried == 0
    clock.let_pass(5)
    await pay(shaky, messenger, clock)
    assert to(messenger, chat(1)) == ["NCT00000001"]


async def test_a_deliverer_with_nothing_to_send_rests_until_it_is_woken(
    shaky: ShakyStore,
) -> None:
    """It looks once, sleeps while time stands still, and sends at once when something is owed."""
    await owe(shaky, chats=1)
    messenger, clock = RecordingMessenger(), HeldClock()
    one = deliverer(shaky, messenger, clock)
    async with running(one, await lease(shaky)) as stop:
        await shaky.until_called("settle", 1)
        await clock.somebody_waits()
        looks = shaky.calls["claim"]
        await asyncio.sleep(0.3)
        assert shaky.calls["claim"] <= looks + 1
        await absorb(shaky, changed(1, cause="reading-2"))
        one.wake.set()
        await messenger.arrived(2)
        stop.set()


async def test_a_debt_that_falls_due_later_is_sent_then_unasked(store: Store) -> None:
    """The deliverer wakes by itself when a wait is over."""
    await owe(store, chats=1)
    messenger, clock = RecordingMessenger(), HeldClock()
    messenger.script = once({chat(1): TryLater("slow mode", after=3)})
    async with running(deliverer(store, messenger, clock), await lease(store)) as stop:
        while not messenger.sent:
            await clock.let_the_next_wait_end()
        stop.set()
    assert messenger.tried == 2


async def test_a_stop_lets_what_is_in_flight_be_settled(store: Store) -> None:
    """Told to stop, it begins nothing new, and ends when what was begun is answered."""
    await owe(store, chats=5)
    messenger = GatedMessenger(in_flight=2)
    async with running(deliverer(store, messenger), await lease(store)) as stop:
        await messenger.full.wait()
        stop.set()
        await asyncio.sleep(0.05)
        messenger.gate.set()
    assert len(messenger.sent) == 2
    assert await states(store) == {"sent": 2, "due": 3}


async def test_nothing_is_sent_under_a_lease_that_another_holds(store: Store, file: Path) -> None:
    """Once another process took over, this one ends and what it had in flight is the other's."""
    await owe(store, chats=3, trials=2)
    messenger = GatedMessenger(in_flight=2)
    stale = await lease(store, holder="stale")
    working = asyncio.create_task(deliverer(store, messenger).run(stale, asyncio.Event()))
    await messenger.full.wait()
    sql(file, "UPDATE leases SET expires = 0")
    fresh = await lease(store, holder="fresh")
    messenger.gate.set()
    with pytest.raises(LeaseLost):
        await working
    assert messenger.tried == 2
    other = RecordingMessenger()
    await deliverer(store, other).run_until_paid(fresh)
    assert len(other.sent) == 6
    debts = await store.notices.debts(HeldClock().now())
    assert (debts.possibly_double, debts.by_state) == (2, {"sent": 6})


async def test_a_lease_that_only_ran_out_does_not_double_what_was_in_flight(
    store: Store, file: Path
) -> None:
    """Where nobody else held the lease meanwhile, an answer is settled under it all the same."""
    await owe(store, chats=2)
    messenger = GatedMessenger(in_flight=2)
    held = await lease(store)
    paying = asyncio.create_task(deliverer(store, messenger).run_until_paid(held))
    await messenger.full.wait()
    sql(file, "UPDATE leases SET expires = 0")
    messenger.gate.set()
    await paying
    assert (messenger.tried, await states(store)) == (2, {"sent": 2})


async def test_who_is_cancelled_at_its_end_settles_what_it_sent(shaky: ShakyStore) -> None:
    """A lease lost in the database and then by the clock: its next holder doubles nothing."""
    await owe(shaky, chats=2)
    messenger, shaky.gates["settle"] = RecordingMessenger(), asyncio.Event()
    one = deliverer(shaky, messenger)
    working = asyncio.create_task(one.run(await lease(shaky), asyncio.Event()))
    await shaky.until_called("settle", 2)
    shaky.before["claim"].append(LeaseLost("it ran out"))
    claims = shaky.calls["claim"]
    one.wake.set()
    await shaky.until_called("claim", claims + 1)
    working.cancel()
    shaky.gates["settle"].set()
    with pytest.raises(asyncio.CancelledError):
        await working
    await pay(shaky, messenger, HeldClock())
    assert (messenger.tried, await states(shaky)) == (2, {"sent": 2})


async def test_what_a_dead_process_had_claimed_is_sent_and_counted(store: Store) -> None:
    """At least once: nothing stays claimed by a process that is no more."""
    await owe(store, chats=3)
    dead = await lease(store, holder="dead")
    now = HeldClock().now()
    assert await store.notices.claim(dead, "terminal", "local", busy=(), limit=2, now=now)
    await store.leases.release(dead)
    messenger = RecordingMessenger()
    await pay(store, messenger, HeldClock())
    assert len(messenger.sent) == 3
    assert (await store.notices.debts(now)).possibly_double == 2


async def test_another_connection_that_locks_the_database_delays_and_doubles_nothing(
    store: Store, file: Path
) -> None:
    """Sends whose answers come while another process writes wait for it and are settled once."""
    await owe(store, chats=2)
    messenger = GatedMessenger(in_flight=2)
    paying = asyncio.create_task(pay(store, messenger, hurried()))
    await messenger.full.wait()
    with locked(file):
        messenger.gate.set()
        await asyncio.sleep(0.2)
        assert not paying.done()
    await paying
    assert (messenger.tried, await states(store)) == (2, {"sent": 2})


async def test_a_pause_that_is_written_late_is_undone_too(shaky: ShakyStore) -> None:
    """A pause still being written when the outage is noticed does not outlive it."""
    await owe(shaky, chats=12)
    messenger, clock = RecordingMessenger(in_flight=12), HeldClock()
    messenger.script = always(ChatGone("Forbidden"))
    shaky.gates["pause"] = asyncio.Event()
    paying = asyncio.create_task(pay(shaky, messenger, clock))
    await shaky.until_called("settle", 12)
    shaky.gates["pause"].set()
    await paying
    for number in range(1, 13):
        found = await shaky.chats.find(chat(number))
        assert found.paused_since is None


async def test_who_may_no_longer_send_sends_nothing(store: Store) -> None:
    """A process whose right ran out stops at the request, and its debts stay due."""
    await owe(store, chats=1)
    messenger, asked = RecordingMessenger(), asyncio.Event()

    def may_send() -> bool:
        asked.set()
        return False

    stop = asyncio.Event()
    sending = deliverer(store, messenger).run(await lease(store), stop, may_send)
    working = asyncio.create_task(sending)
    async with asyncio.timeout(5):
        await asked.wait()
        stop.set()
        await working
    assert messenger.sent == []
    assert await states(store) == {"due": 1}
