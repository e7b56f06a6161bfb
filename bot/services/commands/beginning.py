"""Answers about beginning to follow: a trial, or a condition in words."""

from __future__ import annotations

from bot.domain import replies
from bot.domain.address import Address
from bot.domain.commands import Request
from bot.domain.nct import find_key
from bot.domain.phrases import phrase
from bot.domain.resolve import resolve
from bot.domain.study import StudyKey
from bot.ports.registry import NotFound
from bot.services.commands.means import Answer, Handlers, Means

SHORTEST_PHRASE = 3
"""Characters: shorter words (``flu`` is the shortest that is a condition) would match anything."""

LONGEST_PHRASE = 120
"""Characters: longer than any condition's name in the registry; what is longer is not one."""


class Beginning:
    """Answers ``follow`` and the question of consent."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._chats = means.store.chats

    @property
    def handlers(self) -> Handlers:
        """What is answered here."""
        return {
            "follow": self._follow,
            "consent": self._consent,
            "decline": self._decline,
        }

    async def _follow(self, request: Request) -> Answer:
        what = " ".join(request.text.split())
        key = find_key(what)
        if not what:
            return (replies.follow_what(),)
        if key is None and len(phrase(what)) < SHORTEST_PHRASE:
            return (replies.words_too_short(),)
        if key is None and len(phrase(what)) > LONGEST_PHRASE:
            return (replies.words_too_long(LONGEST_PHRASE),)
        chat = await self._chats.find(request.address)
        if request.private and (chat is None or chat.consented_at is None):
            chat = chat or await self._chats.chat(request.address)
            await self._chats.ask_consent(chat.id, what)
            return (replies.ask_consent(self._means.privacy_url),)
        return await self._follow_now(request.address, what)

    async def _consent(self, request: Request) -> Answer:
        chat = await self._chats.find(request.address)
        if chat is None or chat.asked is None:
            return (replies.nothing_asked(),)
        await self._chats.consent(chat.id, self._means.clock.now())
        return await self._follow_now(request.address, chat.asked)

    async def _decline(self, request: Request) -> Answer:
        await self._chats.forget_asked(request.address)
        return (replies.declined(),)

    async def _follow_now(self, address: Address, what: str) -> Answer:
        """The registry is asked first: a chat that follows nothing in the end is not taken in."""
        key = find_key(what)
        if key is not None:
            return await self._follow_trial(address, key)
        return await self._follow_words(address, what)

    async def _follow_trial(self, address: Address, key: StudyKey) -> Answer:
        try:
            found = await self._means.look_up.find(key)
        except NotFound:
            return (replies.no_such_trial(key.number),)
        chat = await self._chats.chat(address)
        _, is_new = await self._chats.follow_study(
            chat.id, found.study.key, kinds=chat.settings.kinds, since=found.data_day
        )
        return (replies.follows_trial(found.study, found.data_day, is_new=is_new),)

    async def _follow_words(self, address: Address, words: str) -> Answer:
        filings = await self._means.registry.filings(words)
        day = (await self._means.data_date.now()).date()
        interest = resolve(words, filings)
        chat = await self._chats.chat(address)
        _, is_new = await self._chats.follow_interest(
            chat.id, interest, kinds=chat.settings.kinds, since=day
        )
        self._means.on_follow()
        return (replies.follows_interest(interest, day, found=len(filings), is_new=is_new),)
