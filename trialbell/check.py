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
from bot.ports.platform import StartFailed
from bot.ports.registry import RegistryError
from bot.ports.store_errors import StoreError
from trialbell.clock import SystemClock
from trialbell.mend import sentence
from trialbell.secret import KeyUnusable, load_secret
from trialbell.settings import Settings, unknown_names
from trialbell.wiring import IDENTIFY, open_registry, open_store, tokens

MARKS = {True: ("works", "green"), False: ("does not work", "bold red"), None: ("off", "dim")}
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
            table.add_row(Text(finding.part), Text(mark, style), Text(finding.words))
        return Group(table, Text(self._conclusion()))

    def _conclusion(self) -> str:
        if not self.all_works:
            return "\nMend what does not work, and check again."
        if all(finding.works is None for finding in self.findings if finding.part in IDENTIFY):
            return "\nAll works, but no platform is on: there is nobody to tell."
        return "\nAll works."


async def check(settings: Settings) -> Report:
    """Look at every part. Nothing is sent to anybody and nothing is read but a date."""
    parts = await asyncio.gather(
        _check_registry(settings),
        _check_database(settings),
        *(_check_platform(settings, name) for name in IDENTIFY),
    )
    return Report((*_check_names(), _check_key(settings), *parts, _check_privacy(settings)))


def _check_names() -> Iterator[Finding]:
    if unknown := unknown_names():
        words = f"There is no such setting: {', '.join(unknown)}. Is it misspelt?"
        yield Finding("settings", works=False, words=words)


def _check_key(settings: Settings) -> Finding:
    try:
        load_secret(settings)
    except KeyUnusable as error:
        return Finding("key", works=False, words=str(error))
    return Finding("key", works=True, words="The key that seals what people follow can be read.")


def _check_privacy(settings: Settings) -> Finding:
    if settings.privacy_url is None:
        words = "There is no TRIALBELL_PRIVACY_URL: /privacy says only what the program keeps."
        return Finding("privacy", works=None, words=words)
    words = f"/privacy and the question before the first follow lead to {settings.privacy_url}."
    return Finding("privacy", works=True, words=words)


async def _check_registry(settings: Settings) -> Finding:
    chance = random.Random()  # noqa: S311 - for jitter, not for secrets
    try:
        async with open_registry(settings, SystemClock(), chance) as registry:
            timestamp = await registry.data_timestamp(urgent=True)
    except RegistryError as error:
        return Finding("registry", works=False, words=sentence(error))
    words = f"The registry answers, with the data of {timestamp:%Y-%m-%d}."
    return Finding("registry", works=True, words=words)


async def _check_database(settings: Settings) -> Finding:
    try:
        async with open_store(settings) as store:
            await store.check_writable()
            state = await store.readings.state(CTGOV)
    except KeyUnusable:
        words = "It cannot be looked at without the key."
        return Finding("database", works=False, words=words)
    except StoreError as error:
        return Finding("database", works=False, words=sentence(error))
    read = f"the data of {state.done:%Y-%m-%d} were read" if state.done else "nothing was read yet"
    return Finding("database", works=True, words=f"It can be written; {read}.")


async def _check_platform(settings: Settings, name: str) -> Finding:
    token = tokens(settings).get(name)
    if token is None:
        words = f"There is no TRIALBELL_{name.upper()}_TOKEN."
        return Finding(name, works=None, words=words)
    try:
        bot = await IDENTIFY[name](settings, token)
    except StartFailed as error:
        return Finding(name, works=False, words=sentence(error))
    return Finding(name, works=True, words=f"The token is good; the bot is {bot}.")
