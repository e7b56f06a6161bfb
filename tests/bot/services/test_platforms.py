"""What is wrong with a platform is kept in the store, and told once by whoever can tell."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.outcome import ChatGone, Sent, TryLater
from bot.domain.trouble import FAILING_FOR, FAILING_TRIES, START_OUT, SendWatch, Trouble
from bot.ports.platform import Deaf
from bot.services.operator import OperatorWatch
from bot.services.platforms import PlatformWatch, troubles
from storage.store import SqlStore
from tests.fakes.clock import HeldClock
from tests.fakes.messenger import RecordingMessenger
from tests.studies import NOW

PLATFORM = "discord"


class Process:
    """One process with the operator's chat and a platform; a new one is a restart."""

    def __init__(self, store: SqlStore, clock: HeldClock, messenger: RecordingMessenger) -> None:
        self.clock = clock
        self.platforms = PlatformWatch(store, clock)
        self._messenger = messenger
        self._operator = OperatorWatch(store, "ctgov", clock)

    async def minute(self) -> None:
        """What happens every minute."""
        self.clock.let_pass(60)
        await self.platforms.keep()
        await self._operator.look(self._messenger, "7")


def titles(messenger: RecordingMessenger) -> list[str]:
    """What the operator was told."""
    return [message.title for _, message in messenger.sent]


async def test_a_refused_token_is_told_once_over_restarts_and_once_when_it_is_mended(
    store: SqlStore,
) -> None:
    """Neither the next minute nor the next process tells it again."""
    clock, messenger = HeldClock(), RecordingMessenger()
    for _ in range(2):
        process = Process(store, clock, messenger)
        await process.minute()
        process.platforms.failed(PLATFORM, Trouble.TOKEN)
        await process.minute()
        await process.minute()
    assert titles(messenger) == ["Discord refuses the bot's token"]
    process = Process(store, clock, messenger)
    process.platforms.started(PLATFORM)
    for _ in range(2):
        await process.minute()
    assert titles(messenger)[1:] == ["Discord works again"]


async def test_a_start_that_succeeds_after_a_while_is_not_told(store: SqlStore) -> None:
    """Only an outage that lasts is the operator's to hear of."""
    clock, messenger = HeldClock(), RecordingMessenger()
    process = Process(store, clock, messenger)
    process.platforms.failed(PLATFORM, Trouble.START)
    await process.minute()
    process.platforms.started(PLATFORM)
    await process.minute()
    assert titles(messenger) == []
    process.platforms.failed(PLATFORM, Trouble.START)
    for _ in range(int(START_OUT.total_seconds()) // 60 + 1):
        process.platforms.failed(PLATFORM, Trouble.START)
        await process.minute()
    assert titles(messenger) == ["Discord cannot be reached"]


async def test_an_outage_that_was_told_is_not_over_by_a_restart(store: SqlStore) -> None:
    """The next process, which fails only since a moment, does not take it back."""
    clock, messenger = HeldClock(), RecordingMessenger()
    process = Process(store, clock, messenger)
    process.platforms.failed(PLATFORM, Trouble.START)
    clock.let_pass(START_OUT.total_seconds())
    await process.minute()
    again = Process(store, clock, messenger)
    again.platforms.failed(PLATFORM, Trouble.START)
    await again.minute()
    assert titles(messenger) == ["Discord cannot be reached"]


async def test_a_platform_that_takes_nothing_is_told_until_it_takes_something(
    store: SqlStore,
) -> None:
    """A restart proves nothing: what shows that it is over is a message that was taken."""
    clock, messenger = HeldClock(), RecordingMessenger()
    process = Process(store, clock, messenger)
    process.platforms.started(PLATFORM)
    for _ in range(FAILING_TRIES):
        process.platforms.heard(PLATFORM, TryLater("no"))
    clock.let_pass(FAILING_FOR.total_seconds())
    await process.minute()
    again = Process(store, clock, messenger)
    again.platforms.started(PLATFORM)
    await again.minute()
    assert titles(messenger) == ["Discord takes no message"]
    again.platforms.heard(PLATFORM, Sent("1"))
    await again.minute()
    assert titles(messenger)[1:] == ["Discord works again"]


async def test_another_process_tells_what_this_one_knows(store: SqlStore) -> None:
    """Who serves a platform and who has the operator's chat may be two processes."""
    clock, messenger = HeldClock(), RecordingMessenger()
    serving, telling = PlatformWatch(store, clock), Process(store, clock, messenger)
    serving.failed(PLATFORM, Trouble.TOKEN)
    await serving.keep()
    await telling.minute()
    assert titles(messenger) == ["Discord refuses the bot's token"]
    serving.left(PLATFORM)
    await serving.keep()
    assert troubles(await store.notes.all()) == {PLATFORM: Trouble.TOKEN}


async def test_who_hears_a_share_disproves_nothing_of_who_is_deaf(store: SqlStore) -> None:
    """It is told once, whatever is sent, and over when a process that starts is heard."""
    clock, messenger = HeldClock(), RecordingMessenger()
    telling, deaf = Process(store, clock, messenger), PlatformWatch(store, clock)
    telling.platforms.started(PLATFORM)
    await telling.minute()
    deaf.started(PLATFORM)
    deaf.deaf(PLATFORM, Deaf("too few shards", sends=True))
    for _ in range(3):
        deaf.heard(PLATFORM, Sent("1"))
        telling.platforms.heard(PLATFORM, Sent("2"))
        await deaf.keep()
        await telling.minute()
    assert titles(messenger) == ["Discord is not heard"]
    again = PlatformWatch(store, clock)
    again.started(PLATFORM)
    await again.keep()
    await telling.minute()
    assert titles(messenger)[1:] == []
    await again.keep()
    await telling.minute()
    assert titles(messenger)[1:] == ["Discord works again"]


async def test_a_start_is_no_proof_that_a_platform_is_heard(store: SqlStore) -> None:
    """Where it takes the log-in and refuses the gateway each time, it is told once."""
    clock, messenger = HeldClock(), RecordingMessenger()
    process = Process(store, clock, messenger)
    for _ in range(3):
        process.platforms.started(PLATFORM)
        process.platforms.deaf(PLATFORM, Deaf("refused", sends=False))
        await process.minute()
        process.platforms.started(PLATFORM)
        await process.platforms.keep()
        assert troubles(await store.notes.all()) == {PLATFORM: Trouble.TOKEN}
    assert titles(messenger) == ["Discord refuses the bot's token"]
    await process.minute()
    assert titles(messenger)[1:] == ["Discord works again"]


@pytest.mark.parametrize(
    ("tries", "minutes", "failing"),
    [(FAILING_TRIES, 10, True), (FAILING_TRIES - 1, 10, False), (FAILING_TRIES, 9, False)],
)
def test_failing_takes_tries_and_time(tries: int, minutes: int, failing: bool) -> None:
    """A few chats that are gone, or a short flood of refusals, are not the platform."""
    watch = SendWatch()
    for _ in range(tries):
        watch.note(ChatGone("gone"), NOW)
    assert watch.failing(NOW + timedelta(minutes=minutes)) is failing
    watch.note(Sent("1"), NOW)
    assert not watch.failing(NOW + timedelta(days=1))
