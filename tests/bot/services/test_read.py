"""Keeping up with the registry: failures are noted once, and so is their end."""

from __future__ import annotations

from pathlib import Path

from structlog.testing import capture_logs

from tests.bot.services.support import anything, failing, house, later, mend, old, read


async def test_a_failure_is_noted_once_with_its_beginning(file: Path) -> None:
    """However long an outage is, its first moment is kept and one line is logged."""
    async with house(file, [old(1)]) as (server, core):
        began = core.clock.now()
        server.fault = failing(anything)
        with capture_logs() as logs:
            for _ in range(3):
                assert await core.reader.look() is None
                later(core, 900)
        assert [line["event"] for line in logs].count("registry cannot be read") == 1
        state = await core.store.readings.state(core.registry.name)
        assert (state.failed_at, state.done) == (began, None)


async def test_a_recovery_is_noted_even_where_nothing_new_is_there(file: Path) -> None:
    """After an outage in which the data did not move, nothing is wrong any more."""
    async with house(file, [old(1)]) as (server, core):
        await read(core)
        server.fault = failing(anything)
        await core.reader.look()
        mend(server, core)
        with capture_logs() as logs:
            assert not (await read(core)).fresh
            assert not (await read(core)).fresh
        assert [line["event"] for line in logs].count("registry can be read again") == 1
        assert (await core.store.readings.state(core.registry.name)).failure is None


async def test_who_sends_is_woken_by_a_reading(file: Path) -> None:
    """Debts that a reading found are sent without waiting for the next look."""
    async with house(file, [old(1)]) as (_, core):
        woken = []
        core.wakes.append(type("Wake", (), {"set": lambda _: woken.append(1)})())
        await read(core)
        await read(core)
    assert woken == [1]
