"""The front desk: every command of every platform is answered here.

    request -> the command's handler -> store or registry -> messages

The handlers stand in ``bot.services.commands``, one file for each group; the desk knows which one
answers what, and says in words what went wrong. What is said stands in ``bot.domain``.
"""

from __future__ import annotations

import contextlib

import structlog

from bot.domain import replies
from bot.domain.address import Address
from bot.domain.commands import Request
from bot.ports.registry import BadQuery, RegistryError
from bot.ports.store_errors import StoreError
from bot.services.commands.beginning import Beginning
from bot.services.commands.explaining import Explaining
from bot.services.commands.general import General
from bot.services.commands.managing import Managing
from bot.services.commands.means import Answer, Handler, Means
from bot.services.commands.searching import Searching
from bot.services.commands.settings import Settings
from bot.services.commands.showing import Showing
from bot.services.commands.trials import Trials

log = structlog.get_logger()

GROUPS = (Trials, Searching, Beginning, Managing, Settings, Explaining, Showing, General)
"""Every group of commands; a new one is a file and its name here."""


class Desk:
    """Answers requests."""

    def __init__(self, means: Means) -> None:
        self._store = means.store
        self._handlers: dict[str, Handler] = {}
        for group in GROUPS:
            self._handlers.update(group(means).handlers)

    async def answer(self, request: Request) -> Answer:
        """The messages that answer a request. It never raises: what fails is said in words."""
        handler = self._handlers.get(request.command)
        if handler is None:
            return (replies.unknown_command(),)
        try:
            await self._note_back(request.address)
            return await handler(request)
        except BadQuery:
            return (replies.bad_query(),)
        except RegistryError as error:
            log.warning("command not answered", command=request.command, why=type(error).__name__)
            return (replies.registry_out(),)
        except StoreError as error:
            log.error("command failed", command=request.command, why=str(error))
            return (replies.failed(),)
        except Exception:  # whoever asks gets an answer in words, whatever went wrong in here
            log.exception("command failed", command=request.command)
            return (replies.failed(),)

    async def _note_back(self, address: Address) -> None:
        """A chat that was thought gone and asks something is there: what it is owed is sent."""
        with contextlib.suppress(StoreError):  # much can be answered without the database
            chat = await self._store.chats.find(address)
            if chat is not None and chat.paused_since is not None:
                await self._store.chats.resume(chat.id)
