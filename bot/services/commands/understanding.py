"""From what a request says to a question whose places are known, or to a question back."""

from __future__ import annotations

import asyncio
from functools import partial

from bot.domain.asking.asked import Missed
from bot.domain.asking.parsing import read
from bot.domain.asking.placing import (
    Atlas,
    NoSuchPlace,
    NotSaid,
    Settled,
    SeveralPlaces,
    Which,
    settle,
)
from bot.domain.message import Message
from bot.domain.place import Near
from bot.domain.question import Question
from bot.domain.replies import search as search_replies
from bot.ports.gazetteer import Gazetteer


async def understand(
    command: str, text: str, gazetteer: Gazetteer, here: Near | None
) -> Question | Message:
    """The question, or what has to be said first; ``command`` is asked again with the answer."""
    atlas = Atlas(
        named=partial(gazetteer.find, exact=True), alike=gazetteer.find, country=gazetteer.country
    )
    # In a thread, because a misspelt place is compared with every city there is.
    meant: Settled = await asyncio.to_thread(settle, read(text), atlas, here)
    match meant:
        case Which():
            return search_replies.which_place(command, meant, here)
        case NoSuchPlace():
            return search_replies.place_unknown(meant)
        case NotSaid():
            return search_replies.place_not_said()
        case SeveralPlaces():
            return search_replies.several_places()
        case Missed():
            return search_replies.not_understood(command, meant)
        case _:
            return meant
