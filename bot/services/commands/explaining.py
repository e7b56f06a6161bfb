"""Answers about why something was told or not, and where everything stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from bot.domain.commands.request import Request
from bot.domain.hearing import NOTHING, hear
from bot.domain.message import Message
from bot.domain.nct import find_key
from bot.domain.replies import answers as replies
from bot.domain.replies import explaining as said
from bot.domain.replies.explaining import Known, Standings, When
from bot.domain.settings.chat import DEFAULT, ChatSettings
from bot.domain.study import Study, StudyKey
from bot.domain.told import Owed, Standing, ToldNotice
from bot.domain.unheard import which
from bot.domain.watch import Chat, Subscription
from bot.domain.why import Case, why_not
from bot.ports.registry import NotFound, RegistryError
from bot.services.commands.means import Answer, Handlers, Means
from bot.services.poll import looked_at

LAST = 5
"""Messages that ``/why`` alone explains."""


class Explaining:
    """Answers ``why`` and ``status``."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._store = means.store

    @property
    def handlers(self) -> Handlers:
        """What is answered here."""
        return {"why": self._why, "status": self._status}

    async def _why(self, request: Request) -> Answer:
        """``why``, ``why NCT…``, and of a message's button ``why NCT… 2026-03-02``."""
        chat = await self._store.chats.find(request.address)
        followed = await self._followed(chat)
        when = self._when(chat)
        key = find_key(request.text)
        if key is not None:
            return (await self._why_trial(chat, followed, key, _day(request.text), when),)
        if request.text.strip():
            return (which(request.text, "why"),)
        last = await self._store.told.recent(chat.id, LAST) if chat else ()
        return (said.why_told(await self._known(last, followed, chat), followed, when),)

    async def _why_trial(
        self,
        chat: Chat | None,
        followed: tuple[Subscription, ...],
        key: StudyKey,
        day: date | None,
        when: When,
    ) -> Message:
        standing = await self._store.told.standing(chat.id, key) if chat else Standing()
        of_day = [one for one in standing.notices if one.occurrence.data_day == day]
        if of_day:
            known = await self._known(of_day, followed, chat)
            return said.why_told(known, followed, when)
        try:
            study = await self._study(key)
        except NotFound:
            return replies.no_such_trial(key.number)
        own = study.key if study else key
        muted = await self._store.chats.muted(chat.id) if chat else ()
        case = Case(
            study=study,
            subscriptions=followed,
            muted=own in muted,
            chat_paused=chat is not None and chat.paused_since is not None,
            standing=standing,
            seen=await self._store.studies.history(own),
        )
        about = await self._known(standing.notices, followed, chat)
        return said.why_not_told(own.number, why_not(case), study, about, followed, when)

    async def _study(self, key: StudyKey) -> Study | None:
        """The trial as it stands now; None where it is not known and nobody can be asked."""
        try:
            return (await self._means.look_up.find(key)).study
        except NotFound:
            stored = await self._store.studies.get(key)
            if stored is None:
                raise
            return stored.study
        except RegistryError:
            return None

    async def _status(self, request: Request) -> Answer:
        chat = await self._store.chats.find(request.address)
        state = await self._store.readings.state(self._means.registry.name)
        known = Standings(
            data_day=state.done.date() if state.done else None,
            read_at=state.finished_at,
            looked_at=looked_at(await self._store.notes.all(), self._means.registry.name),
            failed_at=state.failed_at,
            followed=await self._followed(chat),
            muted=len(await self._store.chats.muted(chat.id)) if chat else 0,
            owed=await self._store.told.owed(chat.id) if chat else Owed(),
        )
        return (said.status(known, self._when(chat)),)

    async def _followed(self, chat: Chat | None) -> tuple[Subscription, ...]:
        return await self._store.chats.subscriptions(chat.id) if chat else ()

    async def _known(
        self, told: Iterable[ToldNotice], followed: Sequence[Subscription], chat: Chat | None
    ) -> list[Known]:
        """With the trials as they are kept, and what this chat hears of what changed in them.

        What rests or is muted by now did neither when it was told.
        """
        awake = [replace(one, paused=False) for one in followed]
        studies: dict[StudyKey, Study | None] = {}
        known = []
        for one in told:
            key = one.occurrence.key
            if key not in studies:
                stored = await self._store.studies.get(key)
                studies[key] = stored.study if stored else None
            study, heard = studies[key], NOTHING
            if study is not None:
                heard = hear(one.occurrence, awake, study, settings=_settings(chat))
            known.append(Known(one, study, heard))
        return known

    def _when(self, chat: Chat | None) -> When:
        name = _settings(chat).time_zone
        return When(self._means.zones(name), name, self._means.clock.now())


def _settings(chat: Chat | None) -> ChatSettings:
    return chat.settings if chat else DEFAULT


def _day(text: str) -> date | None:
    """The data day behind the trial's number, where there is one."""
    for word in text.split():
        try:
            return date.fromisoformat(word)
        except ValueError:
            continue
    return None
