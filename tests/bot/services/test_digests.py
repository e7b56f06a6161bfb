"""Many things for one chat are told in one message, whatever becomes of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.domain.address import Address
from bot.domain.change import Change, Kind
from bot.domain.message import Message
from bot.domain.outcome import ChatGone, Outcome, PerhapsDelivered, Refused, TryLater
from bot.domain.settings.chat import ChatSettings, Rhythm
from bot.ports.store import Store
from bot.ports.store_errors import StoreUnavailable
from storage.store import SqlStore
from tests.bot.services.owing import always, chat, deliverer, hurried, once, owe, pay, states, to
from tests.bot.services.support import numbers
from tests.fakes.clock import HeldClock
from tests.fakes.messenger import RecordingMessenger
from tests.fakes.store import ShakyStore
from tests.studies import absorb, changed, key, lease

DAY = 86_400


def titles(messenger: RecordingMessenger) -> list[str]:
    """What the messages are headed with."""
    return [message.title for _, message in messenger.sent]


async def test_many_are_told_as_one_and_few_one_by_one(store: Store) -> None:
    """More than three at once are announced in one message, complete."""
    await owe(store, chats=1, trials=4)
    messenger = RecordingMessenger()
    assert await pay(store, messenger, HeldClock()) == 1
    assert titles(messenger) == ["4 things happened in 4 trials you follow."]
    assert to(messenger, chat(1)) == [f"NCT{trial:08d}" for trial in range(1, 5)]
    assert await states(store) == {"sent": 4}


async def test_what_does_not_fit_follows_in_the_next_digest(store: Store) -> None:
    """Nothing is dropped: each message announces what is left, the last one nothing."""
    await owe(store, chats=1, trials=25)
    messenger = RecordingMessenger()
    await pay(store, messenger, HeldClock())
    assert [re.sub(r"\D.*", "", title) for title in titles(messenger)] == ["20", "5"]
    assert [message.lede for _, message in messenger.sent] == [
        "5 more did not fit in here and follow in the next message.",
        None,
    ]
    assert sorted(to(messenger, chat(1))) == [f"NCT{trial:08d}" for trial in range(1, 26)]
    assert await states(store) == {"sent": 25}


async def test_what_is_as_long_as_a_message_goes_by_itself(store: Store) -> None:
    """And others go on in a digest of their own."""
    await owe(store, chats=1, trials=5)
    messenger = RecordingMessenger()
    messenger.longest = 60
    await pay(store, messenger, HeldClock())
    assert titles(messenger) == [f"Trial {trial}" for trial in range(1, 6)]


async def test_a_digest_leaves_out_what_is_no_longer_followed(store: Store) -> None:
    """What says nothing any more ends as moot, with all the others."""
    (chat_id,) = await owe(store, chats=1, trials=6)
    for followed in (await store.chats.subscriptions(chat_id))[:5]:
        await store.chats.unfollow(chat_id, followed.id)
    messenger = RecordingMessenger()
    await pay(store, messenger, HeldClock())
    assert titles(messenger) == ["Trial 6"]
    assert await states(store) == {"moot": 5, "sent": 1}


async def test_a_digest_of_nothing_is_not_sent(store: Store) -> None:
    """All of it is moot."""
    (chat_id,) = await owe(store, chats=1, trials=4)
    for followed in await store.chats.subscriptions(chat_id):
        await store.chats.unfollow(chat_id, followed.id)
    messenger = RecordingMessenger()
    await pay(store, messenger, HeldClock())
    assert (messenger.tried, await states(store)) == (0, {"moot": 4})


async def test_a_refused_digest_costs_only_what_is_refused_by_itself(store: Store) -> None:
    """Each is tried alone, and only the bad one is given up."""
    await owe(store, chats=1, trials=5)

    def script(_: Address, message: Message) -> Outcome | None:
        bad = any("NCT00000003" in number for number in numbers([message]))
        return Refused("can't parse entities") if bad else None

    messenger = RecordingMessenger()
    messenger.script = script
    await pay(store, messenger, HeldClock())
    assert to(messenger, chat(1)) == [f"NCT{trial:08d}" for trial in (1, 2, 4, 5)]
    (letter,) = await store.notices.dead_letters()
    assert letter.key == key(3)


async def test_a_digest_whose_answer_was_lost_is_told_again_as_it_was(store: Store) -> None:
    """What came since is told afterwards; lost twice it is in the operator's sight as one."""
    await owe(store, chats=1, trials=4)
    messenger, clock = RecordingMessenger(), HeldClock()
    heard: list[Message] = []

    def lost(_: Address, message: Message) -> Outcome | None:
        heard.append(message)
        return PerhapsDelivered("timeout") if len(heard) <= 2 else None

    messenger.script = lost
    await pay(store, messenger, clock)
    await absorb(store, changed(1, cause="reading-2"), now=clock.now())
    for _ in range(2):
        clock.let_pass(60)
        await pay(store, messenger, clock)
    assert heard[0] == heard[1]
    assert titles(messenger) == ["Trial 1"]
    assert await states(store) == {"perhaps": 4, "sent": 1}


async def test_a_digest_that_has_to_wait_takes_along_what_came_since(store: Store) -> None:
    """It surely did not arrive, so that a chat which is back hears all of it as one."""
    (chat_id,) = await owe(store, chats=1, trials=4)
    messenger, clock = RecordingMessenger(), HeldClock()
    messenger.script = once({chat(1): ChatGone("blocked")})
    await pay(store, messenger, clock)
    await absorb(store, changed(1, cause="reading-2"), now=clock.now())
    await store.chats.resume(chat_id)
    await pay(store, messenger, clock)
    assert titles(messenger) == ["5 things happened in 4 trials you follow."]


async def test_a_paused_chat_is_tried_with_its_digest(store: Store) -> None:
    """The daily try is one message, and with it the chat is back and has it all."""
    (chat_id,) = await owe(store, chats=1, trials=4)
    messenger, clock = RecordingMessenger(), HeldClock()
    await store.chats.pause(chat_id, clock.now())
    clock.let_pass(DAY)
    await pay(store, messenger, clock)
    assert (messenger.tried, await states(store)) == (1, {"sent": 4})


@pytest.mark.parametrize("call", ["claim_along", "settle"])
async def test_a_digest_survives_a_database_that_is_out(store: SqlStore, call: str) -> None:
    """Whichever write fails, or only seems to, each thing is told, and told once."""
    shaky = ShakyStore(store)
    await owe(shaky, chats=1, trials=30)
    out = StoreUnavailable("the database is locked")
    for when in (shaky.before, shaky.after):
        when[call].append(out)
    messenger, clock = RecordingMessenger(), hurried()
    for _ in range(4):
        await pay(shaky, messenger, clock)
        clock.time += timedelta(minutes=5)
    assert sorted(to(messenger, chat(1))) == [f"NCT{trial:08d}" for trial in range(1, 31)]
    assert await states(store) == {"sent": 30}


async def test_a_discreet_chat_gets_a_line_and_a_button(store: Store) -> None:
    """Neither trial nor number stands in it, of one thing or of many."""
    (chat_id,) = await owe(store, chats=1, trials=4)
    await store.chats.configure(chat_id, ChatSettings(discreet=True))
    messenger = RecordingMessenger()
    await pay(store, messenger, HeldClock())
    ((_, line),) = messenger.sent
    (button,) = line.buttons
    assert line == Message(title="There is news.", buttons=(button,))
    told = await store.notices.told(chat_id, int((button.action or "").removeprefix("show ")))
    assert [one.occurrence.key for one in told] == [key(trial) for trial in range(1, 5)]


async def test_a_daily_chat_hears_all_of_a_day_as_one(store: Store) -> None:
    """Two are few, and still one message where the chat chose so."""
    (chat_id,) = await owe(store, chats=1, trials=2)
    await store.chats.configure(chat_id, ChatSettings(rhythm=Rhythm.DAILY, hour=20))
    messenger, clock = RecordingMessenger(), HeldClock()
    await pay(store, messenger, clock)
    assert (messenger.tried, await states(store)) == (0, {"put_off": 2})
    clock.let_pass(5 * 3600)
    await pay(store, messenger, clock)
    assert titles(messenger) == ["2 things happened in 2 trials you follow."]


async def test_a_trial_that_stops_breaks_into_the_night_by_itself(store: Store) -> None:
    """Where the chat said so; what is not urgent waits for the morning."""
    (chat_id,) = await owe(store, chats=1, trials=2)
    night = ChatSettings(quiet_from=14, quiet_to=20, urgent_in_quiet=True)
    await store.chats.configure(chat_id, night)
    clock = HeldClock()
    path = "protocolSection.statusModule.overallStatus"
    stop = Change(kind=Kind.STATUS, path=path, old="RECRUITING", new="SUSPENDED")
    await absorb(store, changed(2, stop, cause="reading-2"), now=clock.now())
    messenger = RecordingMessenger()
    await pay(store, messenger, clock)
    assert to(messenger, chat(1)) == ["NCT00000002"]
    assert await states(store) == {"put_off": 2, "sent": 1}


async def test_a_chat_that_cannot_take_it_keeps_its_digest(store: Store) -> None:
    """Tries are counted for each of a group, and it is given up as one."""
    await owe(store, chats=1, trials=4)
    messenger, clock = RecordingMessenger(), HeldClock()
    messenger.script = always(TryLater("out"))
    held = await lease(store)
    for _ in range(25):
        await deliverer(store, messenger, clock).run_until_paid(held)
        clock.let_pass(DAY)
    assert (messenger.tried, await states(store)) == (20, {"dead": 4})
