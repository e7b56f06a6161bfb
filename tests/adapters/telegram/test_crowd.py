"""Chats in a hurry, and those beside them, over a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from adapters.telegram.crowd import OF_A_CHAT, WORKED_ON
from adapters.telegram.platform import TelegramPlatform
from bot.domain.address import Address
from bot.domain.commands.request import Request
from bot.domain.message import Button, Message
from tests.adapters.telegram.support import QuickClock, chat
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_state import PATIENCE

FLOOD = 3 * OF_A_CHAT
GROUP = -100


class SlowDesk:
    """Takes its time for what is asked of a trial, until it ``may_go``."""

    def __init__(self) -> None:
        self.working = 0
        self.most = 0
        self.may_go = asyncio.Event()
        self.moved = asyncio.Event()

    async def __call__(self, request: Request) -> tuple[Message, ...]:
        """The injected front desk."""
        self.working += 1
        self.most = max(self.most, self.working)
        if request.command == "trial":
            await self.may_go.wait()
        self.working -= 1
        again = Button("Again", action="trial again")
        return (Message(title=request.command, buttons=(again,)),)

    async def move(self, old: Address, new: Address) -> None:
        """A chat has another address."""
        if (old, new) == (chat(GROUP), chat(-777)):
            self.moved.set()


@pytest.fixture
async def desk(fake: FakeTelegram) -> AsyncIterator[SlowDesk]:
    """A started bot that has said something in chat 7."""
    desk = SlowDesk()
    platform = TelegramPlatform(
        fake.token, fake.url, desk, QuickClock(), on_moved=desk.move, timeout=5.0
    )
    await platform.start()
    fake.type(7, "/about")
    await fake.wait_for_messages(1)
    yield desk
    desk.may_go.set()
    await platform.stop()


def _types(fake: FakeTelegram) -> None:
    fake.type(7, "/trial again")


def _presses(fake: FakeTelegram) -> None:
    fake.press(7, "Again")


@pytest.mark.parametrize("ask", [_types, _presses])
async def test_a_chat_in_a_hurry_keeps_nobody_else_waiting(
    fake: FakeTelegram, desk: SlowDesk, ask: Callable[[FakeTelegram], None]
) -> None:
    """Others are answered meanwhile; of its own questions it gets the first, then is heard anew."""
    for _ in range(FLOOD):
        ask(fake)
    fake.type(8, "/about")
    sent = await fake.wait_for_messages(2)
    assert sent[1].chat_id == 8
    desk.may_go.set()
    await fake.wait_for_messages(2 + OF_A_CHAT)
    fake.type(7, "/help")
    sent = await fake.wait_for_messages(3 + OF_A_CHAT)
    assert [one.text for one in sent[2:]] == ["<b>trial</b>"] * OF_A_CHAT + ["<b>help</b>"]


async def test_many_chats_that_ask_for_what_is_slow_wait_in_order(
    fake: FakeTelegram, desk: SlowDesk
) -> None:
    """The desk works on a few at a time, and nothing of different chats is left out."""
    numbers = range(100, 102 + WORKED_ON)
    for number in numbers:
        fake.type(number, "/trial again")
    await fake.wait_until(lambda: not fake._updates)
    desk.may_go.set()
    sent = await fake.wait_for_messages(1 + len(numbers))
    assert {one.chat_id for one in sent} == {7, *numbers}
    assert desk.most == WORKED_ON


async def test_a_group_in_a_hurry_still_moves(fake: FakeTelegram, desk: SlowDesk) -> None:
    """What becomes of a chat is heard, however much is asked there."""
    for _ in range(FLOOD):
        fake.type(GROUP, "/trial again", private=False)
    fake.migrate(GROUP, -777)
    await asyncio.wait_for(desk.moved.wait(), PATIENCE)
