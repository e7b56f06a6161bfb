"""What the bot asks and says about itself and chats: who it is, members, files."""

from __future__ import annotations

from typing import Any

from tests.fakes.telegram_checks import Refusal
from tests.fakes.telegram_shapes import RIGHTS, chat
from tests.fakes.telegram_talk import Talk

BOT_NAME = "trialbell_test_bot"


class Asking(Talk):
    """The methods that write in no chat, each by the name that the Bot API gives it."""

    async def do_get_me(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """Who the token's bot is."""
        return {
            "id": self._bot_id,
            "is_bot": True,
            "first_name": "Trialbell",
            "username": BOT_NAME,
            "supports_inline_queries": self.inline,
            "can_read_all_group_messages": self.hears_all,
        }

    async def do_get_file(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """Where a file can be fetched."""
        name = parameters["file_id"]
        if name not in self._files:
            raise Refusal("invalid file_id")
        return {"file_id": name, "file_unique_id": name, "file_path": name}

    async def do_get_chat_member(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """A person's standing in a chat."""
        person = parameters["user_id"]
        user = {"id": person, "is_bot": person == self._bot_id, "first_name": "Somebody"}
        place = (parameters["chat_id"], person)
        status = "administrator" if place in self.administrators else "member"
        member: dict[str, Any] = {"user": user, "status": status}
        if person == self._bot_id:
            member["status"], posts = self.standings.get(place[0], ("administrator", True))
            if member["status"] == "":
                raise Refusal("chat not found", ours=False)
            if member["status"] == "administrator":
                member["can_post_messages"] = posts
        return member | RIGHTS.get(member["status"], {})

    async def do_get_chat(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """A chat by its id or ``@name``."""
        chat_id = parameters["chat_id"]
        if isinstance(chat_id, str):
            if chat_id not in self.names:
                raise Refusal("chat not found", ours=False)
            chat_id = self.names[chat_id]
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
        taken = dict.fromkeys((*gifts, "gifts_from_channels"), True)
        extra = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": taken}
        return chat(chat_id, private=chat_id > 0) | extra
