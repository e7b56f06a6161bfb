"""Threads, posts in forums, and files: what a server has beside channels that take messages."""

from __future__ import annotations

import itertools
from typing import Any

import msgspec
from aiohttp import web

from tests.fakes.discord import payloads


class Opened(msgspec.Struct, frozen=True):
    """A thread under a message, or (``body`` set) a post in a forum."""

    id: str
    channel_id: str
    name: str
    body: dict[str, Any] | None = None
    message: dict[str, Any] | None = None
    tags: list[str] = msgspec.field(default_factory=list)


class Shelf:
    """The files that people sent along with a command, by the path that they are fetched from."""

    def __init__(self) -> None:
        self.fetched: list[str] = []
        self._files: dict[str, bytes] = {}
        self._count = itertools.count(1)

    def put(self, content: bytes, base: str) -> dict[str, Any]:
        """An attachment as an interaction brings it."""
        number = payloads.snowflake()
        path = f"/attachments/{next(self._count)}"
        self._files[path] = content
        return {
            "id": number,
            "filename": "list.txt",
            "size": len(content),
            "url": base + path,
            "proxy_url": base + path,
            "content_type": "text/plain",
        }

    async def serve(self, request: web.Request) -> web.Response:
        """Give the file."""
        self.fetched.append(request.path)
        return web.Response(body=self._files[request.path])


def thread_of(number: str, parent: str, name: str) -> dict[str, Any]:
    """A thread as Discord gives it back."""
    return payloads.thread(number, parent, payloads.GUILD) | {"name": name}
