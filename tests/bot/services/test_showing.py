"""A discreet chat gets a neutral line, and the whole when its button is pressed."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.bot.services.support import (
    OTHER,
    YOU,
    day,
    house,
    lines,
    nct,
    next_day,
    old,
    read,
    told,
)
from tests.bot.services.talking import ask, follow, press
from tests.records import record


@pytest.mark.parametrize("count", [1, 5])
async def test_the_button_shows_what_was_told_in_this_chat_only(file: Path, count: int) -> None:
    """One thing as ever, many as a digest; to another chat its number says nothing."""
    before = [record(n, day(0), enrollment=100) for n in range(1, count + 1)]
    after = [record(n, day(1), enrollment=4321) for n in range(1, count + 1)]
    async with house(file, before, after) as (server, core):
        for number in range(1, count + 1):
            await follow(core, number)
        chat = await core.store.chats.chat(YOU)
        await core.store.chats.configure(chat.id, replace(chat.settings, discreet=True))
        await read(core)
        await next_day(server, core)
        (line,) = await told(core)
        assert lines(line).strip() == "There is news."
        action = line.buttons[0].action or ""
        shown = await press(core, action)
        text = lines(shown) + str([section.heading for section in shown.sections])
        assert "4321" in text
        assert count == 1 or all(nct(number) in text for number in range(1, count + 1))
        assert (await press(core, action, OTHER)).title == "Nothing to show"


async def test_what_nobody_told_is_answered_in_words(file: Path) -> None:
    """A number that was never a message, or is none at all."""
    async with house(file, [old(1)]) as (_, core):
        await follow(core, 1)
        for text in ("", "7", "x", "9" * 40):
            assert (await ask(core, "show", text)).title == "Nothing to show"
