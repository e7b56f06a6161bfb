"""Commands, texts and presses over a real socket, and the answers to them."""

from __future__ import annotations

import asyncio

import pytest

from adapters.telegram.platform import TelegramPlatform
from bot.domain.commands.request import Request
from bot.domain.commands.table import COMMANDS
from bot.domain.message import Message
from tests.adapters.telegram.support import QuickClock, RunningBot, chat
from tests.fakes.telegram import BOT_NAME, FakeTelegram


async def test_command_is_asked_of_the_desk_and_answered(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """A command in a private chat becomes a request, and the answer comes back there."""
    fake.type(7, "/trial  NCT00902044")
    (sent,) = await fake.wait_for_messages(1)
    (request,) = bot.desk.asked
    assert (request.command, request.text) == ("trial", "NCT00902044")
    assert request.address == chat(7)
    assert request.private
    assert sent.chat_id == 7
    assert sent.text == "<b>trial|NCT00902044</b>"


@pytest.mark.parametrize("name", [spec.name for spec in COMMANDS])
async def test_every_command_of_the_table_is_heard(
    fake: FakeTelegram, bot: RunningBot, name: str
) -> None:
    """A command in the table needs no further line to work, and a group may name the bot."""
    fake.type(-100, f"/{name}@{BOT_NAME}", private=False)
    await fake.wait_for_messages(1)
    assert bot.desk.asked[0].command == name
    assert not bot.desk.asked[0].private


@pytest.mark.parametrize(
    ("typed", "command", "text"),
    [
        ("/start", "help", ""),
        ("/start follow", "follow", ""),
        ("/start follow-NCT00902044", "follow", "NCT00902044"),
        ("/start follow-c2FyY29tYSBpbiBGcmFuY2U", "follow", "sarcoma in France"),
        ("/start something", "help", ""),
        ("nct00902044", "trial", "nct00902044"),
        (
            "https://clinicaltrials.gov/study/NCT00902044",
            "trial",
            "https://clinicaltrials.gov/study/NCT00902044",
        ),
        ("follow sarcoma", "follow", "sarcoma"),
        ("what can I ask?", "", "what can I ask?"),
        ("/trail NCT00902044", "", "/trail NCT00902044"),
    ],
)
async def test_private_chat_is_answered_without_a_command(
    fake: FakeTelegram, bot: RunningBot, typed: str, command: str, text: str
) -> None:
    """A number or a link shows the trial, and what is not understood goes on as typed."""
    fake.type(7, typed)
    await fake.wait_for_messages(1)
    assert [(request.command, request.text) for request in bot.desk.asked] == [(command, text)]


async def test_group_is_left_in_peace(fake: FakeTelegram, bot: RunningBot) -> None:
    """People talk to each other there: only commands for this bot are answered."""
    fake.type(-100, "NCT00902044", private=False)
    fake.type(-100, "/trial@other_bot NCT00902044", private=False)
    fake.type(-100, "/about", private=False)
    await fake.wait_for_messages(1)
    assert [request.command for request in bot.desk.asked] == ["about"]


async def test_answer_stays_in_the_topic(fake: FakeTelegram, bot: RunningBot) -> None:
    """A command in a topic is answered in that topic, and known as coming from it."""
    fake.type(-100, "/following", private=False, thread=5)
    (sent,) = await fake.wait_for_messages(1)
    assert bot.desk.asked[0].address == chat(-100, "5")
    assert sent.thread == 5


async def test_button_asks_and_is_confirmed(fake: FakeTelegram, bot: RunningBot) -> None:
    """A press becomes the request in its action, in the topic where the button stands."""
    fake.type(-100, "/about", private=False, thread=5)
    await fake.wait_for_messages(1)
    press = fake.press(-100, "Again", private=False)
    await fake.wait_for_messages(2)
    assert fake.confirmed == [press]
    request = bot.desk.asked[1]
    assert (request.command, request.text) == ("trial", "NCT00902044")
    assert request.address == chat(-100, "5")


async def test_press_that_is_too_old_to_confirm_is_answered(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """A press waits while the bot is down; its confirmation is refused then, its answer is not."""
    fake.type(7, "/about")
    await fake.wait_for_messages(1)
    fake.bad_request("query is too old", method="answerCallbackQuery")
    fake.press(7, "Again")
    await fake.wait_for_messages(2)


async def test_requests_of_a_chat_are_answered_in_order(fake: FakeTelegram) -> None:
    """A slow first answer is not overtaken by the second, while other chats go ahead."""
    may_go = asyncio.Event()

    async def answer(request: Request) -> tuple[Message, ...]:
        if request.text == "slow":
            await may_go.wait()
        return (Message(title=request.text),)

    platform = TelegramPlatform(fake.token, fake.url, answer, QuickClock())
    await platform.start()
    fake.type(7, "/trial slow")
    fake.type(7, "/trial quick")
    fake.type(8, "/trial other")
    await fake.wait_for_messages(1)
    may_go.set()
    sent = await fake.wait_for_messages(3)
    await platform.stop()
    assert [message.text for message in sent] == ["<b>other</b>", "<b>slow</b>", "<b>quick</b>"]
