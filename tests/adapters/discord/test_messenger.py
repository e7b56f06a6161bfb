"""Sending over the wire: what arrives, and what each answer of Discord's means."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from adapters.discord.messenger import part_nonce
from bot.domain.address import Address
from bot.domain.message import Button, Message, Section
from bot.domain.outcome import (
    ChatGone,
    Outcome,
    PerhapsDelivered,
    Refused,
    Scope,
    Sent,
    TokenRefused,
    TopicGone,
    TryLater,
)
from bot.ports.messenger import NO_LONGER_MINE
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import OBEYED, FakeDiscord, Scripted, payloads
from tests.fakes.discord.shown import custom_ids, title
from tests.fakes.discord.spec import needs_description, spec_faults

BELL = Message(title="It changed", buttons=(Button("Show", "trial NCT00902044"),))
LONG = Message(
    title="Long", sections=tuple(Section(f"S{number}", ("x" * 900,)) for number in range(12))
)
THREAD = "700000000000000044"
Channel = Callable[..., Address]


async def test_a_message_reaches_its_channel(bots: Bots, channel: Channel) -> None:
    """The message arrives with its nonce enforced, nobody mentioned, and its id is given back."""
    bot = await bots.start()
    outcome = await bot.messenger.send(channel(), BELL, "n1")
    (posted,) = bots.discord.messages
    assert outcome == Sent(posted.id)
    assert (posted.channel_id, posted.nonce) == (payloads.CHANNEL, "n1")
    assert posted.body["enforce_nonce"] is True
    assert posted.body["allowed_mentions"] == {"parse": []}
    assert title(posted.body) == "It changed"
    assert custom_ids(posted.body) == ["tb:trial NCT00902044"]


async def test_the_messenger_knows_its_bot(bots: Bots) -> None:
    """The messenger bears the account's id, which is not the application's."""
    bot = await bots.start()
    assert (bot.messenger.platform, bot.messenger.bot) == ("discord", payloads.BOT)


async def test_a_thread_is_sent_to_as_a_channel(bots: Bots, channel: Channel) -> None:
    """A message for a thread goes to the thread, not to the channel it hangs under."""
    bot = await bots.start()
    await bot.messenger.send(channel(thread=THREAD), BELL, "n1")
    assert [posted.channel_id for posted in bots.discord.messages] == [THREAD]


async def test_a_repeated_nonce_is_no_double(bots: Bots, channel: Channel) -> None:
    """A second try of the same notice is answered with the message that is there already."""
    bot = await bots.start()
    first = await bot.messenger.send(channel(), BELL, "n1")
    again = await bot.messenger.send(channel(), BELL, "n1")
    other = await bot.messenger.send(channel(), BELL, "n2")
    assert first == again != other
    assert len(bots.discord.messages) == 2
    assert bots.discord.duplicates == ["n1"]


async def test_nothing_is_written_once_another_may_send(bots: Bots, channel: Channel) -> None:
    """A process that was frozen while it waited for a connection sends nothing when it wakes."""
    bot = await bots.start()
    for number in range(3):
        answers = iter((True, False))
        outcome = await bot.messenger.send(channel(), BELL, f"n{number}", lambda: next(answers))  # noqa: B023 - asked before it returns
        assert outcome == NO_LONGER_MINE
    assert isinstance(await bot.messenger.send(channel(), BELL, "n4"), Sent)
    assert [posted.nonce for posted in bots.discord.messages] == ["n4"]


async def test_a_long_message_is_sent_in_order(bots: Bots, channel: Channel) -> None:
    """Each part has a nonce of its own, so that a second try doubles none of them."""
    bot = await bots.start()
    nonce = "0123456789012345678901234"
    first = await bot.messenger.send(channel(), LONG, nonce)
    again = await bot.messenger.send(channel(), LONG, nonce)
    posted = bots.discord.messages
    titles = [title(message.body) for message in posted]
    assert titles == ["Long · 1/3", "Long · 2/3", "Long · 3/3"]
    assert [message.nonce for message in posted] == [part_nonce(nonce, index) for index in range(3)]
    assert len({message.nonce for message in posted}) == 3
    assert first == again == Sent(posted[0].id)


async def test_a_long_message_goes_on_where_it_broke_off(bots: Bots, channel: Channel) -> None:
    """When a part is not taken, the next try leaves one copy of each part, in order."""
    bot = await bots.start()
    bots.discord.script("post", OBEYED, Scripted(status=503))
    assert await bot.messenger.send(channel(), LONG, "n1") == TryLater("HTTP 503, code 0")
    assert len(bots.discord.messages) == 1
    assert isinstance(await bot.messenger.send(channel(), LONG, "n1"), Sent)
    assert [posted.nonce for posted in bots.discord.messages] == [
        part_nonce("n1", index) for index in range(3)
    ]


ANSWERS: list[tuple[Scripted, bool, Outcome]] = [
    (
        Scripted(status=403, code=50007),
        False,
        ChatGone("HTTP 403, code 50007: the person takes no messages from the bot"),
    ),
    (
        Scripted(status=403, code=50001),
        False,
        ChatGone("HTTP 403, code 50001: the bot cannot see the channel"),
    ),
    (
        Scripted(status=403, code=50013),
        True,
        ChatGone("HTTP 403, code 50013: the bot may not write in the channel"),
    ),
    (Scripted(status=403, code=40333), False, ChatGone("HTTP 403, code 40333")),
    (
        Scripted(status=404, code=10003),
        False,
        ChatGone("HTTP 404, code 10003: the channel no longer exists"),
    ),
    (
        Scripted(status=404, code=10003),
        True,
        TopicGone("HTTP 404, code 10003: the thread no longer exists"),
    ),
    (
        Scripted(status=400, code=50083),
        True,
        ChatGone("HTTP 400, code 50083: the thread is archived and locked"),
    ),
    (
        Scripted(status=400, code=160005),
        True,
        ChatGone("HTTP 400, code 160005: the thread is locked"),
    ),
    (Scripted(status=400, code=50035), False, Refused("HTTP 400, code 50035")),
    (
        Scripted(status=400, code=40003),
        False,
        TryLater("HTTP 400, code 40003: private chats are opened too fast"),
    ),
    (Scripted(status=503), False, TryLater("HTTP 503, code 0")),
    (
        Scripted(status=403, html=True),
        False,
        TryLater("HTTP 403, code 0", scope=Scope.TOKEN),
    ),
    (
        Scripted(status=429, html=True),
        False,
        TryLater("HTTP 429, code 0", scope=Scope.TOKEN),
    ),
    (Scripted(status=401), False, TokenRefused("HTTP 401, code 0")),
    (
        Scripted(status=429, retry_after=120.5),
        False,
        TryLater("rate limit", after=120.5, scope=Scope.CHAT),
    ),
    (
        Scripted(status=429, retry_after=3600.0, scope="global"),
        False,
        TryLater("rate limit", after=3600.0, scope=Scope.TOKEN),
    ),
]


@pytest.mark.parametrize(
    ("scripted", "in_thread", "outcome"),
    ANSWERS,
    ids=[f"{answer.status}-{answer.code}-{thread}" for answer, thread, _ in ANSWERS],
)
async def test_each_answer_is_one_outcome(
    bots: Bots, channel: Channel, scripted: Scripted, in_thread: bool, outcome: Outcome
) -> None:
    """What Discord answers is translated once, and nothing of it is raised."""
    bot = await bots.start()
    bots.discord.script("post", scripted)
    sent = await bot.messenger.send(channel(thread=THREAD if in_thread else None), BELL, "n1")
    assert sent == outcome
    assert bots.discord.messages == []


async def test_a_short_rate_limit_is_waited_for(bots: Bots, channel: Channel) -> None:
    """A limit of a moment is the library's to wait for; the caller sees only the success."""
    bot = await bots.start()
    bots.discord.script("post", Scripted(status=429, retry_after=0.05))
    assert isinstance(await bot.messenger.send(channel(), BELL, "n1"), Sent)


async def test_a_global_limit_is_forgotten_by_the_next_send(bots: Bots, channel: Channel) -> None:
    """Whom a limit concerns is read from each answer, not from the one before."""
    bot = await bots.start()
    for scope in ("global", "user"):
        bots.discord.script("post", Scripted(status=429, retry_after=99.0, scope=scope))
    first = await bot.messenger.send(channel(), BELL, "n1")
    second = await bot.messenger.send(channel(), BELL, "n1")
    assert [first, second] == [
        TryLater("rate limit", after=99.0, scope=Scope.TOKEN),
        TryLater("rate limit", after=99.0, scope=Scope.CHAT),
    ]


async def test_a_lost_answer_is_tried_again_without_a_double(bots: Bots, channel: Channel) -> None:
    """When the connection is cut after Discord took the message, the second try doubles nothing."""
    bot = await bots.start()
    bots.discord.script("post", Scripted(cut=True))
    first = await bot.messenger.send(channel(), BELL, "n1")
    again = await bot.messenger.send(channel(), BELL, "n1")
    assert isinstance(first, PerhapsDelivered)
    assert again == Sent(bots.discord.messages[0].id)
    assert len(bots.discord.messages) == 1


async def test_a_slow_answer_is_tried_again(bots: Bots, channel: Channel) -> None:
    """A send that outlasts the messenger's patience is not held for delivered."""
    bot = await bots.start()
    bots.discord.channels.delay = 30.0
    bot.messenger._patience = 0.1
    lost = PerhapsDelivered("Discord's answer was lost (TimeoutError)")
    assert await bot.messenger.send(channel(), BELL, "n1") == lost
    bots.discord.channels.delay, bot.messenger._patience = 0.0, 60.0
    assert isinstance(await bot.messenger.send(channel(), BELL, "n1"), Sent)
    assert len(bots.discord.messages) == 1


async def test_nothing_is_sent_once_the_bot_has_stopped(bots: Bots, channel: Channel) -> None:
    """A send after the stop is for later, whoever sends then."""
    bot = await bots.start()
    await bot.stop()
    outcome = await bot.messenger.send(channel(), BELL, "n1")
    assert outcome == TryLater("not connected to Discord", scope=Scope.TOKEN)


async def test_many_chats_are_sent_to_at_once(bots: Bots, channel: Channel) -> None:
    """Sends to different channels do not wait for each other."""
    bot = await bots.start()
    bots.discord.channels.delay = 0.5
    async with asyncio.timeout(6):  # one after the other they take ten seconds
        await asyncio.gather(
            *[
                bot.messenger.send(channel(str(700000000000001000 + number)), BELL, "n")
                for number in range(bot.messenger.in_flight)
            ]
        )
    assert len(bots.discord.messages) == bot.messenger.in_flight


@needs_description
async def test_what_is_posted_obeys_the_published_description(
    discord: FakeDiscord, bots: Bots, channel: Channel
) -> None:
    """The whole body, as the library sends it, is what Discord's OpenAPI description allows."""
    bot = await bots.start()
    await bot.messenger.send(channel(), BELL, "n1")
    await bot.messenger.send(channel(), LONG, "n2")
    for posted in discord.messages:
        assert spec_faults(posted.body, "MessageCreateRequest") == []


async def test_who_may_no_longer_send_sends_nothing(bots: Bots, channel: Channel) -> None:
    """A process whose right to send ran out keeps still."""
    messenger = (await bots.start()).messenger
    outcome = await messenger.send(channel(), BELL, "n", lambda: False)
    assert outcome == NO_LONGER_MINE
    assert bots.discord.messages == []
