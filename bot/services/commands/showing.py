"""The whole of what a discreet chat was told in one neutral line."""

from __future__ import annotations

from msgspec.structs import replace

from bot.domain.commands.request import Request
from bot.domain.discreet import asked_to_show, nothing_to_show
from bot.services.commands.means import Answer, Handlers, Means
from bot.services.composing import Composer

_WHOLE = 10**6
"""Characters: whoever answers a command may take several messages for it."""


class Showing:
    """Answers ``show``, which only the button of such a line asks for."""

    def __init__(self, means: Means) -> None:
        self._store = means.store
        self._composer = Composer(means.store)

    @property
    def handlers(self) -> Handlers:
        """What is answered here."""
        return {"show": self._show}

    async def _show(self, request: Request) -> Answer:
        """What was told with this notice, if it was told in this very chat."""
        chat = await self._store.chats.find(request.address)
        asked = asked_to_show(request.text)
        if chat is None or asked is None:
            return (nothing_to_show(),)
        told = await self._store.notices.told(chat.id, asked)
        if not told:
            return (nothing_to_show(),)
        group = replace(told[0], beside=told[1:], others=0)
        composed = await self._composer.compose(group, _WHOLE)
        return (composed.message or nothing_to_show(),)
