"""Sending to Telegram as one bot: pace, parts in order, and one outcome for it all."""

from __future__ import annotations

import math
from collections import OrderedDict
from datetime import timedelta
from functools import partial

import msgspec
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode

from adapters.telegram.calls import Calls, Way
from adapters.telegram.keyboard import keyboard
from adapters.telegram.pace import PATIENT, Pace
from adapters.telegram.packing import LIMIT
from adapters.telegram.pressing import callback_data
from adapters.telegram.render import Filed, Rendered, parts_of, render
from bot.domain.address import Address
from bot.domain.message import Button, Message
from bot.domain.outcome import Outcome, PerhapsDelivered, Refused, Sent
from bot.domain.posting import Beneath
from bot.domain.precedence import Precedence
from bot.domain.words import say
from bot.ports.messenger import MaySend, always
from bot.ports.platform import Waiting

PLATFORM = "telegram"

IN_FLIGHT = 20
"""Sends at once: at 30 a second and half a second an answer, enough to use the whole pace."""

NO_CAPTION = Rendered("", "")

UNFINISHED = 1000
"""Messages remembered of which some parts are sent and the rest has to wait."""


class _Progress(msgspec.Struct, frozen=True):
    """How far a message of several parts came."""

    parts: int
    """A hash of the parts, so that a message that reads otherwise by now starts anew."""
    left: tuple[int, ...]
    """The places of the parts that are still to be sent, in order."""
    lost: tuple[int, ...] = ()
    """The places of those that were sent and whose answer was lost."""
    perhaps: PerhapsDelivered | None = None
    """What was answered of the last of these."""
    first: Sent | None = None
    """What was answered of the first part: what belongs beneath the message hangs there."""

    def after(self, place: int, outcome: Sent | PerhapsDelivered) -> _Progress:
        """How far it is once this part was sent."""
        left = tuple(other for other in self.left if other != place)
        lost = tuple(other for other in self.lost if other != place)
        if isinstance(outcome, Sent):
            first = outcome if place == 0 else self.first
            return msgspec.structs.replace(self, left=left, lost=lost, first=first)
        return msgspec.structs.replace(self, left=left, lost=(*lost, place), perhaps=outcome)


class TelegramMessenger:
    """``bot.ports.messenger.Messenger`` over a ``telegram.Bot`` that is initialized.

    A message of several parts may stop in the middle. What is owed then is the rest:

    - a part whose answer was lost does not stop the others; the whole was perhaps delivered, and
      the next try sends again what was lost, and nothing else;
    - on any other answer the outcome is that answer's, and the next try goes on with the part that
      was not taken.

    How far it came is kept under the address and nonce. Only a new start of the program in between
    begins again with the first part: a double, never a loss.
    """

    platform = PLATFORM
    nonces_last = timedelta(0)
    longest = LIMIT

    def __init__(
        self,
        bot: Bot,
        pace: Pace,
        *,
        in_flight: int = IN_FLIGHT,
        waiting: Waiting | None = None,
        paid: bool = False,
    ) -> None:
        self.bot = str(bot.id)
        self.in_flight = in_flight
        self._bot = bot
        self._pace = pace
        self._calls = Calls(pace, waiting)
        self._paid = paid
        self._unfinished: OrderedDict[tuple[Address, str], _Progress] = OrderedDict()

    async def send(
        self,
        address: Address,
        message: Message,
        nonce: str,
        may_send: MaySend = always,
        beneath: Beneath | None = None,
        precedence: Precedence = Precedence.NOTICE,
    ) -> Outcome:
        """Deliver one message; Telegram knows no nonce, it only finds an unfinished message.

        What it belongs beneath is replied to: a bot cannot know whether it may open topics.
        """
        parts = parts_of(message)
        if not parts:
            return Refused("the message has no visible text")
        progress = self._unfinished.pop((address, nonce), None)
        if progress is None or progress.parts != hash(parts):
            progress = _Progress(hash(parts), tuple(range(len(parts))))
        outcome: Outcome = Sent()
        for place in progress.left or progress.lost:
            reply_to = beneath.post.message_id if beneath and place == 0 else None
            # Once a part went out, the rest follows rather than begin the message anew.
            patience = None if place == 0 else PATIENT
            way = Way(may_send=may_send, precedence=precedence, patience=patience)
            post = partial(self._post, address, parts[place], reply_to, self._paid_for(precedence))
            outcome = await self._calls.make(address, post, way)
            if not isinstance(outcome, Sent | PerhapsDelivered):
                self._keep(address, nonce, progress)
                return outcome
            progress = progress.after(place, outcome)
        if progress.lost and progress.perhaps is not None:
            self._keep(address, nonce, progress)
            return progress.perhaps
        return progress.first or outcome

    def rests(self, address: Address) -> float:
        """For how long the chat's own pace lets nothing more through; topics share their chat's."""
        return self._pace.rests(address.chat)

    async def turn(
        self, address: Address, message_id: int, message: Message, may_send: MaySend = always
    ) -> Outcome:
        """Have a message that was sent say this instead; it counts in the chat's pace like one.

        Refused where it cannot take the place: it is no single text, or Telegram does not let that
        message be edited any more. What it says already is sent.
        """
        parts = render(message)
        if len(parts) != 1 or message.files:
            return Refused("one message cannot take the place of another")
        edit = partial(self._edit, address, message_id, parts[0])
        outcome = await self._calls.make(address, edit, Way(may_send=may_send))
        return Sent(str(message_id)) if isinstance(outcome, Sent) else outcome

    async def _edit(
        self,
        address: Address,
        message_id: int,
        part: Rendered,
        markup: bool,
    ) -> str:
        await self._bot.edit_message_text(
            chat_id=int(address.chat),
            message_id=message_id,
            text=part.html if markup else part.plain,
            parse_mode=ParseMode.HTML if markup else None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=_markup(part.keyboard),
        )
        return str(message_id)

    def refuses(self, chat: str) -> str | None:
        """What can be said of an answer that cannot be sent there for long; None where it can."""
        seconds = self._pace.waits(chat)
        if seconds <= PATIENT:
            return None
        return say("button.waits", minutes=math.ceil(seconds / 60))

    def _paid_for(self, precedence: Precedence) -> bool | None:
        """Whether Stars may be taken for it: answers are few, and are never paid for."""
        return True if self._paid and precedence is Precedence.NOTICE else None

    def _keep(self, address: Address, nonce: str, progress: _Progress) -> None:
        if 0 not in progress.left:  # else nothing of it is sent
            self._unfinished[address, nonce] = progress
        while len(self._unfinished) > UNFINISHED:
            self._unfinished.popitem(last=False)

    async def _post(
        self,
        address: Address,
        part: Rendered | Filed,
        reply_to: str | None,
        paid: bool | None,
        markup: bool,
    ) -> str:
        chat, thread = int(address.chat), int(address.thread) if address.thread else None
        if isinstance(part, Filed):
            below = part.caption or NO_CAPTION
            document = await self._bot.send_document(
                chat_id=chat,
                message_thread_id=thread,
                document=part.file.content,
                filename=part.file.name,
                caption=(below.html if markup else below.plain) or None,
                parse_mode=ParseMode.HTML if markup and below.html else None,
                reply_markup=_markup(below.keyboard),
                reply_parameters=_reply(reply_to),
                allow_paid_broadcast=paid,
            )
            return str(document.message_id)
        sent = await self._bot.send_message(
            chat_id=chat,
            message_thread_id=thread,
            text=part.html if markup else part.plain,
            parse_mode=ParseMode.HTML if markup else None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=_markup(part.keyboard) or keyboard(part.asks),
            reply_parameters=_reply(reply_to),
            allow_paid_broadcast=paid,
        )
        return str(sent.message_id)


def _reply(message_id: str | None) -> ReplyParameters | None:
    """A reply that arrives by itself where what it replies to was deleted."""
    if message_id is None:
        return None
    return ReplyParameters(int(message_id), allow_sending_without_reply=True)


def _markup(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(button.label, callback_data=callback_data(button), url=button.url)
