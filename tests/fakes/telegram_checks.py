"""What Telegram refuses in texts, keyboards and commands, in its own words."""

from __future__ import annotations

import re
from typing import Any

LIMIT = 4096
CAPTION_LIMIT = 1024
CALLBACK_BYTES = 64
COMMANDS = 100
ENTITIES = 100

_STYLES = {
    *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre"),
    *("a", "blockquote", "tg-spoiler"),
}
_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)((?:\s+[a-z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'))?)*)\s*>")
_ENTITY = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|lt|gt|amp|quot);")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


class Refusal(Exception):
    """Telegram would answer 400 with this description.

    ``ours`` says that the bot called wrongly, whatever the state of the chat.
    """

    def __init__(self, words: str, *, ours: bool = True) -> None:
        super().__init__(words)
        self.ours = ours


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
    shown = _shown(parameters, "text")
    if not shown:
        raise Refusal("message text is empty")
    if _length(shown) > LIMIT:
        raise Refusal("message is too long")


def check_caption(parameters: dict[str, Any]) -> None:
    """Refuse what stands beneath a file where it is too long once it is parsed."""
    if _length(_shown(parameters, "caption")) > CAPTION_LIMIT:
        raise Refusal("message caption is too long")


def _shown(parameters: dict[str, Any], name: str) -> str:
    text = str(parameters.get(name, ""))
    return (parse_html(text) if parameters.get("parse_mode") == "HTML" else text).strip()


def _length(shown: str) -> int:
    """As Telegram counts: in UTF-16."""
    return len(shown.encode("utf-16-le")) // 2


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
        if not 1 <= _length(command["description"].strip()) <= 256:
            raise Refusal("BOT_COMMAND_DESCRIPTION_INVALID")
