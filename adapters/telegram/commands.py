"""From what people type and press in Telegram to requests, and the answers back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

import structlog
from telegram import BotCommand, Chat, Message, Update
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

from adapters.telegram.messenger import PLATFORM, TelegramMessenger
from adapters.telegram.outcomes import describe
from bot.domain.address import Address
from bot.domain.commands import COMMANDS, Request, parse_line
from bot.domain.message import Message as Answered
from bot.domain.nct import find_key
from bot.domain.outcome import PerhapsDelivered, Sent
from bot.ports.messenger import NO_LONGER_MINE, MaySend, always

log = structlog.get_logger()

Answer = Callable[[Request], Awaitable[tuple[Answered, ...]]]
"""The front desk: a request in, the messages to answer with out."""

Context = CallbackContext[Any, Any, Any, Any]
Handler = BaseHandler[Update, Context, Any]


def menu() -> list[BotCommand]:
    """The commands as Telegram offers them while somebody types."""
    return [BotCommand(spec.name, spec.help) for spec in COMMANDS]


class Commands:
    """The handlers of one bot. Requests of one chat are answered in the order they were made.

    Where ``may_send`` says no, another process hears this bot's updates and answers them, also
    those which this one had taken and not confirmed: it keeps silent, lest two answer.
    """

    def __init__(
        self, answer: Answer, messenger: TelegramMessenger, may_send: MaySend = always
    ) -> None:
        self._answer = answer
        self._messenger = messenger
        self._may_send = may_send
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def handlers(self) -> list[Handler]:
        """One for each command of the table, for plain text in private chats, and for buttons.

        Edited messages are not asked for, and a command for another bot (``/trial@other_bot``) is
        left alone by the library.
        """
        new = filters.UpdateType.MESSAGE
        return [
            CommandHandler("start", partial(self._command, "help"), new),
            *(
                CommandHandler(spec.name, partial(self._command, spec.name), new)
                for spec in COMMANDS
            ),
            MessageHandler(new & filters.ChatType.PRIVATE & filters.TEXT, self._text),
            CallbackQueryHandler(self._press),
        ]

    async def _command(self, name: str, update: Update, context: Context) -> None:
        message = update.effective_message
        if message is not None:
            text = "" if name == "help" else " ".join(context.args or ())
            thread = _thread(message)
            await self._reply(update, self._request(message.chat, thread, name, text))

    async def _text(self, update: Update, _context: Context) -> None:
        """In a private chat a number or a link is enough, and the slash may be forgotten."""
        message = update.effective_message
        if message is None or message.text is None:
            return
        command = parse_line(message.text)
        if command is None:
            command = ("trial", message.text.strip()) if find_key(message.text) else ("help", "")
        await self._reply(update, self._request(message.chat, _thread(message), *command))

    async def _press(self, update: Update, _context: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        try:
            # First of all, or the button would turn until the answer is there.
            await query.answer()
        except TelegramError as error:
            # A press from before a restart is too old to be confirmed, but not to be answered.
            log.info("press not confirmed", platform=PLATFORM, why=describe(error))
        action = parse_line(query.data or "")
        if action is not None and query.message is not None:
            pressed = query.message
            thread = _thread(pressed) if isinstance(pressed, Message) else None
            await self._reply(update, self._request(pressed.chat, thread, *action))

    def _request(self, chat: Chat, thread: str | None, command: str, text: str) -> Request:
        return Request(
            command=command,
            text=text,
            address=Address(PLATFORM, self._messenger.bot, str(chat.id), thread),
            private=chat.type == ChatType.PRIVATE,
        )

    async def _reply(self, update: Update, request: Request) -> None:
        turn = self._turns.setdefault(request.address.chat, asyncio.Lock())
        async with turn:
            if not self._may_send():
                return
            for at, message in enumerate(await self._answer(request)):
                nonce = f"{update.update_id}.{at}"
                outcome = await self._messenger.send(
                    request.address, message, nonce, self._may_send
                )
                if outcome == NO_LONGER_MINE:
                    return
                if not isinstance(outcome, Sent | PerhapsDelivered):
                    log.warning("answer not sent", platform=PLATFORM, why=type(outcome).__name__)
                    return


def _thread(message: Message) -> str | None:
    """The topic's id. In a group without topics the field only groups replies: not a topic."""
    topic = message.message_thread_id if message.is_topic_message else None
    return str(topic) if topic else None
