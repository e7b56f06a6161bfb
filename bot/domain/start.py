"""Links that open a private chat with a command already in it.

A platform hands on what stands behind the link: on Telegram at most 64 of the signs ``A-Z a-z 0-9 _
-`` (https://core.telegram.org/bots/features#deep-linking).
"""

from __future__ import annotations

import base64
import binascii

from bot.domain.commands import parse_line
from bot.domain.nct import find_key

LONGEST = 64


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
    return parsed[0], packed if find_key(packed) else _unpack(packed)


def _pack(text: str) -> str:
    return base64.urlsafe_b64encode(text.strip().encode()).decode().rstrip("=")


def _unpack(packed: str) -> str:
    try:
        return base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
