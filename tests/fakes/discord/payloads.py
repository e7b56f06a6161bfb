"""Objects as Discord writes them, only as much as a bot reads."""

from __future__ import annotations

import itertools
import time
from typing import Any

EPOCH = 1_420_070_400_000
"""Discord's first millisecond, from which the time in a snowflake counts."""

APPLICATION = "700000000000000001"
BOT = "700000000000000002"
"""Not the application's id: old bots have two, and mixing them up must show."""
GUILD = "700000000000000003"
CHANNEL = "700000000000000004"
PERSON = "700000000000000005"

_counter = itertools.count()


def snowflake() -> str:
    """A new id, of this moment."""
    return str(((time.time_ns() // 1_000_000 - EPOCH) << 22) | (next(_counter) & 0xFFF))


def user(number: str, name: str = "somebody", *, bot: bool = False) -> dict[str, Any]:
    """A user object."""
    return {
        "id": number,
        "username": name,
        "discriminator": "0",
        "global_name": name,
        "avatar": None,
        "bot": bot,
    }


def application() -> dict[str, Any]:
    """The application as it sees itself."""
    return {
        "id": APPLICATION,
        "name": "trialbell",
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": user(PERSON),
        "verify_key": "0" * 64,
        "flags": 0,
        "interactions_endpoint_url": None,
    }


def message(channel: str, body: dict[str, Any], *, flags: int = 0) -> dict[str, Any]:
    """A message of the bot as Discord gives it back."""
    sent = {
        "id": snowflake(),
        "channel_id": channel,
        "author": user(BOT, "trialbell", bot=True),
        "content": body.get("content") or "",
        "timestamp": "2026-11-02T00:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": body.get("embeds") or [],
        "components": body.get("components") or [],
        "pinned": False,
        "type": 0,
        "flags": flags or body.get("flags", 0),
    }
    if "nonce" in body:
        sent["nonce"] = body["nonce"]
    return sent


def text_channel(number: str, guild: str) -> dict[str, Any]:
    """A text channel of a server."""
    return {
        "id": number,
        "guild_id": guild,
        "type": 0,
        "name": "news",
        "position": 0,
        "permission_overwrites": [],
    }


def forum(number: str, guild: str) -> dict[str, Any]:
    """A forum of a server: it holds posts, no messages."""
    return text_channel(number, guild) | {"type": 15, "name": "trials", "available_tags": []}


def thread(number: str, parent: str, guild: str) -> dict[str, Any]:
    """A public thread under a text channel."""
    return {
        "id": number,
        "guild_id": guild,
        "parent_id": parent,
        "owner_id": PERSON,
        "type": 11,
        "name": "talk",
        "message_count": 0,
        "member_count": 1,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 1440,
            "archive_timestamp": "2026-11-02T00:00:00+00:00",
        },
    }


def private_channel(number: str, *, group: bool = False) -> dict[str, Any]:
    """A private chat with the bot, or (``group``) one between people that the bot is not in."""
    if group:
        return {
            "id": number,
            "type": 3,
            "recipients": [user(PERSON)],
            "owner_id": PERSON,
            "icon": None,
            "name": None,
        }
    return {"id": number, "type": 1, "recipients": [user(PERSON)]}


def role(number: str, permissions: int = 0) -> dict[str, Any]:
    """A role of a server."""
    return {
        "id": number,
        "name": "a role",
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 1,
        "permissions": str(permissions),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def guild(number: str, channels: list[dict[str, Any]], threads: list[Any]) -> dict[str, Any]:
    """A server as GUILD_CREATE brings it."""
    return {
        "id": number,
        "name": "a server",
        "owner_id": PERSON,
        "unavailable": False,
        "member_count": 2,
        "roles": [],
        "emojis": [],
        "features": [],
        "channels": channels,
        "threads": threads,
        "members": [],
    }
