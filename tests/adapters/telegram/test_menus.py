"""What Telegram shows of the bot by itself, over a real socket."""

from __future__ import annotations

import pytest
import structlog

from bot.domain.commands.request import needs_manager
from bot.domain.commands.table import COMMANDS
from bot.domain.words import say
from bot.ports.platform import StartFailed
from tests.adapters.telegram.support import RunningBot
from tests.fakes.telegram import FakeTelegram

ALL = {spec.name: spec.help for spec in COMMANDS}


def shown(fake: FakeTelegram, scope: str) -> dict[str, str]:
    """The menu of a scope, by command."""
    return {one["command"]: one["description"] for one in fake.menus[scope, ""]}


def changes(fake: FakeTelegram) -> list[str]:
    """The calls that change what is shown."""
    return [method for method, _ in fake.calls if method.startswith("setMy")]


async def test_each_scope_shows_what_can_be_used_in_it(fake: FakeTelegram, bot: RunningBot) -> None:
    """All of the table in private and to administrators, what changes nothing to members."""
    assert shown(fake, "all_private_chats") == ALL
    assert shown(fake, "all_chat_administrators") == ALL
    members = shown(fake, "all_group_chats")
    assert members == {name: words for name, words in ALL.items() if not needs_manager(name)}
    assert "trial" in members
    assert not {"follow", "feed", "forget", "settings"} & members.keys()


async def test_the_bot_says_what_it_is(fake: FakeTelegram, bot: RunningBot) -> None:
    """In an empty chat and in its profile; both are within Telegram's limits."""
    assert fake.described == {"": say("introduction.whole")}
    assert fake.described_short == {"": say("introduction.short")}
    assert fake.complaints == []


async def test_what_stands_there_is_not_set_again(fake: FakeTelegram) -> None:
    """A second start looks and changes nothing, until something else stands there."""
    bot = RunningBot(fake)
    for _ in range(2):
        await bot.platform.start()
        await bot.platform.stop()
    assert len(changes(fake)) == 5
    fake.menus["all_group_chats", ""] = []
    fake.described_short[""] = "Something else"
    await bot.platform.start()
    await bot.platform.stop()
    assert changes(fake)[5:] == ["setMyCommands", "setMyShortDescription"]


async def test_a_refused_menu_does_not_keep_the_bot_from_starting(fake: FakeTelegram) -> None:
    """It is said in the log, and people are answered."""
    bot = RunningBot(fake)
    fake.too_many(3600, method="setMyCommands")
    with structlog.testing.capture_logs() as lines:
        await bot.platform.start()
    fake.type(7, "/about")
    await fake.wait_for_messages(1)
    await bot.platform.stop()
    assert "menus not set" in {line["event"] for line in lines}


async def test_a_token_that_is_refused_meanwhile_fails_the_start(fake: FakeTelegram) -> None:
    """That is no matter of menus."""
    bot = RunningBot(fake)
    fake.failing(401, "Unauthorized", method="getMyCommands")
    with pytest.raises(StartFailed) as caught:
        await bot.platform.start()
    assert caught.value.token_refused
