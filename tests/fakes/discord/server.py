"""The HTTP side of the local Discord, and the handle that tests hold."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Self

import msgspec
from aiohttp import web

from tests.fakes.discord import payloads
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.limits import command_faults, message_faults
from tests.fakes.discord.people import Asked, Place, interaction
from tests.fakes.discord.threads import Opened, Shelf, body_of, thread_of

API = "/api/v10"
CALLED = "/{caller:(?:from-[^/]+/)?}api/v10"
"""Several bots can be told apart: ``/from-WHO`` before it is the same API, called by ``WHO``."""


class Posted(msgspec.Struct, frozen=True):
    """A message that a channel took."""

    id: str
    channel_id: str
    nonce: str | None
    body: dict[str, Any]


class Scripted(msgspec.Struct, frozen=True, kw_only=True):
    """An answer in place of the real one. ``cut``: the request is obeyed and the answer lost."""

    status: int = 200
    code: int = 0
    retry_after: float | None = None
    scope: str = "user"
    html: bool = False
    cut: bool = False


OBEYED = Scripted()
"""In a row of scripted answers: here the real one."""


class FakeDiscord:
    """A Discord for one bot on 127.0.0.1. ``token`` None takes any.

    ``messages`` and ``duplicates`` (nonces that came again) are what channels took; ``delay`` is
    how many seconds pass between taking a message and saying so. ``on_post`` is told of each.
    ``threads`` are those that were opened, ``shelf`` the files that people sent along.
    """

    def __init__(
        self,
        *,
        token: str | None = "a-made-up-token",
        port: int = 0,
        delay: float = 0.0,
        on_post: Callable[[dict[str, Any]], None] | None = None,
    ) -> None:
        self.token = token or "any"
        self.delay = delay
        self.messages: list[Posted] = []
        self.duplicates: list[str] = []
        self.commands: list[dict[str, Any]] = []
        self.registrations = 0
        self.opened: list[str] = []
        self.threads: list[Opened] = []
        self.shelf = Shelf()
        self.gateway = Gateway(token)
        self.nonce_seconds = 300.0
        self._any_token = token is None
        self._port = port
        self._on_post = on_post
        self._asked: dict[str, Asked] = {}
        self._nonces: dict[tuple[str, str], tuple[float, dict[str, Any]]] = {}
        self._scripts: dict[tuple[str, str | None], list[Scripted]] = {}
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Self:
        application = web.Application(middlewares=[self._guard])
        application.add_routes(self._routes())
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.gateway.url = f"ws://127.0.0.1:{self._port}/gateway"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        """What goes into the settings as the API's address."""
        return f"http://127.0.0.1:{self._port}{API}"

    def script(self, kind: str, *answers: Scripted, channel_id: str | None = None) -> None:
        """Answer the next requests of a kind (the routes' names) so, in one channel or in all."""
        self._scripts.setdefault((kind, channel_id), []).extend(answers)

    async def posted(self, count: int = 1) -> list[Posted]:
        """Wait until channels have taken so many messages, and return them all."""
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(lambda: len(self.messages) >= count)
        return self.messages

    async def slash(
        self,
        name: str,
        text: str | None = None,
        *,
        person: str = payloads.PERSON,
        file: bytes | None = None,
        **place: Any,
    ) -> Asked:
        """Somebody types a command; it must be registered for that place. ``place``: see Place."""
        where = Place(**place)
        command = next(known for known in self.commands if known["name"] == name)
        assert where.context in command["contexts"], "the command is not offered in this place"
        assert where.integration in command["integration_types"], "not offered to this install"
        given = [] if text is None else [text]
        options = [
            {"type": option["type"], "name": option["name"], "value": value}
            for option, value in zip(command["options"], given, strict=False)
        ]
        required = [option for option in command["options"] if option.get("required")]
        assert len(required) <= len(options), "Discord's client asks for a required option"
        data: dict[str, Any] = {"id": command["id"], "name": name, "type": 1, "options": options}
        if file is not None:
            sent = self.shelf.put(file, f"http://127.0.0.1:{self._port}")
            options.append({"type": 11, "name": "file", "value": sent["id"]})
            data["resolved"] = {"attachments": {sent["id"]: sent}}
        return await self._ask(interaction(2, data, where, person))

    async def press(
        self,
        custom_id: str,
        message: dict[str, Any],
        *,
        person: str = payloads.PERSON,
        **place: Any,
    ) -> Asked:
        """Somebody presses a button of a message (a body that the bot sent)."""
        where = Place(**place)
        shown = [button for row in message["components"] for button in row["components"]]
        assert custom_id in [button.get("custom_id") for button in shown], "no such button"
        payload = interaction(3, {"custom_id": custom_id, "component_type": 2}, where, person)
        payload["message"] = payloads.message(where.channel_id, message)
        return await self._ask(payload)

    async def _ask(self, payload: dict[str, Any]) -> Asked:
        asked = Asked(payload["token"], payload["channel_id"])
        self._asked[asked.token] = asked
        await self.gateway.event("INTERACTION_CREATE", payload)
        return asked

    def _routes(self) -> list[web.RouteDef]:
        commands = f"{CALLED}/applications/{payloads.APPLICATION}/commands"
        hook = f"{CALLED}/webhooks/{payloads.APPLICATION}/{{token}}"
        callback = f"{CALLED}/interactions/{{id}}/{{token}}/callback"
        return [
            web.get("/gateway", self.gateway.serve, name="socket"),
            web.get(f"{CALLED}/gateway/bot", self._gateway_bot, name="gateway"),
            web.get(f"{CALLED}/users/@me", self._me, name="login"),
            web.get(f"{CALLED}/oauth2/applications/@me", self._application, name="application"),
            web.get(commands, self._commands, name="commands"),
            web.put(commands, self._register, name="register"),
            web.post(f"{CALLED}/users/@me/channels", self._open, name="open"),
            web.post(f"{CALLED}/channels/{{channel}}/messages", self._post, name="post"),
            web.get(f"{CALLED}/channels/{{channel}}", self._channel, name="channel"),
            web.post(f"{CALLED}/channels/{{channel}}/threads", self._post_in_forum, name="forum"),
            web.post(
                f"{CALLED}/channels/{{channel}}/messages/{{message}}/threads",
                self._open_thread,
                name="thread",
            ),
            web.get("/attachments/{number}", self.shelf.serve, name="attachment"),
            web.delete(f"{hook}/messages/@original", self._take_back, name="takeback"),
            web.post(callback, self._callback, name="callback"),
            web.post(hook, self._follow_up, name="followup"),
        ]

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Check the token where one is needed, and give scripted answers."""
        kind = request.match_info.route.name or ""
        bare = kind in ("socket", "callback", "followup", "takeback", "attachment")
        if not (bare or self._any_token) and (
            request.headers.get("Authorization") != f"Bot {self.token}"
        ):
            return _error(401, 0, "401: Unauthorized")
        channel = request.match_info.get("channel")
        scripts = self._scripts.get((kind, channel)) or self._scripts.get((kind, None))
        scripted = scripts.pop(0) if scripts else OBEYED
        if scripted == OBEYED:
            return await _handled(request, handler)
        if not scripted.cut:
            return _scripted(scripted)
        answer = await _handled(request, handler)
        assert request.transport is not None
        request.transport.abort()
        return answer

    async def _gateway_bot(self, _: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return _json({"url": self.gateway.url, "shards": 1, "session_start_limit": limit})

    async def _me(self, _: web.Request) -> web.Response:
        return _json(payloads.user(payloads.BOT, "trialbell", bot=True))

    async def _application(self, _: web.Request) -> web.Response:
        return _json(payloads.application())

    async def _commands(self, _: web.Request) -> web.Response:
        return _json(self.commands)

    async def _register(self, request: web.Request) -> web.Response:
        commands = await request.json()
        if faults := command_faults(commands):
            return _error(400, 50035, f"Invalid Form Body: {faults}")
        self.registrations += 1
        self.commands = [_stored(command) for command in commands]
        return _json(self.commands)

    async def _open(self, request: web.Request) -> web.Response:
        person = (await request.json())["recipient_id"]
        self.opened.append(str(person))
        return _json(payloads.private_channel(f"8{str(person)[1:]}"))

    async def _post(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        if faults := message_faults(body):
            return _error(400, 50035, f"Invalid Form Body: {faults}")
        if request.match_info["channel"] in self._forums():
            return _error(400, 50008, "Cannot send messages in a non-text channel")
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
        limits = {"X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "49"}
        limits |= {"X-RateLimit-Reset-After": "1", "X-RateLimit-Bucket": "post"}
        return _json(message, headers=limits)

    def _forums(self) -> dict[str, dict[str, Any]]:
        channels = (one for guild in self.gateway.guilds for one in guild["channels"])
        return {one["id"]: one for one in channels if one["type"] == 15}

    async def _channel(self, request: web.Request) -> web.Response:
        found = self._forums().get(request.match_info["channel"])
        return _json(found) if found else _error(404, 10003, "Unknown Channel")

    async def _open_thread(self, request: web.Request) -> web.Response:
        channel, message = request.match_info["channel"], request.match_info["message"]
        if any(one.id == message for one in self.threads):
            return _error(400, 160004, "A thread has already been created for this message")
        name = (await request.json())["name"]
        if not 1 <= len(name) <= 100:
            return _error(400, 50035, "Invalid Form Body: name")
        self.threads.append(Opened(message, channel, name))
        return _json(thread_of(message, channel, name))

    async def _post_in_forum(self, request: web.Request) -> web.Response:
        given = await body_of(request)
        name, body = given["name"], given["message"]
        if faults := message_faults(body) or not 1 <= len(name) <= 100:
            return _error(400, 50035, f"Invalid Form Body: {faults}")
        channel, message = request.match_info["channel"], payloads.message("0", body)
        self.threads.append(Opened(message["id"], channel, name, body))
        return _json(thread_of(message["id"], channel, name) | {"message": message})

    def _log(self, request: web.Request, **entry: Any) -> None:
        caller = request.match_info["caller"].removeprefix("from-").rstrip("/")
        if self._on_post is not None:
            self._on_post(entry | {"arrived": time.monotonic(), "caller": caller})

    async def _callback(self, request: web.Request) -> web.Response:
        asked = self._asked.get(request.match_info["token"])
        if asked is None:
            return _error(404, 10062, "Unknown interaction")
        if asked.deferred is not None:
            return _error(400, 40060, "Interaction has already been acknowledged.")
        asked.deferred = await request.json()
        asked.tell()
        number = request.match_info["id"]
        return _json({"interaction": {"id": number, "type": 2, "response_message_loading": True}})

    async def _take_back(self, request: web.Request) -> web.Response:
        asked = self._asked[request.match_info["token"]]
        asked.taken_back = True
        asked.tell()
        return web.Response(status=204)

    async def _follow_up(self, request: web.Request) -> web.Response:
        asked = self._asked.get(request.match_info["token"])
        if asked is None or asked.deferred is None:
            return _error(404, 10015, "Unknown Webhook")
        body = await body_of(request)
        if faults := message_faults(body):
            return _error(400, 50035, f"Invalid Form Body: {faults}")
        asked.answers.append(body)
        asked.tell()
        return _json(payloads.message(asked.channel, body, flags=body.get("flags", 0)))


async def _handled(request: web.Request, handler: Any) -> web.StreamResponse:
    answer = await handler(request)
    assert isinstance(answer, web.StreamResponse)
    return answer


def _stored(command: dict[str, Any]) -> dict[str, Any]:
    """A command as Discord gives it back: ids, and nothing that is false or empty in options."""
    options = [
        {key: value for key, value in option.items() if value not in (None, False, [])}
        for option in command.get("options") or []
    ]
    ids = {"id": payloads.snowflake(), "application_id": payloads.APPLICATION}
    return command | ids | {"options": options, "version": payloads.snowflake()}


def _scripted(answer: Scripted) -> web.Response:
    if answer.html:
        return web.Response(status=answer.status, text="<html></html>", content_type="text/html")
    body: dict[str, Any] = {"message": "scripted", "code": answer.code}
    headers = {}
    if answer.retry_after is not None:
        body |= {"retry_after": answer.retry_after, "global": answer.scope == "global"}
        # The library takes a 429 without Via for a ban by what stands before Discord.
        headers = {"Via": "1.1 here", "Retry-After": str(answer.retry_after)}
        headers["X-RateLimit-Scope"] = answer.scope
    return _json(body, status=answer.status, headers=headers)


def _error(status: int, code: int, message: str) -> web.Response:
    return _json({"message": message, "code": code}, status=status)


def _json(body: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # The library reads JSON only under exactly this content type, without a charset.
    kind = {"Content-Type": "application/json"}
    return web.Response(
        body=msgspec.json.encode(body), status=status, headers=(headers or {}) | kind
    )
