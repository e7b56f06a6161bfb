"""Starting, stopping, comings and goings, and what reaches the log."""

from __future__ import annotations

import logging

import pytest
import structlog

from adapters.telegram.advice import advise
from adapters.telegram.platform import identify
from bot.domain.message import Message
from bot.domain.outcome import Sent, TryLater
from bot.ports.platform import StartFailed
from tests.adapters.telegram.support import BOT_ID, RunningBot, chat
from tests.fakes.telegram import BOT_NAME, FakeTelegram


async def test_blocking_and_coming_back_are_told(fake: FakeTelegram, bot: RunningBot) -> None:
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


async def test_promotion_is_neither(fake: FakeTelegram, bot: RunningBot) -> None:
    """A member that becomes an administrator could write before and after."""
    fake.member(-100, "member", "administrator", private=False)
    fake.member(-200, "administrator", "left", private=False)
    await bot.gone.event.wait()
    assert bot.gone.addresses == [chat(-200)]
    assert bot.back.addresses == []


async def test_messenger_is_there_after_the_start(fake: FakeTelegram) -> None:
    """The bot's id is Telegram's to say, so there is no messenger before it was asked."""
    bot = RunningBot(fake)
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
    bot = RunningBot(fake)
    fake.type(7, "/about")
    await bot.platform.start()
    await fake.wait_for_messages(1)
    await bot.platform.stop()
    await bot.platform.start()
    fake.type(7, "/help")
    await fake.wait_for_messages(2)
    await bot.platform.stop()
    assert [request.command for request in bot.desk.asked] == ["about", "help"]


async def test_only_what_is_used_is_asked_for(fake: FakeTelegram, bot: RunningBot) -> None:
    """The choice of updates sticks at Telegram, so each start states it."""
    await fake.wait_until(lambda: any(method == "getUpdates" for method, _ in fake.calls))
    asked = next(parameters for method, parameters in fake.calls if method == "getUpdates")
    assert asked["allowed_updates"] == [
        "message",
        "callback_query",
        "inline_query",
        "my_chat_member",
    ]


async def test_refused_token_fails_the_start(fake: FakeTelegram) -> None:
    """The error says what is wrong, holds no token on any level, and a later start works."""
    bot = RunningBot(fake)
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
        bot = RunningBot(fake)
    with pytest.raises(StartFailed) as caught:
        await bot.platform.start()
    assert not caught.value.token_refused


async def test_stop_without_a_start_is_quiet(fake: FakeTelegram) -> None:
    """Whoever cleans up need not know how far it came."""
    await RunningBot(fake).platform.stop()


async def test_failure_to_read_is_logged_once_and_so_is_the_recovery(fake: FakeTelegram) -> None:
    """Another reader of the same bot is named; the log holds changes, not each failed poll."""
    bot = RunningBot(fake)
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
    bot = RunningBot(fake)
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
    bot = RunningBot(fake)
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


async def test_a_token_is_identified_without_hearing_or_sending() -> None:
    """The check of a token asks who the bot is and leaves its updates alone."""
    async with FakeTelegram() as fake:
        assert await identify(fake.token, fake.url) == f"@{BOT_NAME}"
        assert {method for method, _ in fake.calls} == {"getMe"}


async def test_the_operator_is_told_what_to_set_with_botfather() -> None:
    """Nothing where all is set as it should be."""
    async with FakeTelegram() as fake:
        assert await advise(fake.token, fake.url) == ()
        fake.inline, fake.hears_all = False, True
        inline, privacy = await advise(fake.token, fake.url)
    assert "/setinline" in inline
    assert "/setprivacy" in privacy


async def test_a_refused_token_is_told_from_an_outage() -> None:
    """The operator is told to make a new token only where that helps."""
    async with FakeTelegram() as fake:
        with pytest.raises(StartFailed) as refused:
            await identify("123456:another-token-that-nobody-has-ever-given-out", fake.url)
    assert refused.value.token_refused
    with pytest.raises(StartFailed) as out:
        await identify(fake.token, fake.url)
    assert not out.value.token_refused
