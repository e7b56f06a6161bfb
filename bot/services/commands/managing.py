"""Answers about what a chat follows: the list, each entry, stopping, and muting a trial."""

from __future__ import annotations

import re

import msgspec

from bot.domain.change import Kind, mask
from bot.domain.commands.request import Request
from bot.domain.kinds import PRESETS
from bot.domain.message import Message
from bot.domain.nct import find_key
from bot.domain.phrases import phrase
from bot.domain.replies import answers as replies
from bot.domain.replies import managing as said
from bot.domain.replies import muting
from bot.domain.watch import Chat, Subscription
from bot.services.commands.means import Answer, Handlers, Means
from bot.services.commands.shelf import Shelf

SWITCH = {"on": True, "off": False}

_SEVERAL = re.compile(r"all|everything|#?\d+(?:(?:\s*,\s*|\s+)(?:and\s+)?#?\d+)+", re.IGNORECASE)
"""More than one of the list, or all of it."""


class Managing:
    """Answers ``following``, ``unfollow``, ``sub``, ``mute`` and ``unmute``."""

    def __init__(self, means: Means) -> None:
        self._chats = means.store.chats
        self._studies = means.store.studies
        self._shelf = Shelf(means.store.chats)

    @property
    def handlers(self) -> Handlers:
        """What is answered here."""
        return {
            "following": self._following,
            "unfollow": self._unfollow,
            "sub": self._sub,
            "mute": self._mute,
            "unmute": self._unmute,
        }

    async def _following(self, request: Request) -> Answer:
        """``following``, ``following 2``, ``following muted``, ``following muted 2``."""
        chat = await self._chats.find(request.address)
        muted = await self._chats.muted(chat.id) if chat else ()
        what, _, rest = request.text.lower().partition(" ")
        if what == "muted":
            return (muting.muted_list(muted, _page(rest)),)
        return (said.following(await self._followed(chat), muted, _page(what)),)

    async def _unfollow(self, request: Request) -> Answer:
        followed = await self._followed(await self._chats.find(request.address))
        if not followed:
            return (replies.nothing_followed(),)
        if not request.text:
            return (replies.unfollow_what(),)
        meant = find_subscription(request.text, followed)
        same = followed_so(request.text, followed)
        if same and (meant is None or (len(same) > 1 and _is_called(request.text, meant))):
            return (said.unfollow_which(same),)
        if meant is None and _SEVERAL.fullmatch(request.text.strip()):
            return (replies.several_to_stop(),)
        if meant is None:
            return (replies.not_followed(),)
        await self._chats.unfollow(meant.chat_id, meant.id)
        return (said.unfollowed(meant),)

    async def _sub(self, request: Request) -> Answer:
        """``sub 12`` and what can be done with it; of another chat it is not followed here."""
        number, *rest = request.text.lower().split() or [""]
        chat = await self._chats.find(request.address)
        followed = await self._followed(chat)
        one = next((one for one in followed if str(one.id) == number), None)
        if chat is None or one is None:
            return (replies.not_followed(),)
        match rest:
            case ["kinds"]:
                return (said.kinds_page(one),)
            case ["kind", name, *turned] if name in list(Kind):
                return (await self._turn(chat, one, Kind(name), turned),)
            case ["preset", name] if name in PRESETS:
                return (said.kinds_page(await self._choose(chat, one, mask(PRESETS[name]))),)
            case ["pause" | "resume" as done]:
                one = await self._rest(chat, one, paused=done == "pause")
            case ["edit"] if one.interest is not None:
                page = said.edit_page(one, chat.settings.near)
                return (await self._shelf.fitted(request.address, page),)
        return (await self._page_of(chat, one),)

    async def _page_of(self, chat: Chat, one: Subscription) -> Message:
        muted = one.study is not None and one.study in await self._chats.muted(chat.id)
        return said.subscription_page(one, muted=muted)

    async def _turn(self, chat: Chat, one: Subscription, kind: Kind, turned: list[str]) -> Message:
        """Turn a kind on or off as the button says; typed without either, turn it over."""
        on = SWITCH.get(turned[0]) if turned else not one.kinds & kind.bit
        if on is None or kind not in said.kinds_of(one):
            return said.kinds_page(one)
        kinds = one.kinds | kind.bit if on else one.kinds & ~kind.bit
        return said.kinds_page(await self._choose(chat, one, kinds))

    async def _choose(self, chat: Chat, one: Subscription, kinds: int) -> Subscription:
        if kinds != one.kinds:
            await self._chats.adjust(chat.id, one.id, kinds=kinds)
        return msgspec.structs.replace(one, kinds=kinds)

    async def _rest(self, chat: Chat, one: Subscription, *, paused: bool) -> Subscription:
        if paused != one.paused:
            await self._chats.adjust(chat.id, one.id, paused=paused)
        return msgspec.structs.replace(one, paused=paused)

    async def _mute(self, request: Request) -> Answer:
        key = find_key(request.text)
        if key is None:
            return (muting.mute_what(),)
        chat = await self._chats.find(request.address)
        if chat is None:
            return (replies.nothing_followed(),)
        stored = await self._studies.get(key)
        if stored is None:
            return (muting.mute_unknown(key.number),)
        await self._chats.mute(chat.id, stored.study.key)
        return (muting.muted_now(stored.study.key.number),)

    async def _unmute(self, request: Request) -> Answer:
        key = find_key(request.text)
        if key is None:
            return (muting.mute_what(),)
        chat = await self._chats.find(request.address)
        stored = await self._studies.get(key)
        meant = stored.study.key if stored else key
        if chat is None or meant not in await self._chats.muted(chat.id):
            return (muting.not_muted(key.number),)
        await self._chats.unmute(chat.id, meant)
        return (muting.unmuted(meant.number),)

    async def _followed(self, chat: Chat | None) -> tuple[Subscription, ...]:
        return await self._chats.subscriptions(chat.id) if chat else ()


def _page(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST else 1


_LONGEST = 6
"""Digits of a page's number, and one more; whoever types more gets the first page."""


def find_subscription(text: str, subscriptions: tuple[Subscription, ...]) -> Subscription | None:
    """Which subscription is meant: by its place in the list, an NCT number, or its words."""
    text = text.strip().rstrip(".")
    key = find_key(text)
    for position, subscription in enumerate(subscriptions, start=1):
        if text == f"#{subscription.id}" or text == str(position):
            return subscription
        if key is not None and subscription.study == key:
            return subscription
        if _is_called(text, subscription):
            return subscription
    return None


def _is_called(text: str, one: Subscription) -> bool:
    return one.interest is not None and phrase(one.interest.words) == phrase(text)


def followed_so(
    text: str, subscriptions: tuple[Subscription, ...]
) -> tuple[tuple[int, Subscription], ...]:
    """Conditions of just these words, with their places in the list; else those that have them."""
    words = phrase(text)
    named = [
        (at, one, phrase(one.interest.words))
        for at, one in enumerate(subscriptions, start=1)
        if one.interest is not None
    ]
    same = tuple((at, one) for at, one, name in named if name == words)
    some = tuple((at, one) for at, one, name in named if words and f" {words} " in f" {name} ")
    return same or some
