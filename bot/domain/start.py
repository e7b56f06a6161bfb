"""Links that open a private chat with a command already in it.

A platform hands on what stands behind the link: on Telegram at most 64 of the signs ``A-Z a-z 0-9 _
-`` (https://core.telegram.org/bots/features#deep-linking).
"""

from __future__ import annotations

import base64

from bot.domain.address import Address
from bot.domain.commands.request import ACTIONS, needs_manager, parse_line
from bot.domain.managed import Managed, read_managed
from bot.domain.nct import find_key

LONGEST = 64
_PREVIEW = "preview-"
_SHOW = "feed preview"


def payload(command: str, text: str) -> str:
    """The command as a payload; without what stands behind it where that is too long."""
    key = find_key(text)
    packed = key.number if key else _pack(text)
    whole = f"{command}-{packed}" if packed else command
    return whole if len(whole) <= LONGEST else command


def read_payload(given: str) -> tuple[str, str] | None:
    """The command and its text, or None where it is no payload of ours.

    A trial's number alone shows the trial: it is a link that anybody can write by hand.
    """
    command, _, packed = given.partition("-")
    parsed = parse_line(command)
    if parsed is None:
        key = find_key(given)
        return ("trial", key.number) if key else None
    key = find_key(packed)
    text = key.number if key else _unpack(packed)
    return _harmless(parsed[0], text)


def preview_payload(of: Address) -> str:
    """What shows a feed's preview to whoever opens it, alone, if they administer that chat."""
    return f"{_PREVIEW}{_pack(of.chat if of.thread is None else f'{of.chat}/{of.thread}')}"


def read_preview(given: str) -> Managed | None:
    """The chat whose feed's preview is asked for; None where it is no such payload.

    Anybody can make one: where it names more than a chat, it would do that in the chat.
    """
    if not given.startswith(_PREVIEW):
        return None
    read = read_managed(f"in {_unpack(given.removeprefix(_PREVIEW))} {_SHOW}")
    return read if read is not None and read.line == _SHOW else None


def _harmless(command: str, text: str) -> tuple[str, str] | None:
    """What a link may ask: anybody can make one, and whoever opens it did not write it.

    Whatever keeps, changes or deletes something is only shown, so that the answer asks first. To
    follow something is what links are for, and it is told, with a button that undoes it.
    """
    if command == "follow" or not needs_manager(command):
        return command, text
    if (key := find_key(text)) is not None:
        return "trial", key.number
    return (command, "") if command not in ACTIONS else None


def _pack(text: str) -> str:
    return base64.urlsafe_b64encode(text.strip().encode()).decode().rstrip("=")


def _unpack(packed: str) -> str:
    try:
        return base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode()
    except ValueError:  # no base64, no ASCII, or no UTF-8 in it
        return ""
