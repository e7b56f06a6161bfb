"""Who may manage a group or a channel, as Telegram says it, and from where."""

from __future__ import annotations

from adapters.telegram.rights import KNOWN_FOR
from bot.domain.message import Button, Message
from bot.domain.posting import Beneath, Post
from tests.adapters.telegram.support import RunningBot, chat
from tests.fakes.telegram import BOT_NAME, CHANNEL, FakeTelegram

GROUP = -100
MEMBER = 4242
"""The person of the fake's groups."""

HELLO = Message(title="Hello", buttons=(Button("Show", action="trial NCT00902044"),))


def lookups(fake: FakeTelegram) -> int:
    """How often it was asked who somebody is in a chat."""
    return sum(method == "getChatMember" for method, _ in fake.calls)


async def test_a_group_is_managed_by_its_administrators(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """A member's command says that they may not, an administrator's that they may."""
    fake.type(GROUP, "/follow sarcoma", private=False)
    await fake.wait_for_messages(1)
    fake.administrators.add((-101, MEMBER))
    fake.type(-101, "/follow sarcoma", private=False)
    await fake.wait_for_messages(2)
    assert [request.may_manage for request in bot.desk.asked] == [False, True]
    assert [request.person for request in bot.desk.asked] == [str(MEMBER)] * 2
    assert bot.desk.asked[0].private_link == f"https://t.me/{BOT_NAME}?start="


async def test_what_changes_nothing_asks_nobody_for_rights(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """Looking a trial up costs no call, in a group or in private."""
    fake.type(GROUP, "/trial NCT00902044", private=False)
    fake.type(7, "/follow sarcoma")
    await fake.wait_for_messages(2)
    assert all(request.may_manage for request in bot.desk.asked)
    assert lookups(fake) == 0


async def test_an_answer_about_rights_is_known_for_a_minute(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """Within it Telegram is not asked again; after it a new administrator is known."""
    fake.type(GROUP, "/follow sarcoma", private=False)
    await fake.wait_for_messages(1)
    fake.administrators.add((GROUP, MEMBER))
    fake.type(GROUP, "/follow sarcoma", private=False)
    await fake.wait_for_messages(2)
    assert lookups(fake) == 1
    await bot.clock.sleep(KNOWN_FOR)
    fake.type(GROUP, "/follow sarcoma", private=False)
    await fake.wait_for_messages(3)
    assert [request.may_manage for request in bot.desk.asked] == [False, False, True]


async def test_an_anonymous_administrator_is_one(fake: FakeTelegram, bot: RunningBot) -> None:
    """Who writes in the group's own name administers it, without a call."""
    fake.type(GROUP, "/follow sarcoma", private=False, anonymous=True)
    await fake.wait_for_messages(1)
    assert bot.desk.asked[0].may_manage
    assert lookups(fake) == 0


async def test_where_rights_cannot_be_asked_for_nobody_manages(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """A refused look-up is a no, and it is not kept."""
    fake.administrators.add((GROUP, MEMBER))
    fake.bad_request("chat not found", method="getChatMember")
    for count in (1, 2):
        fake.type(GROUP, "/follow sarcoma", private=False)
        await fake.wait_for_messages(count)
    assert [request.may_manage for request in bot.desk.asked] == [False, True]


async def test_a_channel_is_managed_from_a_private_chat(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """By its name or its id, by whoever administers it; the answer stays private."""
    fake.names["@our_news"] = CHANNEL
    fake.administrators.add((CHANNEL, 7))
    for typed in ("@our_news list", f"{CHANNEL} list", "@nobodys_news list"):
        fake.type(7, f"/feed {typed}")
    fake.type(8, "/feed @our_news list")
    sent = await fake.wait_for_messages(4)
    asked = {(request.of, request.person): request for request in bot.desk.asked}
    mine = asked[chat(CHANNEL), "7"]
    assert (mine.command, mine.text, mine.may_manage) == ("feed", "list", True)
    assert mine.address == chat(7)
    other, nobodys = asked[None, "8"], asked[None, "7"]
    assert (other.command, other.text) == ("channel", "not_theirs @our_news")
    assert (nobodys.command, nobodys.text) == ("channel", "unknown @nobodys_news")
    assert {message.chat_id for message in sent} == {7, 8}


async def test_a_channel_in_which_the_bot_cannot_post_can_still_be_managed(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """What it follows can be looked at and taken back; one that the bot left cannot be."""
    fake.administrators.add((CHANNEL, 7))
    fake.standings[CHANNEL] = ("administrator", False)
    fake.type(7, f"/feed {CHANNEL} list")
    await fake.wait_for_messages(1)
    assert (bot.desk.asked[0].of, bot.desk.asked[0].may_manage) == (chat(CHANNEL), True)
    fake.standings[CHANNEL] = ("left", False)
    await bot.clock.sleep(KNOWN_FOR)
    fake.type(7, f"/feed {CHANNEL} list")
    await fake.wait_for_messages(2)
    assert (bot.desk.asked[1].of, bot.desk.asked[1].text) == (None, f"absent {CHANNEL}")


async def test_a_button_about_a_channel_is_for_that_channel(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """What a button names besides its action is the chat that is managed."""
    fake.administrators.add((CHANNEL, 7))
    button = Button("Stop", f"in {CHANNEL} unfollow #12")
    await bot.platform.messenger.send(chat(7), Message(title="List", buttons=(button,)), "n")
    fake.press(7, "Stop")
    await fake.wait_for_messages(2)
    (request,) = bot.desk.asked
    assert (request.command, request.text) == ("unfollow", "#12")
    assert (request.of, request.may_manage) == (chat(CHANNEL), True)


async def test_what_readers_of_a_channel_press_opens_their_own_chat(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """Nothing is answered in the channel: the press leads to the bot with the command in it."""
    await bot.platform.messenger.send(chat(CHANNEL), HELLO, "n")
    press = fake.press(CHANNEL, "Show", private=False)
    await fake.wait_until(lambda: fake.confirmed == [press])
    assert fake.opened == [f"https://t.me/{BOT_NAME}?start=trial-NCT00902044"]
    assert bot.desk.asked == []


async def test_a_later_message_replies_to_the_first_post(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """Also in its topic, and where the first one was deleted it arrives all the same."""
    beneath = Beneath(post=Post(message_id="17"))
    await bot.platform.messenger.send(chat(GROUP, "5"), HELLO, "n", beneath=beneath)
    (sent,) = fake.messages
    assert (sent.reply_to, sent.thread) == (17, 5)
    reply = fake.calls[-1][1]["reply_parameters"]
    assert reply == {"message_id": 17, "allow_sending_without_reply": True}
