"""What people give with a tap in their private chat: where they are, and a channel to manage."""

from __future__ import annotations

from functools import partial

from telegram import Update
from telegram.ext import MessageHandler, filters

from adapters.telegram.asking import Asking
from adapters.telegram.commands import Commands, Context, Handler


class Giving:
    """The handlers for it; answered in turn with the commands of the chat."""

    def __init__(self, commands: Commands, asking: Asking) -> None:
        self._commands = commands
        self._asking = asking

    def handlers(self) -> list[Handler]:
        """For a position (a place on the map has one too), and for a channel.

        Of a position that is shared for a while only the first one is heard.
        """
        private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        return [
            MessageHandler(private & (filters.LOCATION | filters.VENUE), self._spot),
            MessageHandler(private & filters.StatusUpdate.CHAT_SHARED, self._channel),
        ]

    async def _spot(self, update: Update, _context: Context) -> None:
        message = update.effective_message
        if message is None or message.location is None:
            return
        where = message.location
        # Not to the metre: a hundredth of a degree is a kilometre, and the nearest city is meant.
        text = f"{where.latitude:.2f} {where.longitude:.2f}"
        asking = partial(self._asking.of_message, message, "spot", text)
        await self._commands.reply(update, message.chat, asking)

    async def _channel(self, update: Update, _context: Context) -> None:
        message = update.effective_message
        if message is None:
            return
        asking = partial(self._asking.of_shared, message)
        await self._commands.reply(update, message.chat, asking)
