"""Files over the wire: those that people send, and those that they are given."""

from __future__ import annotations

from bot.domain.importing import LARGEST
from bot.domain.message import Button, File, Message
from bot.domain.outcome import Sent
from tests.adapters.telegram.support import RunningBot, chat
from tests.fakes.telegram import FakeTelegram

EXPORT = (File("kept.txt", "text/plain", b"all"), File("kept.json", "application/json", b"{}"))


async def test_files_follow_their_message(fake: FakeTelegram, bot: RunningBot) -> None:
    """The text comes first, then each file under its name, and the outcome names the text."""
    message = Message(title="All of it", files=EXPORT)
    outcome = await bot.platform.messenger.send(chat(7), message, "n")
    text, *files = fake.messages
    assert [one.document for one in files] == [("kept.txt", b"all"), ("kept.json", b"{}")]
    assert outcome == Sent(str(text.message_id))


PAGE = File("NCT00902044.pdf", "application/pdf", b"%PDF")
SHOW = Button("Show", action="trial NCT00902044")


async def test_short_text_stands_beneath_its_only_file(fake: FakeTelegram, bot: RunningBot) -> None:
    """One message with a caption and buttons, and plain where Telegram refuses the markup."""
    message = Message(title="A page <1>", files=(PAGE,), buttons=(SHOW,))
    await bot.platform.messenger.send(chat(7), message, "n")
    fake.bad_request("can't parse entities", method="sendDocument")
    await bot.platform.messenger.send(chat(7), message, "m")
    calls = [parameters for method, parameters in fake.calls if method == "sendDocument"]
    assert [one["caption"] for one in calls] == [
        "<b>A page &lt;1&gt;</b>",
        "<b>A page &lt;1&gt;</b>",
        "A page <1>",
    ]
    assert "parse_mode" not in calls[-1]
    assert [one.document for one in fake.messages] == [("NCT00902044.pdf", b"%PDF")] * 2
    assert calls[0]["reply_markup"]["inline_keyboard"][0][0]["text"] == "Show"


async def test_text_too_long_for_a_caption_comes_before_its_file(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """A caption takes 1,024 characters, a message four times as many."""
    message = Message(title="T", lede="word " * 220, files=(PAGE,))
    await bot.platform.messenger.send(chat(7), message, "n")
    assert [bool(one.document) for one in fake.messages] == [False, True]


async def test_message_whose_file_is_not_taken_goes_on_with_the_file(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """The text is not said again."""
    fake.bad_request("wrong file", method="sendDocument")
    message = Message(title="All of it", files=EXPORT)
    await bot.platform.messenger.send(chat(7), message, "n")
    await bot.platform.messenger.send(chat(7), message, "n")
    assert [one.document and one.document[0] for one in fake.messages] == [
        None,
        "kept.txt",
        "kept.json",
    ]


async def test_a_file_in_a_private_chat_is_brought_along(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """Without a word, or with the command as its caption; another caption is not meant for it."""
    fake.bring(7, b"NCT00902044")
    fake.bring(7, b"NCT00902045", caption="/import")
    fake.bring(7, b"NCT00902046", caption="look at this")
    fake.type(7, "/about")
    await fake.wait_for_messages(3)
    assert [(one.command, one.file) for one in bot.desk.asked] == [
        ("import", b"NCT00902044"),
        ("import", b"NCT00902045"),
        ("about", None),
    ]


async def test_a_file_in_a_group_is_read_for_its_administrators_only(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """And only where the command stands with it."""
    fake.administrators.add((-101, 4242))
    fake.bring(-100, b"NCT00902044", private=False)
    fake.bring(-100, b"NCT00902044", caption="/import", private=False)
    await fake.wait_for_messages(1)
    fake.bring(-101, b"NCT00902044", caption="/import", private=False)
    await fake.wait_for_messages(2)
    assert [(one.may_manage, one.file) for one in bot.desk.asked] == [
        (False, None),
        (True, b"NCT00902044"),
    ]


async def test_a_large_file_is_not_fetched(fake: FakeTelegram, bot: RunningBot) -> None:
    """The desk sees that it is too large, without a byte of it."""
    fake.bring(7, b"x" * (LARGEST + 1))
    await fake.wait_for_messages(1)
    assert len(bot.desk.asked[0].file or b"") > LARGEST
    assert "getFile" not in [method for method, _ in fake.calls]
