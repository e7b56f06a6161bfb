"""What a platform asks to wait for when an answer is sent."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.outcome import Scope, TryLater
from bot.ports.store import Store
from bot.ports.store_errors import StoreUnavailable
from bot.services.waiting import StoredWaiting
from tests.bot.services.owing import PLATFORM, chat, owe, pay, to
from tests.fakes.clock import HeldClock
from tests.fakes.messenger import RecordingMessenger
from tests.fakes.store import ShakyStore


async def test_a_chat_that_refused_an_answer_gets_no_notice_meanwhile(store: Store) -> None:
    """Whoever sends notices learns of it from the store, also in another process."""
    await owe(store, chats=2)
    messenger, clock = RecordingMessenger(), HeldClock()
    waiting = StoredWaiting(store, clock)
    await waiting.asked(chat(1), TryLater("slow mode", after=30))
    await pay(store, messenger, clock)
    assert [len(to(messenger, chat(number))) for number in (1, 2)] == [0, 1]
    assert await waiting.until(*PLATFORM) is None
    clock.let_pass(30)
    await pay(store, messenger, clock)
    assert len(to(messenger, chat(1))) == 1


async def test_a_token_that_refused_an_answer_sends_no_notice_meanwhile(store: Store) -> None:
    """The whole bot waits, whoever was refused, and a shorter wait later does not end it."""
    await owe(store, chats=2)
    messenger, clock = RecordingMessenger(), HeldClock()
    waiting = StoredWaiting(store, clock)
    await waiting.asked(chat(9), TryLater("flood", after=3600, scope=Scope.TOKEN))
    await waiting.asked(chat(9), TryLater("flood", after=1, scope=Scope.TOKEN))
    assert await waiting.until(*PLATFORM) == clock.now() + timedelta(hours=1)
    await pay(store, messenger, clock)
    assert messenger.tried == 0
    clock.let_pass(3600)
    await pay(store, messenger, clock)
    assert len(messenger.sent) == 2


async def test_an_outage_of_the_database_fails_no_answer(store: Store) -> None:
    """What cannot be kept is learned again from the platform's next refusal."""
    shaky = ShakyStore(store)
    out = StoreUnavailable("the database is locked")
    shaky.before["let_chat_wait"].append(out)
    shaky.before["bot_waits_until"].append(out)
    waiting = StoredWaiting(shaky, HeldClock())
    await waiting.asked(chat(1), TryLater("slow mode", after=30))
    assert await waiting.until(*PLATFORM) is None
    assert shaky.calls["let_chat_wait"] == 1
