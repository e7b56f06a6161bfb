"""A whole Trialbell on a local Telegram, in the test's own process: commands over the wire."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.ctgov.sandbox import SandboxServer
from bot.domain.address import Address
from bot.ports.clock import Clock
from tests.adapters.telegram.support import QuickClock
from tests.bot.services.support import Raw, house
from tests.end_to_end.house import send_all
from tests.fakes.telegram import Accepted, FakeTelegram
from tests.fakes.telegram_checks import parse_html
from trialbell.wiring import Core, telegram


class Talk:
    """Somebody with a Telegram client, and the Trialbell that answers."""

    def __init__(self, fake: FakeTelegram, core: Core, server: SandboxServer) -> None:
        self.fake = fake
        self.core = core
        self.server = server
        self.platform = telegram(core, fake.token)

    async def answer(self, count: int = 1) -> str:
        """What the bot says until so many more messages came than were read so far, as shown."""
        sent = await self.answers(count)
        return "\n".join(parse_html(one.text) if one.parse_mode else one.text for one in sent)

    async def answers(self, count: int = 1) -> tuple[Accepted, ...]:
        """The same, as messages."""
        seen = self._seen
        self._seen = seen + count
        return (await self.fake.wait_for_messages(self._seen))[seen : self._seen]

    _seen = 0

    async def typed(self, chat: int, text: str, *, private: bool = True) -> str:
        """Type this, and read the one answer."""
        self.fake.type(chat, text, private=private)
        return await self.answer()

    async def pressed(self, chat: int, button: str, *, private: bool = True) -> str:
        """Press a button, and read the one answer."""
        self.fake.press(chat, button, private=private)
        return await self.answer()

    def address(self, chat: int, thread: str | None = None) -> Address:
        """A chat of this bot."""
        return Address("telegram", self.fake.token.partition(":")[0], str(chat), thread)

    async def follows(self, chat: int, thread: str | None = None) -> list[str]:
        """What a chat follows: numbers and words."""
        known = await self.core.store.chats.find(self.address(chat, thread))
        if known is None:
            return []
        followed = await self.core.store.chats.subscriptions(known.id)
        return [
            one.study.number if one.study else one.interest.words if one.interest else ""
            for one in followed
        ]

    async def deliver(self) -> int:
        """Send what is due now."""
        return await send_all(self.core, self.platform.messenger)


@asynccontextmanager
async def talking(
    migrated: Path, folder: Path, *days: Sequence[Raw], clock: Clock | None = None
) -> AsyncIterator[Talk]:
    """All of it, started, over a copy of a migrated database."""
    file = Path(shutil.copy(migrated, folder / "store.db"))
    async with (
        FakeTelegram() as fake,
        house(file, *days, clock=clock or QuickClock()) as (server, core),
    ):
        core.settings.telegram_api_url = fake.url
        talk = Talk(fake, core, server)
        await talk.platform.start()
        yield talk
        await talk.platform.stop()
        assert fake.complaints == []
