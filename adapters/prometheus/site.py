"""The small site on a port of its own: ``/metrics``, ``/healthz`` and ``/readyz``."""

from __future__ import annotations

import asyncio
from typing import Self

import structlog
from aiohttp import web
from prometheus_client.exposition import choose_encoder

from adapters.prometheus.telemetry import PrometheusTelemetry
from bot.ports.clock import Clock
from bot.ports.store import Store
from bot.ports.store_errors import StoreError

log = structlog.get_logger()

COUNT_EVERY = 5.0
"""Seconds: whoever asks more often is given the counts of the last time."""

PATIENCE = 8.0
"""Seconds for the store to answer: Prometheus by itself waits for ten."""


class CannotListen(Exception):
    """The port cannot be taken; the message says why and what to do."""


class Site:
    """Serves while the block runs. ``url`` is where, once it does.

    ``registry`` is the name of the registry whose data's age is shown.
    """

    def __init__(
        self,
        telemetry: PrometheusTelemetry,
        store: Store,
        registry: str,
        clock: Clock,
        *,
        host: str,
        port: int,
    ) -> None:
        self._telemetry = telemetry
        self._store = store
        self._registry = registry
        self._clock = clock
        self._host, self._port = host, port
        self._counted_at: float | None = None
        self._counting = asyncio.Lock()
        self.url = ""

    async def __aenter__(self) -> Self:
        """Raises CannotListen."""
        app = web.Application()
        app.router.add_get("/metrics", self._metrics)
        app.router.add_get("/healthz", self._alive)
        app.router.add_get("/readyz", self._ready)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise CannotListen(
                f"Metrics cannot be served on {self._host}, port {self._port} ({error.strerror}). "
                "Set another TRIALBELL_METRICS_PORT or TRIALBELL_METRICS_HOST."
            ) from None
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        log.info("metrics served", url=self.url)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _metrics(self, request: web.Request) -> web.Response:
        async with self._counting:
            await self._count()
        self._telemetry.turning(len(asyncio.all_tasks()))
        encode, kind = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(self._telemetry.registry), headers={"Content-Type": kind})

    async def _alive(self, _: web.Request) -> web.Response:
        """The loop gives an answer: it is alive."""
        return web.Response(text="The loop is alive.\n")

    async def _ready(self, _: web.Request) -> web.Response:
        held = ", ".join(self._telemetry.leases) or "none; another process may have them"
        try:
            async with asyncio.timeout(PATIENCE):
                await self._store.check_schema()
                await self._store.check_writable()
        except TimeoutError:
            return _not_ready("the database does not answer", held)
        except StoreError as error:
            return _not_ready(str(error), held)
        return web.Response(text=f"Ready: the database can be written.\nLeases: {held}\n")

    async def _count(self) -> None:
        """Ask the store, unless it was asked just now. What it cannot say is not shown."""
        loop_time = asyncio.get_running_loop().time()
        if self._counted_at is not None and loop_time - self._counted_at < COUNT_EVERY:
            return
        try:
            async with asyncio.timeout(PATIENCE):
                pending = await self._store.counts.pending()
                spreading = await self._store.counts.spreading()
                state = await self._store.readings.state(self._registry)
        except (StoreError, TimeoutError):  # said by trialbell_store_up, and logged where it hurts
            self._counted_at = None
            self._telemetry.not_counted()
            return
        self._telemetry.counted(
            pending,
            spreading=spreading,
            data=state.done,
            failing_since=state.failed_at,
            now=self._clock.now(),
        )
        self._counted_at = loop_time


def _not_ready(why: str, held: str) -> web.Response:
    return web.Response(status=503, text=f"Not ready: {why}.\nLeases: {held}\n")
