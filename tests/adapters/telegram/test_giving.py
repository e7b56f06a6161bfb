"""What is given with a tap, over a real socket: positions and channels."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.message import Ask, Message
from tests.adapters.telegram.support import RunningBot, chat
from tests.fakes.telegram import CHANNEL, FakeTelegram


def keyboard(fake: FakeTelegram) -> dict[str, Any]:
    """What the last message put in place of the keyboard."""
    sent = [parameters for method, parameters in fake.calls if method == "sendMessage"]
    markup: dict[str, Any] = sent[-1]["reply_markup"]
    return markup


async def test_a_message_that_asks_brings_a_keyboard_that_goes_again(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """One button for the position, one for a channel in which both may post, and none."""
    for ask in (Ask.PLACE, Ask.CHANNEL, Ask.NOTHING):
        await bot.platform.messenger.send(chat(7), Message(title="T", asks=ask), str(ask))
        if ask is Ask.PLACE:
            (button,) = keyboard(fake)["keyboard"][0]
            assert button["request_location"] is True
        elif ask is Ask.CHANNEL:
            (button,) = keyboard(fake)["keyboard"][0]
            asked = button["request_chat"]
            assert asked["chat_is_channel"] is True
            assert asked["bot_administrator_rights"]["can_post_messages"] is True
            assert asked["user_administrator_rights"]["can_post_messages"] is True
        else:
            assert keyboard(fake) == {"remove_keyboard": True}


async def test_only_a_private_chat_can_be_asked_for_a_tap(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """Telegram refuses such keyboards in groups."""
    fake.type(7, "/settings place")
    fake.type(-100, "/about", private=False)
    await fake.wait_for_messages(2)
    taps = {request.private: request.taps for request in bot.desk.asked}
    assert taps == {True: {Ask.PLACE, Ask.CHANNEL}, False: frozenset()}


async def test_a_position_is_handed_on_without_its_last_digits(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """To about a kilometre; nobody's front door is asked about."""
    fake.give_place(7, 48.856614, -2.352222)
    await fake.wait_for_messages(1)
    (request,) = bot.desk.asked
    assert (request.command, request.text) == ("spot", "48.86 -2.35")
    assert request.address == chat(7)


@pytest.mark.parametrize(
    ("administers", "standing", "text", "managed"),
    [
        (True, ("administrator", True), "ready Our <news>", True),
        (True, ("administrator", False), "silent Our <news>", False),
        (True, ("left", False), "absent Our <news>", False),
        (True, ("", False), "absent Our <news>", False),
        (False, ("administrator", True), "not_theirs Our <news>", False),
    ],
)
async def test_a_channel_that_was_picked_is_looked_at(
    fake: FakeTelegram,
    bot: RunningBot,
    administers: bool,
    standing: tuple[str, bool],
    text: str,
    managed: bool,
) -> None:
    """Only where the person administers it and the bot may post is it managed."""
    fake.standings[CHANNEL] = standing
    if administers:
        fake.administrators.add((CHANNEL, 7))
    fake.pick_chat(7, CHANNEL, "Our <news>")
    await fake.wait_for_messages(1)
    (request,) = bot.desk.asked
    assert (request.command, request.text) == ("channel", text)
    assert request.of == (chat(CHANNEL) if managed else None)
    assert request.may_manage
    assert request.address == chat(7)
