"""Every call against Telegram's published description, where that stands beside the repository.

Methods, parameters, what is required, types, and the lengths and numbers that the description
states in words ("1-64 bytes", "Values between 1-100"). Where it is absent only the rules of
``telegram_checks`` hold: tests of this carry ``needs_description``, and a run's end says so.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest

from tests.fakes.telegram_checks import Refusal
from tests.shared import SHARED

DESCRIPTION = SHARED / "specs" / "telegram-api.json"

ABSENT = "Telegram's description is not beside the repository: its calls are not checked against it"

needs_description = pytest.mark.skipif(not DESCRIPTION.is_file(), reason=ABSENT)

_WORDS = {
    ("sendMessage", "text"): "message text is empty",
    ("editMessageText", "text"): "message text is empty",
    ("answerCallbackQuery", "text"): "MESSAGE_TOO_LONG",
    ("answerCallbackQuery", "callback_query_id"): "query ID is invalid",
    ("setMyCommands", "commands"): "BOT_COMMANDS_TOO_MUCH",
    ("setWebhook", "url"): "bad webhook: URL is empty",
    ("setWebhook", "secret_token"): "secret token contains unallowed characters or is too long",
    ("InlineKeyboardButton", "callback_data"): "BUTTON_DATA_INVALID",
    ("BotCommand", "command"): "BOT_COMMAND_INVALID",
    ("BotCommand", "description"): "BOT_COMMAND_DESCRIPTION_INVALID",
}
"""What Telegram says of these in particular; of any other parameter the name is said."""

_RANGE = re.compile(
    r"\b(\d+)-(\d+)(?: (characters|bytes)\b(?! after)|(?=[.;,)]|$| are accepted))", re.IGNORECASE
)
_MOST = re.compile(r"(?:[Aa]t most|up to) (\d+) (?:commands|items|identifiers)")
_LIST = re.compile(r"list of (\d+)-(\d+) ")


def decode(method: str, form: dict[str, str]) -> dict[str, Any]:
    """A call's parameters with their types. Raises Refusal on what is not described so."""
    described = described_all()["methods"]
    if described and method not in described:
        raise Refusal(f"method {method} is not described")
    known = _fields(described.get(method, {}))
    parameters = {}
    for name, raw in form.items():
        if known and name not in known:
            raise Refusal(f"unknown parameter {name} of {method}")
        types = known[name]["types"] if known else _UNDESCRIBED.get(name, [])
        parameters[name] = _value(raw, types)
        if name in known:
            _check(parameters[name], method, known[name])
    for name, field in known.items():
        if field["required"] and name not in parameters:
            raise Refusal(_WORDS.get((method, name), f"{name} is empty"))
    return parameters


_UNDESCRIBED = {
    name: ["String"]
    for name in ("text", "parse_mode", "callback_query_id", "description", "secret_token")
}
"""Where the description is absent: what is text even if it looks like a number."""


@cache
def described_all() -> dict[str, Any]:
    """The description, or nothing of each kind where it is absent."""
    if not DESCRIPTION.is_file():
        return {"methods": {}, "types": {}}
    described: dict[str, Any] = json.loads(DESCRIPTION.read_bytes())
    return described


def _fields(described: dict[str, Any]) -> dict[str, Any]:
    return {field["name"]: field for field in described.get("fields", ())}


def _value(raw: str, types: list[str]) -> Any:
    """Forms carry text: what is no text is JSON in it, and a plain string stays one."""
    if types == ["String"]:
        return raw
    try:
        return json.loads(raw)
    except ValueError:
        return raw


def _check(value: Any, of: str, field: dict[str, Any]) -> None:
    """Refuse a value that is none of the types, or outside what the field's words allow."""
    name = field["name"]
    if not any(_is(value, kind) for kind in field["types"]):
        raise Refusal(f"parameter {name} of {of} is none of {', '.join(field['types'])}")
    low, high, unit = _bounds(field["description"])
    if high is not None and not low <= _size(value, unit) <= high:
        raise Refusal(_WORDS.get((of, name), f"{name} of {of} must be {low} to {high} {unit}"))


@cache
def _bounds(words: str) -> tuple[int, int | None, str]:
    """From, to, and of what, as a field's description says it; no end where it says nothing.

    Lengths "after entities parsing" are not looked at here: a text with its markup may be longer.
    """
    if few := _LIST.search(words):
        return int(few[1]), int(few[2]), "items"
    if most := _MOST.search(words):
        return 0, int(most[1]), "items"
    if bounds := _RANGE.search(words):
        return int(bounds[1]), int(bounds[2]), (bounds[3] or "").lower()
    return 0, None, ""


def _size(value: Any, unit: str) -> float:
    if isinstance(value, int | float):
        return value
    if unit == "bytes":
        return len(str(value).encode())
    if isinstance(value, str):
        return len(value.encode("utf-16-le")) // 2
    return len(value)


_SCALARS: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "String": (str,),
    "Boolean": (bool,),
}


def _is(value: Any, kind: str) -> bool:
    if kind.startswith("Array of "):
        inner = kind.removeprefix("Array of ")
        return isinstance(value, list) and all(_is(item, inner) for item in value)
    if kind in _SCALARS:
        return isinstance(value, _SCALARS[kind]) and (kind == "Boolean") == isinstance(value, bool)
    if kind == "InputFile":  # sent beside the other parameters, by its name
        return isinstance(value, str)
    described = described_all()["types"][kind]
    if "subtypes" in described:
        return any(_is(value, subtype) for subtype in described["subtypes"])
    return isinstance(value, dict) and _is_object(value, kind, _fields(described))


def _is_object(value: dict[str, Any], kind: str, fields: dict[str, Any]) -> bool:
    if not value.keys() <= fields.keys():
        return False
    if not all(name in value for name, field in fields.items() if field["required"]):
        return False
    for name, item in value.items():
        if not any(_is(item, inner) for inner in fields[name]["types"]):
            return False
        _check(item, kind, fields[name])
    return True
