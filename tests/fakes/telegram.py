"""A Bot API on this machine, for the real library to talk to over a real socket.

In a test::

    async with FakeTelegram() as fake:
        platform = TelegramPlatform(fake.token, fake.url, answer, clock)
        await platform.start()
        fake.type(7, "/trial NCT00902044")
        await fake.wait_for_messages(1)

As a process of its own, which outlives a bot that crashes::

    python -m tests.fakes.telegram --port 8081 --delay 0.15 --log sent.jsonl

It prints its address, appends each accepted message to the log as a line of JSON before it answers,
and takes ``POST /type`` and ``POST /press`` with the arguments of those methods as JSON. An address
that ends in ``/from-WHO`` is the same Bot API, called by ``WHO``: so bots can be told apart.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
from aiohttp import web

from tests.fakes.telegram_checks import Refusal, check_keyboard, check_text, decode
from tests.fakes.telegram_trouble import Trouble

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
BOT_NAME = "trialbell_test_bot"
METHODS = {
    *("getMe", "setMyCommands", "deleteWebhook", "getUpdates", "sendMessage"),
    *("editMessageText", "answerCallbackQuery", "getChat", "getChatMember"),
    *("sendDocument", "getFile"),
}
_RIGHTS: dict[str, dict[str, Any]] = {
    "kicked": {"until_date": 0},
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

CALLER: ContextVar[str] = ContextVar("caller")
"""Who makes the call that is being answered; each connection has a task of its own."""

CHANNEL = -1_009_000_000_000
"""This id and lower ones are channels, other negative ones are groups."""

PATIENCE = 10.0
"""Seconds after which a test that waits for the bot is told that nothing came."""


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
    """Seconds on the monotonic clock."""
    caller: str = ""
    """Who sent it, where the bot's address of the API begins with ``/from-WHO``."""


class FakeTelegram(Trouble):
    """One bot's Bot API. ``token`` of None takes every token, each as the same bot.

    ``delay`` is how long, in seconds, the answer to an accepted message takes. ``messages`` are
    those accepted, ``calls`` all method calls with their parameters, ``confirmed`` the presses
    that were confirmed, ``opened`` the links that presses were led to, and ``complaints`` what was
    refused because the bot called wrongly. ``administrators`` are (chat, person); ``names`` lead
    from ``@name`` to a chat's id.
    """

    def __init__(
        self,
        *,
        token: str | None = TOKEN,
        port: int = 0,
        delay: float = 0.0,
        log: Path | None = None,
    ) -> None:
        self._only = token
        self.token = token or TOKEN
        self.port = port
        self.delay = delay
        self.messages: list[Accepted] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.confirmed: list[str] = []
        self.opened: list[str] = []
        self.administrators: set[tuple[int, int]] = set()
        self.names: dict[str, int] = {}
        self._files: dict[str, bytes] = {}
        self._uploaded = b""
        self.commands: list[dict[str, str]] = []
        self.complaints: list[str] = []
        self._log = log
        super().__init__()
        self._updates: list[dict[str, Any]] = []
        self._wanted: list[str] | None = None
        self._last_id = 0
        self._poll: asyncio.Event | None = None
        self._changed = asyncio.Condition()
        self._over = asyncio.Event()
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """What the bot is given as the address of the Bot API."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._over.clear()
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._serve)
        app.router.add_post("/from-{caller}/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{file}", self._serve_file)
        app.router.add_post("/type", self._outside)
        app.router.add_post("/press", self._outside)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        if self._poll is not None:
            self._poll.set()
        if self._runner is not None:
            await self._runner.cleanup()

    # What a test does: people, and trouble.

    def type(
        self,
        chat_id: int,
        text: str,
        *,
        private: bool = True,
        thread: int | None = None,
        anonymous: bool = False,
    ) -> None:
        """Somebody sends a text in a chat; a leading slash makes it a command.

        An ``anonymous`` administrator writes in the name of the group.
        """
        message = self._message(chat_id, private=private, thread=thread)
        if anonymous:
            message["sender_chat"] = message["chat"]
        message["text"] = text
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        self._push("message", message)

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

    def press(self, chat_id: int, button: str, *, private: bool = True) -> str:
        """Somebody presses the newest button of that label or action; the id of the press.

        Raises LookupError where the bot has sent no such button to the chat.
        """
        for message in reversed([m for m in self.messages if m.chat_id == chat_id]):
            for shown in message.buttons:
                if button in (shown["text"], shown.get("callback_data")):
                    return self._pressed(message, shown["callback_data"], private=private)
        raise LookupError(f"no button {button!r} in the chat")

    def member(self, chat_id: int, old: str, new: str, *, private: bool = True) -> None:
        """The bot's own standing in a chat changes, for example from ``member`` to ``kicked``."""
        bot = {"id": self._bot_id, "is_bot": True, "first_name": "Trialbell"}
        change = self._message(chat_id, private=private) | {
            "old_chat_member": {"user": bot, "status": old, **_RIGHTS.get(old, {})},
            "new_chat_member": {"user": bot, "status": new, **_RIGHTS.get(new, {})},
        }
        self._push("my_chat_member", change)

    async def wait_for_messages(
        self, count: int, patience: float = PATIENCE
    ) -> tuple[Accepted, ...]:
        """Wait until so many messages were accepted. Raises TimeoutError."""
        await self.wait_until(lambda: len(self.messages) >= count, patience)
        return tuple(self.messages)

    async def wait_until(self, done: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Wait until a call brings about what is asked for. Raises TimeoutError."""
        async with asyncio.timeout(patience), self._changed:
            await self._changed.wait_for(done)

    # Updates.

    @property
    def _bot_id(self) -> int:
        return int(self.token.partition(":")[0])

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def _message(self, chat_id: int, *, private: bool, thread: int | None = None) -> dict[str, Any]:
        person = chat_id if private else 4242
        message: dict[str, Any] = {
            "message_id": self._next_id(),
            "date": int(time.time()),
            "chat": _chat(chat_id, private=private),
            "from": {"id": person, "is_bot": False, "first_name": "Somebody"},
        }
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        return message

    def _pressed(self, message: Accepted, action: str, *, private: bool) -> str:
        shown = self._message(message.chat_id, private=private, thread=message.thread)
        shown |= {"message_id": message.message_id, "text": message.text}
        press = str(self._next_id())
        query = {"id": press, "from": shown["from"], "chat_instance": "1", "data": action}
        self._push("callback_query", query | {"message": shown})
        return press

    def _push(self, kind: str, update: dict[str, Any]) -> None:
        if self._wanted is None or not self._wanted or kind in self._wanted:
            self._updates.append({"update_id": self._next_id(), kind: update})
            if self._poll is not None:
                self._poll.set()

    # Serving.

    async def _outside(self, request: web.Request) -> web.Response:
        arguments = await request.json()
        if request.path == "/type":
            self.type(**arguments)
        else:
            self.press(**arguments)
        return web.json_response({"ok": True})

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if self._only not in (None, request.match_info["token"]):
            return _refusal(401, "Unauthorized")
        posted = await request.post()
        form = {name: str(value) for name, value in posted.items()}
        for name, value in posted.items():
            if isinstance(value, web.FileField):
                form[name] = value.filename
                self._uploaded = value.file.read()
        try:
            parameters = decode(method, form)
            CALLER.set(request.match_info.get("caller", ""))
            self.calls.append((method, parameters))
            await self._notify()
            return await self._answer(request, method, parameters)
        except Refusal as refusal:
            self.complaints.append(str(refusal))
            return _refusal(400, f"Bad Request: {refusal}")
        finally:
            await self._notify()

    async def _answer(
        self, request: web.Request, method: str, parameters: dict[str, Any]
    ) -> web.StreamResponse:
        scripted = self.scripted(method, parameters)
        if scripted and scripted.raw is not None:
            return web.Response(text=scripted.raw)
        if scripted and scripted.status is not None:
            return _refusal(scripted.status, scripted.description, scripted.parameters)
        handler = getattr(self, f"_{_snake_case(method)}", None) if method in METHODS else None
        if handler is None:
            return _refusal(404, "Not Found")
        result = await handler(parameters)
        if isinstance(result, web.Response):
            return result
        if scripted:
            return await self._lose(request, hang=scripted.hang)
        return web.json_response({"ok": True, "result": result})

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _lose(self, request: web.Request, *, hang: bool) -> web.Response:
        await self._notify()
        if hang:
            await self._over.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    # Methods, by the names that the Bot API gives them.

    async def _get_me(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": self._bot_id,
            "is_bot": True,
            "first_name": "Trialbell",
            "username": BOT_NAME,
        }

    async def _delete_webhook(self, parameters: dict[str, Any]) -> bool:
        if parameters.get("drop_pending_updates"):
            self._updates.clear()
        return True

    async def _set_my_commands(self, parameters: dict[str, Any]) -> bool:
        self.commands = parameters["commands"]
        return True

    async def _get_updates(self, parameters: dict[str, Any]) -> Any:
        self._wanted = parameters.get("allowed_updates", self._wanted)
        offset = parameters.get("offset", 0)
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        await self._notify()
        if self._poll is not None:
            # Another one was waiting: Telegram ends the older of two.
            self._poll.set()
        mine = self._poll = asyncio.Event()
        if not self._updates and not self._over.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(mine.wait(), parameters.get("timeout", 0))
        if self._poll is not mine:
            return _refusal(409, "Conflict: terminated by other getUpdates request")
        self._poll = None
        return self._updates[: parameters.get("limit", 100)]

    async def _send_message(self, parameters: dict[str, Any]) -> dict[str, Any]:
        check_text(parameters)
        check_keyboard(parameters)
        chat_id, thread = parameters["chat_id"], parameters.get("message_thread_id")
        rows = parameters.get("reply_markup", {}).get("inline_keyboard", ())
        accepted = Accepted(
            message_id=self._next_id(),
            chat_id=chat_id,
            text=parameters["text"],
            thread=thread,
            reply_to=parameters.get("reply_parameters", {}).get("message_id"),
            parse_mode=parameters.get("parse_mode"),
            buttons=tuple(button for row in rows for button in row),
            arrived=time.monotonic(),
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

    async def _edit_message_text(self, parameters: dict[str, Any]) -> dict[str, Any]:
        check_text(parameters)
        check_keyboard(parameters)
        for at, message in enumerate(self.messages):
            if message.message_id == parameters["message_id"]:
                text = parameters["text"]
                if text == message.text:
                    raise Refusal("message is not modified")
                self.messages[at] = msgspec.structs.replace(message, text=text)
                edited = self._message(message.chat_id, private=message.chat_id > 0)
                return edited | {"message_id": message.message_id, "text": text}
        raise Refusal("message to edit not found")

    async def _answer_callback_query(self, parameters: dict[str, Any]) -> bool:
        if len(parameters.get("text", "")) > 200:
            raise Refusal("MESSAGE_TOO_LONG")
        self.confirmed.append(parameters["callback_query_id"])
        if "url" in parameters:
            self.opened.append(parameters["url"])
        return True

    async def _send_document(self, parameters: dict[str, Any]) -> dict[str, Any]:
        chat_id = parameters["chat_id"]
        document = (parameters["document"], self._uploaded)
        accepted = Accepted(message_id=self._next_id(), chat_id=chat_id, text="", document=document)
        self.messages.append(accepted)
        sent = self._message(chat_id, private=chat_id > 0)
        named = {"file_id": "sent", "file_unique_id": "sent", "file_name": document[0]}
        return sent | {"message_id": accepted.message_id, "document": named}

    async def _get_file(self, parameters: dict[str, Any]) -> dict[str, Any]:
        name = parameters["file_id"]
        return {"file_id": name, "file_unique_id": name, "file_path": name}

    async def _serve_file(self, request: web.Request) -> web.Response:
        return web.Response(body=self._files[request.match_info["file"]])

    async def _get_chat_member(self, parameters: dict[str, Any]) -> dict[str, Any]:
        person = parameters["user_id"]
        user = {"id": person, "is_bot": False, "first_name": "Somebody"}
        if (parameters["chat_id"], person) in self.administrators:
            return {"user": user, "status": "administrator", **_RIGHTS["administrator"]}
        return {"user": user, "status": "member"}

    async def _get_chat(self, parameters: dict[str, Any]) -> Any:
        chat_id = parameters["chat_id"]
        if isinstance(chat_id, str):
            if chat_id not in self.names:
                return _refusal(400, "Bad Request: chat not found")
            chat_id = self.names[chat_id]
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
        taken = dict.fromkeys((*gifts, "gifts_from_channels"), True)
        extra = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": taken}
        return _chat(chat_id, private=chat_id > 0) | extra


def _snake_case(method: str) -> str:
    return re.sub("[A-Z]", lambda capital: "_" + capital[0].lower(), method)


def _chat(chat_id: int, *, private: bool) -> dict[str, Any]:
    if private:
        return {"id": chat_id, "type": "private", "first_name": "Somebody"}
    if chat_id <= CHANNEL:
        return {"id": chat_id, "type": "channel", "title": "A channel"}
    return {"id": chat_id, "type": "supergroup", "title": "A group", "is_forum": True}


def _refusal(
    status: int, description: str, parameters: dict[str, int] | None = None
) -> web.Response:
    answer: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        answer["parameters"] = parameters
    return web.json_response(answer, status=status)


async def _main() -> None:
    parser = argparse.ArgumentParser(description="Serve a Bot API on this machine.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--log", type=Path, help="where accepted messages are written")
    arguments = parser.parse_args()
    fake = FakeTelegram(token=None, port=arguments.port, delay=arguments.delay, log=arguments.log)
    async with fake:
        print(json.dumps({"url": fake.url, "token": fake.token}), flush=True)  # noqa: T201 - its answer
        await asyncio.Event().wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_main())
