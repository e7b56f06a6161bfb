"""Whatever goes wrong with Telegram, the bot's token is told to nobody."""

from __future__ import annotations

import logging
import traceback
from collections.abc import AsyncIterator, Callable

import pytest
import structlog
from prometheus_client import generate_latest

from adapters.prometheus.telemetry import PrometheusTelemetry
from adapters.telegram.messenger import TelegramMessenger
from adapters.telegram.platform import identify, silence_libraries
from bot.domain.message import Message
from bot.domain.outcome import Outcome, PerhapsDelivered, TokenRefused, TryLater
from bot.domain.precedence import Precedence
from bot.ports.platform import StartFailed
from tests.adapters.telegram.support import RunningBot, chat
from tests.fakes.telegram import TOKEN, FakeTelegram

BELL = Message(title="Bell")
PAGE = f"<html><h1>502 Bad Gateway</h1>/bot{TOKEN}/sendMessage</html>"

FAULTS: dict[str, tuple[Callable[[FakeTelegram], None], type]] = {
    "500": (lambda fake: fake.failing(500, f"no /bot{TOKEN}/sendMessage"), TryLater),
    "502 of a proxy": (lambda fake: fake.garbled(502, PAGE), TryLater),
    "503 of a proxy": (lambda fake: fake.garbled(503, ""), TryLater),
    "200 that is no JSON": (lambda fake: fake.garbled(200, PAGE), PerhapsDelivered),
    "cut": (lambda fake: fake.lose_answer(), PerhapsDelivered),
    "silence": (lambda fake: fake.lose_answer(hang=True), PerhapsDelivered),
    "429": (lambda fake: fake.too_many(3), TryLater),
    "401": (lambda fake: fake.failing(401, f"Unauthorized {TOKEN}"), TokenRefused),
    "404": (lambda fake: fake.failing(404, "Not Found"), TokenRefused),
    "409": (lambda fake: fake.failing(409, f"Conflict of {TOKEN}"), TryLater),
}


class Everything(logging.Handler):
    """Keeps every line of every library, tracebacks too."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it as it would be printed."""
        self.lines.append(self.format(record))


@pytest.fixture
async def heard() -> AsyncIterator[Everything]:
    """All that is logged from here on, and it may be all."""
    handler, root = Everything(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    silence_libraries()
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize("fault", FAULTS)
async def test_fault_of_a_send_tells_no_token(
    fake: FakeTelegram, messenger: TelegramMessenger, heard: Everything, fault: str
) -> None:
    """Neither what is logged nor what is kept and measured of it, and the fault is read rightly."""
    trouble, kind = FAULTS[fault]
    trouble(fake)
    telemetry = PrometheusTelemetry()
    with structlog.testing.capture_logs() as lines:
        outcome: Outcome = await messenger.send(chat(), BELL, "n", precedence=Precedence.ANSWER)
    assert isinstance(outcome, kind)
    telemetry.tried("telegram", outcome)
    told = [*heard.lines, *map(str, lines), str(outcome)]
    told.append(generate_latest(telemetry.registry).decode())
    assert not [line for line in told if TOKEN in line or TOKEN.partition(":")[2] in line]


@pytest.mark.parametrize("method", ["getMe", "getUpdates"])
async def test_fault_of_a_start_tells_no_token(
    fake: FakeTelegram, heard: Everything, method: str
) -> None:
    """Not in what is raised either, with all that caused it."""
    fake.failing(401, f"Unauthorized {TOKEN}", method=method, times=2)
    fake.garbled(502, PAGE, method=method)
    raised = []
    with structlog.testing.capture_logs() as lines:
        for _ in range(2):
            bot = RunningBot(fake)
            try:
                await bot.platform.start()
                fake.type(7, "/about")
                await fake.wait_for_messages(1)
            except StartFailed as error:
                raised.append("".join(traceback.format_exception(error)))
            await bot.platform.stop()
        try:
            await identify(TOKEN, fake.url)
        except StartFailed as error:
            raised.append("".join(traceback.format_exception(error)))
    assert len(raised) == (3 if method == "getMe" else 0)
    told = [*heard.lines, *map(str, lines), *raised]
    assert told
    assert not [line for line in told if TOKEN in line or TOKEN.partition(":")[2] in line]
