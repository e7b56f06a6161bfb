"""Answers about a feed: how its posts look, where they stand, and how they would look."""

from __future__ import annotations

import msgspec

from bot.domain import sharing
from bot.domain.asking.parsing import read
from bot.domain.commands.request import Request
from bot.domain.feed import STYLES, FeedAsk, read_feed, role, switch
from bot.domain.kinds import kinds_named
from bot.domain.message import Ask, Message
from bot.domain.outcome import Outcome
from bot.domain.posting import Beneath, as_posted
from bot.domain.replies import feed as replies
from bot.domain.replies.answers import not_followed
from bot.domain.replies.managing import subscription_page
from bot.domain.replies.search import button_gone, not_understood
from bot.domain.settings.chat import ChatSettings
from bot.domain.sharing import read_picked
from bot.domain.start import preview_payload
from bot.domain.telling import tell
from bot.domain.watch import Chat
from bot.services.commands.managing import find_subscription
from bot.services.commands.means import Answer, Handlers, Means
from bot.services.commands.shelf import Shelf

LOOKED_THROUGH = 50
"""Changes that a preview looks through, from the newest on, for one that is told here."""


class Feeds:
    """Answers ``feed``, besides what the desk hands on to commands of their own."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._chats = means.store.chats
        self._shelf = Shelf(means.store.chats)

    @property
    def handlers(self) -> Handlers:
        """What is answered here."""
        return {"feed": self._feed, "channel": self._channel}

    async def _channel(self, request: Request) -> Answer:
        """A channel is to be managed from here: ask which, or say what of the one lacks."""
        picked = read_picked(request.text)
        if picked is None:
            asks = Ask.CHANNEL in request.taps
            return (sharing.ask_channel() if asks else sharing.type_channel(),)
        if picked.lack is not None:
            return (sharing.lacking(picked, request.taps),)
        return (sharing.ready(picked, request.address.chat), await self._overview(request))

    async def _feed(self, request: Request) -> Answer:
        text = await self._shelf.meant(request)
        if text is None:
            return (button_gone(),)
        asked = read_feed(text)
        match asked.verb:
            case "":
                return (await self._overview(request),)
            case "style" | "threads" | "role":
                return (await self._choose(request, asked),)
            case "managers":
                return (await self._managers(request, asked.rest),)
            case "edit":
                return (await self._edit(request, asked.rest),)
            case "preview":
                return await self._preview(request, here=asked.rest.lower() == "here")
            case "test":
                return (replies.tested(await self._test(request)),)
            case _:
                return (replies.what_about_it(),)

    async def _overview(self, request: Request) -> Message:
        chat = await self._chats.find(request.address)
        settings, followed = ChatSettings(), 0
        if chat is not None:
            settings = chat.settings
            followed = len(await self._chats.subscriptions(chat.id))
        shown = replies.overview(settings, followed)
        if Ask.CHANNEL not in request.taps or request.of is not None:
            return shown
        buttons = (*shown.buttons, sharing.channel_button())
        return msgspec.structs.replace(shown, buttons=buttons)

    async def _choose(self, request: Request, asked: FeedAsk) -> Message:
        chosen = _chosen(asked)
        if chosen is None:
            return replies.ask_again(asked.verb)
        said, values = chosen
        known = await self._chats.find(request.address)
        if request.private and (known is None or known.consented_at is None):
            return replies.agree_first()
        chat = known or await self._chats.chat(request.address)
        settings = msgspec.structs.replace(chat.settings, **values)
        await self._chats.configure(chat.id, settings)
        return replies.done(said, settings)

    async def _managers(self, request: Request, rest: str) -> Message:
        """The one role beside those who administer the server; only they choose it."""
        if request.server is None:
            return replies.managers_not_chosen_here()
        server = await self._chats.find(request.server)
        settings = server.settings if server else ChatSettings()
        one, nobody = role(rest), switch(rest) is False
        if one is not None or nobody:
            settings = msgspec.structs.replace(settings, manager_role=one)
            server = server or await self._chats.chat(request.server)
            await self._chats.configure(server.id, settings)
        return replies.managers(settings.manager_role)

    async def _edit(self, request: Request, asked: str) -> Message:
        """``edit sarcoma``, and ``edit kinds:results sarcoma`` to choose what is told of it."""
        words = asked.split()
        if (missed := read(asked).missed) is not None and missed.key == "kinds":
            return await self._shelf.fitted(request.address, not_understood("feed edit", missed))
        keys = " ".join(word for word in words if word.startswith("kinds:"))
        which = " ".join(word for word in words if not word.startswith("kinds:"))
        chat = await self._chats.find(request.address)
        followed = await self._chats.subscriptions(chat.id) if chat else ()
        one = find_subscription(which, followed)
        if chat is None or one is None:
            return not_followed()
        kinds = kinds_named(read(keys).kinds)
        if kinds is not None:
            await self._chats.adjust(chat.id, one.id, kinds=kinds)
            one = msgspec.structs.replace(one, kinds=kinds)
        muted = one.study is not None and one.study in await self._chats.muted(chat.id)
        return subscription_page(one, muted=muted)

    async def _preview(self, request: Request, *, here: bool) -> Answer:
        """The newest of what changed that is told here; what is not told is passed over.

        Where all members would see it, that is said first.
        """
        chat = await self._chats.find(request.address)
        message = await self._newest(chat) if chat else None
        if chat is None or message is None:
            return (replies.nothing_to_preview(),)
        link = request.private_link
        if link and not here and not request.private and request.of is None:
            return (replies.preview_where(f"{link}{preview_payload(request.address)}"),)
        shown = as_posted(message, chat.settings)
        return (replies.preview(), msgspec.structs.replace(shown, mention_role=None))

    async def _newest(self, chat: Chat) -> Message | None:
        ears = await self._chats.listening(chat.id)
        for one in await self._chats.newest(chat.id, LOOKED_THROUGH):
            stored = await self._means.store.studies.get(one.key)
            if stored is None:
                continue
            message = tell(
                one, ears.subscriptions, stored.study, muted=ears.muted, settings=ears.settings
            )
            if message is not None:
                return message
        return None

    async def _test(self, request: Request) -> Outcome | None:
        message = replies.test_post()
        chat = await self._chats.find(request.address)
        if chat is not None:
            message = as_posted(message, chat.settings)
        return await self._means.posting.post(request.address, message, Beneath())


def _chosen(asked: FeedAsk) -> tuple[str, dict[str, object]] | None:
    """The end of the key of what is said then, and what is set; None where it is not clear."""
    if asked.verb == "style" and asked.rest.lower() in STYLES:
        style = asked.rest.lower()
        return f"style.{style}", {"compact": style == "compact"}
    on = switch(asked.rest)
    if asked.verb == "threads" and on is not None:
        return f"threads.{'on' if on else 'off'}", {"threads": on}
    if asked.verb == "role" and (one := role(asked.rest)) is not None:
        return "role.one", {"mention_role": one}
    if asked.verb == "role" and on is False:
        return "role.none", {"mention_role": None}
    return None
