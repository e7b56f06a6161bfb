"""Answers to searches: pages of hits, and the ways to narrow them."""

from __future__ import annotations

from bot.domain.commands.request import Request
from bot.domain.hits import FOUND, Hits, open_first
from bot.domain.message import Message
from bot.domain.nct import find_key
from bot.domain.place import Near
from bot.domain.question import Question
from bot.domain.replies import search as search_replies
from bot.ports.registry import BadQuery
from bot.services.commands.means import Answer, Handlers, Means
from bot.services.commands.shelf import Shelf
from bot.services.commands.trials import trial_card
from bot.services.commands.understanding import understand
from bot.services.spelling import why_nothing

MOST = 100
"""Hits that can be looked through, a page at a time: more are narrowed down. Each page asks the
registry anew for all of them, for no place in a search is kept; with their sites they are some
300 kB."""

NARROWED = ("search", "follow")
"""Commands whose question buttons narrow."""


class Searching:
    """Answers ``search`` and ``narrow``."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._shelf = Shelf(means.store.chats)

    @property
    def handlers(self) -> Handlers:
        """What is answered here."""
        return {"search": self._search, "narrow": self._narrow}

    async def _search(self, request: Request) -> Answer:
        text = await self._shelf.meant(request)
        if text is None:
            return (search_replies.button_gone(),)
        here = await self._here(request)
        question = await understand("search", text, self._means.gazetteer, here)
        if isinstance(question, Message):
            return (await self._shelf.fitted(request.address, question),)
        if question.is_empty:
            return (search_replies.search_what(),)
        key = find_key(question.words)
        if key is not None:  # whoever searches for a number means the trial
            return (await trial_card(self._means, request, key),)
        try:
            found = await self._found(question, here)
        except BadQuery:
            if question.search is None:
                raise
            return (search_replies.search_refused(),)
        return (await self._shelf.fitted(request.address, found),)

    async def _narrow(self, request: Request) -> Answer:
        """``narrow search …`` and ``narrow follow …``: the command is asked again, narrower."""
        text = await self._shelf.meant(request)
        command, _, asked = (text or "").partition(" ")
        if command not in NARROWED:
            return (search_replies.button_gone(),)
        here = await self._here(request)
        question = await understand(command, asked, self._means.gazetteer, here)
        if isinstance(question, Question):
            question = search_replies.narrow(command, question, here)
        return (await self._shelf.fitted(request.address, question),)

    async def _found(self, question: Question, here: Near | None) -> Message:
        hits = await self._means.registry.search(question, most=MOST)
        day = (await self._means.data_date.now()).date()
        ranked = Hits(hits=open_first(hits.hits, question.filter), total=hits.total)
        registry, store = self._means.registry, self._means.store
        why = FOUND if hits.total else await why_nothing(question, registry, store)
        return search_replies.found(question, ranked, day, here, why)

    async def _here(self, request: Request) -> Near | None:
        chat = await self._means.store.chats.find(request.address)
        return chat.settings.near if chat else None
