"""Hearing by a webhook, over the wire: who may call, what is taken, and going back to polling."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import structlog

from adapters.telegram.platform import TelegramPlatform
from adapters.telegram.webhook import SECRET_HEADER, WebhookSettings
from bot.ports.platform import StartFailed
from tests.adapters.telegram.support import Desk, QuickClock, RunningBot
from tests.fakes.telegram import FakeTelegram

SETTINGS = WebhookSettings(
    url="https://bot.example/telegram", host="127.0.0.1", port=0, secret="what-only-telegram-knows"
)


@asynccontextmanager
async def hooked(
    fake: FakeTelegram, desk: Desk, settings: WebhookSettings = SETTINGS
) -> AsyncIterator[str]:
    """A bot that Telegram calls; where it listens."""
    platform = TelegramPlatform(fake.token, fake.url, desk, QuickClock(), webhook=settings)
    await platform.start()
    assert platform._webhook is not None
    fake.deliver_to = f"http://127.0.0.1:{platform._webhook.port}/telegram"
    try:
        yield fake.deliver_to
    finally:
        await platform.stop()


async def test_what_telegram_calls_with_is_answered(fake: FakeTelegram) -> None:
    """The webhook is set with its secret and all that is wanted, and nobody polls."""
    desk = Desk()
    async with hooked(fake, desk):
        fake.type(7, "/about")
        await fake.wait_for_messages(1)
    assert fake.called == [200]
    assert fake.webhook is not None
    assert fake.webhook["url"] == SETTINGS.url
    assert fake.webhook["secret_token"] == SETTINGS.secret
    assert "my_chat_member" in fake.webhook["allowed_updates"]
    assert "getUpdates" not in [method for method, _ in fake.calls]


@pytest.mark.parametrize("secret", [None, b"", b"what-only-telegram-know", "Ω".encode(), b"\xff"])
async def test_whoever_does_not_know_the_secret_is_refused(
    fake: FakeTelegram, secret: bytes | None
) -> None:
    """Nothing of it is looked at."""
    desk = Desk()
    headers = {} if secret is None else {SECRET_HEADER.encode(): secret}
    async with hooked(fake, desk) as url, httpx.AsyncClient() as client:
        answer = await client.post(url, json={"update_id": 1}, headers=headers)
    assert answer.status_code == 403
    assert desk.asked == []


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'"x"', b'{"message": {}}', b"\xff"])
async def test_what_is_no_update_is_refused_and_harms_nothing(
    fake: FakeTelegram, body: bytes
) -> None:
    """The next update is answered."""
    desk = Desk()
    async with hooked(fake, desk) as url, httpx.AsyncClient() as client:
        answer = await client.post(url, content=body, headers={SECRET_HEADER: SETTINGS.secret})
        assert answer.status_code == 400
        fake.type(7, "/about")
        await fake.wait_for_messages(1)


async def test_two_processes_share_what_comes(fake: FakeTelegram) -> None:
    """Each update is answered by the one that it reached, and a stop of one leaves the webhook."""
    one, two = Desk(), Desk()
    async with hooked(fake, two) as second:
        async with hooked(fake, one):
            fake.type(7, "/about")
            await fake.wait_for_messages(1)
        fake.deliver_to = second
        fake.type(7, "/about")
        await fake.wait_for_messages(2)
        assert fake.webhook is not None
    assert (len(one.asked), len(two.asked)) == (1, 1)


async def test_polling_takes_the_webhook_away(fake: FakeTelegram) -> None:
    """Back without the setting, what waits is asked for."""
    async with hooked(fake, Desk()):
        pass
    bot = RunningBot(fake)
    await bot.platform.start()
    assert fake.webhook is None
    fake.type(7, "/about")
    await fake.wait_for_messages(1)
    await bot.platform.stop()


async def test_port_that_is_taken_is_a_start_that_failed(fake: FakeTelegram) -> None:
    """It says so, and can be tried again."""
    async with hooked(fake, Desk()) as url:
        taken = int(url.split(":")[2].partition("/")[0])
        settings = WebhookSettings(
            url=SETTINGS.url, host="127.0.0.1", port=taken, secret=SETTINGS.secret
        )
        with pytest.raises(StartFailed, match="port cannot be taken"):
            async with hooked(fake, Desk(), settings):
                pass


async def test_polling_goes_on_after_a_refused_token(fake: FakeTelegram) -> None:
    """An outage may answer as if the token were wrong: it is asked again by itself."""
    bot = RunningBot(fake)
    for status, words in ((404, "Not Found"), (502, "<html>Bad Gateway")):
        fake.failing(status, words, method="getUpdates")
    with structlog.testing.capture_logs() as lines:
        await bot.platform.start()
        await fake.wait_until(
            lambda: sum(method == "getUpdates" for method, _ in fake.calls) > 2, patience=20
        )
        fake.type(7, "/about")
        await fake.wait_for_messages(1)
        await bot.platform.stop()
    told = [line["event"] for line in lines if "updates" in line["event"]]
    assert told[0] == "updates are not read"
    assert told[-1] == "updates are read again"


async def test_second_reader_is_told_of_once_and_waited_out(fake: FakeTelegram) -> None:
    """Of two that take turns the log tells once; when the other stops, all is answered again."""
    bot = RunningBot(fake)
    conflict = "Conflict: terminated by other getUpdates request"
    asked: list[int] = []

    def after_a_good_one(_: dict[str, Any]) -> bool:
        asked.append(1)
        return len(asked) == 2

    fake.failing(409, conflict, method="getUpdates")
    fake.failing(409, conflict, method="getUpdates", when=after_a_good_one)
    with structlog.testing.capture_logs() as lines:
        await bot.platform.start()
        for number in range(1, 4):
            fake.type(7, "/about")
            await fake.wait_for_messages(number, patience=30)
        await bot.platform.stop()
    told = [line["event"] for line in lines if "updates" in line["event"]]
    assert told == ["updates are not read", "updates are read again"]
