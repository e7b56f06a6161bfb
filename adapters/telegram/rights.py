"""Who may do what in which chat: asked of Telegram, and known for a minute."""

from __future__ import annotations

import structlog
from telegram import Bot, Chat, ChatMember, ChatMemberAdministrator, User
from telegram.constants import ChatType
from telegram.error import TelegramError

from adapters.telegram.messenger import PLATFORM
from adapters.telegram.outcomes import describe
from bot.domain.sharing import Lack
from bot.ports.clock import Clock

log = structlog.get_logger()

KNOWN_FOR = 60.0
"""Seconds. Whoever is made an administrator waits so long at most."""

FORGET_AT = 1000
"""Answers kept before the old ones are dropped."""

_ADMINISTERS = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


class Rights:
    """What people, and the bot itself, may do in chats, as far as the bot acts by it."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock
        self._known: dict[tuple[int, int], tuple[ChatMember, float]] = {}

    async def may_manage(self, chat: Chat, person: User | None, speaks_as: Chat | None) -> bool:
        """Whether somebody administers this chat; in a private one everybody does.

        An anonymous administrator writes in the name of the group itself, and only they can.
        """
        if chat.type == ChatType.PRIVATE:
            return True
        if speaks_as is not None:
            return speaks_as.id == chat.id
        return person is not None and await self.administers(chat.id, person.id)

    async def administers(self, chat: int, person: int) -> bool:
        """Whether Telegram says so; where it does not answer, nobody does."""
        member = await self._member(chat, person)
        return member is not None and member.status in _ADMINISTERS

    async def lack(self, chat: int, person: int) -> Lack | None:
        """Why somebody cannot manage a channel through the bot; None where they can."""
        me = await self._member(chat, self._bot.id)
        if me is None or me.status in (ChatMember.LEFT, ChatMember.BANNED):
            return Lack.ABSENT
        if not await self.administers(chat, person):
            return Lack.NOT_THEIRS
        posts = isinstance(me, ChatMemberAdministrator) and me.can_post_messages
        return None if posts else Lack.SILENT

    async def chat_id(self, named: str) -> int | None:
        """The id of a chat that is named by its id or ``@name``; None where there is none."""
        if not named.startswith("@"):
            return int(named)
        try:
            return (await self._bot.get_chat(named)).id
        except TelegramError as error:
            log.info("chat not known", platform=PLATFORM, why=describe(error))
            return None

    def changed(self, chat: int, person: int) -> None:
        """Somebody's standing in a chat is another now."""
        self._known.pop((chat, person), None)

    async def _member(self, chat: int, person: int) -> ChatMember | None:
        now = self._clock.now().timestamp()
        known = self._known.get((chat, person))
        if known is not None and known[1] > now:
            return known[0]
        try:
            member = await self._bot.get_chat_member(chat, person)
        except TelegramError as error:
            log.info("rights not known", platform=PLATFORM, why=describe(error))
            return None
        if len(self._known) >= FORGET_AT:
            self._known = {key: one for key, one in self._known.items() if one[1] > now}
        self._known[chat, person] = member, now + KNOWN_FOR
        return member
