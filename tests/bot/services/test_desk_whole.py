"""A long value is cut in the message, and a press of its button shows the whole."""

from __future__ import annotations

from pathlib import Path

from tests.bot.services.support import house, lines, nct, next_day, old, read, told, with_criteria
from tests.bot.services.talking import ask, follow, press

LONG = "No " + " ".join(f"illness{number}" for number in range(200))


async def test_a_press_of_the_button_shows_the_whole(file: Path) -> None:
    """The message has the head of the long line and a way to all of it, also long afterwards."""
    before = with_criteria(old(1), "Exclusion Criteria:\n\n* Pregnancy")
    after = with_criteria(old(1), f"Exclusion Criteria:\n\n* Pregnancy\n* {LONG}")
    async with house(file, [before], [after]) as (server, core):
        await follow(core, 1)
        await read(core)
        await next_day(server, core)
        (message,) = await told(core)
        assert "illness0" in lines(message)
        assert "illness199" not in lines(message)
        action = next(button.action for button in message.buttons if "full" in button.label)
        assert action is not None
        whole = await press(core, action)
        assert LONG in lines(whole)
        assert nct(1) in whole.title


async def test_a_button_that_nobody_made_is_answered_in_words(file: Path) -> None:
    """What is no trial and no day is asked back; a day of which nothing is kept is named."""
    async with house(file, [old(1)]) as (_, core):
        assert (await ask(core, "whole", "nonsense")).title.endswith("?")
        answer = await ask(core, "whole", f"{nct(1)} 2026-03-02")
        assert "2026-03-02" in (answer.lede or "")
