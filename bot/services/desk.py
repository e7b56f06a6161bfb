"""The front desk: every command of every platform is answered here.

    request -> not too many? -> allowed here? -> the command's handler -> store or registry
            -> messages

The handlers stand in ``bot.services.commands``, one file for each group; the desk knows which one
answers what, and says in words what went wrong. What is said stands in ``bot.domain``.
"""

from __future__ import annotations

import contextlib

import msgspec
import structlog

from bot.domain.commands.request import Request, needs_manager
from bot.domain.emergency import help_line, speaks_of_emergency
from bot.domain.fault import arose_at
from bot.domain.feed import ELSEWHERE, read_feed
from bot.domain.managed import managing
from bot.domain.replies import answers as replies
from bot.domain.replies import feed as feed_replies
from bot.domain.turning import turning
from bot.domain.unheard import unheard
from bot.ports.registry import BadQuery, RegistryError
from bot.ports.store_errors import StoreError
from bot.services.commands.beginning import Beginning
from bot.services.commands.explaining import Explaining
from bot.services.commands.feeds import Feeds
from bot.services.commands.general import General
from bot.services.commands.leaving import Leaving
from bot.services.commands.managing import Managing
from bot.services.commands.means import Answer, Handler, Means
from bot.services.commands.mentioned import Mentioned
from bot.services.commands.searching import Searching
from bot.services.commands.settings import Settings
from bot.services.commands.showing import Showing
from bot.services.commands.trials import Trials
from bot.services.limits import Limits

log = structlog.get_logger()

GROUPS = (
    *(Trials, Searching, Beginning, Managing, Settings, Explaining, Showing),
    *(Feeds, Leaving, General, Mentioned),
)
"""Every group of commands; a new one is a file and its name here."""


class Desk:
    """Answers requests."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._limits = Limits(means.clock, means.commands_per_hour)
        self._handlers: dict[str, Handler] = {}
        for group in GROUPS:
            self._handlers.update(group(means).handlers)

    async def answer(self, request: Request) -> Answer:
        """The messages that answer a request; none where nothing is to be said.

        It never raises: what fails is said in words.
        """
        if speaks_of_emergency(request.text):  # before all else, whatever comes of the rest
            return (help_line(), *await self._answer(request))
        return await self._answer(request)

    async def _answer(self, request: Request) -> Answer:
        refused = self._limits.refusal(request)
        if refused is not None:
            return refused
        handler = self._handlers.get(_meant(request).command)
        if handler is None:
            typed = f"/{request.command} {request.text}" if request.command else request.text
            return (unheard(typed),)
        try:
            return await self._handle(handler, request)
        except BadQuery:
            return (replies.bad_query(),)
        except RegistryError as error:
            log.warning("command not answered", command=request.command, why=type(error).__name__)
            return (replies.registry_out(),)
        except StoreError as error:
            log.error("command failed", command=request.command, why=str(error))
            return (replies.failed(),)
        except Exception as error:  # noqa: BLE001 - whoever asks gets an answer in words
            why, where = type(error).__name__, arose_at(error)
            log.error("command failed", command=request.command, why=why, where=where)
            return (replies.failed(),)

    async def _handle(self, handler: Handler, request: Request) -> Answer:
        """Answer for the chat that is meant, if whoever asks may."""
        meant = _meant(request)
        managed = request.of is not None
        if not meant.may_manage and (managed or needs_manager(meant.command)):
            if managed or not await self._manages_by_role(meant):
                return (feed_replies.not_theirs(meant),)
            meant = msgspec.structs.replace(meant, may_manage=True, server=None)
        back = await self._note_back(meant)
        answer = (*turning(meant.command, await handler(meant)), *back)
        return answer if request.of is None else managing(request.of, answer)

    async def _manages_by_role(self, request: Request) -> bool:
        """Whether the server chose a role of theirs to manage its feeds. Raises StoreError."""
        if request.server is None or not request.roles:
            return False
        server = await self._means.store.chats.find(request.server)
        return server is not None and server.settings.manager_role in request.roles

    async def _note_back(self, request: Request) -> Answer:
        """A chat that was thought gone and asks something is there: what it is owed is sent.

        Where that it asks shows nothing, it is tried once more, and says how to be reached.
        """
        if request.visiting and not request.aside:
            return ()
        chats = self._means.store.chats
        with contextlib.suppress(StoreError):  # much can be answered without the database
            chat = await chats.find(request.address)
            if chat is None or chat.paused_since is None:
                return ()
            since, until = chat.paused_since, chat.paused_since + self._means.pause_grace
            today, follows = self._means.clock.now().date(), await chats.subscriptions(chat.id)
            if request.aside and follows and until.date() > today:
                await chats.try_again(request.address)
                self._means.on_choice()
                return (feed_replies.closed(since.date(), until.date()),)
            await chats.resume(chat.id)
            if follows:
                return (feed_replies.back(since.date(), until.date(), today),)
        return ()


def _meant(request: Request) -> Request:
    """The request as its handler takes it: for the managed chat, and a feed's under its own name.

    A chat that is managed from elsewhere is nobody's own.
    """
    if request.of is not None:
        request = msgspec.structs.replace(request, address=request.of, private=False)
    asked = read_feed(request.text)
    if request.command == "feed" and asked.verb in ELSEWHERE:
        command = ELSEWHERE[asked.verb]
        return msgspec.structs.replace(request, command=command, text=asked.rest)
    return request
