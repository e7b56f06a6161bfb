"""A trial's history from a chat's first word to its last page, and on every platform."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from adapters.discord.markup import escape
from adapters.discord.render import render as for_discord
from adapters.telegram.render import render as for_telegram
from adapters.terminal.platform import TerminalPlatform
from adapters.terminal.screen import Screen
from tests.adapters.terminal.messages import pipe, written
from tests.bot.services.support import FIRST, house, nct, next_day, read
from tests.bot.services.talking import ask, press
from tests.bot.services.test_history import listing, sent_in, version
from tests.records import record

VERSIONS = 9


@pytest.fixture
def file(migrated_sqlite: Path, tmp_path: Path) -> Path:
    """A migrated database file."""
    return Path(shutil.copy(migrated_sqlite, tmp_path / "store.db"))


@contextmanager
def typed(text: str) -> Iterator[int]:
    """A pipe with this in it, and nothing more to come."""
    out, into = os.pipe()
    os.write(into, text.encode())
    os.close(into)
    yield out
    os.close(out)


def sent(number: int) -> date:
    """When the registry's version of this number, from 1, was sent in; the last is seen."""
    return FIRST - timedelta(days=100 * (VERSIONS - number) + 3)


def listed() -> bytes:
    """The registry's list: each year of the trial's life, and its end of recruiting."""
    statuses = ["NOT_YET_RECRUITING", *["RECRUITING"] * (VERSIONS - 2), "ACTIVE_NOT_RECRUITING"]
    return listing(
        *[
            version(number, sent(number + 1), status, "Study Status", "Contacts/Locations")
            for number, status in enumerate(statuses)
        ]
    )


async def test_a_person_turns_the_pages_of_a_history_in_a_terminal(file: Path) -> None:
    """From what was seen to the day of registration, by the numbers of the buttons."""
    days = (
        [sent_in(record(1, sent(VERSIONS - 1)), sent(VERSIONS - 1))],
        [sent_in(record(1, FIRST, status="ACTIVE_NOT_RECRUITING"), sent(VERSIONS))],
    )
    async with house(file, *days) as (server, core):
        server.sandbox.histories[nct(1)] = listed()
        await ask(core, "trial", nct(1))  # somebody looked at it before
        await next_day(server, core)
        await ask(core, "trial", nct(1))
        console = pipe()
        with typed(f"/history {nct(1)}\n1\n") as stdin:
            await TerminalPlatform(core.desk.answer, screen=Screen(console), stdin=stdin).run()
    output = written(console)
    assert f"History of {nct(1)}, page 1 of 2" in output
    assert f"https://clinicaltrials.gov/study/{nct(1)}?tab=history&a=8&b=9" in output
    assert f"History of {nct(1)}, page 2 of 2" in output
    first, second = output.split(f"History of {nct(1)}, page 2 of 2")
    assert "The status was “Recruiting” and is now “Active, not recruiting”." in first
    assert "The trial was registered, with the status “Not yet recruiting”." in second


async def test_a_page_looks_the_same_on_every_platform(file: Path) -> None:
    """One message with all its lines and all its buttons."""
    async with house(file, [sent_in(record(1, FIRST), sent(VERSIONS))]) as (
        server,
        core,
    ):
        server.sandbox.histories[nct(1)] = listed()
        await read(core)
        page = await ask(core, "history", nct(1))
        for shown in (page, await press(core, f"history {nct(1)} 2")):
            (telegram,) = for_telegram(shown)
            (discord,) = for_discord(shown)
            keyboard = [button for row in telegram.keyboard for button in row]
            for buttons in (keyboard, discord.buttons):
                assert [(one.label, one.action) for one in buttons] == [
                    (one.label, one.action) for one in shown.buttons
                ]
            for section in shown.sections:
                assert section.heading in telegram.plain
                assert all(line in telegram.plain for line in section.lines)
                assert all(
                    any(escape(line) in text for text in discord.body) for line in section.lines
                )
