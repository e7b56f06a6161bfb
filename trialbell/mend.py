"""What stops a command and an operator can mend, and the sentences that say how."""

from __future__ import annotations

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
            tried = ", ".join(error.tried) or "every way of asking"
            return f"The registry refuses this machine. Tried: {tried}. Ask from another network."
        case RegistryError():
            todo = "Is the network there, and is TRIALBELL_REGISTRY_URL right?"
            return f"The registry cannot be read: {error}. {todo}"
        case StartFailed(token_refused=True):
            return f"{_whole(error)} Make a new token and set it."
        case StartFailed():
            return f"It could not be started: {error}. Is the network there?"
        case StoreUnavailable():
            return (
                f"{_whole(error)} Check TRIALBELL_DATABASE_URL, and that this user can write there."
            )
        case _:
            return _whole(error)


def _whole(error: Exception) -> str:
    """The ports' errors are told in passing, without a capital and a full stop: here with both."""
    words = str(error)
    return words[:1].upper() + words[1:].rstrip(".") + "."
