"""What Telegram refuses: parameters against its published description, and texts in HTML."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from tests.shared import SHARED

DESCRIPTION = SHARED / "specs" / "telegram-api.json"

LIMIT = 4096
CALLBACK_BYTES = 64

_STYLES = {
    *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre"),
    *("a", "blockquote", "tg-spoiler"),
}
_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)((?:\s+[a-z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'))?)*)\s*>")
_ENTITY = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|lt|gt|amp|quot);")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class Refusal(Exception):
    """Telegram would answer 400 with this description."""


def parse_html(text: str) -> str:
    """The text as it is shown. Raises Refusal on HTML that Telegram does not parse."""
    shown: list[str] = []
    open_tags: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == "<":
            tag = _TAG.match(text, at)
            if tag is None or tag[2] not in _STYLES:
                raise Refusal(f"can't parse entities: Unsupported start tag at byte offset {at}")
            _nest(open_tags, tag[2], closes=bool(tag[1]))
            at = tag.end()
        elif entity := _ENTITY.match(text, at):
            shown.append(_character(entity[1]))
            at = entity.end()
        else:
            shown.append(text[at])
            at += 1
    if open_tags:
        raise Refusal(f"can't parse entities: Can't find end tag for \"{open_tags[-1]}\"")
    return "".join(shown)


def _nest(open_tags: list[str], name: str, *, closes: bool) -> None:
    if not closes:
        if name == "blockquote" and name in open_tags:
            raise Refusal("can't parse entities: blockquotes cannot be nested")
        open_tags.append(name)
    elif not open_tags or open_tags.pop() != name:
        raise Refusal(f'can\'t parse entities: Unmatched end tag "{name}"')


def _character(name: str) -> str:
    if not name.startswith("#"):
        return _NAMED[name]
    return chr(int("0" + name[1:], 0) if name[1] == "x" else int(name[1:]))


def check_text(parameters: dict[str, Any]) -> None:
    """Refuse a text that is empty or too long once it is parsed, as sendMessage does."""
    text = parameters["text"]
    shown = parse_html(text) if parameters.get("parse_mode") == "HTML" else text
    if not shown.strip():
        raise Refusal("message text is empty")
    if len(shown.strip().encode("utf-16-le")) // 2 > LIMIT:
        raise Refusal("message is too long")


def check_keyboard(parameters: dict[str, Any]) -> None:
    """Refuse buttons without text or action, and callback data over 64 bytes."""
    for row in parameters.get("reply_markup", {}).get("inline_keyboard", ()):
        for button in row:
            if not button["text"].strip():
                raise Refusal("inline keyboard button text must be non-empty")
            if len(button.get("callback_data", "").encode()) > CALLBACK_BYTES:
                raise Refusal("BUTTON_DATA_INVALID")
            if not {"callback_data", "url"} & button.keys():
                raise Refusal("Text buttons are unallowed in the inline keyboard")


def decode(method: str, form: dict[str, str]) -> dict[str, Any]:
    """A call's parameters with their types; checked in full where the description is there."""
    known = {field["name"]: field for field in _described()["methods"].get(method, _NONE)["fields"]}
    parameters = {}
    for name, raw in form.items():
        if known and name not in known:
            raise Refusal(f"unknown parameter {name} of {method}")
        types = known[name]["types"] if known else _UNDESCRIBED.get(name, [])
        parameters[name] = _value(raw, types)
        if types and not any(_is(parameters[name], kind) for kind in types):
            raise Refusal(f"parameter {name} of {method} is none of {', '.join(types)}")
    for name, field in known.items():
        if field["required"] and name not in parameters:
            raise Refusal(f"parameter {name} of {method} is required")
    return parameters


_UNDESCRIBED = {
    name: ["String"] for name in ("text", "parse_mode", "callback_query_id", "description")
}
"""Where the description is absent: what is text even if it looks like a number."""

_NONE: dict[str, Any] = {"fields": ()}


@cache
def _described() -> dict[str, Any]:
    if not DESCRIPTION.is_file():
        return {"methods": {}, "types": {}}
    described: dict[str, Any] = json.loads(DESCRIPTION.read_bytes())
    for method in described["methods"].values():
        method.setdefault("fields", ())
    return described


def _value(raw: str, types: list[str]) -> Any:
    """Forms carry text: what is no text is JSON in it, and a plain string stays one."""
    if types == ["String"]:
        return raw
    try:
        return json.loads(raw)
    except ValueError:
        return raw


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
    described = _described()["types"][kind]
    if "subtypes" in described:
        return any(_is(value, subtype) for subtype in described["subtypes"])
    fields = {field["name"]: field for field in described.get("fields", ())}
    return (
        isinstance(value, dict)
        and value.keys() <= fields.keys()
        and all(name in value for name, field in fields.items() if field["required"])
        and all(any(_is(item, t) for t in fields[name]["types"]) for name, item in value.items())
    )
