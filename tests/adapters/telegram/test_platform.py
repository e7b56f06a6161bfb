"""The whole bot against a Bot API on this machine: commands, buttons, comings and goings."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
import structlog

from adapters.telegram.platform import StartFailed, TelegramPlatform
from bot.domain.address import Address
from bot.domain.commands import COMMANDS, Request
from bot.domain.message import Message
from bot.domain.outcome import Sent, TryLater
from tests.adapters.telegram.support import BOT_ID, Desk, QuickClock, chat
from tests.fakes.telegram import BOT_NAME, FakeTelegram


class Heard:
    """Notes the addresses that it is told of."""

    def __init__(self) -> None:
        self.addresses: list[Address] = []
        self.event = asyncio.Event()

    async def __call__(self, address: Address) -> None:
        """One chat came or went."""
        self.addresses.append(address)
        self.event.set()


class Bot:
    """A running bot and all that is round it."""

    def __init__(self, fake: FakeTelegram) -> None:
        self.desk = Desk()
        self.gone = Heard()
        self.back = Heard()
        self.platform = TelegramPlatform(
            fake.token,
            fake.url,
            self.desk,
            QuickClock(),
            on_gone=self.gone,
            on_back=self.back,
            timeout=2.0,
        )


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    """A Bot API of this test's own."""
    async with FakeTelegram() as fake:
        yield fake
        assert fake.complaints == []


@pytest.fixture
async def bot(fake: FakeTelegram) -> AsyncIterator[Bot]:
    """A started bot; it is stopped before its Bot API."""
    bot = Bot(fake)
    await bot.platform.start()
    yield bot
    await bot.platform.stop()


async def test_command_is_asked_of_the_desk_and_answered(fake: FakeTelegram, bot: Bot) -> None:
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
async def test_every_command_of_the_table_is_heard(fake: FakeTelegram, bot: Bot, name: str) -> None:
    """A command in the table needs no further line to work, and a group may name the bot."""
    fake.type(-100, f"/{name}@{BOT_NAME}", private=False)
    await fake.wait_for_messages(1)
    assert bot.desk.asked[0].command == name
    assert not bot.desk.asked[0].private


async def test_menu_shows_the_table(fake: FakeTelegram, bot: Bot) -> None:
    """What Telegram offers while somebody types is the table."""
    assert [shown["command"] for shown in fake.commands] == [spec.name for spec in COMMANDS]
    assert [shown["description"] for shown in fake.commands] == [spec.help for spec in COMMANDS]


@pytest.mark.parametrize(
    ("typed", "command", "text"),
    [
        ("/start", "help", ""),
        ("/start follow", "help", ""),
        ("nct00902044", "trial", "nct00902044"),
        (
            "https://clinicaltrials.gov/study/NCT00902044",
            "trial",
            "https://clinicaltrials.gov/study/NCT00902044",
        ),
        ("follow sarcoma", "follow", "sarcoma"),
        ("what can I ask?", "help", ""),
        ("/unheard_of", "help", ""),
    ],
)
async def test_private_chat_is_answered_without_a_command(
    fake: FakeTelegram, bot: Bot, typed: str, command: str, text: str
) -> None:
    """A number or a link shows the trial, and what is not understood shows the help."""
    fake.type(7, typed)
    await fake.wait_for_messages(1)
    assert [(request.command, request.text) for request in bot.desk.asked] == [(command, text)]


async def test_group_is_left_in_peace(fake: FakeTelegram, bot: Bot) -> None:
    """People talk to each other there: only commands for this bot are answered."""
    fake.type(-100, "NCT00902044", private=False)
    fake.type(-100, "/trial@other_bot NCT00902044", private=False)
    fake.type(-100, "/about", private=False)
    await fake.wait_for_messages(1)
    assert [request.command for request in bot.desk.asked] == ["about"]


async def test_answer_stays_in_the_topic(fake: FakeTelegram, bot: Bot) -> None:
    """A command in a topic is answered in that topic, and known as coming from it."""
    fake.type(-100, "/following", private=False, thread=5)
    (sent,) = await fake.wait_for_messages(1)
    assert bot.desk.asked[0].address == chat(-100, "5")
    assert sent.thread == 5


async def test_button_asks_and_is_confirmed(fake: FakeTelegram, bot: Bot) -> None:
    """A press becomes the request in its action, in the topic where the button stands."""
    fake.type(-100, "/about", private=False, thread=5)
    await fake.wait_for_messages(1)
    press = fake.press(-100, "Again", private=False)
    await fake.wait_for_messages(2)
    assert fake.confirmed == [press]
    request = bot.desk.asked[1]
    assert (request.command, request.text) == ("trial", "NCT00902044")
    assert request.address == chat(-100, "5")


async def test_press_that_is_too_old_to_confirm_is_answered(fake: FakeTelegram, bot: Bot) -> None:
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


async def test_blocking_and_coming_back_are_told(fake: FakeTelegram, bot: Bot) -> None:
    """Being thrown out pauses a chat before a send fails, and coming back resumes it."""
    fake.member(7, "member", "kicked")
    await bot.gone.event.wait()
    fake.member(7, "kicked", "member")
    await bot.back.event.wait()
    fake.member(-100, "member", "left", private=False)
    await fake.wait_until(lambda: not fake._updates)
    await bot.platform.stop()
    assert bot.gone.addresses == [chat(7), chat(-100)]
    assert bot.back.addresses == [chat(7)]


async def test_promotion_is_neither(fake: FakeTelegram, bot: Bot) -> None:
    """A member that becomes an administrator could write before and after."""
    fake.member(-100, "member", "administrator", private=False)
    fake.member(-200, "administrator", "left", private=False)
    await bot.gone.event.wait()
    assert bot.gone.addresses == [chat(-200)]
    assert bot.back.addresses == []


async def test_messenger_is_there_after_the_start(fake: FakeTelegram) -> None:
    """The bot's id is Telegram's to say, so there is no messenger before it was asked."""
    bot = Bot(fake)
    with pytest.raises(RuntimeError, match="not started"):
        _ = bot.platform.messenger
    await bot.platform.start()
    assert bot.platform.messenger.bot == BOT_ID
    outcome = await bot.platform.messenger.send(chat(), Message(title="T"), "n")
    await bot.platform.stop()
    assert isinstance(outcome, Sent)
    assert isinstance(await bot.platform.messenger.send(chat(), Message(title="T"), "n"), TryLater)


async def test_what_was_asked_while_the_bot_was_down_is_answered(fake: FakeTelegram) -> None:
    """Pending updates are not dropped at a start, and none is answered twice."""
    bot = Bot(fake)
    fake.type(7, "/about")
    await bot.platform.start()
    await fake.wait_for_messages(1)
    await bot.platform.stop()
    await bot.platform.start()
    fake.type(7, "/help")
    await fake.wait_for_messages(2)
    await bot.platform.stop()
    assert [request.command for request in bot.desk.asked] == ["about", "help"]


async def test_only_what_is_used_is_asked_for(fake: FakeTelegram, bot: Bot) -> None:
    """The choice of updates sticks at Telegram, so each start states it."""
    await fake.wait_until(lambda: any(method == "getUpdates" for method, _ in fake.calls))
    asked = next(parameters for method, parameters in fake.calls if method == "getUpdates")
    assert asked["allowed_updates"] == ["message", "callback_query", "my_chat_member"]


async def test_refused_token_fails_the_start(fake: FakeTelegram) -> None:
    """The error says what is wrong, holds no token on any level, and a later start works."""
    bot = Bot(fake)
    fake.failing(401, "Unauthorized", method="getMe")
    with pytest.raises(StartFailed, match="refuses the bot's token") as caught:
        await bot.platform.start()
    assert caught.value.token_refused
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    await bot.platform.start()
    await bot.platform.stop()


async def test_unreachable_telegram_fails_the_start() -> None:
    """It may be there later: the token is not blamed."""
    async with FakeTelegram() as fake:
        bot = Bot(fake)
    with pytest.raises(StartFailed) as caught:
        await bot.platform.start()
    assert not caught.value.token_refused


async def test_stop_without_a_start_is_quiet(fake: FakeTelegram) -> None:
    """Whoever cleans up need not know how far it came."""
    await Bot(fake).platform.stop()


async def test_failure_to_read_is_logged_once_and_so_is_the_recovery(fake: FakeTelegram) -> None:
    """Another reader of the same bot is named; the log holds changes, not each failed poll."""
    bot = Bot(fake)
    fake.failing(409, "Conflict: terminated by other getUpdates request", method="getUpdates")
    with structlog.testing.capture_logs() as lines:
        await bot.platform.start()
        fake.type(7, "/about")
        await fake.wait_for_messages(1)
        await bot.platform.stop()
    told = [line for line in lines if "updates" in line["event"]]
    assert [line["event"] for line in told] == ["updates are not read", "updates are read again"]
    assert told[0]["why"] == "another program reads this bot's updates"


async def test_refused_token_while_running_is_logged(fake: FakeTelegram) -> None:
    """The library ends its polling without a word; the operator is told, and stop still works."""
    bot = Bot(fake)
    fake.failing(401, "Unauthorized", method="getUpdates")
    with structlog.testing.capture_logs() as lines:
        await bot.platform.start()
        await fake.wait_until(lambda: any(method == "getUpdates" for method, _ in fake.calls))
        await bot.platform.stop()
    assert any("token is refused" in line.get("why", "") for line in lines)


async def test_log_holds_no_token_no_chat_and_no_words(
    fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    """At DEBUG, through commands, a failing desk, lost polls and a refused send."""
    bot = Bot(fake)
    with caplog.at_level(logging.DEBUG), structlog.testing.capture_logs() as lines:
        await bot.platform.start()
        fake.type(424242, "/follow ewing sarcoma")
        await fake.wait_for_messages(1)
        fake.failing(500, method="getUpdates")
        fake.blocked()
        fake.type(424242, "/trial ewing sarcoma")
        await fake.wait_until(lambda: len(bot.desk.asked) == 2)
        bot.desk.error = ValueError("ewing sarcoma of 424242")
        fake.type(424242, "/help")
        fake.press(424242, "Again")
        await fake.wait_until(lambda: not fake._updates)
        await bot.platform.stop()
    written = caplog.text + "\n".join(map(repr, lines))
    assert {"command failed", "answer not sent"} <= {line["event"] for line in lines}
    for secret in (fake.token, fake.token.partition(":")[2], "424242", "sarcoma"):
        assert secret not in written
