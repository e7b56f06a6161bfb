"""Channels, threads and forums: what the bot writes into them, and what is refused there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import msgspec
from aiohttp import web

from tests.fakes.discord import payloads
from tests.fakes.discord.answering import as_json, refused
from tests.fakes.discord.bodies import BODY
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.limits import message_faults
from tests.fakes.discord.threads import Opened, thread_of


class Posted(msgspec.Struct, frozen=True):
    """A message that a channel took."""

    id: str
    channel_id: str
    nonce: str | None
    body: dict[str, Any]


class Channels:
    """Everything that is written somewhere.

    ``messages`` and ``duplicates`` (nonces that came again) are what channels took; ``delay`` is
    how many seconds pass between taking a message and saying so. ``on_post`` is told of each.
    ``threads`` are those that were opened, ``opened`` the people whose private chats were.
    """

    def __init__(
        self, gateway: Gateway, delay: float, on_post: Callable[[dict[str, Any]], None] | None
    ) -> None:
        self.delay = delay
        self.messages: list[Posted] = []
        self.duplicates: list[str] = []
        self.threads: list[Opened] = []
        self.opened: list[str] = []
        self.nonce_seconds = 300.0
        self._gateway = gateway
        self._on_post = on_post
        self._nonces: dict[tuple[str, str], tuple[float, dict[str, Any]]] = {}
        self._changed = asyncio.Condition()

    async def posted(self, count: int) -> list[Posted]:
        """Wait until so many messages have been taken, and return them all."""
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(lambda: len(self.messages) >= count)
        return self.messages

    def routes(self, api: str) -> list[web.RouteDef]:
        """Where the bot finds them."""
        channel = f"{api}/channels/{{channel}}"
        return [
            web.post(f"{api}/users/@me/channels", self._open, name="open"),
            web.get(channel, self._channel, name="channel"),
            web.patch(channel, self._edit, name="mark"),
            web.get(f"{api}/guilds/{{guild}}/threads/active", self._active, name="active"),
            web.get(f"{channel}/messages/{{message}}", self._message, name="message"),
            web.post(f"{channel}/messages", self._post, name="post"),
            web.post(f"{channel}/threads", self._post_in_forum, name="forum"),
            web.post(f"{channel}/messages/{{message}}/threads", self._open_thread, name="thread"),
        ]

    async def _open(self, request: web.Request) -> web.Response:
        person = request[BODY]["recipient_id"]
        self.opened.append(str(person))
        return as_json(payloads.private_channel(f"8{str(person)[1:]}"))

    async def _post(self, request: web.Request) -> web.Response:
        body = request[BODY]
        if faults := message_faults(body):
            return refused(400, 50035, f"Invalid Form Body: {faults}")
        if request.match_info["channel"] in self._forums():
            return refused(400, 50008, "Cannot send messages in a non-text channel")
        channel, nonce = request.match_info["channel"], body.get("nonce")
        known = self._nonces.get((channel, str(nonce)))
        if body.get("enforce_nonce") and known and time.monotonic() - known[0] < self.nonce_seconds:
            self.duplicates.append(str(nonce))
            self._log(request, duplicate=nonce)
            message = known[1]
        else:
            message = payloads.message(channel, body)
            self._nonces[channel, str(nonce)] = (time.monotonic(), message)
            async with self._changed:
                self.messages.append(Posted(message["id"], channel, nonce, body))
                self._changed.notify_all()
            self._log(request, id=message["id"], channel_id=channel, nonce=nonce, body=body)
        await asyncio.sleep(self.delay)
        return as_json(message)

    def _forums(self) -> dict[str, dict[str, Any]]:
        channels = (one for guild in self._gateway.guilds for one in guild["channels"])
        return {one["id"]: one for one in channels if one["type"] == 15}

    async def _channel(self, request: web.Request) -> web.Response:
        thread = self._thread(request)
        found = self._forums().get(request.match_info["channel"])
        if thread is not None:
            found = thread_of(thread.id, thread.channel_id, thread.name)
            found |= {"applied_tags": thread.tags}
        return as_json(found) if found else refused(404, 10003, "Unknown Channel")

    def _thread(self, request: web.Request) -> Opened | None:
        number = request.match_info["channel"]
        return next((one for one in self.threads if one.id == number), None)

    async def _edit(self, request: web.Request) -> web.Response:
        thread = self._thread(request)
        if thread is None:
            return refused(404, 10003, "Unknown Channel")
        thread.tags[:] = request[BODY]["applied_tags"]
        return as_json(thread_of(thread.id, thread.channel_id, thread.name))

    async def _active(self, _: web.Request) -> web.Response:
        """The open threads of a server; those that the bot began are its own."""
        threads = [
            thread_of(one.id, one.channel_id, one.name) | {"owner_id": payloads.BOT}
            for one in self.threads
        ]
        return as_json({"threads": threads, "members": []})

    async def _message(self, request: web.Request) -> web.Response:
        thread = self._thread(request)
        if thread is None or thread.message is None:
            return refused(404, 10008, "Unknown Message")
        return as_json(thread.message)

    async def _open_thread(self, request: web.Request) -> web.Response:
        channel, message = request.match_info["channel"], request.match_info["message"]
        if any(one.id == message for one in self.threads):
            return refused(400, 160004, "A thread has already been created for this message")
        name = request[BODY]["name"]
        if not 1 <= len(name) <= 100:
            return refused(400, 50035, "Invalid Form Body: name")
        self.threads.append(Opened(message, channel, name))
        return as_json(thread_of(message, channel, name))

    async def _post_in_forum(self, request: web.Request) -> web.Response:
        given = request[BODY]
        name, body = given["name"], given["message"]
        if faults := message_faults(body) or not 1 <= len(name) <= 100:
            return refused(400, 50035, f"Invalid Form Body: {faults}")
        channel, message = request.match_info["channel"], payloads.message("0", body)
        tags = [str(one) for one in given.get("applied_tags") or ()]
        self.threads.append(Opened(message["id"], channel, name, body, message, tags))
        await asyncio.sleep(self.delay)
        return as_json(thread_of(message["id"], channel, name) | {"message": message})

    def _log(self, request: web.Request, **entry: Any) -> None:
        caller = request.match_info["caller"].removeprefix("from-").rstrip("/")
        if self._on_post is not None:
            self._on_post(entry | {"arrived": time.monotonic(), "caller": caller})
