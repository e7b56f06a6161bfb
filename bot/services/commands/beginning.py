"""Answers about beginning to follow: a trial, a condition with what narrows it, a registry search.

A trial is followed at once. Of anything else is shown first what was understood. In a private chat
the first follow asks for consent, with the same question, after the registry has been asked: what
does not exist or cannot be searched for asks for nothing.
"""

from __future__ import annotations

import msgspec

from bot.domain.address import Address
from bot.domain.asking.parsing import read
from bot.domain.beside import beside_trial
from bot.domain.commands.request import Request
from bot.domain.flood import changes_a_day, would_flood
from bot.domain.hits import FOUND
from bot.domain.kinds import kinds_named, kinds_typed
from bot.domain.message import Message
from bot.domain.nct import find_key
from bot.domain.phrases import phrase
from bot.domain.question import Question
from bot.domain.replies import answers as replies
from bot.domain.replies import follow as follow_replies
from bot.domain.replies import search as search_replies
from bot.domain.replies.follow import Understood
from bot.domain.resolve import resolve
from bot.domain.settings.chat import DEFAULT, Rhythm
from bot.domain.study import StudyKey
from bot.domain.typing_back import typed
from bot.domain.unheard import short_number
from bot.domain.watch import Chat, Interest
from bot.ports.registry import BadQuery, NotFound
from bot.services.commands.means import Answer, Handlers, Means
from bot.services.commands.shelf import Shelf
from bot.services.commands.understanding import understand
from bot.services.look_up import Found
from bot.services.spelling import why_nothing

SHORTEST_PHRASE = 3
"""Characters: shorter words (``flu`` is the shortest that is a condition) would match anything."""

LONGEST_PHRASE = 120
"""Characters: longer than any condition's name in the registry; what is longer is not one."""

LONGEST_SEARCH = 500
"""Characters of a search in the registry's own words."""

NEWEST = 3
"""Trials shown of what would be followed."""


class Beginning:
    """Answers ``follow``, ``confirm`` and the question of consent."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._chats = means.store.chats
        self._shelf = Shelf(means.store.chats)

    @property
    def handlers(self) -> Handlers:
        """What is answered here."""
        return {
            "follow": self._follow,
            "confirm": self._confirm,
            "consent": self._consent,
            "decline": self._decline,
        }

    async def _follow(self, request: Request) -> Answer:
        text = await self._shelf.meant(request)
        if text is None:
            return (search_replies.button_gone(),)
        if not text.strip():
            return (replies.follow_what(),)
        chat = await self._chats.find(request.address)
        wanted = await self._wanted("follow", text, chat)
        if isinstance(wanted, Message):
            return (await self._shelf.fitted(request.address, wanted),)
        if full := await self._full(chat, wanted):
            return (full,)
        ask = request.private and (chat is None or chat.consented_at is None)
        if isinstance(wanted, StudyKey):
            kinds = read(text).kinds
            begun = await self._begin_trial(request.address, wanted, kinds, ask=ask)
            return (follow_replies.with_left_out(begun, beside_trial(text)),)
        understood = await self._understood(wanted, chat, newest=NEWEST)
        if isinstance(understood, Message):
            return (understood,)
        if ask:
            await self._remember(request.address, typed(wanted, understood.settings.near))
        url = self._means.privacy_url
        shown = follow_replies.preview(understood, ask=ask, privacy_url=url)
        return (await self._shelf.fitted(request.address, shown),)

    async def _confirm(self, request: Request) -> Answer:
        text = await self._shelf.meant(request)
        if not text:
            return (search_replies.button_gone(),)
        chat = await self._chats.find(request.address)
        if request.private and (chat is None or chat.consented_at is None):
            return await self._follow(msgspec.structs.replace(request, text=text))
        return (await self._follow_now(request.address, chat, text),)

    async def _consent(self, request: Request) -> Answer:
        chat = await self._chats.find(request.address)
        if chat is None or chat.asked is None:
            return (replies.nothing_asked(),)
        await self._chats.consent(chat.id, self._means.clock.now())
        return (await self._follow_now(request.address, chat, chat.asked),)

    async def _decline(self, request: Request) -> Answer:
        chat = await self._chats.find(request.address)
        await self._chats.forget_asked(request.address)
        asked = request.private and (chat is None or chat.consented_at is None)
        return (replies.declined() if asked else follow_replies.cancelled(),)

    async def _wanted(
        self, command: str, text: str, chat: Chat | None
    ) -> StudyKey | Question | Message:
        """What is to be followed, or why nothing can be."""
        key = find_key(text)
        here = chat.settings.near if chat else None
        question = await understand(command, text, self._means.gazetteer, here)
        if isinstance(question, Message):
            return question
        if question.search is not None:
            too_long = len(question.name) > LONGEST_SEARCH
            return replies.words_too_long(LONGEST_SEARCH) if too_long else question
        if key is not None:
            return key
        if (refused := short_number(question.words)) is not None:
            return refused
        words = phrase(question.words)
        if not words and not question.filter.is_empty:
            return follow_replies.no_words()
        if len(words) < SHORTEST_PHRASE:
            return replies.words_too_short()
        if len(words) > LONGEST_PHRASE:
            return replies.words_too_long(LONGEST_PHRASE)
        return question

    async def _follow_now(self, address: Address, chat: Chat | None, text: str) -> Message:
        """The registry is asked first: a chat that follows nothing in the end is not taken in."""
        wanted = await self._wanted("follow", text, chat)
        if isinstance(wanted, Message):
            return await self._shelf.fitted(address, wanted)
        if full := await self._full(chat, wanted):
            return full
        if isinstance(wanted, StudyKey):
            return await self._begin_trial(address, wanted, read(text).kinds, ask=False)
        understood = await self._understood(wanted, chat, newest=0)
        if isinstance(understood, Message):
            return understood
        return await self._follow_interest(address, understood)

    async def _begin_trial(
        self, address: Address, key: StudyKey, kinds: tuple[str, ...], *, ask: bool
    ) -> Message:
        try:
            found = await self._means.look_up.find(key)
        except NotFound:
            return replies.no_such_trial(key.number)
        if not ask:
            begun = await self._follow_trial(address, found, kinds_named(kinds))
            return follow_replies.with_kinds(begun, kinds)
        chosen = f"{kinds_typed(kinds)} " if kinds else ""
        await self._remember(address, f"{chosen}{key.number}")
        return follow_replies.ask_consent(found.study, self._means.privacy_url)

    async def _follow_trial(self, address: Address, found: Found, kinds: int | None) -> Message:
        chat = await self._chats.chat(address)
        one, is_new = await self._chats.follow_study(
            chat.id, found.study.key, kinds=kinds or chat.settings.kinds, since=found.data_day
        )
        if not is_new and kinds:
            await self._chats.adjust(chat.id, one.id, kinds=kinds)
        return replies.follows_trial(found.study, found.data_day, is_new=is_new)

    async def _follow_interest(self, address: Address, understood: Understood) -> Message:
        chat = await self._chats.chat(address)
        kinds = kinds_named(understood.question.kinds)
        one, is_new = await self._chats.follow_interest(
            chat.id,
            understood.interest,
            kinds=kinds or chat.settings.kinds,
            since=understood.data_day,
        )
        if not is_new and kinds:
            await self._chats.adjust(chat.id, one.id, kinds=kinds)
        if understood.changes_a_day is not None:
            daily = msgspec.structs.replace(chat.settings, rhythm=Rhythm.DAILY)
            await self._chats.configure(chat.id, daily)
        self._means.on_follow()
        return follow_replies.follows(understood, is_new=is_new)

    async def _understood(
        self, question: Question, chat: Chat | None, *, newest: int
    ) -> Understood | Message:
        """What following the question would mean. Raises RegistryError."""
        registry, settings = self._means.registry, chat.settings if chat else DEFAULT
        try:
            hits = await registry.search(question, most=newest, newest=True)
        except BadQuery:
            if question.search is None:
                raise
            return search_replies.search_refused()
        why = FOUND
        if newest and not hits.total:
            why = await why_nothing(question, registry, self._means.store)
        wide = would_flood(hits.total) and settings.rhythm is Rhythm.AT_ONCE
        return Understood(
            question=question,
            interest=await self._interest(question),
            newest=hits,
            data_day=(await self._means.data_date.now()).date(),
            settings=settings,
            why=why,
            changes_a_day=changes_a_day(hits.total) if wide else None,
        )

    async def _interest(self, question: Question) -> Interest:
        if question.search is not None:
            return Interest(words=question.name, search=question.search, filter=question.filter)
        filings = await self._means.registry.filings(question.words)
        resolved = resolve(question.words, filings)
        return msgspec.structs.replace(resolved, filter=question.filter)

    async def _full(self, chat: Chat | None, wanted: StudyKey | Question) -> Message | None:
        """Said where the chat follows as much as it may, and not this trial already."""
        most = self._means.subscriptions_per_chat
        followed = await self._chats.subscriptions(chat.id) if chat else ()
        if len(followed) < most or any(one.study == wanted for one in followed):
            return None
        return follow_replies.too_many(len(followed), most)

    async def _remember(self, address: Address, text: str) -> None:
        chat = await self._chats.chat(address)
        await self._chats.ask_consent(chat.id, text)
