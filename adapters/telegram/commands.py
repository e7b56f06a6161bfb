"""From what people type and press in Telegram to requests, and the answers back."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

import structlog
from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import (
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from adapters.telegram.addressed import asked_of, meant_here
from adapters.telegram.asking import Asking, Denied, thread_of
from adapters.telegram.messenger import PLATFORM, TelegramMessenger
from adapters.telegram.outcomes import describe
from adapters.telegram.pressing import read_press, turned_by
from bot.domain.address import Address
from bot.domain.commands.request import Request, parse_line
from bot.domain.commands.table import COMMANDS
from bot.domain.managed import Managed, read_managed
from bot.domain.message import Message as Answered
from bot.domain.nct import find_key
from bot.domain.outcome import ChatMoved, Outcome, PerhapsDelivered, Refused, Sent
from bot.domain.precedence import Precedence
from bot.domain.start import payload, read_payload, read_preview
from bot.domain.turning import other_side
from bot.domain.words import say
from bot.ports.messenger import NO_LONGER_MINE, MaySend, always
from bot.ports.platform import Moved

log = structlog.get_logger()

Answer = Callable[[Request], Awaitable[tuple[Answered, ...]]]
"""The front desk: a request in, the messages to answer with out."""

Context = CallbackContext[Any, Any, Any, Any]
Handler = BaseHandler[Update, Context, Any]

_IMPORT = re.compile(r"\A\s*/import\b", re.IGNORECASE)
"""A file's caption that says what it is for."""


class Commands:
    """The handlers of one bot. Requests of one chat are answered in the order they were made.

    Where ``may_send`` says no, another process hears this bot's updates and answers them, also
    those which this one had taken and not confirmed: it keeps silent, lest two answer.
    """

    def __init__(
        self,
        answer: Answer,
        messenger: TelegramMessenger,
        asking: Asking,
        may_send: MaySend = always,
        *,
        moved: Moved,
    ) -> None:
        self._answer = answer
        self._messenger = messenger
        self._asking = asking
        self._may_send = may_send
        self._moved = moved
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def handlers(self) -> list[Handler]:
        """One for each command of the table, for plain text, and for buttons.

        Edited messages are not asked for, and a command for another bot (``/trial@other_bot``) is
        left alone by the library. A file is heard where ``/import`` stands with it, and also
        without in a private chat.
        """
        new = filters.UpdateType.MESSAGE
        brought = filters.ChatType.PRIVATE & ~filters.CAPTION | filters.CaptionRegex(_IMPORT)
        return [
            CommandHandler("start", self._start, new),
            *(
                CommandHandler(spec.name, partial(self._command, spec.name), new)
                for spec in COMMANDS
            ),
            MessageHandler(new & filters.ChatType.PRIVATE & filters.TEXT, self._text),
            MessageHandler(new & filters.ChatType.GROUPS & filters.TEXT, self._in_group),
            MessageHandler(new & filters.Document.ALL & brought, self._document),
            CallbackQueryHandler(self._press),
        ]

    async def _start(self, update: Update, context: Context) -> None:
        """Telegram's own first command, with what a link to the private chat carried along."""
        message = update.effective_message
        if message is None:
            return
        carried = " ".join(context.args or ())
        preview = read_preview(carried) if message.chat.type == ChatType.PRIVATE else None
        if preview is not None:
            await self._elsewhere(update, message.chat, message.from_user, preview)
            return
        given = read_payload(carried) or ("help", "")
        await self.reply(update, message.chat, partial(self._asking.of_message, message, *given))

    async def _command(self, name: str, update: Update, context: Context) -> None:
        message = update.effective_message
        if message is not None:
            text = "" if name == "help" else " ".join(context.args or ())
            text = meant_here(name, text, message, context.bot.id)
            asking = partial(self._asking.of_message, message, name, text)
            await self.reply(update, message.chat, asking)

    async def _text(self, update: Update, _context: Context) -> None:
        """In a private chat a number or a link is enough, and the slash may be forgotten."""
        message = update.effective_message
        if message is None or message.text is None:
            return
        managed = read_managed(message.text)
        if managed is not None:
            await self._elsewhere(update, message.chat, message.from_user, managed)
            return
        command = parse_line(message.text)
        if command is None:
            line = message.text.strip()
            shows = find_key(line) is not None and not line.startswith("/")
            command = ("trial" if shows else "", line)
        await self.reply(update, message.chat, partial(self._asking.of_message, message, *command))

    async def _in_group(self, update: Update, context: Context) -> None:
        """Among people who talk to each other only what is meant for the bot is answered."""
        message = update.effective_message
        if message is None:
            return
        asked = asked_of(message, context.bot.id, context.bot.username)
        if asked is not None:
            await self.reply(
                update, message.chat, partial(self._asking.of_message, message, *asked)
            )

    async def _document(self, update: Update, _context: Context) -> None:
        message = update.effective_message
        if message is not None and message.document is not None:
            await self.reply(update, message.chat, partial(self._asking.of_document, message))

    async def _press(self, update: Update, _context: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        # The library makes a message also of one that Telegram does not show the bot any more.
        shown = query.message if query.message is not None and query.message.is_accessible else None
        pressed = shown if isinstance(shown, Message) else None
        press = read_press(query.data or "")
        action, managed = parse_line(press.line), read_managed(press.line)
        if query.message is None or query.message.chat.type != ChatType.PRIVATE:
            managed = None  # such buttons stand in private chats only: this one was made by hand
        denied = await self._why_not(query, pressed, action, asks=bool(action or managed))
        try:
            # Before all that takes long, or the button would turn until the answer is there.
            words, url = (denied.words, denied.url) if denied is not None else (None, None)
            await query.answer(words, show_alert=words is not None, url=url)
        except TelegramError as error:
            # A press from before a restart is too old to be confirmed, but not to be answered.
            log.info("press not confirmed", platform=PLATFORM, why=describe(error))
        if denied is not None or query.message is None:
            return
        chat, person = query.message.chat, query.from_user
        turned = turned_by(query.data or "", pressed)
        if managed is not None:
            await self._elsewhere(update, chat, person, managed, turned)
        elif action is not None:
            thread = thread_of(pressed) if pressed is not None else None
            asking = partial(self._asking.of_press, chat, thread, person, *action)
            await self.reply(update, chat, asking, turned)

    async def _why_not(
        self,
        query: CallbackQuery,
        pressed: Message | None,
        action: tuple[str, str] | None,
        *,
        asks: bool,
    ) -> Denied | None:
        """What keeps a press from being answered where it was made, if anything does."""
        if not asks:
            return Denied(words=say("button.unknown"))
        if query.message is None:
            return None
        chat = query.message.chat
        if chat.type == ChatType.CHANNEL:
            # What readers of a channel press is answered in their own chat: nobody else asked.
            return Denied(url=self._asking.link + payload(*action)) if action else None
        refused = self._messenger.refuses(str(chat.id))
        if refused is not None:  # what cannot be answered is not done either, and is told here
            return Denied(words=refused)
        seen = pressed is not None
        return await self._asking.denied(chat, query.from_user, seen, *action) if action else None

    async def _elsewhere(
        self,
        update: Update,
        chat: Chat,
        person: User | None,
        managed: Managed,
        turned: int | None = None,
    ) -> None:
        """A line that is meant for another chat than the one it stands in."""
        command = parse_line(managed.line)
        if command is not None:
            asking = partial(self._asking.elsewhere, chat, person, managed, *command)
            await self.reply(update, chat, asking, turned)

    async def reply(
        self,
        update: Update,
        chat: Chat,
        make: Callable[[], Awaitable[Request]],
        turned: int | None = None,
    ) -> None:
        """Answer the request once it is the chat's turn for it; making it may ask Telegram.

        ``turned`` is the message whose place the answer takes where it can.
        """
        turn = self._turns.setdefault(str(chat.id), asyncio.Lock())
        async with turn:
            if not self._may_send():
                return
            request = await make()
            answer = await self._answer(request)
            if turned is not None and await self._turn(request, turned, answer):
                return
            for at, message in enumerate(answer):
                outcome = await self._send(request.address, message, f"{update.update_id}.{at}")
                if outcome == NO_LONGER_MINE:
                    return
                if not isinstance(outcome, Sent | PerhapsDelivered):
                    log.warning("answer not sent", platform=PLATFORM, why=type(outcome).__name__)
                    return

    async def _send(self, address: Address, message: Answered, nonce: str) -> Outcome:
        """Send a message, to where the chat is by now where it has moved."""
        may_send, precedence = self._may_send, Precedence.ANSWER
        send = self._messenger.send
        outcome = await send(address, message, nonce, may_send, precedence=precedence)
        if not isinstance(outcome, ChatMoved):
            return outcome
        await self._moved(address, outcome.to)
        return await send(outcome.to, message, nonce, may_send, precedence=precedence)

    async def _turn(self, request: Request, turned: int, answer: tuple[Answered, ...]) -> bool:
        """Whether nothing is left to send, as the answer took the place of that message.

        Where the chat has moved, the message stays behind and the answer is sent to the new place.
        """
        side = other_side(answer)
        if side is None:
            return False
        messenger, may_send = self._messenger, self._may_send
        outcome = await messenger.turn(request.address, turned, side, may_send)
        if isinstance(outcome, Refused | ChatMoved):
            return False
        if not isinstance(outcome, Sent | PerhapsDelivered):
            log.warning("answer not sent", platform=PLATFORM, why=type(outcome).__name__)
        return True
