"""The one place that builds everything: settings in, a whole Trialbell out."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from adapters.ctgov.pace import Book
from adapters.ctgov.parse import parse
from adapters.ctgov.registry import CtgovRegistry
from adapters.discord.platform import DiscordPlatform
from adapters.discord.shards import Shards
from adapters.gazetteer.gazetteer import OfflineGazetteer
from adapters.printing.printer import TypstPrinter
from adapters.prometheus.site import CannotListen, Site
from adapters.prometheus.telemetry import PrometheusTelemetry
from adapters.telegram.platform import TelegramPlatform
from bot.domain.address import Address
from bot.domain.mass import Limits
from bot.domain.study import CTGOV
from bot.ports.clock import Clock
from bot.ports.gazetteer import Gazetteer
from bot.ports.messenger import Messenger
from bot.ports.platform import Platform
from bot.ports.printer import Printer
from bot.ports.registry import Registry
from bot.ports.store import Store
from bot.ports.telemetry import UNMEASURED, Telemetry
from bot.services.absorb import Absorber
from bot.services.baseline import Baselines
from bot.services.commands.means import Means
from bot.services.daily import Daily
from bot.services.data_date import DataDate
from bot.services.deliver import Deliverer
from bot.services.desk import Desk
from bot.services.instant import Instant
from bot.services.look_up import LookUp
from bot.services.measure import MeasuredMessenger
from bot.services.operator import OperatorWatch
from bot.services.platforms import PlatformWatch
from bot.services.poll import Poll
from bot.services.posting import Posting
from bot.services.read import Reader
from bot.services.suggesting import Suggesting
from bot.services.waiting import StoredWaiting
from bot.services.watching import StillWatching
from storage.migrate import migrate
from storage.store import SqlStore
from trialbell.clock import SystemClock, zone
from trialbell.hearing import webhook
from trialbell.mend import Mendable
from trialbell.secret import load_secret
from trialbell.settings import Settings, shards_here


@dataclass
class Core:
    """Everything but the platforms, over one database and one registry."""

    settings: Settings
    store: Store
    registry: Registry
    clock: Clock
    chance: random.Random
    wakes: list[asyncio.Event] = field(default_factory=list)
    """One for each deliverer in this process: set when something is owed."""
    gazetteer: Gazetteer = field(default_factory=OfflineGazetteer)
    printer: Printer = field(default_factory=TypstPrinter)
    on_follow: Callable[[], None] = lambda: None
    """What is to happen when a followed condition owes a baseline."""
    telemetry: Telemetry = UNMEASURED

    def __post_init__(self) -> None:
        """Put the services together."""
        registry, store, clock = self.registry, self.store, self.clock
        self.absorber = Absorber(store, clock, self.telemetry)
        self.baselines = Baselines(registry, store, self.absorber, clock, self.telemetry)
        data_date = DataDate(registry, clock)
        look_up = LookUp(registry, store, self.absorber, data_date)
        self.posting = Posting(lambda: uuid.uuid4().hex[:25])
        self.means = Means(
            registry=registry,
            store=store,
            look_up=look_up,
            data_date=data_date,
            clock=clock,
            gazetteer=self.gazetteer,
            zones=zone,
            on_follow=self._followed,
            on_choice=self.wake,
            subscriptions_per_chat=self.settings.subscriptions_per_chat,
            posting=self.posting,
            printer=self.printer,
            commands_per_hour=self.settings.commands_per_hour,
            pause_grace=timedelta(days=self.settings.pause_grace_days),
            privacy_url=self.settings.privacy_url,
            contact=self.settings.operator_contact,
        )
        self.desk = Desk(self.means)
        self.instant = Instant(store, self.gazetteer, clock)
        self.suggesting = Suggesting(store, self.gazetteer, clock)
        limits = Limits(
            share=self.settings.mass_change_share / 100,
            at_least=self.settings.mass_change_at_least,
        )
        poll = Poll(registry, store, self.absorber, data_date, clock, limits=limits)
        self.reader = Reader(poll, store, registry.name, clock, self.wake, self.telemetry)
        self.platforms = PlatformWatch(store, clock)
        self.waiting = StoredWaiting(store, clock)
        self.watch = OperatorWatch(store, registry.name, clock)
        self.daily = Daily(store, registry.name, clock, self.settings.operator_daily)

    def _followed(self) -> None:
        self.on_follow()  # looked up at each call: it changes with the lease of reading

    def wake(self) -> None:
        """Something new is owed: let everybody who sends look."""
        for event in self.wakes:
            event.set()

    def join(self, messenger: Messenger) -> None:
        """Post through this messenger what is asked here, whoever sends what is owed."""
        self.posting.join(self._measured(messenger))

    def deliverer(self, messenger: Messenger) -> Deliverer:
        """Who sends through this messenger."""
        measured = self._measured(messenger)
        deliverer = Deliverer(self.store, measured, self.clock, self.chance, zone, self.telemetry)
        self.wakes.append(deliverer.wake)
        return deliverer

    def still_watching(self, messenger: Messenger) -> StillWatching:
        """Who says through this messenger that nothing changed."""
        measured = self._measured(messenger)
        return StillWatching(self.store, measured, self.registry.name, self.clock, zone)

    def _measured(self, messenger: Messenger) -> MeasuredMessenger:
        return MeasuredMessenger(messenger, self.clock, self.telemetry, self.platforms.heard)

    async def chat_gone(self, address: Address) -> None:
        """A platform says that a chat, with all topics in it, blocked the bot or threw it out."""
        await self.store.chats.pause_all(address, self.clock.now())

    async def chat_back(self, address: Address) -> None:
        """A platform says that a chat can perhaps be written to again: the next send shows it."""
        await self.store.chats.try_again(address)
        self.wake()

    async def chat_moved(self, old: Address, new: Address) -> None:
        """A platform says that a chat has another address: all of it goes along."""
        chat = await self.store.chats.find(old)
        if chat is not None:
            await self.store.chats.move(chat.id, new)
            # It may have been paused for what failed at the old address.
            await self.chat_back(new)


def telegram(core: Core, token: str) -> Platform:
    """Telegram, as its token's bot."""
    return TelegramPlatform(
        token,
        core.settings.telegram_api_url,
        core.desk.answer,
        core.clock,
        on_gone=core.chat_gone,
        on_back=core.chat_back,
        on_moved=core.chat_moved,
        find=core.instant.find,
        waiting=core.waiting,
        paid=core.settings.telegram_paid_broadcast,
        webhook=webhook(core.settings, token),
    )


def discord(core: Core, token: str) -> Platform:
    """Discord, as its token's bot."""
    return DiscordPlatform(
        token,
        core.settings.discord_api_url,
        core.desk.answer,
        core.clock,
        on_gone=core.chat_gone,
        on_back=core.chat_back,
        suggest=core.suggesting.suggest,
        shards=Shards(core.settings.discord_shard_count, shards_here(core.settings)),
    )


PLATFORMS: dict[str, Callable[[Core, str], Platform]] = {"telegram": telegram, "discord": discord}
"""Each platform that needs a token, by the name that its settings begin with."""


def tokens(settings: Settings) -> dict[str, str]:
    """The platforms that are on, with their tokens."""
    given = {"telegram": settings.telegram_token, "discord": settings.discord_token}
    return {name: token.get_secret_value() for name, token in given.items() if token is not None}


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[SqlStore]:
    """The database that the settings name, brought to this release's schema."""
    await migrate(settings.database_url)
    store = await SqlStore.open(
        settings.database_url, load_secret(settings), parsers={CTGOV: parse}
    )
    try:
        yield store
    finally:
        await store.close()


def is_shared(settings: Settings) -> bool:
    """Whether several processes can run on this database: SQLite is one process's own."""
    return not settings.database_url.startswith("sqlite")


@asynccontextmanager
async def open_core(settings: Settings) -> AsyncIterator[Core]:
    """Everything but the platforms, closed again at the end."""
    clock, chance = SystemClock(), random.Random()  # noqa: S311 - for jitter, not for secrets
    telemetry = UNMEASURED if settings.metrics_port is None else PrometheusTelemetry()
    async with open_store(settings) as store:
        book = partial(store.leases.book, "pace:ctgov") if is_shared(settings) else None
        async with open_registry(settings, clock, chance, book) as registry:
            yield Core(settings, store, registry, clock, chance, telemetry=telemetry)


@asynccontextmanager
async def open_site(core: Core) -> AsyncIterator[Site | None]:
    """What the operator's tools ask, where the settings turn it on. Raises Mendable."""
    port, telemetry = core.settings.metrics_port, core.telemetry
    if port is None or not isinstance(telemetry, PrometheusTelemetry):
        yield None
        return
    host, name = core.settings.metrics_host, core.registry.name
    async with AsyncExitStack() as stack:
        try:
            site = Site(telemetry, core.store, name, core.clock, host=host, port=port)
            await stack.enter_async_context(site)
        except CannotListen as error:
            raise Mendable(str(error)) from None
        yield site


@asynccontextmanager
async def open_registry(
    settings: Settings, clock: Clock, chance: random.Random, book: Book | None = None
) -> AsyncIterator[CtgovRegistry]:
    """The registry that the settings name; ``book`` keeps its rate over several processes."""
    registry = CtgovRegistry(
        settings.registry_url,
        rate=settings.registry_rate,
        book=book,
        contact=settings.operator_contact,
        clock=clock,
        random=chance,
    )
    try:
        yield registry
    finally:
        await registry.close()
