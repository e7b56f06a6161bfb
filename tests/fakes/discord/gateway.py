"""The gateway: hello, identify, heartbeats, events, and resuming after a cut."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.discord import payloads

PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
"""Members, presences and message content, which a bot must be granted."""

ROUND_TRIP = 0.2
"""Seconds from a heartbeat to its answer."""


class Session:
    """What one IDENTIFY began and RESUME goes on with."""

    def __init__(self) -> None:
        self.id = payloads.snowflake()
        self.sent: list[dict[str, Any]] = []
        self.socket: web.WebSocketResponse | None = None

    async def event(self, name: str, data: dict[str, Any]) -> None:
        """Send an event now, or keep it for the resume."""
        self.sent.append({"op": 0, "t": name, "s": len(self.sent) + 1, "d": data})
        if self.socket is not None and not self.socket.closed:
            await self.socket.send_json(self.sent[-1])


class Gateway:
    """All sessions of one bot. ``guilds`` are what it is told of after READY."""

    def __init__(self, token: str | None) -> None:
        self.token = token
        self.url = ""
        self.guilds: list[dict[str, Any]] = []
        self.sessions: list[Session] = []
        self.intents: list[int] = []
        self.resumed = 0
        self.heartbeats = 0
        self.asked: list[dict[str, str]] = []
        self.changed = asyncio.Condition()

    async def connected(self, *, identifies: int = 0, resumes: int = 0) -> None:
        """Wait until so many sessions have begun and so many were resumed."""
        async with asyncio.timeout(10), self.changed:
            await self.changed.wait_for(
                lambda: len(self.sessions) >= identifies and self.resumed >= resumes
            )

    async def event(self, name: str, data: dict[str, Any]) -> None:
        """Tell the bot of something."""
        await self.sessions[-1].event(name, data)

    async def cut(self, *, forget: bool = False) -> None:
        """Cut the connection without a word; ``forget``: the session cannot be resumed."""
        session = self.sessions[-1]
        socket = session.socket
        if forget:
            session.id = "forgotten"
        if socket is not None:
            session.socket = None
            transport = socket._req.transport if socket._req is not None else None
            assert transport is not None
            transport.abort()

    async def close(self, code: int) -> None:
        """Close the connection and say why."""
        socket = self.sessions[-1].socket
        assert socket is not None
        await socket.close(code=code)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection from HELLO to its end."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.asked.append(dict(request.query))
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41_250}})
        async for frame in socket:
            if frame.type != WSMsgType.TEXT:
                break
            payload = json.loads(frame.data)
            if payload["op"] == 1:
                self.heartbeats += 1
                # No network is quicker, and discord.py misreads an answer that comes before its
                # own thread went on.
                await asyncio.sleep(ROUND_TRIP)
                await socket.send_json({"op": 11})
            elif payload["op"] == 2:
                await self._identify(socket, payload["d"])
            elif payload["op"] == 6:
                await self._resume(socket, payload["d"])
        return socket

    async def _identify(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> None:
        if self.token is not None and data["token"] != self.token:
            await socket.close(code=4004)
            return
        self.intents.append(data["intents"])
        if data["intents"] & PRIVILEGED:
            await socket.close(code=4014)
            return
        session = Session()
        session.socket = socket
        await session.event(
            "READY",
            {
                "v": 10,
                "user": payloads.user(payloads.BOT, "trialbell", bot=True),
                "guilds": [{"id": guild["id"], "unavailable": True} for guild in self.guilds],
                "session_id": session.id,
                "resume_gateway_url": self.url,
                "application": {"id": payloads.APPLICATION, "flags": 0},
            },
        )
        for guild in self.guilds:
            await session.event("GUILD_CREATE", guild)
        await self._told(session)

    async def _resume(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> None:
        session = next((known for known in self.sessions if known.id == data["session_id"]), None)
        if session is None:
            await socket.send_json({"op": 9, "d": False})
            return
        session.socket = socket
        for missed in session.sent[data["seq"] :]:
            await socket.send_json(missed)
        await session.event("RESUMED", {})
        self.resumed += 1
        await self._told(None)

    async def _told(self, session: Session | None) -> None:
        async with self.changed:
            if session is not None:
                self.sessions.append(session)
            self.changed.notify_all()
