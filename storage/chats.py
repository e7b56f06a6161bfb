"""Chats: who they are, whether they can be reached, and where they moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from sqlalchemy import Update, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.address import Address
from bot.domain.kept import Kept
from bot.domain.notice import Occurrence
from bot.domain.posting import Post
from bot.domain.settings.chat import ChatSettings
from bot.domain.study import StudyKey
from bot.domain.watch import Chat, Interest, Listening, Subscription
from storage import following, preferences, reaching, showing
from storage.engine import Database
from storage.erasing import erase_chat
from storage.gate import pass_alone
from storage.moving import join_chats, readdress
from storage.studies import id_of
from storage.tables import bots, chats, notices, subscriptions

_searches = msgspec.json.Decoder(tuple[str, ...])


class SqlChats:
    """Implements ``bot.ports.chats.Chats``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def chat(self, address: Address) -> Chat:
        """What is kept of this chat; an unknown one is taken in with nothing but its address."""
        known = await self.find(address)
        if known is not None:
            return known
        mark = mark_of_address(self._database, address)
        async with self._database.write() as connection:
            await self._take_in(connection, address, mark)
            taken_in = await _find(connection, mark)
        assert taken_in is not None  # noqa: S101 - it was written in the same transaction
        return taken_in

    async def find(self, address: Address) -> Chat | None:
        """What is kept of this chat; None where it is unknown, and it stays so."""
        async with self._database.read() as connection:
            return await _find(connection, mark_of_address(self._database, address))

    async def ask_consent(self, chat_id: int, asked: str) -> None:
        """Remember (sealed) what was to be followed when consent was asked for."""
        await self._change(_of(chat_id).values(asked=asked))

    async def consent(self, chat_id: int, now: datetime) -> None:
        """Consent was given; what was asked is forgotten."""
        await self._change(_of(chat_id).values(consented_at=now, asked=None))

    async def forget_asked(self, address: Address) -> None:
        """Consent was refused: what was asked is forgotten, and an otherwise empty chat with it."""
        this = chats.c.mark == mark_of_address(self._database, address)
        empty = (
            chats.c.consented_at.is_(None),
            chats.c.settings.is_(None),
            ~exists().where(subscriptions.c.chat_id == chats.c.id),
            ~exists().where(notices.c.chat_id == chats.c.id),
        )
        async with self._database.write() as connection:
            await pass_alone(connection)
            await connection.execute(update(chats).where(this).values(asked=None, searches=None))
            await connection.execute(delete(chats).where(this, *empty))

    async def keep_searches(self, chat_id: int, searches: Sequence[str]) -> None:
        """Keep (sealed) what buttons ask that is too long for them, in place of what was kept."""
        packed = msgspec.json.encode(searches).decode() if searches else None
        await self._change(_of(chat_id).values(searches=packed))

    async def follow_study(
        self, chat_id: int, key: StudyKey, *, kinds: int, since: date
    ) -> tuple[Subscription, bool]:
        """Follow a trial that is in the store. Returns the subscription and whether it is new.

        Raises StoreError where the trial is not in the store.
        """
        async with self._database.write() as connection:
            await pass_alone(connection)
            study_id = await following.known_study(connection, key)
            return await following.subscribe(
                connection, self._database, chat_id, kinds, since, study_id=study_id
            )

    async def follow_interest(
        self, chat_id: int, interest: Interest, *, kinds: int, since: date
    ) -> tuple[Subscription, bool]:
        """Follow a condition. A condition that nobody followed before owes itself a baseline."""
        async with self._database.write() as connection:
            await pass_alone(connection)
            interest_id = await following.keep_interest(connection, self._database, interest, since)
            return await following.subscribe(
                connection, self._database, chat_id, kinds, since, interest_id=interest_id
            )

    async def subscriptions(self, chat_id: int) -> tuple[Subscription, ...]:
        """What this chat follows, in the order in which it began to."""
        async with self._database.read() as connection:
            return await following.subscriptions_of(connection, chat_id)

    async def listening(self, chat_id: int) -> Listening:
        """What this chat follows, muted and chose: all that telling it something asks for."""
        async with self._database.read() as connection:
            return await preferences.listening(connection, chat_id)

    async def unfollow(self, chat_id: int, subscription_id: int) -> Subscription | None:
        """Stop. Returns what was followed, or None if this chat has no such subscription."""
        async with self._database.write() as connection:
            await pass_alone(connection)
            return await following.unsubscribe(connection, chat_id, subscription_id)

    async def configure(self, chat_id: int, settings: ChatSettings) -> None:
        """Keep (sealed) what the chat chose, in place of what it had chosen."""
        async with self._database.write() as connection:
            await preferences.configure(connection, chat_id, settings)

    async def adjust(
        self,
        chat_id: int,
        subscription_id: int,
        *,
        kinds: int | None = None,
        paused: bool | None = None,
    ) -> None:
        """Change the kinds of a subscription of this chat, or let it rest; None leaves it."""
        async with self._database.write() as connection:
            await pass_alone(connection)
            await preferences.adjust(connection, chat_id, subscription_id, kinds, paused)

    async def mute(self, chat_id: int, key: StudyKey) -> None:
        """Tell this chat nothing of this trial. An unknown trial is muted in nothing."""
        async with self._database.write() as connection:
            study_id = await id_of(connection, key)
            if study_id is not None:
                await preferences.mute(connection, self._database, chat_id, study_id)

    async def unmute(self, chat_id: int, key: StudyKey) -> None:
        """Tell it again."""
        async with self._database.write() as connection:
            study_id = await id_of(connection, key)
            if study_id is not None:
                await preferences.unmute(connection, chat_id, study_id)

    async def muted(self, chat_id: int) -> tuple[StudyKey, ...]:
        """What a chat muted, in the order of the trials' numbers."""
        async with self._database.read() as connection:
            return await preferences.muted(connection, chat_id)

    async def post_of(self, chat_id: int, key: StudyKey) -> Post | None:
        """Where a chat was first told of a trial; None in a person's own chat, which has none."""
        async with self._database.read() as connection:
            return await showing.post_of(connection, chat_id, key)

    async def newest(self, chat_id: int, most: int) -> tuple[Occurrence, ...]:
        """The newest occurrences that touch what a chat follows, told or not, the newest first."""
        async with self._database.read() as connection:
            return await showing.newest(connection, chat_id, most)

    async def kept(self, chat_id: int) -> Kept:
        """All that is kept of a chat and that no other method gives, to be shown to it."""
        async with self._database.read() as connection:
            return await showing.kept(connection, chat_id)

    async def erase(self, chat_id: int) -> None:
        """Forget the chat: address, settings, what it followed, what it was owed and told."""
        async with self._database.write() as connection:
            await pass_alone(connection)
            await erase_chat(connection, chat_id)

    async def pause(self, chat_id: int, now: datetime) -> None:
        """The chat was tried and cannot be reached: its debts wait."""
        await self._change(reaching.pause(now).where(chats.c.id == chat_id))

    async def resume(self, chat_id: int) -> None:
        """The chat is there again."""
        await self._change(_of(chat_id).values(paused_since=None, probed_at=None))

    async def pause_all(self, address: Address, now: datetime) -> None:
        """Pause the chat at this address, where it is known, and all topics and threads in it."""
        mark = mark_of_address(self._database, address)
        async with self._database.write() as connection:
            inside = await reaching.inside(connection, address, mark)
            await connection.execute(reaching.pause(now).where(chats.c.id.in_(inside)))

    async def try_again(self, address: Address) -> None:
        """The chat at this address and what is in it may be there again: try at once."""
        mark = mark_of_address(self._database, address)
        async with self._database.write() as connection:
            inside = await reaching.inside(connection, address, mark)
            tried = update(chats).where(chats.c.id.in_(inside), chats.c.paused_since.is_not(None))
            await connection.execute(tried.values(probed_at=None))

    async def move(self, chat_id: int, to: Address) -> None:
        """The chat has a new address. Where both are known, what the old one has joins the new."""
        mark = mark_of_address(self._database, to)
        async with self._database.write() as connection:
            await pass_alone(connection)
            other = await connection.scalar(select(chats.c.id).where(chats.c.mark == mark))
            if other == chat_id:
                return
            if other is not None:
                await join_chats(connection, self._database, chat_id, other)
                return
            bot_id = await keep_bot(connection, self._database, to.platform, to.bot)
            await readdress(connection, chat_id, bot_id, to, mark)

    async def _take_in(self, connection: AsyncConnection, address: Address, mark: bytes) -> None:
        bot_id = await keep_bot(connection, self._database, address.platform, address.bot)
        row = {"bot_id": bot_id, "mark": mark, "chat": address.chat, "thread": address.thread}
        await connection.execute(self._database.insert(chats).values(row).on_conflict_do_nothing())

    async def _change(self, statement: Update) -> None:
        async with self._database.write() as connection:
            await connection.execute(statement)


def mark_of_address(database: Database, address: Address) -> bytes:
    """What a chat is found by."""
    return database.vault.mark("address", msgspec.structs.astuple(address))


async def keep_bot(connection: AsyncConnection, database: Database, platform: str, bot: str) -> int:
    """The row of this bot, made where it is missing."""
    asked = select(bots.c.id).where(bots.c.platform == platform, bots.c.bot == bot)
    found: int | None = await connection.scalar(asked)
    if found is None:
        insert = database.insert(bots).values(platform=platform, bot=bot)
        await connection.execute(insert.on_conflict_do_nothing())
        found = (await connection.execute(asked)).scalar_one()
    return found


async def _find(connection: AsyncConnection, mark: bytes) -> Chat | None:
    asked = select(
        chats.c.id,
        chats.c.consented_at,
        chats.c.asked,
        chats.c.paused_since,
        chats.c.settings,
        chats.c.searches,
    )
    row = (await connection.execute(asked.where(chats.c.mark == mark))).one_or_none()
    if row is None:
        return None
    return Chat(
        id=row.id,
        consented_at=row.consented_at,
        asked=row.asked,
        paused_since=row.paused_since,
        settings=preferences.unpack_settings(row.settings),
        searches=() if row.searches is None else _searches.decode(row.searches),
    )


def _of(chat_id: int) -> Update:
    return update(chats).where(chats.c.id == chat_id)
