"""Answers about what a chat chooses: where it is, when it is told, and how."""

from __future__ import annotations

import asyncio
from datetime import UTC
from functools import partial

from msgspec.structs import replace

from bot.domain.asking.placing import Atlas, find_named, is_own
from bot.domain.asking.states import is_state
from bot.domain.commands.request import Request
from bot.domain.message import Ask, Message
from bot.domain.place import Place
from bot.domain.replies.search import button_gone
from bot.domain.settings import asking
from bot.domain.settings import replies as said
from bot.domain.settings.chat import DEFAULT, ChatSettings
from bot.domain.settings.setting import (
    AREAS,
    CLOCKS,
    Chosen,
    FindPlace,
    FindZone,
    Meant,
    Page,
    Show,
    Wrong,
    meant,
    placed,
    spot,
)
from bot.domain.settings.words import is_offset
from bot.services.commands.means import Answer, Handlers, Means
from bot.services.commands.shelf import Shelf

YES = "yes "
"""Before a change: consent is given with it."""

LONGEST_NAME = 100
"""Characters of a place or a time zone; what is longer is neither."""


class Settings:
    """Answers ``settings``."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._chats = means.store.chats
        self._shelf = Shelf(means.store.chats)

    @property
    def handlers(self) -> Handlers:
        """What is answered here."""
        return {"settings": self._settings, "locate": self._locate, "spot": self._spot}

    async def _locate(self, request: Request) -> Answer:
        """Ask for a position, where the platform can; else for a city."""
        if Ask.PLACE in request.taps:
            return (said.ask_place(),)
        return await self._settings(replace(request, text="place"))

    async def _spot(self, request: Request) -> Answer:
        """A position was given: the city that it is in, or near, is all that is gone on with."""
        where = spot(request.text)
        if where is None:
            return await self._settings(replace(request, text="place"))
        place = await asyncio.to_thread(self._means.gazetteer.nearest, *where)
        chosen = await self._settings(replace(request, text=f"place {place.name}"))
        return (said.taken_as(place), *chosen)

    async def _settings(self, request: Request) -> Answer:
        asked = await self._shelf.meant(request)
        if asked is None:
            return (button_gone(),)
        text = " ".join(asked.split())
        agreed = text.startswith(YES)
        text = text.removeprefix(YES)
        chat = await self._chats.find(request.address)
        settings = chat.settings if chat else DEFAULT
        answer = await self._resolved(meant(text, settings), settings, request.taps)
        if isinstance(answer, Message):
            return (await self._shelf.fitted(request.address, answer),)
        if answer.settings != settings:
            asks = request.private and (chat is None or chat.consented_at is None)
            if asks and not agreed:
                question = said.ask_consent(text, self._means.privacy_url)
                return (await self._shelf.fitted(request.address, question),)
            chat = chat or await self._chats.chat(request.address)
            if asks:
                await self._chats.consent(chat.id, self._means.clock.now())
            await self._chats.configure(chat.id, answer.settings)
            self._means.on_choice()
        return (said.page(answer.settings, answer.page, request.taps, answer.miles),)

    async def _resolved(
        self, what: Meant, settings: ChatSettings, taps: frozenset[Ask]
    ) -> Chosen | Message:
        """What is chosen, or what has to be said instead. Looking up may take a second."""
        match what:
            case Show(page):
                return said.page(settings, page, taps)
            case Wrong():
                return asking.wrong(what)
            case FindPlace():
                return (
                    await self._alone(what, settings)
                    if what.alone
                    else await self._place(what, settings)
                )
            case FindZone(text):
                return await self._zone(text, settings)
            case _:
                return what

    async def _place(self, what: FindPlace, settings: ChatSettings) -> Chosen | Message:
        text = what.text
        found = await self._places(text)
        if _guessed(text, found):
            return asking.did_you_mean(text, found, "place", what.far)
        if len(found) == 1:
            return placed(settings, found[0], what.far)
        if found:
            return asking.which_place(_city(found[0]), found, "place", what.far)
        return asking.place_unknown(text[:LONGEST_NAME])

    async def _alone(self, what: FindPlace, settings: ChatSettings) -> Chosen | Message:
        """A city or a time zone by its very name; all else is not understood, and asked back."""
        cities = () if "/" in what.text else await self._places(what.text, exact=True)
        if cities and not _guessed(what.text, cities):
            return await self._place(what, settings)
        if (zone := self._named_zone(what.text)) is not None:
            return Chosen(replace(settings, time_zone=zone), Page.WHEN)
        if "/" in what.text or is_offset(what.text):
            return asking.zone_unknown(what.text[:LONGEST_NAME])
        alike = () if what.meant else await self._places(what.text)
        return asking.not_understood(what.text, what.meant, alike)

    def _named_zone(self, text: str) -> str | None:
        """The IANA name of a time zone, however its letters are written."""
        text = CLOCKS.get(text.upper(), text)
        for name in dict.fromkeys((text, text.title(), text.upper())):
            if len(name) <= LONGEST_NAME and self._means.zones(name) is not UTC:
                return name
        return None

    async def _zone(self, text: str, settings: ChatSettings) -> Chosen | Message:
        """By its own name, or by that of a city in it."""
        if (name := self._named_zone(text)) is not None:
            return Chosen(replace(settings, time_zone=name), Page.WHEN)
        found = await self._places(text)
        if _guessed(text, found) or (found and text.lower() in AREAS):
            return asking.did_you_mean(text, found, "zone")
        zones = {place.time_zone for place in found}
        if len(zones) == 1 and (zone := zones.pop()) is not None:
            return Chosen(replace(settings, time_zone=zone), Page.WHEN)
        if found:
            return asking.which_place(_city(found[0]), found, "zone")
        return asking.zone_unknown(text[:LONGEST_NAME])

    async def _places(self, text: str, *, exact: bool = False) -> tuple[Place, ...]:
        if len(text) > LONGEST_NAME or is_state(text):
            return ()
        gazetteer = self._means.gazetteer
        atlas = Atlas(
            named=partial(gazetteer.find, exact=True),
            alike=(lambda _: ()) if exact else gazetteer.find,
            country=gazetteer.country,
        )
        # In a thread, because a misspelt place is compared with every city there is.
        return await asyncio.to_thread(_find, text, atlas)


def _find(text: str, atlas: Atlas) -> tuple[Place, ...]:
    return find_named(text, atlas) or atlas.alike(text)


def _city(place: Place) -> str:
    return place.name.partition(",")[0]


def _guessed(text: str, found: tuple[Place, ...]) -> bool:
    """Whether what was found is not what was typed, so that it has to be asked first."""
    return bool(found) and not any(is_own(text, place) for place in found)
