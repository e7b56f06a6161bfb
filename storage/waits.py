"""What a platform asked to wait for: a chat, or all that a bot sends."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select, update

from bot.domain.address import Address
from storage.chats import keep_bot, mark_of_address
from storage.engine import Database
from storage.tables import bots, chats


class SqlWaits:
    """Implements ``bot.ports.waits.Waits``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def let_bot_wait(self, platform: str, bot: str, until: datetime) -> None:
        """Everything that this bot sends has to wait; of two waits the longer one counts."""
        async with self._database.write() as connection:
            bot_id = await keep_bot(connection, self._database, platform, bot)
            longer = or_(bots.c.wait_until.is_(None), bots.c.wait_until < until)
            wait = update(bots).where(bots.c.id == bot_id, longer).values(wait_until=until)
            await connection.execute(wait)

    async def let_chat_wait(self, address: Address, until: datetime) -> None:
        """This chat has to wait, where it is known."""
        this = chats.c.mark == mark_of_address(self._database, address)
        longer = or_(chats.c.wait_until.is_(None), chats.c.wait_until < until)
        async with self._database.write() as connection:
            wait = update(chats).where(this, longer).values(wait_until=until)
            await connection.execute(wait)

    async def bot_waits_until(self, platform: str, bot: str) -> datetime | None:
        """Until when all of the bot was last asked to wait, be it over or not."""
        asked = select(bots.c.wait_until).where(bots.c.platform == platform, bots.c.bot == bot)
        async with self._database.read() as connection:
            until: datetime | None = await connection.scalar(asked)
            return until
