"""Answers about one trial: its card, its history, and the whole of what a message shortened."""

from __future__ import annotations

import asyncio

import msgspec
import structlog

from bot.domain.cards.card import card, card_part
from bot.domain.cards.context import Context
from bot.domain.cards.parts import Part, asked_part
from bot.domain.cards.sheet import paper_asked, printed, sheet
from bot.domain.commands.request import Request
from bot.domain.history import history, page_asked
from bot.domain.message import Message
from bot.domain.nct import asked_key
from bot.domain.replies import answers as replies
from bot.domain.study import Study, StudyKey
from bot.domain.unheard import which
from bot.domain.whole import asked_whole, whole
from bot.ports.printer import CannotPrint
from bot.ports.registry import NotFound
from bot.services.commands.means import Answer, Handlers, Means
from bot.services.histories import Histories

log = structlog.get_logger()


class Trials:
    """Answers ``trial``, ``print``, ``history`` and ``whole``."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._store = means.store
        self._clock = means.clock
        self._histories = Histories(means.registry, means.clock)

    @property
    def handlers(self) -> Handlers:
        """What is answered here."""
        return {
            "trial": self._trial,
            "print": self._print,
            "history": self._history,
            "whole": self._whole,
        }

    async def _trial(self, request: Request) -> Answer:
        key = asked_key(request.text)
        if key is None:
            return (which(request.text, "trial"),)
        return (await trial_card(self._means, request, key),)

    async def _print(self, request: Request) -> Answer:
        key = asked_key(request.text)
        if key is None:
            return (which(request.text, "print"),)
        try:
            study, context = await shown_to(self._means, request, key)
        except NotFound:
            return (replies.no_such_trial(key.number),)
        made = sheet(study, context, paper_asked(request.text, context))
        try:
            pdf = await asyncio.to_thread(self._means.printer.pdf, made)
        except CannotPrint as error:
            log.error("page not made", why=str(error))
            return (replies.failed(),)
        return (printed(study, context, pdf),)

    async def _history(self, request: Request) -> Answer:
        key = asked_key(request.text)
        if key is None:
            return (which(request.text, "history"),)
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
            return (which(request.text, "trial"),)
        versions = await self._store.studies.history(asked.key)
        return (whole(asked, versions),)


async def trial_card(means: Means, request: Request, key: StudyKey) -> Message:
    """The card of a trial or one part of it, or that there is none. Raises RegistryError."""
    try:
        study, context = await shown_to(means, request, key)
    except NotFound:
        return replies.no_such_trial(key.number)
    asked = asked_part(request.text)
    if asked is None:
        return card(study, context)
    if asked.part is Part.HAPPENED and study.has_results:
        counted = await means.look_up.adverse_events(study.key)
        context = msgspec.structs.replace(context, events=counted)
    return card_part(study, asked.part, asked.page, context)


async def shown_to(means: Means, request: Request, key: StudyKey) -> tuple[Study, Context]:
    """A trial and what its card depends on for this chat. Raises RegistryError."""
    found = await means.look_up.find(key)
    chat = await means.store.chats.find(request.address)
    context = Context(
        data_day=found.data_day,
        today=means.clock.now().date(),
        near=chat.settings.near if chat else None,
        stale=found.stale,
    )
    return found.study, context
