"""What is answered in a group, where people talk to each other."""

from __future__ import annotations

import pytest

from bot.domain.message import Message
from tests.adapters.telegram.support import RunningBot, chat
from tests.fakes.telegram import BOT_NAME, FakeTelegram

GROUP = -100
ABOUT_IT = Message(title="A trial", lede="NCT00902044 stopped.")


def asked(bot: RunningBot) -> list[tuple[str, str]]:
    """The commands that the desk was asked, and what stood behind them."""
    return [(request.command, request.text) for request in bot.desk.asked]


@pytest.mark.parametrize(
    ("said", "command", "text"),
    [
        (f"@{BOT_NAME} NCT00902044", "trial", "NCT00902044"),
        (f"what about nct 902044, @{BOT_NAME.upper()}?", "trial", "what about nct 902044"),
        (f"🙏 @{BOT_NAME} sarcoma in France", "search", "🙏 sarcoma in France"),
        (f"@{BOT_NAME} following", "following", ""),
        (f"@{BOT_NAME}, search gout", "search", "gout"),
        (f"@{BOT_NAME}!", "help", ""),
    ],
)
async def test_whoever_names_the_bot_is_answered(
    fake: FakeTelegram, bot: RunningBot, said: str, command: str, text: str
) -> None:
    """A number is the trial, a command that command, other words a search, and none the help."""
    fake.type(GROUP, said, private=False)
    await fake.wait_for_messages(1)
    assert asked(bot) == [(command, text)]
    assert not bot.desk.asked[0].private


@pytest.mark.parametrize(
    ("said", "command", "text"),
    [
        ("and nct 500?  I mean NCT00000500", "trial", "and nct 500?  I mean NCT00000500"),
        ("history", "history", "NCT00902044"),
        ("follow", "follow", "NCT00902044"),
        ("/history", "history", "NCT00902044"),
        (f"@{BOT_NAME}", "trial", "NCT00902044"),
        ("status", "status", ""),
    ],
)
async def test_a_reply_to_the_bot_is_about_its_message(
    fake: FakeTelegram, bot: RunningBot, said: str, command: str, text: str
) -> None:
    """A command without a number means the trial of the message that it replies to."""
    await bot.platform.messenger.send(chat(GROUP), ABOUT_IT, "n")
    fake.type(GROUP, said, private=False, reply_to=fake.messages[0])
    await fake.wait_for_messages(2)
    assert asked(bot) == [(command, text)]


async def test_talk_among_people_is_left_alone(fake: FakeTelegram, bot: RunningBot) -> None:
    """Numbers, other bots and other names, and what people say of a message of the bot."""
    await bot.platform.messenger.send(chat(GROUP), ABOUT_IT, "n")
    about = fake.messages[0]
    fake.type(GROUP, "NCT00902044", private=False)
    fake.type(GROUP, "@somebody NCT00902044", private=False)
    fake.type(GROUP, f"@{BOT_NAME}_too NCT00902044", private=False)
    fake.type(GROUP, "/trial@other_bot NCT00902044", private=False, reply_to=about)
    fake.type(GROUP, "My father is in this one!", private=False, reply_to=about)
    fake.type(GROUP, "Why did they stop it?", private=False, reply_to=about)
    fake.type(GROUP, "/about", private=False)
    await fake.wait_for_messages(2)
    assert asked(bot) == [("about", "")]


async def test_a_command_in_private_can_reply_to_a_message(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """What it is about need not be typed again."""
    await bot.platform.messenger.send(chat(7), ABOUT_IT, "n")
    fake.type(7, "/follow", reply_to=fake.messages[0])
    fake.type(7, "/follow gout", reply_to=fake.messages[0])
    fake.type(7, "/settings", reply_to=fake.messages[0])
    await fake.wait_for_messages(4)
    assert asked(bot) == [("follow", "NCT00902044"), ("follow", "gout"), ("settings", "")]
