"""What stops a command and an operator can mend, and the sentences that say how."""

from __future__ import annotations

from bot.domain.words import say
from bot.ports.platform import StartFailed
from bot.ports.registry import RegistryError, RegistryRefused
from bot.ports.store_errors import StoreError, StoreUnavailable


class Mendable(Exception):
    """Something outside the program is wrong; the message says in whole sentences what to do."""


MENDABLE = (Mendable, StoreError, RegistryError, StartFailed)
"""Errors that end a command with a sentence. All others are mistakes of the program."""


def sentence(error: Exception) -> str:
    """What is wrong and what to do about it, for one of ``MENDABLE``."""
    match error:
        case RegistryRefused():
            tried = ", ".join(error.tried) or say("mend.registry.every")
            return say("mend.registry.refused", tried=tried)
        case RegistryError():
            return say("mend.registry", why=error)
        case StartFailed(token_refused=True):
            return say("mend.token", why=_whole(error))
        case StartFailed():
            return say("mend.start", why=error)
        case StoreUnavailable():
            return say("mend.database", why=_whole(error))
        case _:
            return _whole(error)


def _whole(error: Exception) -> str:
    """The ports' errors are told in passing, without a capital and a full stop: here with both."""
    words = str(error)
    return words[:1].upper() + words[1:].rstrip(".") + "."
