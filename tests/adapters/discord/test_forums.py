"""Posts in forums over the wire: tags, lost answers, and posts that were archived or deleted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import Outcome, PerhapsDelivered, Refused, Sent
from bot.domain.posting import Beneath, Post
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import OBEYED, FakeDiscord, Scripted, payloads

FORUM = "700000000000000066"
OPEN, CLOSED, OURS = "701", "702", "703"
CHANGE = Message(title="A trial of a drug", lede="NCT00902044 stopped.")
MORE = Message(title="A trial of a drug", lede="NCT00902044 stopped, and a site is gone.")
OTHER = Message(title="A trial of a drug", lede="NCT00902045 stopped.")
Channel = Callable[..., Address]


@pytest.fixture
def forum(discord: FakeDiscord) -> FakeDiscord:
    """The local server has a forum, with tags for two statuses and one of its own."""
    tags = [
        {"id": number, "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
        for number, name in ((OPEN, "recruiting"), (CLOSED, "Suspended"), (OURS, "Rare"))
    ]
    made = payloads.forum(FORUM, payloads.GUILD) | {"available_tags": tags}
    discord.gateway.guilds[0]["channels"].append(made)
    return discord


async def post(bots: Bots, message: Message, nonce: str, beneath: Beneath | None = None) -> Outcome:
    """Tell the forum, by a bot that is started at the first message."""
    address = Address("discord", payloads.BOT, FORUM)
    if not bots.running:
        bots.running.append(await bots.start())
    return await bots.running[0].messenger.send(
        address, message, nonce, beneath=beneath or Beneath()
    )


def in_post(thread: str, tag: str | None = None) -> Beneath:
    """Beneath the trial's own post."""
    return Beneath(post=Post(message_id=thread, thread=thread), tag=tag)


async def test_a_post_has_the_tag_of_its_status(bots: Bots, forum: FakeDiscord) -> None:
    """By the forum's own tag of that name, however it is spelt; without one, none."""
    await post(bots, CHANGE, "n1", Beneath(tag="Recruiting"))
    await post(bots, OTHER, "n2", Beneath(tag="Withdrawn"))
    assert [one.tags for one in forum.threads] == [[OPEN], []]


async def test_a_tag_follows_the_status(bots: Bots, forum: FakeDiscord) -> None:
    """A later change gives the post its status' tag, and leaves the tags that people gave it."""
    sent = await post(bots, CHANGE, "n1", Beneath(tag="Recruiting"))
    assert isinstance(sent, Sent)
    (thread,) = forum.threads
    thread.tags.append(OURS)
    await post(bots, MORE, "n2", in_post(thread.id, "Suspended"))
    assert thread.tags == [CLOSED, OURS]
    await post(bots, MORE, "n3", in_post(thread.id, "Suspended"))
    assert forum.calls["mark"] == 1
    forum.script("mark", Scripted(status=403, code=50013))
    told = await post(bots, MORE, "n4", in_post(thread.id, "Recruiting"))
    assert isinstance(told, Sent)


async def test_a_lost_answer_makes_no_second_post(bots: Bots, forum: FakeDiscord) -> None:
    """The post that an earlier try made is found by what it says."""
    forum.script("forum", Scripted(cut=True))
    assert isinstance(await post(bots, CHANGE, "n1"), PerhapsDelivered)
    (thread,) = forum.threads
    assert await post(bots, CHANGE, "n1") == Sent(thread.id, thread.id)
    assert len(forum.threads) == 1


async def test_the_library_makes_no_second_post_either(bots: Bots, forum: FakeDiscord) -> None:
    """A server error may come after the post was made, so it is looked for before the next try."""
    forum.script("forum", Scripted(status=502), OBEYED)
    assert isinstance(await post(bots, CHANGE, "n1"), PerhapsDelivered)
    assert forum.calls["forum"] == 1
    assert isinstance(await post(bots, CHANGE, "n1"), Sent)
    assert len(forum.threads) == 1


async def test_a_post_that_was_too_fast_is_tried_again(bots: Bots, forum: FakeDiscord) -> None:
    """Where Discord says to wait, nothing was made, and the library tries once more."""
    forum.script("forum", Scripted(status=429, retry_after=0.05))
    assert isinstance(await post(bots, CHANGE, "n1"), Sent)
    assert (len(forum.threads), forum.calls["forum"]) == (1, 2)


async def test_what_came_since_goes_into_the_lost_post(bots: Bots, forum: FakeDiscord) -> None:
    """Where the next try has more to say of the trial, the post of before gets it as a message."""
    forum.script("forum", Scripted(cut=True))
    await post(bots, CHANGE, "n1")
    (thread,) = forum.threads
    sent = await post(bots, MORE, "n1")
    (message,) = forum.messages
    assert (message.channel_id, sent) == (thread.id, Sent(message.id, thread.id))
    assert len(forum.threads) == 1


async def test_another_trial_of_the_same_name_has_its_own_post(
    bots: Bots, forum: FakeDiscord
) -> None:
    """Names are not unique; the registry's numbers are."""
    await post(bots, CHANGE, "n1")
    await post(bots, OTHER, "n2")
    assert len(forum.threads) == 2


async def test_a_deleted_post_begins_anew(bots: Bots, forum: FakeDiscord) -> None:
    """With its tag; an archived one needs nothing, as a message opens it again."""
    forum.script("post", Scripted(status=404, code=10003), channel_id="7099")
    sent = await post(bots, CHANGE, "n1", in_post("7099", "Recruiting"))
    (thread,) = forum.threads
    assert (sent, thread.tags) == (Sent(thread.id, thread.id), [OPEN])


async def test_a_locked_post_closes_one_trial_only(bots: Bots, forum: FakeDiscord) -> None:
    """Who locks a trial's post wants to hear no more of it; the feed goes on."""
    forum.script("post", Scripted(status=400, code=160005), channel_id="7099")
    assert isinstance(await post(bots, CHANGE, "n1", in_post("7099")), Refused)
    assert forum.threads == []


async def test_a_forum_that_cannot_be_looked_through_is_posted_in(
    bots: Bots, forum: FakeDiscord
) -> None:
    """Without the right to read what was said there, the feed goes on."""
    forum.script("active", Scripted(status=403, code=50001))
    assert isinstance(await post(bots, CHANGE, "n1"), Sent)
