"""The front desk: every command of every platform is answered here.

    request -> the command's handler -> store or registry -> messages

The desk orders the steps; what is said stands in ``bot.domain.replies`` and the cards.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable

import structlog

from bot.domain import replies
from bot.domain.address import Address
from bot.domain.card import card
from bot.domain.change import TOLD_BY_DEFAULT, mask
from bot.domain.commands import Request
from bot.domain.history import history, page_asked
from bot.domain.message import Message
from bot.domain.nct import find_key
from bot.domain.phrases import phrase
from bot.domain.resolve import resolve
from bot.domain.study import StudyKey
from bot.domain.watch import Subscription
from bot.domain.whole import asked_whole, whole
from bot.ports.clock import Clock
from bot.ports.registry import BadQuery, NotFound, Registry, RegistryError
from bot.ports.store import Store
from bot.ports.store_errors import StoreError
from bot.services.data_date import DataDate
from bot.services.histories import Histories
from bot.services.look_up import LookUp

SHORTEST_PHRASE = 3
"""Characters: shorter words (``flu`` is the shortest that is a condition) would match anything."""

LONGEST_PHRASE = 120
"""Characters: longer than any condition's name in the registry; what is longer is not one."""

log = structlog.get_logger()

Answer = tuple[Message, ...]


class Desk:
    """Answers requests. ``on_follow`` is called when something new is owed a baseline."""

    def __init__(
        self,
        registry: Registry,
        store: Store,
        look_up: LookUp,
        data_date: DataDate,
        clock: Clock,
        on_follow: Callable[[], None],
    ) -> None:
        self._registry = registry
        self._store = store
        self._look_up = look_up
        self._data_date = data_date
        self._clock = clock
        self._on_follow = on_follow
        self._histories = Histories(registry, clock)
        self._handlers: dict[str, Callable[[Request], Awaitable[Answer]]] = {
            "trial": self._trial,
            "follow": self._follow,
            "consent": self._consent,
            "decline": self._decline,
            "following": self._following,
            "unfollow": self._unfollow,
            "history": self._history,
            "whole": self._whole,
            "help": self._help,
            "about": self._about,
        }

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

    async def _trial(self, request: Request) -> Answer:
        key = find_key(request.text)
        if key is None:
            return (replies.which_trial(),)
        try:
            found = await self._look_up.find(key)
        except NotFound:
            return (replies.no_such_trial(key.number),)
        return (card(found.study, data_day=found.data_day, stale=found.stale),)

    async def _follow(self, request: Request) -> Answer:
        what = " ".join(request.text.split())
        key = find_key(what)
        if not what:
            return (replies.follow_what(),)
        if key is None and len(phrase(what)) < SHORTEST_PHRASE:
            return (replies.words_too_short(),)
        if key is None and len(phrase(what)) > LONGEST_PHRASE:
            return (replies.words_too_long(LONGEST_PHRASE),)
        chat = await self._store.chats.find(request.address)
        if request.private and (chat is None or chat.consented_at is None):
            chat = chat or await self._store.chats.chat(request.address)
            await self._store.chats.ask_consent(chat.id, what)
            return (replies.ask_consent(),)
        return await self._follow_now(request.address, what)

    async def _consent(self, request: Request) -> Answer:
        chat = await self._store.chats.find(request.address)
        if chat is None or chat.asked is None:
            return (replies.nothing_asked(),)
        await self._store.chats.consent(chat.id, self._clock.now())
        return await self._follow_now(request.address, chat.asked)

    async def _decline(self, request: Request) -> Answer:
        await self._store.chats.forget_asked(request.address)
        return (replies.declined(),)

    async def _follow_now(self, address: Address, what: str) -> Answer:
        """The registry is asked first: a chat that follows nothing in the end is not taken in."""
        key = find_key(what)
        if key is not None:
            return await self._follow_trial(address, key)
        return await self._follow_words(address, what)

    async def _follow_trial(self, address: Address, key: StudyKey) -> Answer:
        try:
            found = await self._look_up.find(key)
        except NotFound:
            return (replies.no_such_trial(key.number),)
        chat = await self._store.chats.chat(address)
        _, is_new = await self._store.chats.follow_study(
            chat.id, found.study.key, kinds=mask(TOLD_BY_DEFAULT), since=found.data_day
        )
        return (replies.follows_trial(found.study, found.data_day, is_new=is_new),)

    async def _follow_words(self, address: Address, words: str) -> Answer:
        filings = await self._registry.filings(words)
        day = (await self._data_date.now()).date()
        interest = resolve(words, filings)
        chat = await self._store.chats.chat(address)
        _, is_new = await self._store.chats.follow_interest(
            chat.id, interest, kinds=mask(TOLD_BY_DEFAULT), since=day
        )
        self._on_follow()
        return (replies.follows_interest(interest, day, found=len(filings), is_new=is_new),)

    async def _following(self, request: Request) -> Answer:
        return (replies.following(await self._subscriptions(request.address)),)

    async def _unfollow(self, request: Request) -> Answer:
        if not request.text:
            return (replies.unfollow_what(),)
        meant = find_subscription(request.text, await self._subscriptions(request.address))
        if meant is None:
            return (replies.not_followed(),)
        await self._store.chats.unfollow(meant.chat_id, meant.id)
        return (replies.unfollowed(meant),)

    async def _history(self, request: Request) -> Answer:
        key = find_key(request.text)
        if key is None:
            return (replies.which_trial(),)
        seen = await self._store.studies.history(key)
        stored = await self._store.studies.get(key)
        listed = await self._histories.of(key)
        day = stored.read_day if stored and not listed else self._clock.now().date()
        page, study = page_asked(request.text), stored.study if stored else None
        return (history(key, seen, listed, day=day, page=page, study=study),)

    async def _whole(self, request: Request) -> Answer:
        """What a message of one data day shortened, from the kept history."""
        asked = asked_whole(request.text)
        if asked is None:
            return (replies.which_trial(),)
        versions = await self._store.studies.history(asked.key)
        return (whole(asked, versions),)

    async def _help(self, _: Request) -> Answer:
        return (replies.help_message(),)

    async def _about(self, _: Request) -> Answer:
        state = await self._store.readings.state(self._registry.name)
        return (replies.about(state.done.date() if state.done else None),)

    async def _subscriptions(self, address: Address) -> tuple[Subscription, ...]:
        chat = await self._store.chats.find(address)
        return await self._store.chats.subscriptions(chat.id) if chat else ()


def find_subscription(text: str, subscriptions: tuple[Subscription, ...]) -> Subscription | None:
    """Which subscription is meant: by its place in the list, an NCT number, or its words."""
    text = text.strip().rstrip(".")
    key, words = find_key(text), phrase(text)
    for position, subscription in enumerate(subscriptions, start=1):
        if text == f"#{subscription.id}" or text == str(position):
            return subscription
        if key is not None and subscription.study == key:
            return subscription
        if subscription.interest is not None and phrase(subscription.interest.words) == words:
            return subscription
    return None
