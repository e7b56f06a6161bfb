"""`trialbell run`: reading, sending and answering in one event loop, until told to stop."""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import socket
import uuid
from collections.abc import Callable, Collection, Coroutine
from datetime import timedelta
from pathlib import Path

import structlog

from bot.ports.leases import Lease
from bot.ports.messenger import MaySend, Messenger, always
from bot.ports.platform import Platform
from bot.services.deliver import TokenNoLongerGood
from bot.services.platforms import REFUSED_AGAIN_SECONDS, start, while_heard
from bot.services.tenure import Tenure
from storage.alone import alone
from trialbell.hearing import hears_a_share
from trialbell.keeping import PRUNE_SECONDS, prune
from trialbell.mend import Mendable
from trialbell.schedule import Schedule, Tick
from trialbell.settings import Settings, alive_file, unknown_names
from trialbell.wiring import (
    PLATFORMS,
    Core,
    is_shared,
    open_core,
    open_site,
    tokens,
)

BASELINE_SECONDS = 30.0
WATCH_SECONDS = 60.0
EXPIRE_SECONDS = 3600.0
ALIVE_SECONDS = 10.0
REMIND_SECONDS = 60.0

log = structlog.get_logger()


READING, SENDING = "reading", "sending"

PARTS = (READING, SENDING, *PLATFORMS)
"""What ``--only`` can name: reading the registry, all platforms, or one of them."""


async def run(settings: Settings, only: Collection[str] = ()) -> None:
    """Run what the settings turn on, or only the parts named, until SIGTERM or SIGINT.

    Raises StoreError where another process runs on the same SQLite file, and Mendable where a part
    has no such name.
    """
    unknown = sorted(set(only) - set(PARTS))
    if unknown:
        raise Mendable(f"There is no part {', '.join(unknown)}; choose from {', '.join(PARTS)}.")
    stop = asyncio.Event()
    stop_on_signals(stop)
    platforms = _platforms(settings, only)
    with alone(settings.database_url):
        async with open_core(settings) as core, open_site(core):
            runner = Runner(core, stop)
            log.info("started", platforms=sorted(platforms), registry=core.registry.name)
            _warn(tokens(settings))
            async with asyncio.TaskGroup() as group:
                group.create_task(runner.stay_alive())
                group.create_task(core.store.wakes.listen(core.wake, stop))
                if not only or READING in only:
                    group.create_task(runner.read())
                for name, token in platforms.items():
                    group.create_task(runner.serve(name, token))
            log.info("stopped")


def _warn(given: dict[str, str]) -> None:
    """Say what a person who starts it in the wrong folder, or misspells a name, would wonder at."""
    if not given:
        log.warning("no platform is on", why="no token is set: nobody is heard and nobody is told")
    for name in unknown_names():
        log.warning("setting not known", file=name, why="is it misspelt?")


def _platforms(settings: Settings, only: Collection[str]) -> dict[str, str]:
    """The platforms to serve, with their tokens."""
    return {
        name: token
        for name, token in tokens(settings).items()
        if not only or SENDING in only or name in only
    }


def stop_on_signals(stop: asyncio.Event) -> None:
    """Set ``stop`` at the first SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)


class Runner:
    """The parts of a running Trialbell, each under its lease."""

    def __init__(self, core: Core, stop: asyncio.Event) -> None:
        self._core = core
        self._stop = stop
        self._holder = _holder(core.settings)
        self._messengers: dict[str, Messenger] = {}

    async def read(self) -> None:
        """Read the registry for as long as this process holds that lease."""
        await self.tenure(f"read:{self._core.registry.name}").run(self._read, self._stop)

    async def serve(self, name: str, token: str) -> None:
        """Hear and send on one platform for as long as this process holds that token's lease.

        Who hears a share of what people ask there hears it always, whoever sends.
        """
        tenure = self.tenure(lease_name(name, token))
        if hears_a_share(self._core.settings, name):
            await self._serve_share(name, token, tenure)
            return

        async def work(lease: Lease) -> None:
            await self._serve(name, token, lease, tenure.holds)

        await tenure.run(work, self._stop)

    async def stay_alive(self) -> None:
        """Show that the loop is alive and the database writable, for ``trialbell health``."""
        path = alive_file(self._core.settings)
        schedule = Schedule(
            (
                Tick("alive", ALIVE_SECONDS, lambda: self._show_alive(path)),
                Tick("watch", WATCH_SECONDS, self._watch),
            )
        )
        schedule.start()
        await self._stop.wait()
        schedule.stop()
        path.unlink(missing_ok=True)

    def tenure(self, name: str) -> Tenure:
        """The right to do this alone, as this process asks for it."""
        core = self._core
        return Tenure(
            core.store.leases,
            core.clock,
            name=name,
            holder=self._holder,
            seconds=core.settings.lease_seconds,
            telemetry=core.telemetry,
        )

    async def _read(self, _: Lease) -> None:
        core = self._core
        schedule = Schedule(
            (
                Tick("poll", core.settings.poll_interval, core.reader.look),
                Tick("baselines", BASELINE_SECONDS, self._baselines),
                Tick("expire", EXPIRE_SECONDS, self._expire),
                Tick("prune", PRUNE_SECONDS, lambda: prune(core.store, core.clock)),
            )
        )
        core.on_follow = lambda: schedule.soon("baselines")
        schedule.start()
        try:
            await self._stop.wait()
        finally:
            core.on_follow = lambda: None
            schedule.stop()

    async def _baselines(self) -> None:
        if await self._core.baselines.run(self._stop):
            self._core.wake()

    async def _expire(self) -> None:
        grace = timedelta(days=self._core.settings.pause_grace_days)
        expired = await self._core.store.notices.expire(self._core.clock.now() - grace)
        if expired:
            log.info("debts of chats long gone expired", notices=expired)

    async def _serve(self, name: str, token: str, lease: Lease, may_send: MaySend) -> None:
        """Start the platform and send there."""

        async def work(platform: Platform) -> None:
            await self._send(name, platform.messenger, lease, may_send)

        await self._keep_up(name, token, work, may_send)

    async def _serve_share(self, name: str, token: str, tenure: Tenure) -> None:
        """Start the platform, and send there for as long as the token's lease is held."""

        async def work(platform: Platform) -> None:
            async def sending(lease: Lease) -> None:
                await self._send(name, platform.messenger, lease, tenure.holds)

            await tenure.run(sending, self._stop)

        await self._keep_up(name, token, work, always)

    async def _keep_up(
        self,
        name: str,
        token: str,
        work: Callable[[Platform], Coroutine[None, None, None]],
        may_send: MaySend,
    ) -> None:
        """Do ``work`` on a started platform; where it refuses the token, again in a while."""
        core, stop = self._core, self._stop
        try:
            while not stop.is_set():
                platform = PLATFORMS[name](core, token)
                try:
                    if not await start(name, platform, core.platforms, core.clock, stop, may_send):
                        return
                    core.join(platform.messenger)
                    await while_heard(name, platform, core.platforms, work(platform))
                finally:
                    await platform.stop()
                await core.clock.wait_for(stop, REFUSED_AGAIN_SECONDS)
        finally:
            core.platforms.left(name)

    async def _send(self, name: str, messenger: Messenger, lease: Lease, may_send: MaySend) -> None:
        """Send what is owed, until told to stop or until the platform refuses the token."""
        self._messengers[name] = messenger
        try:
            await send(self._core, messenger, lease, self._stop, may_send)
        except TokenNoLongerGood as error:
            self._core.platforms.refused(name, str(error))
        finally:
            self._messengers.pop(name, None)

    async def _watch(self) -> None:
        name, _, chat = (self._core.settings.operator or "").partition(":")
        messenger = self._messengers.get(name)
        await self._core.reader.watch()
        await self._core.platforms.keep()
        await self._core.watch.look(messenger, chat or None)
        await self._core.daily.look(messenger, chat or None)

    async def _show_alive(self, path: Path) -> None:
        await self._core.store.check_writable()
        _touch(path)


async def send(
    core: Core,
    messenger: Messenger,
    lease: Lease,
    stop: asyncio.Event,
    may_send: MaySend = always,
) -> None:
    """Send through this messenger what is owed, and the weekly line, until told to stop.

    Raises what ``Deliverer.run`` does.
    """
    deliverer, watching = core.deliverer(messenger), core.still_watching(messenger)
    look = Tick("still watching", REMIND_SECONDS, lambda: watching.look(lease, may_send))
    schedule = Schedule((look,))
    schedule.start()
    try:
        await deliverer.run(lease, stop, may_send)
    finally:
        schedule.stop()
        core.wakes.remove(deliverer.wake)


def _holder(settings: Settings) -> str:
    """The name under which this process asks for leases.

    On SQLite it is always the same: ``alone`` sees to it that nobody else runs there, so whoever
    had a lease under this name is dead, and a start after a crash need not wait for it to run out.
    """
    if not is_shared(settings):
        return "run"
    return holder_of_its_own()


def holder_of_its_own() -> str:
    """A name that no other process has, on this machine or another."""
    return f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"


def _touch(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def lease_name(platform: str, token: str) -> str:
    """The lease of sending with this token: a hash, because leases are named in logs."""
    return f"send:{platform}:{hashlib.blake2b(token.encode(), digest_size=6).hexdigest()}"
