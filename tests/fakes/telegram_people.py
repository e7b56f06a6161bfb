"""What people do in Telegram, by a test's hand."""

from __future__ import annotations

import re
from typing import Any

from tests.fakes.telegram_checks import parse_html
from tests.fakes.telegram_shapes import RIGHTS, Accepted
from tests.fakes.telegram_updates import Updates


class People(Updates):
    """Whoever writes to the bot, presses its buttons, or throws it out."""

    def type(
        self,
        chat_id: int,
        text: str,
        *,
        private: bool = True,
        thread: int | None = None,
        anonymous: bool = False,
        reply_to: Accepted | None = None,
    ) -> None:
        """Somebody sends a text in a chat; a leading slash makes it a command, ``@`` a mention.

        An ``anonymous`` administrator writes in the name of the group.
        """
        message = self._message(chat_id, private=private, thread=thread)
        if reply_to is not None:
            message["reply_to_message"] = self._shown(reply_to, private=private)
        if anonymous:
            message["sender_chat"] = message["chat"]
        message["text"] = text
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        elif named := re.search(r"@\w+", text):
            offset, length = len(text[: named.start()].encode("utf-16-le")) // 2, len(named[0])
            message["entities"] = [{"type": "mention", "offset": offset, "length": length}]
        self._push("message", message)

    def _shown(self, accepted: Accepted, *, private: bool) -> dict[str, Any]:
        """A message of the bot's, as a reply to it carries it along."""
        message = self._message(accepted.chat_id, private=private, thread=accepted.thread)
        bot = {"id": self._bot_id, "is_bot": True, "first_name": "Trialbell"}
        shown = parse_html(accepted.text) if accepted.parse_mode else accepted.text
        return message | {"message_id": accepted.message_id, "from": bot, "text": shown}

    def bring(
        self, chat_id: int, content: bytes, *, caption: str | None = None, private: bool = True
    ) -> None:
        """Somebody sends a file."""
        message = self._message(chat_id, private=private)
        name = f"file-{message['message_id']}"
        self._files[name] = content
        message["document"] = {"file_id": name, "file_unique_id": name, "file_size": len(content)}
        if caption is not None:
            message["caption"] = caption
        self._push("message", message)

    def give_place(self, person: int, latitude: float, longitude: float) -> None:
        """Somebody shares where they are, in their private chat."""
        message = self._message(person, private=True)
        message["location"] = {"latitude": latitude, "longitude": longitude}
        self._push("message", message)

    def pick_chat(self, person: int, picked: int, title: str) -> None:
        """Somebody picks a chat, asked for it by a button in place of the keyboard."""
        message = self._message(person, private=True)
        message["chat_shared"] = {"request_id": 1, "chat_id": picked, "title": title}
        self._push("message", message)

    def press(
        self,
        chat_id: int,
        button: str,
        *,
        private: bool = True,
        seen: bool = True,
        as_it_is: bool = False,
        by: int | None = None,
    ) -> str:
        """Somebody presses the newest button of that label or action; the id of the press.

        ``seen`` is False for a message so old that Telegram does not show it to the bot any more.
        With ``as_it_is`` the button itself is older: it carries just this, under the last message.
        In a group it is always the same person, unless it is said ``by`` whom.
        Raises LookupError where the bot has sent no such button to the chat.
        """
        for message in reversed([m for m in self.messages if m.chat_id == chat_id]):
            if as_it_is:
                return self._pressed(message, button, private=private, seen=seen, by=by)
            for shown in message.buttons:
                if button in (shown["text"], shown.get("callback_data")):
                    data = shown["callback_data"]
                    return self._pressed(message, data, private=private, seen=seen, by=by)
        raise LookupError(f"no button {button!r} in the chat")

    def member(
        self, chat_id: int, old: str, new: str, *, private: bool = True, **rights: bool
    ) -> None:
        """The bot's own standing in a chat changes, for example from ``member`` to ``kicked``.

        ``rights`` are those that it has then; before, it had them the other way round.
        """
        before = {name: not value for name, value in rights.items()}
        bot = {"id": self._bot_id, "is_bot": True, "first_name": "Trialbell"}
        change = self._message(chat_id, private=private) | {
            "old_chat_member": {"user": bot, "status": old, **RIGHTS.get(old, {}), **before},
            "new_chat_member": {"user": bot, "status": new, **RIGHTS.get(new, {}), **rights},
        }
        self._push("my_chat_member", change)

    def migrate(self, old: int, new: int) -> None:
        """A group becomes a supergroup; both of them say so."""
        self._push("message", self._message(old, private=False) | {"migrate_to_chat_id": new})
        self._push("message", self._message(new, private=False) | {"migrate_from_chat_id": old})

    def _pressed(
        self, message: Accepted, action: str, *, private: bool, seen: bool, by: int | None
    ) -> str:
        shown = self._message(message.chat_id, private=private, thread=message.thread)
        person = shown["from"] | ({} if by is None else {"id": by})
        shown |= {"message_id": message.message_id, "text": message.text}
        if message.buttons:
            shown["reply_markup"] = {"inline_keyboard": [[one] for one in message.buttons]}
        if not seen:
            shown = {"chat": shown["chat"], "message_id": message.message_id, "date": 0}
        press = str(self._next_id())
        query = {"id": press, "from": person, "chat_instance": "1", "data": action}
        self._push("callback_query", query | {"message": shown})
        return press
