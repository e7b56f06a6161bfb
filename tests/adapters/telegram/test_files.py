"""Files over the wire: those that people send, and those that they are given."""

from __future__ import annotations

from bot.domain.importing import LARGEST
from bot.domain.message import File, Message
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
