"""What the bot sends: messages, edits, files and confirmations of presses."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec

from tests.fakes.telegram_checks import Refusal, check_caption, check_keyboard, check_text
from tests.fakes.telegram_shapes import Accepted
from tests.fakes.telegram_state import CALLER
from tests.fakes.telegram_updates import Updates


class Sending(Updates):
    """The methods that write in chats, each by the name that the Bot API gives it."""

    async def do_send_message(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """Take a text, and answer after the delay."""
        check_text(parameters)
        check_keyboard(parameters)
        chat_id, thread = parameters["chat_id"], parameters.get("message_thread_id")
        accepted = Accepted(
            message_id=self._next_id(),
            chat_id=chat_id,
            text=parameters["text"],
            thread=thread,
            reply_to=parameters.get("reply_parameters", {}).get("message_id"),
            parse_mode=parameters.get("parse_mode"),
            buttons=_buttons(parameters),
            arrived=asyncio.get_running_loop().time(),
            caller=CALLER.get(),
        )
        self.messages.append(accepted)
        if self._log is not None:
            with self._log.open("ab") as log:
                log.write(msgspec.json.encode(accepted) + b"\n")
        if self.delay:
            await asyncio.sleep(self.delay)
        sent = self._message(chat_id, private=chat_id > 0, thread=thread)
        return sent | {"message_id": accepted.message_id, "text": accepted.text}

    async def do_edit_message_text(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """Change a text that was taken, and the buttons beneath it."""
        check_text(parameters)
        check_keyboard(parameters)
        found = [m for m in self.messages if m.message_id == parameters["message_id"]]
        if not found or found[0].chat_id != parameters["chat_id"]:
            raise Refusal("message to edit not found", ours=False)
        message = found[0]
        edited = msgspec.structs.replace(
            message,
            text=parameters["text"],
            parse_mode=parameters.get("parse_mode"),
            buttons=_buttons(parameters),
        )
        if edited == message:
            raise Refusal(
                "message is not modified: specified new message content and reply markup"
                " are exactly the same as a current content and reply markup of the message",
                ours=False,
            )
        self.messages[self.messages.index(message)] = edited
        shown = self._message(message.chat_id, private=message.chat_id > 0)
        return shown | {"message_id": message.message_id, "text": edited.text}

    async def do_send_document(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """Take a file."""
        check_caption(parameters)
        chat_id = parameters["chat_id"]
        document = (parameters["document"], self._uploaded)
        accepted = Accepted(message_id=self._next_id(), chat_id=chat_id, text="", document=document)
        self.messages.append(accepted)
        sent = self._message(chat_id, private=chat_id > 0)
        named = {"file_id": "sent", "file_unique_id": "sent", "file_name": document[0]}
        return sent | {"message_id": accepted.message_id, "document": named}

    async def do_answer_callback_query(self, parameters: dict[str, Any]) -> bool:
        """Let a button stop turning, and perhaps lead to a link."""
        self.confirmed.append(parameters["callback_query_id"])
        if "url" in parameters:
            self.opened.append(parameters["url"])
        return True


def _buttons(parameters: dict[str, Any]) -> tuple[dict[str, str], ...]:
    rows = parameters.get("reply_markup", {}).get("inline_keyboard", ())
    return tuple(button for row in rows for button in row)
