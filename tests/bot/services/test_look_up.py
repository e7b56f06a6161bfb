"""Somebody's look-up: from the store while that is current, and no more requests than needed."""

from __future__ import annotations

from pathlib import Path

from tests.bot.services.support import (
    OTHER,
    day,
    house,
    later,
    nct,
    next_day,
    old,
    read,
    with_alias,
)
from tests.bot.services.talking import ask, registered
from tests.records import record


async def test_a_trial_that_is_current_is_answered_from_the_store(file: Path) -> None:
    """However many ask, the registry is asked once for a trial and data day."""
    async with house(file, [old(1)]) as (server, core):
        for _ in range(5):
            assert registered(await ask(core, "trial", nct(1))) == "Trial number 1"
            await ask(core, "follow", nct(1), OTHER)
        assert server.requests[f"/api/v2/studies/{nct(1)}"] == 1
        assert server.requests["/api/v2/version"] == 1


async def test_what_a_reading_took_in_is_not_asked_for_again(file: Path) -> None:
    """After a reading its trials are current."""
    async with house(file, [record(1, day(0))]) as (server, core):
        await read(core)
        await ask(core, "trial", nct(1))
        assert server.requests[f"/api/v2/studies/{nct(1)}"] == 0


async def test_a_new_data_day_makes_the_store_old(file: Path) -> None:
    """Once the data moved, the trial is asked for and shown as it is now."""
    days = [old(1)], [old(1, status="SUSPENDED")]
    async with house(file, *days) as (server, core):
        await ask(core, "trial", nct(1))
        server.sandbox.step()
        later(core)
        assert "Suspended" in str(await ask(core, "trial", nct(1)))
        assert server.requests[f"/api/v2/studies/{nct(1)}"] == 2


async def test_an_old_number_gives_the_trial_that_it_became(file: Path) -> None:
    """An alias is looked up and followed under the number that stands now."""
    async with house(file, [with_alias(old(2), 1)]) as (_, core):
        assert registered(await ask(core, "trial", nct(1))) == "Trial number 2"
        assert (await ask(core, "follow", nct(1))).title == f"You follow {nct(2)}"


async def test_the_data_date_is_asked_for_again_after_a_while(file: Path) -> None:
    """Within minutes an answer stands; a reading's own question counts for all."""
    async with house(file, [old(1)], []) as (server, core):
        for _ in range(3):
            await ask(core, "trial", nct(1))
        assert server.requests["/api/v2/version"] == 1
        later(core, 301)
        await ask(core, "trial", nct(1))
        assert server.requests["/api/v2/version"] == 2
        await next_day(server, core)
        asked = server.requests["/api/v2/version"]
        await ask(core, "trial", nct(1))
        assert server.requests["/api/v2/version"] == asked
