"""The bot's answers to people: the first sign within 3 seconds, once, then messages after it."""

from __future__ import annotations

import time
from typing import Any

from aiohttp import web

from tests.fakes.discord import payloads
from tests.fakes.discord.answering import as_json, refused
from tests.fakes.discord.bodies import BODY
from tests.fakes.discord.limits import message_faults
from tests.fakes.discord.people import Asked

SIGN_SECONDS = 3.0
"""After so long without a sign an interaction is no longer known."""

TOKEN_SECONDS = 900.0
"""So long an interaction can be answered after its sign.

Source of both: https://discord.com/developers/docs/interactions/receiving-and-responding.
"""


class Interactions:
    """All that people asked, by the token under which each can be answered."""

    def __init__(self) -> None:
        self._asked: dict[str, Asked] = {}

    def begin(self, payload: dict[str, Any]) -> Asked:
        """Somebody asks; the bot is told elsewhere."""
        asked = Asked(payload["token"], payload["channel_id"])
        self._asked[asked.token] = asked
        return asked

    def routes(self, api: str) -> list[web.RouteDef]:
        """Where the bot answers. None of them asks for the bot's token."""
        hook = f"{api}/webhooks/{payloads.APPLICATION}/{{token}}"
        callback = f"{api}/interactions/{{id}}/{{token}}/callback"
        return [
            web.post(callback, self._callback, name="callback"),
            web.post(hook, self._follow_up, name="followup"),
            web.delete(f"{hook}/messages/@original", self._take_back, name="takeback"),
            web.patch(f"{hook}/messages/@original", self._edit, name="edit"),
        ]

    async def _callback(self, request: web.Request) -> web.Response:
        asked = self._asked.get(request.match_info["token"])
        late = asked is not None and time.monotonic() - asked.at > SIGN_SECONDS
        if asked is None or (late and asked.deferred is None):
            return refused(404, 10062, "Unknown interaction")
        if asked.deferred is not None:
            return refused(400, 40060, "Interaction has already been acknowledged.")
        asked.deferred = request[BODY]
        asked.tell()
        number = request.match_info["id"]
        return as_json({"interaction": {"id": number, "type": 2, "response_message_loading": True}})

    async def _take_back(self, request: web.Request) -> web.Response:
        asked = self._answerable(request)
        if asked is None:
            return refused(404, 10015, "Unknown Webhook")
        asked.taken_back = True
        asked.tell()
        return web.Response(status=204)

    async def _edit(self, request: web.Request) -> web.Response:
        asked, body = self._answerable(request), request[BODY]
        if asked is None:
            return refused(404, 10015, "Unknown Webhook")
        if faults := message_faults(body):
            return refused(400, 50035, f"Invalid Form Body: {faults}")
        asked.edits.append(body)
        asked.tell()
        return as_json(payloads.message(asked.channel, body))

    async def _follow_up(self, request: web.Request) -> web.Response:
        asked, body = self._answerable(request), request[BODY]
        if asked is None:
            return refused(404, 10015, "Unknown Webhook")
        if faults := message_faults(body):
            return refused(400, 50035, f"Invalid Form Body: {faults}")
        asked.answers.append(body)
        asked.tell()
        return as_json(payloads.message(asked.channel, body, flags=body.get("flags", 0)))

    def _answerable(self, request: web.Request) -> Asked | None:
        """What was asked under the token, once it had its sign and until its time is over."""
        asked = self._asked.get(request.match_info["token"])
        if asked is None or asked.deferred is None:
            return None
        return asked if time.monotonic() - asked.at < TOKEN_SECONDS else None
