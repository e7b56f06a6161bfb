"""What the stand-in for the Bot API refuses, in Telegram's words."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from telegram import Bot

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_described import needs_description


@pytest.fixture
async def strict() -> AsyncIterator[FakeTelegram]:
    """A Bot API that is called wrongly."""
    async with FakeTelegram() as fake:
        yield fake


async def call(fake: FakeTelegram, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """What it answers to a call, as the library makes it: a form with JSON in it."""
    form = {name: v if isinstance(v, str) else json.dumps(v) for name, v in parameters.items()}
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{fake.url}/bot{fake.token}/{method}", data=form)
    answered: dict[str, Any] = answer.json()
    return answered


def button(**given: str) -> dict[str, Any]:
    """A keyboard of this one button."""
    return {"inline_keyboard": [[{"text": "Show", **given}]]}


BOLD = "<b>" + "x" * 4096 + "</b>"
"""As long as a message may be once it is parsed."""

REFUSED = [
    ("sendMessage", {"chat_id": 7, "text": " "}, "message text is empty"),
    ("sendMessage", {"chat_id": 7, "text": "x" * 4097}, "message is too long"),
    (
        "sendMessage",
        {"chat_id": 7, "text": "x" + BOLD, "parse_mode": "HTML"},
        "message is too long",
    ),
    ("sendMessage", {"chat_id": 7, "text": "🔔" * 2049}, "message is too long"),
    (
        "sendMessage",
        {"chat_id": 7, "text": "x", "reply_markup": button(callback_data="ä" * 33)},
        "BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        {"chat_id": 7, "text": "x", "reply_markup": button()},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "Trial", "description": "x"}]},
        "BOT_COMMAND_INVALID",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "trial", "description": "x"}] * 101},
        "BOT_COMMANDS_TOO_MUCH",
    ),
]

DESCRIBED = [
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 7}, "message text is empty"),
    ("sendMessage", {"chat_id": 7, "text": "x", "loud": True}, "unknown parameter loud"),
    ("sendMessage", {"chat_id": True, "text": "x"}, "parameter chat_id of sendMessage is none of"),
    (
        "sendMessage",
        {"chat_id": 7, "text": "x", "reply_markup": {"rows": []}},
        "parameter reply_ma",
    ),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ("getUpdates", {"limit": 101}, "limit of getUpdates must be 1 to 100"),
    ("setWebhook", {"url": "https://a.example", "max_connections": 0}, "max_connections of setW"),
    ("sendPigeon", {"chat_id": 7}, "method sendPigeon is not described"),
]


async def _refused(fake: FakeTelegram, method: str, parameters: dict[str, Any], words: str) -> None:
    answer = await call(fake, method, parameters)
    assert (answer["ok"], answer["error_code"]) == (False, 400)
    assert answer["description"].startswith(f"Bad Request: {words}")
    assert len(fake.complaints) == 1


@pytest.mark.parametrize(("method", "parameters", "words"), REFUSED)
async def test_what_telegram_refuses_is_refused_in_its_words(
    strict: FakeTelegram, method: str, parameters: dict[str, Any], words: str
) -> None:
    """Texts and buttons that are too long or empty, and commands that are none."""
    await _refused(strict, method, parameters, words)


@needs_description
@pytest.mark.parametrize(("method", "parameters", "words"), DESCRIBED)
async def test_calls_are_held_against_the_description(
    strict: FakeTelegram, method: str, parameters: dict[str, Any], words: str
) -> None:
    """A method, parameter, type, length or number that is not described does not pass."""
    await _refused(strict, method, parameters, words)


async def test_the_longest_that_goes_is_taken(strict: FakeTelegram) -> None:
    """Lengths count what is shown, in UTF-16: markup is free, and a bell is two."""
    async with Bot(strict.token, base_url=f"{strict.url}/bot") as bot:
        await bot.send_message(7, BOLD, parse_mode="HTML")
        await bot.send_message(7, "🔔" * 2048)
    assert len(strict.messages) == 2
    assert strict.complaints == []


async def test_a_method_without_stand_in_is_a_complaint(strict: FakeTelegram) -> None:
    """Whoever calls what nothing answers here is told so, rather than of a wrong token."""
    answer = await call(strict, "getMyStarBalance", {})
    assert answer["error_code"] == 404
    assert strict.complaints == ["nothing stands in for getMyStarBalance here"]
