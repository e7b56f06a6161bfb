"""What Telegram refuses in texts, keyboards and commands, in its own words."""

from __future__ import annotations

import re
from typing import Any

from tests.fakes.telegram_html import Refusal, length, read_html

__all__ = [
    "Refusal",
    "check_caption",
    "check_commands",
    "check_keyboard",
    "check_text",
    "parse_html",
]

LIMIT = 4096
CAPTION_LIMIT = 1024
CALLBACK_BYTES = 64
COMMANDS = 100
ENTITIES = 100

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def parse_html(text: str) -> str:
    """The text as it is shown. Raises Refusal on HTML that Telegram does not parse."""
    return read_html(text).text


def check_text(parameters: dict[str, Any]) -> None:
    """Refuse a text that is empty or too long once it is parsed, as sendMessage does."""
    shown = _shown(parameters, "text")
    if not shown:
        raise Refusal("message text is empty")
    if length(shown) > LIMIT:
        raise Refusal("message is too long")


def check_caption(parameters: dict[str, Any]) -> None:
    """Refuse what stands beneath a file where it is too long once it is parsed."""
    if length(_shown(parameters, "caption")) > CAPTION_LIMIT:
        raise Refusal("message caption is too long")


def _shown(parameters: dict[str, Any], name: str) -> str:
    text = str(parameters.get(name, ""))
    return (parse_html(text) if parameters.get("parse_mode") == "HTML" else text).strip()


def check_keyboard(parameters: dict[str, Any]) -> None:
    """Refuse buttons without text or action, callback data over 64 bytes, and too many of them."""
    rows = parameters.get("reply_markup", {}).get("inline_keyboard", ())
    if sum(len(row) for row in rows) > ENTITIES:
        raise Refusal("reply markup is too long")
    for row in rows:
        for button in row:
            if not button["text"].strip():
                raise _no_button("Inline keyboard button text must be non-empty")
            if not 1 <= len(button.get("callback_data", "?").encode()) <= CALLBACK_BYTES:
                raise Refusal("BUTTON_DATA_INVALID")
            if button.keys() <= {"text", "style", "icon_custom_emoji_id"}:
                raise _no_button("Text buttons are unallowed in the inline keyboard")


def _no_button(why: str) -> Refusal:
    return Refusal(f"can't parse inline keyboard button: {why}")


def check_commands(parameters: dict[str, Any]) -> None:
    """Refuse more than 100 commands, and names and descriptions that cannot be shown."""
    if len(parameters["commands"]) > COMMANDS:
        raise Refusal("BOT_COMMANDS_TOO_MUCH")
    for command in parameters["commands"]:
        if _COMMAND.fullmatch(command["command"]) is None:
            raise Refusal("BOT_COMMAND_INVALID")
        if not 1 <= length(command["description"].strip()) <= 256:
            raise Refusal("BOT_COMMAND_DESCRIPTION_INVALID")
