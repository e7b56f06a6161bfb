"""The pace at which the registry is asked."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from adapters.ctgov.pace import Pace
from tests.fakes.clock import HeldClock
from tests.fakes.ctgov import HurriedClock


async def test_turns_are_an_interval_apart() -> None:
    """Two requests a second are half a second apart, the first one at once."""
    clock = HurriedClock()
    pace = Pace(2, clock)
    begin = clock.now()
    moments = []
    for _ in range(3):
        await pace.turn(urgent=False)
        moments.append((clock.now() - begin).total_seconds())
    assert moments == [0, 0.5, 1.0]


async def test_nobody_waits_for_an_interval_that_is_long_over() -> None:
    """After a quiet while the next request goes at once."""
    clock = HurriedClock()
    pace = Pace(1, clock)
    await pace.turn(urgent=False)
    clock.time += timedelta(seconds=30)
    await pace.turn(urgent=False)
    assert clock.slept == []


async def test_a_person_who_comes_during_the_wait_goes_first() -> None:
    """Somebody urgent overtakes bulk requests that were there before."""
    clock = HeldClock()
    pace = Pace(1, clock)
    order: list[str] = []

    async def ask(name: str, *, urgent: bool) -> None:
        await pace.turn(urgent=urgent)
        order.append(name)

    await ask("first", urgent=False)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(ask("bulk 1", urgent=False))
        tasks.create_task(ask("bulk 2", urgent=False))
        await clock.somebody_waits()
        tasks.create_task(ask("person", urgent=True))
        for _ in range(3):
            await clock.let_the_next_wait_end()
    assert order == ["first", "person", "bulk 1", "bulk 2"]


async def test_people_who_ask_without_end_do_not_stop_a_reading() -> None:
    """Three people in a row go first, then a bulk request that waits has its turn."""
    clock = HurriedClock()
    pace = Pace(1, clock)
    order: list[str] = []

    async def ask(name: str, *, urgent: bool) -> None:
        await pace.turn(urgent=urgent)
        order.append(name)

    async with asyncio.TaskGroup() as tasks:
        for name in ("bulk 1", "bulk 2"):
            tasks.create_task(ask(name, urgent=False))
        for number in range(5):
            tasks.create_task(ask(f"person {number}", urgent=True))
    people = [f"person {number}" for number in range(5)]
    assert order == [*people[:3], "bulk 1", *people[3:], "bulk 2"]


async def test_who_went_away_takes_nobodys_turn() -> None:
    """A cancelled request leaves its turn to the next."""
    clock = HeldClock()
    pace = Pace(1, clock)
    await pace.turn(urgent=False)
    gone = asyncio.create_task(pace.turn(urgent=True))
    await clock.somebody_waits()
    stays = asyncio.create_task(pace.turn(urgent=False))
    gone.cancel()
    await asyncio.wait([gone])
    await clock.let_the_next_wait_end()
    await asyncio.wait_for(stays, 5)


async def test_a_hold_keeps_everybody_and_a_shorter_one_does_not_end_it() -> None:
    """What the registry asked for holds for every request."""
    clock = HurriedClock()
    pace = Pace(1, clock)
    pace.hold(30)
    pace.hold(5)
    assert pace.held() == 30
    await pace.turn(urgent=True)
    assert clock.slept == [30]
    assert pace.held() == 0


async def test_a_clock_that_is_set_back_stops_nobody() -> None:
    """An hour gained in autumn is not an hour of silence."""
    clock = HurriedClock()
    pace = Pace(1, clock)
    await pace.turn(urgent=False)
    clock.time -= timedelta(hours=1)
    await pace.turn(urgent=False)
    assert sum(clock.slept) <= 1


async def test_at_the_end_who_waits_is_cancelled() -> None:
    """Closing leaves nobody waiting for ever."""
    clock = HeldClock()
    pace = Pace(1, clock)
    await pace.turn(urgent=False)
    waits = asyncio.create_task(pace.turn(urgent=False))
    await clock.somebody_waits()
    await pace.close()
    with pytest.raises(asyncio.CancelledError):
        await waits


def test_a_rate_of_nothing_is_refused() -> None:
    """A rate of zero would wait for ever."""
    with pytest.raises(ValueError, match="rate"):
        Pace(0, HurriedClock())


async def test_a_turn_is_also_booked_among_all_processes() -> None:
    """What the others have reserved is waited for, each turn as long as the rate makes it."""
    clock = HurriedClock()
    booked = []

    async def book(seconds: float) -> float:
        booked.append(seconds)
        return 7.0

    pace = Pace(2, clock, book)
    await pace.turn(urgent=True)
    assert booked == [0.5]
    assert clock.slept == [7.0]


async def test_a_booked_turn_goes_to_who_is_most_urgent_then() -> None:
    """One turn at a time is booked, and a person who comes meanwhile has it."""
    clock = HeldClock()
    order: list[str] = []

    async def book(seconds: float) -> float:
        order.append("booked")
        return 5.0

    pace = Pace(1, clock, book)

    async def ask(name: str, *, urgent: bool) -> None:
        await pace.turn(urgent=urgent)
        order.append(name)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(ask("bulk", urgent=False))
        await clock.somebody_waits()
        tasks.create_task(ask("person", urgent=True))
        for _ in range(3):  # the first turn; then the interval, and the second
            await clock.let_the_next_wait_end()
    assert order == ["booked", "person", "booked", "bulk"]


async def test_a_turn_that_was_missed_is_booked_again() -> None:
    """A process that was frozen while it waited for its turn does not go in another's."""
    clock = HurriedClock()
    booked: list[datetime] = []

    async def book(seconds: float) -> float:
        booked.append(clock.now())
        if len(booked) == 1:
            clock.time += timedelta(seconds=60)
        return 0.0

    await Pace(2, clock, book).turn(urgent=False)
    assert len(booked) == 2


async def test_a_database_that_is_always_slow_stops_nobody() -> None:
    """Where each booking takes long, the turn is taken all the same in the end."""
    clock = HurriedClock()

    async def book(seconds: float) -> float:
        clock.time += timedelta(seconds=30)
        return 0.0

    await Pace(2, clock, book).turn(urgent=False)


async def test_who_waits_hears_that_no_turn_could_be_booked() -> None:
    """What keeps a turn from being booked is raised to one who waits; the next one tries anew."""
    faults = [OSError("gone")]

    async def book(seconds: float) -> float:
        if faults:
            raise faults.pop()
        return 0.0

    pace = Pace(2, HurriedClock(), book)
    with pytest.raises(OSError, match="gone"):
        await pace.turn(urgent=False)
    await pace.turn(urgent=False)
