"""Inline mode: ``@bot sarcoma recruiting`` in any chat offers trials from the store as cards.

What is chosen is sent by Telegram in the name of whoever typed. Such a message has no chat that the
bot could answer in, so its buttons are links.
"""

from __future__ import annotations

import asyncio
from weakref import WeakValueDictionary

import structlog
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import InlineQueryHandler

from adapters.telegram.commands import Context, Handler
from adapters.telegram.messenger import PLATFORM
from adapters.telegram.outcomes import describe, markup_refused
from adapters.telegram.render import render
from bot.domain.address import Address
from bot.domain.instant import Entry, Typed
from bot.ports.messenger import MaySend, always
from bot.ports.platform import Find

log = structlog.get_logger()

CACHED = 300
"""Seconds for which Telegram may show the same answer to everybody: the data move once a day."""

CACHED_PERSONAL = 10
"""Seconds for an answer that depends on who asks, who may choose another place at any time."""


class Inline:
    """Answers the inline queries of one bot; of one person's only the newest, as they type on."""

    def __init__(self, bot: str, link: str, find: Find, may_send: MaySend = always) -> None:
        self._bot = bot
        self._link = link
        self._find = find
        self._may_send = may_send
        self._newest: WeakValueDictionary[int, _Person] = WeakValueDictionary()

    def handlers(self) -> list[Handler]:
        """One, for all inline queries."""
        return [InlineQueryHandler(self._answer)]

    async def _answer(self, update: Update, _context: Context) -> None:
        query = update.inline_query
        if query is None:
            return
        person = self._newest.setdefault(query.from_user.id, _Person())
        waits, person.newest = person.newest is not None, query
        if waits:
            return  # whoever waits answers this: nobody looks at the answer to what was before
        async with person.turn:
            newest, person.newest = person.newest, None
            if self._may_send():
                await self._show(newest)

    async def _show(self, query: InlineQuery) -> None:
        person = str(query.from_user.id)
        found = await self._find(
            Typed(
                text=query.query,
                address=Address(PLATFORM, self._bot, person),
                person=person,
                private_link=self._link,
                offset=query.offset,
            )
        )
        for markup in (True, False):
            try:
                await query.answer(
                    [_article(one, markup=markup) for one in found.entries],
                    cache_time=CACHED_PERSONAL if found.personal else CACHED,
                    is_personal=found.personal,
                    next_offset=found.next_offset,
                    button=InlineQueryResultsButton(found.label, start_parameter=found.payload),
                )
            except TelegramError as error:
                if markup and markup_refused(error):
                    continue  # a fault in our HTML must not cost anybody the answer
                # Mostly it came too late: whoever typed has typed on.
                log.info("inline query not answered", platform=PLATFORM, why=describe(error))
            return


class _Person:
    """What one person types, while any of it is being answered."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.newest: InlineQuery | None = None
        """What is to be answered next, where something waits for that."""


def _article(entry: Entry, *, markup: bool) -> InlineQueryResultArticle:
    head = render(entry.message)[0]
    return InlineQueryResultArticle(
        id=entry.id,
        title=entry.title,
        description=entry.line,
        input_message_content=InputTextMessageContent(
            head.html if markup else head.plain,
            parse_mode=ParseMode.HTML if markup else None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=InlineKeyboardMarkup(
            [[InlineKeyboardButton(one.label, url=one.url)] for one in entry.message.buttons]
        ),
    )
