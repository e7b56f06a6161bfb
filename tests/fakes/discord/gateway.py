"""The gateway: hello, identify, heartbeats, events, and resuming after a cut."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Sequence
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.discord import payloads

PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
"""Members, presences and message content, which a bot must be granted."""

ROUND_TRIP = 0.2
"""Seconds from a heartbeat to its answer."""


class Session:
    """What one IDENTIFY began and RESUME goes on with; ``shard`` is its number and of how many."""

    def __init__(self, shard: tuple[int, int] = (0, 1)) -> None:
        self.id = payloads.snowflake()
        self.shard = shard
        self.sent: list[dict[str, Any]] = []
        self.socket: web.WebSocketResponse | None = None
        self.muted = False

    async def event(self, name: str, data: dict[str, Any]) -> None:
        """Send an event now, or keep it for the resume."""
        self.sent.append({"op": 0, "t": name, "s": len(self.sent) + 1, "d": data})
        await self.say(self.sent[-1])

    async def say(self, frame: dict[str, Any]) -> None:
        """Send a frame, unless the line is cut or the session plays dead."""
        if self.socket is not None and not self.socket.closed and not self.muted:
            await self.socket.send_json(frame)


class Gateway:
    """All sessions of one bot. ``guilds`` are what it is told of after READY, and ``crowd`` those
    that are made anew whenever they are told of, and not kept.

    ``shards`` is how many it is told to use, ``lanes`` how many may begin at once, and ``beat``
    every how many milliseconds it is to send a heartbeat.
    """

    def __init__(self, token: str | None) -> None:
        self.token = token
        self.url = ""
        self.shards = 1
        self.lanes = 1
        self.beat = 41_250
        self.guilds: list[dict[str, Any]] = []
        self.crowd: Sequence[dict[str, Any]] = ()
        self.sessions: list[Session] = []
        self.intents: list[int] = []
        self.resumed = 0
        self.heartbeats = 0
        self.asked: list[dict[str, str]] = []
        self.changed = asyncio.Condition()

    def about(self) -> dict[str, Any]:
        """What ``GET /gateway/bot`` says."""
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": self.lanes}
        return {"url": self.url, "shards": self.shards, "session_start_limit": limit}

    async def connected(
        self, *, identifies: int = 0, resumes: int = 0, patience: float = 30
    ) -> None:
        """Wait until so many sessions have begun and so many were resumed."""
        async with asyncio.timeout(patience), self.changed:
            await self.changed.wait_for(
                lambda: len(self.sessions) >= identifies and self.resumed >= resumes
            )

    async def beaten(self, more: int) -> None:
        """Wait until so many more heartbeats have come."""
        until = self.heartbeats + more
        async with asyncio.timeout(30), self.changed:
            await self.changed.wait_for(lambda: self.heartbeats >= until)

    async def event(self, name: str, data: dict[str, Any]) -> None:
        """Tell the bot of something, on the shard that is meant."""
        await self.session_of(guild_of(name, data)).event(name, data)

    def session_of(self, guild: str | None) -> Session:
        """The newest session that hears of a server; private chats are heard on the first shard."""
        for session in reversed(self.sessions):
            number, count = session.shard
            if number == (0 if guild is None else (int(guild) >> 22) % count):
                return session
        raise AssertionError("nobody listens on that shard")

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

    async def ask_to_reconnect(self) -> None:
        """Ask the bot to connect anew and resume, as before a gateway is restarted."""
        await self.sessions[-1].say({"op": 7, "d": None})

    async def invalidate(self, *, resumable: bool) -> None:
        """Say that the session is over; ``resumable``: it may be tried to resume it."""
        await self.sessions[-1].say({"op": 9, "d": resumable})

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection from HELLO to its end."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.asked.append(dict(request.query))
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": self.beat}})
        session: Session | None = None
        async for frame in socket:
            if frame.type != WSMsgType.TEXT:
                break
            payload = json.loads(frame.data)
            if payload["op"] == 1:
                self.heartbeats += 1
                await self._told(None)
                # No network is quicker, and discord.py misreads an answer that comes before its
                # own thread went on.
                await asyncio.sleep(ROUND_TRIP)
                if session is None or not session.muted:
                    with contextlib.suppress(ConnectionError):  # it may have left meanwhile
                        await socket.send_json({"op": 11})
            elif payload["op"] == 2:
                session = await self._identify(socket, payload["d"])
            elif payload["op"] == 6:
                session = await self._resume(socket, payload["d"])
        return socket

    async def _identify(
        self, socket: web.WebSocketResponse, data: dict[str, Any]
    ) -> Session | None:
        if self.token is not None and data["token"] != self.token:
            await socket.close(code=4004)
            return None
        number, count = data.get("shard", (0, 1))
        if number >= count or count < self.shards:
            await socket.close(code=4010 if number >= count else 4011)
            return None
        self.intents.append(data["intents"])
        if data["intents"] & PRIVILEGED:
            await socket.close(code=4014)
            return None
        session = Session((number, count))
        session.socket = socket
        ids = [one["id"] for one in (*self.guilds, *self.crowd)]
        mine = {one for one in ids if (int(one) >> 22) % count == number}
        await session.event(
            "READY",
            {
                "v": 10,
                "user": payloads.user(payloads.BOT, "trialbell", bot=True),
                "guilds": [{"id": one, "unavailable": True} for one in ids if one in mine],
                "session_id": session.id,
                "resume_gateway_url": self.url,
                "application": {"id": payloads.APPLICATION, "flags": 0},
                "shard": [number, count],
            },
        )
        for guild in self.guilds:
            if guild["id"] in mine:
                await session.event("GUILD_CREATE", guild)
        for guild in self.crowd:
            if guild["id"] in mine:
                await session.event("GUILD_CREATE", guild)
                session.sent[-1]["d"] = {"id": guild["id"], "unavailable": True}
        await self._told(session)
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> Session | None:
        session = next((known for known in self.sessions if known.id == data["session_id"]), None)
        if session is None:
            await socket.send_json({"op": 9, "d": False})
            return None
        session.socket, session.muted = socket, False
        for missed in session.sent[data["seq"] :]:
            await socket.send_json(missed)
        await session.event("RESUMED", {})
        self.resumed += 1
        await self._told(None)
        return session

    async def _told(self, session: Session | None) -> None:
        async with self.changed:
            if session is not None:
                self.sessions.append(session)
            self.changed.notify_all()


def guild_of(name: str, data: dict[str, Any]) -> str | None:
    """The server that an event is about, or None in private chats."""
    guild = data["id"] if name in ("GUILD_CREATE", "GUILD_DELETE") else data.get("guild_id")
    return None if guild is None else str(guild)
