"""When the queue is looked at again, and who is passed over there."""

from __future__ import annotations

from bot.domain.precedence import Precedence
from bot.ports.store import Store
from tests.bot.services.owing import chat, deliverer, owe, pay, running, to
from tests.fakes.clock import HeldClock
from tests.fakes.messenger import RecordingMessenger
from tests.studies import lease


async def test_a_chat_that_rests_keeps_up_nobody(store: Store) -> None:
    """Others are told while one chat's own pace holds it, and it is told as soon as it may be."""
    await owe(store, chats=3, trials=2)
    messenger, clock = RecordingMessenger(in_flight=1), HeldClock()
    messenger.rest = 3.0
    async with running(deliverer(store, messenger, clock), await lease(store)) as stop:
        await messenger.arrived(3)
        await clock.somebody_waits()
        assert [len(to(messenger, chat(number))) for number in (1, 2, 3)] == [1, 1, 1]
        while len(messenger.sent) < 6:
            await clock.let_the_next_wait_end()
        stop.set()
    assert [len(to(messenger, chat(number))) for number in (1, 2, 3)] == [2, 2, 2]
    assert set(messenger.precedences) == {Precedence.NOTICE}


async def test_what_is_owed_to_a_resting_chat_is_waited_for(store: Store) -> None:
    """Paying all that is due now ends only when also resting chats were told all of it."""

    class Passing(HeldClock):
        async def wait_for(self, event: object, seconds: float) -> bool:
            """Let the time pass at once."""
            self.let_pass(seconds)
            return False

    await owe(store, chats=1, trials=3)
    messenger, clock = RecordingMessenger(), Passing()
    messenger.rest = 3.0
    began = clock.monotonic()
    assert await pay(store, messenger, clock) == 3
    assert len(messenger.sent) == 3
    assert clock.monotonic() - began >= 6.0
