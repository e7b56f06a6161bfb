"""How chats come, go and move: the bot blocked or thrown out, let in again, groups that grow."""

from __future__ import annotations

import asyncio
from functools import partial
from weakref import WeakValueDictionary

import msgspec
from telegram import Chat, ChatMember, ChatMemberAdministrator, ChatMemberRestricted, Update
from telegram.constants import ChatType
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from adapters.telegram.asking import Asking
from adapters.telegram.commands import Commands, Context, Handler
from adapters.telegram.messenger import PLATFORM
from adapters.telegram.rights import Rights
from bot.domain.address import Address
from bot.ports.platform import Heard, Moved


class Hears(msgspec.Struct, frozen=True, kw_only=True):
    """Who is told what became of a chat."""

    gone: Heard
    back: Heard
    moved: Moved


class Life:
    """The handlers for it. What happens to one chat is taken in as it happened."""

    def __init__(self, commands: Commands, asking: Asking, rights: Rights, hears: Hears) -> None:
        self._commands = commands
        self._asking = asking
        self._rights = rights
        self._hears = hears
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def handlers(self) -> list[Handler]:
        """For the bot's own standing, and for groups that move.

        That of others is not asked for: every member who comes or goes would be handed over, so
        that an administrator who is none any more is known a minute earlier.
        """
        return [
            ChatMemberHandler(self._own, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE, self._move),
        ]

    async def _own(self, update: Update, _context: Context) -> None:
        """Tell when the bot can no longer write in a chat, and when it can again.

        Whoever has it back is welcomed, and a group that it is new in is told what it can do; in a
        channel nothing is said that nobody asked for.
        """
        change = update.my_chat_member
        if change is None:
            return
        chat, before, now = change.chat, change.old_chat_member, change.new_chat_member
        self._rights.changed(chat.id, now.user.id)
        could, can = _can_write(chat, before), _can_write(chat, now)
        turn = self._turns.setdefault(chat.id, asyncio.Lock())
        async with turn:
            if could and not can:
                await self._hears.gone(self._address(chat.id))
            elif can and not could:
                await self._hears.back(self._address(chat.id))
        if can and not could and chat.type != ChatType.CHANNEL:
            out = before.status in (ChatMember.LEFT, ChatMember.BANNED)
            new = out and chat.type != ChatType.PRIVATE
            person, text = change.from_user, "new" if new else ""
            asking = partial(self._asking.of_press, chat, None, person, "joined", text)
            await self._commands.reply(update, chat, asking)

    async def _move(self, update: Update, _context: Context) -> None:
        """A group became a supergroup, which has another id; it is said in both."""
        message = update.effective_message
        if message is None:
            return
        old, new = message.migrate_from_chat_id, message.migrate_to_chat_id
        old, new = (message.chat.id, new) if old is None else (old, message.chat.id)
        if new is not None:
            turn = self._turns.setdefault(old, asyncio.Lock())
            async with turn:
                await self._hears.moved(self._address(old), self._address(new))

    def _address(self, chat: int) -> Address:
        return Address(PLATFORM, self._asking.bot, str(chat))


def _can_write(chat: Chat, member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    if isinstance(member, ChatMemberAdministrator) and chat.type == ChatType.CHANNEL:
        return bool(member.can_post_messages)
    return member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)
