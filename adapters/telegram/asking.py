"""From a message or a press in Telegram to the request that it makes."""

from __future__ import annotations

import re

import msgspec
import structlog
from telegram import Chat, Document, Message, User
from telegram.constants import ChatType
from telegram.error import TelegramError

from adapters.telegram.keyboard import TAPS
from adapters.telegram.messenger import PLATFORM
from adapters.telegram.outcomes import describe
from adapters.telegram.rights import Rights
from bot.domain.address import Address
from bot.domain.commands.request import Request, needs_manager
from bot.domain.importing import LARGEST
from bot.domain.managed import Managed
from bot.domain.message import Ask
from bot.domain.sharing import Lack, picked_line
from bot.domain.start import payload
from bot.domain.words import say

log = structlog.get_logger()

_CHANNEL = re.compile(r"(@[A-Za-z]\w{3,31}|-100\d{5,15})(?:\s+|\Z)(.*)", re.DOTALL)
"""Behind ``/feed`` in a private chat: the channel that it is about."""


class Denied(msgspec.Struct, frozen=True, kw_only=True):
    """Why a press does nothing, in words, or where it leads instead."""

    words: str | None = None
    url: str | None = None


class Asking:
    """Makes requests for one bot."""

    def __init__(self, bot: str, username: str, rights: Rights) -> None:
        self._bot = bot
        self._link = f"https://t.me/{username}?start="
        self._rights = rights

    @property
    def bot(self) -> str:
        """The id of the bot's account, as addresses have it."""
        return self._bot

    @property
    def link(self) -> str:
        """What opens the private chat with the bot, once a payload is added."""
        return self._link

    async def of_message(self, message: Message, command: str, text: str) -> Request:
        """What somebody writes, with the file that they send along."""
        person, chat = message.from_user, message.chat
        if command == "feed" and chat.type == ChatType.PRIVATE:
            channel = _CHANNEL.fullmatch(text.strip())
            if channel is not None:
                return await self._of_named(message, channel[1], channel[2])
        thread, speaks_as = thread_of(message), message.sender_chat
        return await self._request(chat, thread, person, speaks_as, command, text)

    async def of_shared(self, message: Message) -> Request:
        """A channel that somebody picked to manage it from here, with what lacks for that.

        What was picked is only a number: who may what there is asked of Telegram.
        """
        shared, person, chat = message.chat_shared, message.from_user, message.chat
        there, name = (shared.chat_id, shared.title or "") if shared else (0, "")
        lack = await self._rights.lack(there, person.id) if person is not None else Lack.NOT_THEIRS
        text = picked_line(lack, name)
        if lack is not None:
            return await self._request(chat, None, person, None, "channel", text)
        line = Managed(str(there), None, text)
        return await self.elsewhere(chat, person, line, "channel", text)

    async def _of_named(self, message: Message, name: str, text: str) -> Request:
        """``/feed`` for a channel that is named; what it lacks is said, unless it only cannot post.

        Then it can be managed all the same: what it follows can be taken back.
        """
        chat, person = message.chat, message.from_user
        there = await self._rights.chat_id(name)
        lack: Lack | None = Lack.UNKNOWN
        if there is not None and person is not None:
            lack = await self._rights.lack(there, person.id)
        if there is None or lack not in (None, Lack.SILENT):
            return await self._request(chat, None, person, None, "channel", picked_line(lack, name))
        return await self.elsewhere(chat, person, Managed(str(there), None, text), "feed", text)

    async def of_document(self, message: Message) -> Request:
        """A file that somebody sends; it is fetched only for whoever may import it."""
        request = await self.of_message(message, "import", "")
        if message.document is None or not request.may_manage:
            return request
        content = await _content_of(message.document)
        return msgspec.structs.replace(request, file=content)

    async def of_press(
        self, chat: Chat, thread: str | None, person: User, command: str, text: str
    ) -> Request:
        """What somebody presses; who presses is named even where they write anonymously."""
        return await self._request(chat, thread, person, None, command, text)

    async def denied(
        self, chat: Chat, person: User, seen: bool, command: str, text: str
    ) -> Denied | None:
        """What a press does not do that whoever pressed may not do there; None where they may.

        It is told to them alone: others in the group need not see who pressed what. What they would
        follow there leads to their private chat. Of a message that is not ``seen`` any more nobody
        knows in which topic it stood, so that it can be for another feed than it was.
        """
        if chat.type == ChatType.PRIVATE or not needs_manager(command):
            return None
        if not await self._rights.may_manage(chat, person, None):
            if command != "follow":
                return Denied(words=say("managers.title"))
            marked = text.startswith("*")  # it stands for what is kept with this chat
            return Denied(url=self._link + payload(command, "" if marked else text))
        return None if seen else Denied(words=say("button.too_old"))

    async def elsewhere(
        self, chat: Chat, person: User | None, managed: Managed, command: str, text: str
    ) -> Request:
        """What somebody asks in their private chat for another one that they administer."""
        there = int(managed.chat)
        may = person is not None and await self._rights.administers(there, person.id)
        return Request(
            command=command,
            text=text,
            address=Address(PLATFORM, self._bot, str(chat.id)),
            private=chat.type == ChatType.PRIVATE,
            may_manage=may,
            person=str(person.id) if person else None,
            of=Address(PLATFORM, self._bot, managed.chat, managed.thread),
            private_link=self._link,
            taps=_taps(chat),
        )

    async def _request(
        self,
        chat: Chat,
        thread: str | None,
        person: User | None,
        speaks_as: Chat | None,
        command: str,
        text: str,
    ) -> Request:
        may_manage = not needs_manager(command) or await self._rights.may_manage(
            chat, person, speaks_as
        )
        return Request(
            command=command,
            text=text,
            address=Address(PLATFORM, self._bot, str(chat.id), thread),
            private=chat.type == ChatType.PRIVATE,
            may_manage=may_manage,
            person=str(person.id) if person else None,
            private_link=self._link,
            taps=_taps(chat),
        )


def _taps(chat: Chat) -> frozenset[Ask]:
    return TAPS if chat.type == ChatType.PRIVATE else frozenset()


async def _content_of(document: Document) -> bytes:
    """What is in a file that somebody sent, as much of it as shows that it is too large."""
    if (document.file_size or 0) > LARGEST:
        return bytes(LARGEST + 1)
    try:
        return bytes(await (await document.get_file()).download_as_bytearray())
    except TelegramError as error:
        log.warning("file not read", platform=PLATFORM, why=describe(error))
        return b""


def thread_of(message: Message) -> str | None:
    """The topic's id. In a group without topics the field only groups replies: not a topic."""
    topic = message.message_thread_id if message.is_topic_message else None
    return str(topic) if topic else None
