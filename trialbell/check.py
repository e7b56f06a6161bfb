"""`trialbell check`: what works, what does not, and what to do about it."""

from __future__ import annotations

import random

import msgspec

from bot.ports.platform import StartFailed
from bot.ports.registry import RegistryError, RegistryRefused
from bot.ports.store import StoreError
from trialbell.clock import SystemClock
from trialbell.secret import KeyUnusable, load_secret
from trialbell.settings import Settings
from trialbell.wiring import IDENTIFY, PLATFORMS, open_registry, open_store, tokens


class Finding(msgspec.Struct, frozen=True):
    """One part and how it is. ``works`` is None where the part is turned off."""

    part: str
    works: bool | None
    words: str


async def check(settings: Settings) -> tuple[Finding, ...]:
    """Look at every part. Nothing is sent to anybody and nothing is read but a date."""
    findings = [_check_key(settings), await _check_registry(settings)]
    findings += await _check_database(settings)
    return tuple(findings)


def _check_key(settings: Settings) -> Finding:
    try:
        load_secret(settings)
    except KeyUnusable as error:
        return Finding("key", works=False, words=str(error))
    return Finding("key", works=True, words="The key that seals what people follow can be read.")


async def _check_registry(settings: Settings) -> Finding:
    chance = random.Random()  # noqa: S311 - for jitter, not for secrets
    async with open_registry(settings, SystemClock(), chance) as registry:
        try:
            timestamp = await registry.data_timestamp()
        except RegistryRefused as error:
            tried = ", ".join(error.tried)
            words = f"The registry refuses this machine. Tried: {tried}. Ask from another network."
            return Finding("registry", works=False, words=words)
        except RegistryError as error:
            words = f"The registry does not answer ({error}). Is the network there?"
            return Finding("registry", works=False, words=words)
    return Finding("registry", works=True, words=f"The registry answers; data of {timestamp}.")


async def _check_database(settings: Settings) -> list[Finding]:
    """The database, and with it the platforms, which need it to answer."""
    try:
        async with open_store(settings) as store:
            await store.check_writable()
            state = await store.readings.state("ctgov")
            read = f"read up to the data of {state.done:%Y-%m-%d}" if state.done else "new"
            findings = [Finding("database", works=True, words=f"Can be written; {read}.")]
    except (StoreError, KeyUnusable) as error:
        words = f"{error} Look at TRIALBELL_DATABASE_URL."
        return [Finding("database", works=False, words=words)]
    return findings + [await _check_platform(settings, name) for name in PLATFORMS]


async def _check_platform(settings: Settings, name: str) -> Finding:
    token = tokens(settings).get(name)
    if token is None:
        words = f"Off: there is no TRIALBELL_{name.upper()}_TOKEN."
        return Finding(name, works=None, words=words)
    try:
        bot = await IDENTIFY[name](settings, token)
    except StartFailed as error:
        todo = "Make a new token and set it." if error.token_refused else "Is the network there?"
        return Finding(name, works=False, words=f"{error}. {todo}")
    return Finding(name, works=True, words=f"The token is good; the bot is {bot}.")
