"""`trialbell check`: what works, what does not, and what to do about it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator

import msgspec
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.domain.study import CTGOV
from bot.domain.words import say
from bot.ports.platform import StartFailed
from bot.ports.readings import ReadingState
from bot.ports.registry import RegistryError
from bot.ports.store_errors import StoreError
from trialbell.bots import ADVISE, IDENTIFY, REACH
from trialbell.clock import SystemClock
from trialbell.mend import sentence
from trialbell.secret import KeyUnusable, load_secret
from trialbell.settings import ENV_FILE, PREFIX, Settings, open_to_others, unknown_names
from trialbell.wiring import open_registry, open_store, tokens

MARKS = {
    True: ("check.works", "green"),
    False: ("check.fails", "bold red"),
    None: ("check.off", "dim"),
}
"""What is said of a part, and its style."""


class Finding(msgspec.Struct, frozen=True):
    """One part and how it is. ``works`` is None where the part is turned off."""

    part: str
    works: bool | None
    words: str


class Report(msgspec.Struct, frozen=True):
    """All findings; rich prints it, in columns that wrap."""

    findings: tuple[Finding, ...]

    @property
    def all_works(self) -> bool:
        """Whether nothing that is on fails."""
        return all(finding.works is not False for finding in self.findings)

    def __rich__(self) -> RenderableType:
        table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for finding in self.findings:
            mark, style = MARKS[finding.works]
            # Text, because words from elsewhere may look like markup.
            table.add_row(Text(finding.part), Text(say(mark), style), Text(finding.words))
        return Group(table, Text(), Text(self._conclusion()))

    def _conclusion(self) -> str:
        if not self.all_works:
            return say("check.mend")
        if all(finding.works is None for finding in self.findings if finding.part in IDENTIFY):
            return say("check.all.nobody")
        return say("check.all")


async def check(settings: Settings) -> Report:
    """Look at every part. Nothing is sent to anybody and nothing is read but a date."""
    parts = await asyncio.gather(
        _check_registry(settings),
        _check_database(settings),
        *(_check_platform(settings, name) for name in IDENTIFY),
        _check_operator(settings),
    )
    return Report((*_check_names(), _check_key(settings), *parts, _check_privacy(settings)))


def _check_names() -> Iterator[Finding]:
    if unknown := unknown_names():
        words = say("check.settings.unknown", names=", ".join(unknown))
        yield Finding("settings", works=False, words=words)
    if open_to_others():
        yield Finding("settings", works=False, words=say("check.settings.open", file=ENV_FILE))


def _check_key(settings: Settings) -> Finding:
    try:
        load_secret(settings)
    except KeyUnusable as error:
        return Finding("key", works=False, words=str(error))
    return Finding("key", works=True, words=say("check.key"))


def _check_privacy(settings: Settings) -> Finding:
    if settings.privacy_url is None:
        return Finding("privacy", works=None, words=say("check.privacy.off"))
    words = say("check.privacy", url=settings.privacy_url)
    return Finding("privacy", works=True, words=words)


async def _check_registry(settings: Settings) -> Finding:
    chance = random.Random()  # noqa: S311 - for jitter, not for secrets
    try:
        async with open_registry(settings, SystemClock(), chance) as registry:
            timestamp = await registry.data_timestamp(urgent=True)
    except RegistryError as error:
        return Finding("registry", works=False, words=sentence(error))
    words = say("check.registry", day=timestamp.date())
    return Finding("registry", works=True, words=words)


async def _check_database(settings: Settings) -> Finding:
    try:
        async with open_store(settings) as store:
            await store.check_writable()
            state = await store.readings.state(CTGOV)
            held = await store.keeping.held()
            aside = await store.counts.set_aside(state.done.date()) if state.done else 0
    except KeyUnusable:
        return Finding("database", works=False, words=say("check.database.no_key"))
    except StoreError as error:
        return Finding("database", works=False, words=sentence(error))
    return Finding("database", works=True, words=_about_database(state, held, aside))


def _about_database(state: ReadingState, held: int, aside: int) -> str:
    said = [say("check.database.empty")]
    if state.done is not None:
        said = [say("check.database", day=state.done.date())]
    if aside:
        said.append(say("check.database.aside", count=aside))
    if held:
        said.append(say("check.database.held", count=held))
    return " ".join(said)


async def _check_platform(settings: Settings, name: str) -> Finding:
    token = tokens(settings).get(name)
    if token is None:
        words = say("check.platform.off", name=f"{PREFIX}{name.upper()}_TOKEN")
        return Finding(name, works=None, words=words)
    try:
        bot = await IDENTIFY[name](settings, token)
        advice = await ADVISE[name](settings, token) if name in ADVISE else ()
    except StartFailed as error:
        return Finding(name, works=False, words=sentence(error))
    words = " ".join((say("check.platform", bot=bot), *advice))
    return Finding(name, works=True, words=words)


async def _check_operator(settings: Settings) -> Finding:
    """The chat that is to hear of outages: whether its bot sees it. Nothing is sent there."""
    if settings.operator is None:
        return Finding("operator", works=None, words=say("check.operator.off"))
    platform, _, chat = settings.operator.partition(":")
    token = tokens(settings).get(platform)
    if token is None:
        words = say("check.operator.no_token", name=f"{PREFIX}{platform.upper()}_TOKEN")
        return Finding("operator", works=False, words=words)
    try:
        name = await REACH[platform](settings, token, chat)
    except StartFailed as error:
        return Finding("operator", works=False, words=sentence(error))
    if name is None:
        words = say(f"check.operator.unseen.{platform}", chat=settings.operator)
        return Finding("operator", works=False, words=words)
    return Finding("operator", works=True, words=say("check.operator", name=name))
