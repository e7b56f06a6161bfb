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

Each subject has a file: ``telegram_people`` (what a test does), ``telegram_updates``,
``telegram_sending``, ``telegram_talk`` and ``telegram_asking`` (what the bot calls: the method
``sendMessage`` is ``do_send_message``), ``telegram_described`` and ``telegram_checks`` (what is
refused), ``telegram_limits`` (what is refused as too fast), ``telegram_trouble`` (other
answers, by a test's wish).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import re
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fakes.telegram_asking import BOT_NAME, Asking
from tests.fakes.telegram_checks import Refusal
from tests.fakes.telegram_described import decode
from tests.fakes.telegram_limits import WRITES, Limits
from tests.fakes.telegram_people import People
from tests.fakes.telegram_sending import Sending
from tests.fakes.telegram_shapes import CHANNEL, Accepted, refusal
from tests.fakes.telegram_state import CALLER, TOKEN

__all__ = ["BOT_NAME", "CHANNEL", "TOKEN", "Accepted", "FakeTelegram"]


class FakeTelegram(People, Sending, Asking):
    """One bot's Bot API. ``token`` of None takes every token, each as the same bot.

    With ``enforce`` whatever breaks Telegram's limits is refused.
    """

    def __init__(
        self,
        *,
        token: str | None = TOKEN,
        port: int = 0,
        delay: float = 0.0,
        log: Path | None = None,
        enforce: bool = False,
    ) -> None:
        super().__init__(token, delay, log)
        self.port = port
        self.limits = Limits() if enforce else None
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
        self._wake_poll()
        if self._runner is not None:
            await self._runner.cleanup()

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
            return refusal(401, "Unauthorized")
        form = await self._read(request)
        try:
            parameters = decode(method, form)
            CALLER.set(request.match_info.get("caller", ""))
            self.calls.append((method, parameters))
            await self._notify()
            return await self._answer(request, method, parameters)
        except Refusal as refused:
            if refused.ours:
                self.complaints.append(str(refused))
            return refusal(400, f"Bad Request: {refused}")
        finally:
            await self._notify()

    async def _read(self, request: web.Request) -> dict[str, str]:
        posted = await request.post()
        form = {name: str(value) for name, value in posted.items()}
        for name, value in posted.items():
            if isinstance(value, web.FileField):
                form[name] = value.filename
                self._uploaded = value.file.read()
        return form

    async def _answer(
        self, request: web.Request, method: str, parameters: dict[str, Any]
    ) -> web.StreamResponse:
        scripted = self.scripted(method, parameters)
        if scripted and scripted.raw is not None:
            return web.Response(text=scripted.raw, status=scripted.status or 200)
        if scripted and scripted.status is not None:
            return refusal(scripted.status, scripted.description, scripted.parameters)
        if self.limits is not None and method in WRITES:
            wait = self.limits.retry_after(str(parameters["chat_id"]))
            if wait is not None:
                words = f"Too Many Requests: retry after {wait}"
                return refusal(429, words, {"retry_after": wait})
        handler = getattr(self, f"do_{_snake_case(method)}", None)
        if handler is None:
            self.complaints.append(f"nothing stands in for {method} here")
            return refusal(404, "Not Found")
        result = await handler(parameters)
        if isinstance(result, web.Response):
            return result
        if scripted:
            return await self._lose(request, hang=scripted.hang)
        return web.json_response({"ok": True, "result": result})

    async def _lose(self, request: web.Request, *, hang: bool) -> web.Response:
        await self._notify()
        if hang:
            await self._over.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _serve_file(self, request: web.Request) -> web.Response:
        return web.Response(body=self._files[request.match_info["file"]])


def _snake_case(method: str) -> str:
    return re.sub("[A-Z]", lambda capital: "_" + capital[0].lower(), method)


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
