"""What Telegram puts in place of the keyboard, so that something is given with one tap."""

from __future__ import annotations

from typing import Any, Final

from telegram import (
    ChatAdministratorRights,
    KeyboardButton,
    KeyboardButtonRequestChat,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.domain.message import Ask
from bot.domain.words import say

TAPS: Final = frozenset({Ask.PLACE, Ask.CHANNEL})
"""What can be asked for so; Telegram allows it in private chats only."""

_NO_RIGHTS: Final[dict[str, Any]] = {
    **dict.fromkeys(("is_anonymous", "can_manage_chat", "can_delete_messages"), False),
    **dict.fromkeys(("can_manage_video_chats", "can_restrict_members"), False),
    **dict.fromkeys(("can_promote_members", "can_change_info", "can_invite_users"), False),
    **dict.fromkeys(("can_post_stories", "can_edit_stories", "can_delete_stories"), False),
}


def keyboard(ask: Ask | None) -> ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    """The keyboard that asks, or what takes it away again."""
    match ask:
        case None:
            return None
        case Ask.NOTHING:
            return ReplyKeyboardRemove()
        case Ask.PLACE:
            button = KeyboardButton(say("button.settings.give_place"), request_location=True)
        case Ask.CHANNEL:
            button = KeyboardButton(say("button.channel.pick"), request_chat=_channel())
    return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)


def _channel() -> KeyboardButtonRequestChat:
    """A channel in which both may post: Telegram lists no others, and offers to add the bot.

    Its answer is no proof of any of that: who may what is asked for when it comes.
    """
    posts = ChatAdministratorRights(**_NO_RIGHTS, can_post_messages=True)
    return KeyboardButtonRequestChat(
        request_id=1,
        chat_is_channel=True,
        user_administrator_rights=posts,
        bot_administrator_rights=posts,
        request_title=True,
    )
