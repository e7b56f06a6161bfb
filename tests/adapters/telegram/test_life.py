"""Chats that come, go and move, over a real socket."""

from __future__ import annotations

from tests.adapters.telegram.support import RunningBot, chat
from tests.fakes.telegram import CHANNEL, FakeTelegram

GROUP = -100
MEMBER = 4242
"""The person of the fake's groups."""


async def heard_all(fake: FakeTelegram, bot: RunningBot) -> list[tuple[str, str]]:
    """Once all that happened so far was taken in: what the desk was asked of it."""
    fake.type(99, "/about")
    await fake.wait_until(lambda: any(sent.chat_id == 99 for sent in fake.messages))
    return [(one.command, one.text) for one in bot.desk.asked if one.command != "about"]


async def test_a_group_that_lets_the_bot_in_is_greeted(fake: FakeTelegram, bot: RunningBot) -> None:
    """In the group itself, and whoever let it in is counted for it."""
    fake.member(GROUP, "left", "member", private=False)
    (sent,) = await fake.wait_for_messages(1)
    (request,) = bot.desk.asked
    assert (request.command, request.text, request.private) == ("joined", "new", False)
    assert (request.address, request.person) == (chat(GROUP), str(MEMBER))
    assert (sent.chat_id, sent.thread) == (GROUP, None)
    assert bot.back.addresses == [chat(GROUP)]


async def test_a_channel_is_not_greeted(fake: FakeTelegram, bot: RunningBot) -> None:
    """What is posted there is for its readers, who asked for nothing."""
    fake.member(CHANNEL, "left", "administrator", private=False, can_post_messages=True)
    assert await heard_all(fake, bot) == []
    assert bot.back.addresses == [chat(CHANNEL)]


async def test_a_channel_is_told_as_long_as_the_bot_may_post(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """An administrator without that right is as good as gone."""
    fake.member(CHANNEL, "administrator", "administrator", private=False, can_post_messages=False)
    await bot.gone.event.wait()
    assert bot.gone.addresses == [chat(CHANNEL)]


async def test_being_heard_again_is_welcomed_and_promotion_is_not_spoken_of(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """A person who unblocked the bot and a group that lifted a restriction are no new chats."""
    fake.member(7, "kicked", "member")
    fake.member(GROUP, "restricted", "member", private=False)
    fake.member(GROUP, "member", "administrator", private=False)
    await fake.wait_for_messages(2)
    assert sorted(await heard_all(fake, bot)) == [("joined", ""), ("joined", "")]
    assert set(bot.back.addresses) == {chat(7), chat(GROUP)}


async def test_what_is_known_of_the_bot_is_forgotten_when_it_changes(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """A channel whose administrator just mended what lacked can be managed at once."""
    fake.administrators.add((CHANNEL, 7))
    fake.standings[CHANNEL] = ("left", False)
    fake.pick_chat(7, CHANNEL, "News")
    await fake.wait_for_messages(1)
    del fake.standings[CHANNEL]
    fake.member(CHANNEL, "left", "administrator", private=False, can_post_messages=True)
    await heard_all(fake, bot)
    fake.pick_chat(7, CHANNEL, "News")
    await fake.wait_for_messages(3)
    picked = [one.text for one in bot.desk.asked if one.command == "channel"]
    assert picked == ["absent News", "ready News"]


async def test_a_group_that_becomes_a_supergroup_is_told_of(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """By what is said in the old one and in the new one; either would do."""
    fake.migrate(-5, -1005)
    await heard_all(fake, bot)
    assert bot.moved == [(chat(-5), chat(-1005))] * 2


async def test_an_answer_follows_a_group_that_moves(fake: FakeTelegram, bot: RunningBot) -> None:
    """The refusal names the new chat: it is told of, and the answer is sent there."""
    fake.migrated(-1005, when=lambda sent: sent["chat_id"] == -5)
    fake.type(-5, "/trial NCT00902044", private=False)
    (sent,) = await fake.wait_for_messages(1)
    assert sent.chat_id == -1005
    assert bot.moved == [(chat(-5), chat(-1005))]
