"""Values of the Bot API as Telegram sends them: chats, standings, refusals, what was taken."""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web

CHANNEL = -1_009_000_000_000
"""This id and lower ones are channels, other negative ones are groups."""

RIGHTS: dict[str, dict[str, Any]] = {
    "kicked": {"until_date": 0},
    "restricted": {
        "is_member": True,
        "until_date": 0,
        **dict.fromkeys(("can_change_info", "can_invite_users", "can_pin_messages"), False),
        **dict.fromkeys(("can_send_messages", "can_send_polls", "can_send_photos"), False),
        **dict.fromkeys(("can_send_other_messages", "can_add_web_page_previews"), False),
        **dict.fromkeys(("can_manage_topics", "can_send_audios", "can_send_documents"), False),
        **dict.fromkeys(("can_send_videos", "can_send_video_notes"), False),
        **dict.fromkeys(("can_send_voice_notes", "can_edit_tag", "can_react_to_messages"), False),
    },
    "administrator": dict.fromkeys(
        (
            *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages"),
            *("can_manage_video_chats", "can_restrict_members", "can_promote_members"),
            *("can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories"),
            "can_delete_stories",
        ),
        False,
    ),
}
"""What a standing carries beside its name."""


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """A message that the fake took, in the order of arrival."""

    message_id: int
    chat_id: int
    text: str
    thread: int | None = None
    reply_to: int | None = None
    document: tuple[str, bytes] | None = None
    """The name and content of a file."""
    parse_mode: str | None = None
    buttons: tuple[dict[str, str], ...] = ()
    arrived: float = 0.0
    """Seconds on the clock of the event loop: the monotonic one, unless the loop has another."""
    caller: str = ""
    """Who sent it, where the bot's address of the API begins with ``/from-WHO``."""


def chat(chat_id: int, *, private: bool) -> dict[str, Any]:
    """A chat as updates and messages name it."""
    if private:
        return {"id": chat_id, "type": "private", "first_name": "Somebody"}
    if chat_id <= CHANNEL:
        return {"id": chat_id, "type": "channel", "title": "A channel"}
    return {"id": chat_id, "type": "supergroup", "title": "A group", "is_forum": True}


def refusal(
    status: int, description: str, parameters: dict[str, int] | None = None
) -> web.Response:
    """An answer that says no, as Telegram puts it."""
    answer: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        answer["parameters"] = parameters
    return web.json_response(answer, status=status)
