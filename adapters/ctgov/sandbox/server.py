"""The stand-in registry over HTTP: the endpoints of API v2 that Trialbell reads.

Beside them stand the undocumented list of a record's versions, and two that the registry does not
have: ``POST /sandbox/step`` and ``GET /sandbox/day``.
"""

from __future__ import annotations

import asyncio
import inspect
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import TracebackType

from aiohttp import web

from adapters.ctgov.sandbox.essie import QueryError
from adapters.ctgov.sandbox.fields import project
from adapters.ctgov.sandbox.pages import page
from adapters.ctgov.sandbox.parameters import nct_id, read_single
from adapters.ctgov.sandbox.sandbox import Sandbox

API = "/api/v2"
UNDESCRIBED = "/api/int"
"""Where the registry answers what its description does not name."""
API_VERSION = "2.0.5"
STEP, DAY = "/sandbox/step", "/sandbox/day"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Fault = Callable[[web.Request], web.StreamResponse | Awaitable[web.StreamResponse | None] | None]
"""Asked before each answer of the API; what it returns (or awaits) is sent in its place."""


class SandboxServer:
    """Serves a sandbox while the context is open. ``port`` 0 takes a free one.

    ``delay`` (seconds) and ``fault`` may be set at any time; ``requests`` counts by path.
    """

    def __init__(
        self, sandbox: Sandbox, *, host: str = "127.0.0.1", port: int = 0, delay: float = 0.0
    ) -> None:
        self.sandbox = sandbox
        self.delay = delay
        self.fault: Fault | None = None
        self.requests: Counter[str] = Counter()
        self._host = host
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    @property
    def url(self) -> str:
        """The base URL of the API, as a client is configured with it."""
        return self.origin + API

    async def __aenter__(self) -> SandboxServer:
        app = web.Application(middlewares=[self._around])
        app.add_routes(
            [
                web.get(f"{API}/version", self._version),
                web.get(f"{API}/studies", self._studies),
                web.get(f"{API}/studies/{{nct_id}}", self._study),
                web.get(f"{UNDESCRIBED}/studies/{{nct_id}}/history", self._history),
                web.post(STEP, self._step),
                web.get(DAY, self._day),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except BaseException:  # whatever stopped the start, the runner must not stay behind
            await self._runner.cleanup()
            raise
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @web.middleware
    async def _around(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.requests[request.path] += 1
        if request.path in {STEP, DAY}:
            return await handler(request)
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.fault is not None:
            answer = self.fault(request)
            if inspect.isawaitable(answer):
                answer = await answer
            if answer is not None:
                return answer
        try:
            return await handler(request)
        except QueryError as error:
            return _text(400, str(error))

    async def _version(self, _request: web.Request) -> web.Response:
        stamp = self.sandbox.data_timestamp
        return web.json_response({"apiVersion": API_VERSION, "dataTimestamp": stamp})

    async def _studies(self, request: web.Request) -> web.Response:
        return _json(page(self.sandbox, request.query))

    async def _study(self, request: web.Request) -> web.Response:
        asked = request.match_info["nct_id"]
        number = nct_id(asked)
        if number is None:
            return _text(400, f"'{asked}' is no NCT number.")
        fields = read_single(request.query)
        document = self.sandbox.get(number)
        if document is not None:
            record = self.sandbox.served(document)
            return _json(record if fields is None else project(record, fields))
        if (became := self.sandbox.alias_of(number)) is not None:
            where = request.rel_url.with_path(f"{API}/studies/{became}", keep_query=True)
            return web.Response(status=301, headers={"Location": str(where)})
        return _text(404, f"There is no study with NCT number {number}.")

    async def _history(self, request: web.Request) -> web.Response:
        """The list of a record's versions as it was recorded: none is made up."""
        body = self.sandbox.histories.get(request.match_info["nct_id"])
        return _text(404, "Not found.") if body is None else _json(body)

    async def _step(self, _request: web.Request) -> web.Response:
        # In the loop, so that no answer is made of two days.
        moved = self.sandbox.step()
        return web.json_response({**self._today(), "moved": moved})

    async def _day(self, _request: web.Request) -> web.Response:
        return web.json_response(self._today())

    def _today(self) -> dict[str, object]:
        return {"day": self.sandbox.day.isoformat(), "last": self.sandbox.last}


async def serve(
    folder: Path, host: str, port: int, on_ready: Callable[[str], None], *, delay: float = 0.0
) -> None:
    """Serve a folder of data days until cancelled. ``on_ready`` is told the base URL.

    Raises BadFolder where the folder cannot be served, OSError where the port is taken.
    """
    sandbox = await asyncio.to_thread(Sandbox.from_folder, folder)
    async with SandboxServer(sandbox, host=host, port=port, delay=delay) as server:
        on_ready(server.url)
        await asyncio.Event().wait()


def _json(body: bytes) -> web.Response:
    return web.Response(body=body, content_type="application/json")


def _text(status: int, sentence: str) -> web.Response:
    return web.Response(status=status, text=sentence, content_type="text/plain")
