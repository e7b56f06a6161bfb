"""The local Discord as a whole, and the handle that tests hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Self

from aiohttp import web

from tests.fakes.discord import payloads
from tests.fakes.discord.answering import OBEYED, Scripted, as_json, refused, scripted
from tests.fakes.discord.bodies import BODY, read_body
from tests.fakes.discord.channels import Channels, Posted
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.interactions import Interactions
from tests.fakes.discord.pace import Enforced
from tests.fakes.discord.people import Asked, Place, interaction
from tests.fakes.discord.shown import answers_of, pressed
from tests.fakes.discord.table import (
    FILE,
    chosen,
    command_faults,
    filled,
    listed,
    offered,
    stored,
    typing,
)
from tests.fakes.discord.threads import Shelf

API = "/api/v10"
CALLED = "/{caller:(?:from-[^/]+/)?}api/v10"
"""Several bots can be told apart: ``/from-WHO`` before it is the same API, called by ``WHO``."""

BARE = frozenset(("socket", "callback", "followup", "takeback", "edit", "attachment"))
"""Where no token is asked for: the gateway has it in its own words, others in the address."""


class FakeDiscord:
    """A Discord for one bot on 127.0.0.1. ``token`` None takes any.

    What is written somewhere is kept in ``channels``, and its lists here too: ``messages``,
    ``duplicates`` (nonces that came again), ``threads``, ``opened``. ``shelf`` has the files that
    people sent along. Every request is checked against Discord's own description where that is
    present; ``faults`` are what was found, and the request is refused for it. ``limits`` enforces
    Discord's limits where it is told to; ``calls`` counts requests by the routes' names.
    """

    def __init__(
        self,
        *,
        token: str | None = "a-made-up-token",
        port: int = 0,
        delay: float = 0.0,
        on_post: Callable[[dict[str, Any]], None] | None = None,
        checks: bool = True,
    ) -> None:
        self.token = token or "any"
        self.commands: list[dict[str, Any]] = []
        self.registrations = 0
        self.faults: list[str] = []
        self.calls: Counter[str] = Counter()
        self.limits = Enforced()
        self.shelf = Shelf()
        self.gateway = Gateway(token)
        self.channels = Channels(self.gateway, delay, on_post)
        self.messages, self.duplicates = self.channels.messages, self.channels.duplicates
        self.threads, self.opened = self.channels.threads, self.channels.opened
        self._interactions = Interactions()
        self._any_token = token is None
        self._checks = checks
        self._port = port
        self._scripts: dict[tuple[str, str | None], list[Scripted]] = {}

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
        return await self.channels.posted(count)

    async def slash(
        self,
        name: str,
        text: str | None = None,
        *,
        person: str = payloads.PERSON,
        file: bytes | None = None,
        options: Mapping[str, Any] | None = None,
        forged: bool = False,
        **place: Any,
    ) -> Asked:
        """Somebody fills in a command (``feed add``), which must be registered for that place.

        ``text`` is for its first option, ``options`` are by name; ``place``: see Place.
        """
        where = Place(**place)
        data = filled(offered(self.commands, name, where), text, options or {}, forged=forged)
        if file is not None:
            sent = self.shelf.put(file, f"http://127.0.0.1:{self._port}")
            data["options"].append({"type": FILE, "name": "file", "value": sent["id"]})
            data["resolved"] = {"attachments": {sent["id"]: sent}}
        return await self._ask(interaction(2, data, where, person))

    async def types(
        self,
        name: str,
        option: str,
        typed: str,
        *,
        person: str = payloads.PERSON,
        **place: Any,
    ) -> Asked:
        """Somebody types into an option, and waits for suggestions."""
        where = Place(**place)
        data = typing(offered(self.commands, name, where), option, typed)
        return await self._ask(interaction(4, data, where, person))

    async def suggested(
        self, name: str, option: str, typed: str, **place: Any
    ) -> list[tuple[str, str]]:
        """What is offered to somebody who types, each as it is shown and its value."""
        sign = await (await self.types(name, option, typed, **place)).acknowledged()
        assert sign["type"] == 8
        return [(choice["name"], choice["value"]) for choice in sign["data"]["choices"]]

    async def choose(
        self,
        name: str,
        message: dict[str, Any],
        *,
        person: str = payloads.PERSON,
        **place: Any,
    ) -> Asked:
        """Somebody chooses a command in the menu of a message (its payload)."""
        where = Place(**place)
        data = chosen(self.commands, name, message, where)
        return await self._ask(interaction(2, data, where, person))

    async def press(
        self,
        custom_id: str,
        message: dict[str, Any],
        *,
        person: str = payloads.PERSON,
        **place: Any,
    ) -> Asked:
        """Somebody presses a button of a message (a body that the bot sent), or chooses in a list.

        What is chosen is named by its value.
        """
        where = Place(**place)
        shown = [one for one in pressed(message) if custom_id in answers_of(one)]
        assert shown, "no such button"
        data: dict[str, Any] = {"custom_id": custom_id, "component_type": shown[0]["type"]}
        if shown[0]["type"] == 3:
            data |= {"custom_id": shown[0]["custom_id"], "values": [custom_id]}
        payload = interaction(3, data, where, person)
        payload["message"] = payloads.message(where.channel_id, message)
        return await self._ask(payload)

    async def _ask(self, payload: dict[str, Any]) -> Asked:
        asked = self._interactions.begin(payload)
        await self.gateway.event("INTERACTION_CREATE", payload)
        return asked

    def _routes(self) -> list[web.RouteDef]:
        commands = f"{CALLED}/applications/{payloads.APPLICATION}/commands"
        return [
            web.get("/gateway", self.gateway.serve, name="socket"),
            web.get(f"{CALLED}/gateway/bot", self._gateway_bot, name="gateway"),
            web.get(f"{CALLED}/users/@me", self._me, name="login"),
            web.get(f"{CALLED}/oauth2/applications/@me", self._application, name="application"),
            web.get(commands, self._commands, name="commands"),
            web.put(commands, self._register, name="register"),
            web.get("/attachments/{number}", self.shelf.serve, name="attachment"),
            *self.channels.routes(CALLED),
            *self._interactions.routes(CALLED),
        ]

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Check the token where one is needed, and give scripted answers."""
        kind = request.match_info.route.name or ""
        if not (kind in BARE or self._any_token) and (
            request.headers.get("Authorization") != f"Bot {self.token}"
        ):
            return refused(401, 0, "401: Unauthorized")
        channel = request.match_info.get("channel")
        scripts = self._scripts.get((kind, channel)) or self._scripts.get((kind, None))
        answer = scripts.pop(0) if scripts else OBEYED
        self.calls[kind] += 1
        if kind not in BARE and (slower := self.limits.refuse(kind, channel)) is not None:
            return slower
        if answer != OBEYED and not answer.cut:
            return scripted(answer)
        if faults := await read_body(request, checks=self._checks):
            self.faults += faults
            return refused(400, 50035, f"Invalid Form Body: {faults}")
        try:
            response = await handler(request)
        except Exception as error:
            self.faults.append(f"{kind} broke the stand-in: {error!r}")  # the library hides a 500
            raise
        assert isinstance(response, web.StreamResponse)
        if answer.cut:
            assert request.transport is not None
            request.transport.abort()
        response.headers.update(self.limits.headers(kind, channel))
        return response

    async def _gateway_bot(self, _: web.Request) -> web.Response:
        return as_json(self.gateway.about())

    async def _me(self, _: web.Request) -> web.Response:
        return as_json(payloads.user(payloads.BOT, "trialbell", bot=True))

    async def _application(self, _: web.Request) -> web.Response:
        return as_json(payloads.application())

    async def _commands(self, request: web.Request) -> web.Response:
        asked = request.query.get("with_localizations") == "true"
        return as_json([listed(command, translations=asked) for command in self.commands])

    async def _register(self, request: web.Request) -> web.Response:
        commands = request[BODY]
        if faults := command_faults(commands):
            return refused(400, 50035, f"Invalid Form Body: {faults}")
        self.registrations += 1
        self.commands[:] = [stored(command) for command in commands]
        return as_json(self.commands)
