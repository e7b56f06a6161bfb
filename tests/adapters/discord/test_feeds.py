"""Feeds over the wire: who manages them, threads and forums, the one role, files, and silence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.domain.address import Address
from bot.domain.importing import LARGEST
from bot.domain.message import File, Message
from bot.domain.outcome import Sent
from bot.domain.posting import Beneath, Post
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import Scripted, payloads
from tests.fakes.discord.shown import texts, title

SERVER: dict[str, Any] = {"guild_id": payloads.GUILD}
FORUM = "700000000000000066"
THREAD = "700000000000000044"
EARLIER = "700000000000000088"
CHANGE = Message(title="A trial of a drug")
OPEN = Beneath(thread_name="A trial of a drug")
Channel = Callable[..., Address]


@pytest.mark.parametrize("manages", [False, True])
async def test_who_may_manage_the_server_manages_its_feeds(bots: Bots, manages: bool) -> None:
    """It is the permission of whoever asks, as Discord says it with the command."""
    await bots.start()
    use = await bots.discord.slash("follow", "sarcoma", manages=manages, **SERVER)
    await use.answered()
    assert bots.desk.asked[0].may_manage is manages
    assert bots.desk.asked[0].person == payloads.PERSON


async def test_silence_takes_the_first_sign_back(bots: Bots) -> None:
    """Where nothing is to be said, nobody looks at a bot that thinks for ever."""
    await bots.start()
    bots.desk.answers["help"] = ()
    use = await bots.discord.slash("help", **SERVER)
    await use.silenced()
    assert use.answers == []


async def test_a_first_post_opens_its_thread(bots: Bots, channel: Channel) -> None:
    """It is named as the trial, and what comes later goes into it."""
    bot = await bots.start()
    first = await bot.messenger.send(channel(), CHANGE, "n1", beneath=OPEN)
    (posted,) = bots.discord.messages
    (thread,) = bots.discord.threads
    assert (thread.id, thread.channel_id, thread.name) == (
        posted.id,
        payloads.CHANNEL,
        "A trial of a drug",
    )
    assert first == Sent(posted.id, thread.id)
    place = Beneath(post=Post(message_id=posted.id, thread=thread.id), thread_name="Other")
    later = await bot.messenger.send(channel(), CHANGE, "n2", beneath=place)
    assert bots.discord.messages[1].channel_id == thread.id
    assert later == Sent(bots.discord.messages[1].id, thread.id)
    assert len(bots.discord.threads) == 1


async def test_a_resend_of_a_first_post_finds_its_thread(bots: Bots, channel: Channel) -> None:
    """Where the answer was lost, neither the message nor the thread is made twice."""
    bot = await bots.start()
    first = await bot.messenger.send(channel(), CHANGE, "n1", beneath=OPEN)
    assert await bot.messenger.send(channel(), CHANGE, "n1", beneath=OPEN) == first
    assert (len(bots.discord.messages), len(bots.discord.threads)) == (1, 1)


async def test_a_thread_that_cannot_be_opened_is_no_failure(bots: Bots, channel: Channel) -> None:
    """Without the permission the message is sent all the same, and later ones reply to it."""
    bot = await bots.start()
    bots.discord.script("thread", Scripted(status=403, code=50013))
    sent = await bot.messenger.send(channel(), CHANGE, "n1", beneath=OPEN)
    assert sent == Sent(bots.discord.messages[0].id)


async def test_a_thread_is_opened_under_the_post_of_before(bots: Bots, channel: Channel) -> None:
    """Where threads are chosen later, the trial's first post gets one."""
    bot = await bots.start()
    place = Beneath(post=Post(message_id=EARLIER), thread_name="A trial")
    await bot.messenger.send(channel(), CHANGE, "n1", beneath=place)
    assert [one.id for one in bots.discord.threads] == [EARLIER]
    assert [one.channel_id for one in bots.discord.messages] == [EARLIER]


async def test_a_deleted_thread_of_a_trial_begins_anew(bots: Bots, channel: Channel) -> None:
    """The chat is there: the message is posted in it, with a new thread."""
    bot = await bots.start()
    bots.discord.script("post", Scripted(status=404, code=10003), channel_id=THREAD)
    place = Beneath(post=Post(message_id=EARLIER, thread=THREAD), thread_name="A trial")
    sent = await bot.messenger.send(channel(), CHANGE, "n1", beneath=place)
    (posted,) = bots.discord.messages
    assert posted.channel_id == payloads.CHANNEL
    assert sent == Sent(posted.id, posted.id)


async def test_without_threads_a_later_post_replies(bots: Bots, channel: Channel) -> None:
    """And it arrives also where the earlier one was deleted; in a thread there are no threads."""
    bot = await bots.start()
    reply = Beneath(post=Post(message_id=EARLIER))
    await bot.messenger.send(channel(), CHANGE, "n1", beneath=reply)
    await bot.messenger.send(channel(thread=THREAD), CHANGE, "n2", beneath=OPEN)
    first, second = bots.discord.messages
    reference = first.body["message_reference"]
    assert (str(reference["message_id"]), reference["fail_if_not_exists"]) == (EARLIER, False)
    assert (second.channel_id, bots.discord.threads) == (THREAD, [])


async def test_a_forum_gets_a_post_for_each_trial(bots: Bots, channel: Channel) -> None:
    """With or without the choice of threads; what comes later stands in the post."""
    bots.discord.gateway.guilds[0]["channels"].append(payloads.forum(FORUM, payloads.GUILD))
    bot = await bots.start()
    first = await bot.messenger.send(channel(FORUM), CHANGE, "n1", beneath=Beneath())
    (post,) = bots.discord.threads
    assert (post.channel_id, post.name) == (FORUM, "A trial of a drug")
    assert post.body is not None
    assert title(post.body) == "A trial of a drug"
    assert first == Sent(post.id, post.id)
    later = Beneath(post=Post(message_id=post.id, thread=post.id))
    await bot.messenger.send(channel(FORUM), CHANGE, "n2", beneath=later)
    assert [one.channel_id for one in bots.discord.messages] == [post.id]


async def test_only_the_chosen_role_is_mentioned(bots: Bots, channel: Channel) -> None:
    """Whatever stands in the text of a record."""
    bot = await bots.start()
    message = Message(title="@everyone <@&5>", mention_role="700000000000000099")
    await bot.messenger.send(channel(), message, "n1")
    body = bots.discord.messages[0].body
    assert texts(body)[0] == "<@&700000000000000099>"
    assert body["allowed_mentions"]["parse"] == []
    assert [str(one) for one in body["allowed_mentions"]["roles"]] == ["700000000000000099"]


async def test_an_answer_brings_its_files(bots: Bots) -> None:
    """To the one who asked only."""
    await bots.start()
    kept = (File("a.txt", "text/plain", b"all"), File("a.json", "application/json", b"{}"))
    bots.desk.answers["export"] = (Message(title="All of it", files=kept),)
    use = await bots.discord.slash("export", **SERVER)
    (answer,) = await use.answered()
    assert answer["files"] == {"a.txt": b"all", "a.json": b"{}"}
    assert use.ephemeral


async def test_a_file_comes_with_the_command(bots: Bots) -> None:
    """It is fetched for whoever may import it here, and only where it is not too large."""
    await bots.start()
    private: dict[str, Any] = {"channel_id": "700000000000000077"}
    for file, place in (
        (b"NCT00902044", private),
        (b"NCT00902044", SERVER),
        (b"x" * (LARGEST + 1), private),
    ):
        use = await bots.discord.slash("import", file=file, **place)
        await use.answered()
    first, second, third = (request.file for request in bots.desk.asked)
    assert (first, second) == (b"NCT00902044", None)
    assert len(third or b"") > LARGEST
    assert len(bots.discord.shelf.fetched) == 1


async def test_roles_and_the_server_go_along_with_what_is_asked(bots: Bots) -> None:
    """The desk knows under what the server's choices are kept, and who has which of its roles."""
    role = "700000000000000088"
    bots.discord.gateway.guilds[0]["roles"] = [payloads.role(role)]
    await bots.start()
    options = {"role": role}
    use = await bots.discord.slash("feed managers", options=options, manages=True, **SERVER)
    await use.answered()
    use = await bots.discord.slash("follow", "ALS", roles=[role], **SERVER)
    await use.answered()
    use = await bots.discord.slash("follow", "ALS", channel_id="700000000000000077")
    await use.answered()
    chosen, managed, own = bots.desk.asked
    server = Address("discord", payloads.BOT, f"server:{payloads.GUILD}")
    assert (chosen.text, chosen.server, chosen.may_manage) == (f"managers <@&{role}>", server, True)
    assert (managed.roles, managed.server, managed.may_manage) == (
        frozenset({role}),
        server,
        False,
    )
    assert (own.roles, own.server) == (frozenset(), None)
