"""A registry that changes many records at once, and one that takes back what it said."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.ctgov.sandbox import Sandbox, SandboxServer
from bot.domain.message import Message
from bot.ports.holds import Answer
from bot.services.operator import OperatorWatch
from tests.bot.services.support import by_number, failing, lines, numbers
from tests.end_to_end.house import for_work, house, say_to, send_all
from tests.fakes.clock import HeldClock
from tests.fakes.messenger import RecordingMessenger
from tests.records import record
from trialbell.held import held
from trialbell.wiring import Core

FIRST = date(2026, 3, 2)
LONG_AGO = date(2026, 1, 5)
TRIALS = 120
MANY = 60
"""So many of them change at once: half, and more than fifty."""

Raw = dict[str, Any]


def day(number: int) -> date:
    """So many data days after the first, which is a Monday."""
    return FIRST + timedelta(days=number)


def registry(number: int, **changed: dict[int, Any]) -> list[Raw]:
    """All trials; ``status`` and ``enrollment`` are those that differ, by the trial's number."""
    return [
        record(
            trial,
            day(number),
            **{name: values[trial] for name, values in changed.items() if trial in values},
        )
        for trial in range(1, TRIALS + 1)
    ]


SUSPENDED = dict.fromkeys(range(1, MANY + 1), "SUSPENDED")
ONE_MORE = {1: 101, 100: 101}
"""What two trials have besides: of one the status changes too."""


@asynccontextmanager
async def place(
    folder: Path, url: str, *days: Sequence[Raw], follows: Sequence[int] = (1, 2, 100)
) -> AsyncIterator[tuple[SandboxServer, Core]]:
    """A core that has read the first day, and somebody who follows these trials."""
    recorded = {day(number): list(records) for number, records in enumerate(days)}
    async with (
        SandboxServer(Sandbox.from_days(recorded)) as server,
        house(server, folder, rate=1000, database_url=url, clock=Hurried()) as core,
    ):
        await core.reader.look()
        await for_work(core)
        for trial in follows:
            answer = await say_to(core, f"/follow NCT{trial:08d}")
            if answer.buttons[0].action == "consent":
                await say_to(core, "consent")
        yield server, core


class Hurried(HeldClock):
    """A clock by which every wait is over at once; it begins now, as a command's own does."""

    def __init__(self) -> None:
        super().__init__()
        self.time = datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Be there."""
        self.let_pass(seconds)


async def read_on(server: SandboxServer, core: Core) -> list[Message]:
    """Read the next data day, and give what is sent then."""
    assert server.sandbox.step()
    assert isinstance(core.clock, Hurried)
    core.clock.let_pass(3600)
    reading = await core.reader.look()
    assert reading is not None
    assert reading.fresh
    return await sent(core)


async def sent(core: Core) -> list[Message]:
    """What is due now, or within some minutes."""
    assert isinstance(core.clock, Hurried)
    core.clock.let_pass(600)
    messenger = RecordingMessenger()
    await send_all(core, messenger)
    return [message for _, message in messenger.sent]


@pytest.fixture
def url(store_url: str) -> str:
    """A database on each engine."""
    return store_url


async def test_a_mass_change_is_held_and_all_else_goes_on(url: str, tmp_path: Path) -> None:
    """The status of sixty trials is held; the enrolment of one of them is told at once."""
    days = registry(0), registry(1, status=SUSPENDED, enrollment=ONE_MORE)
    async with place(tmp_path, url, *days) as (server, core):
        told = await read_on(server, core)
        assert numbers(told) == ["NCT00000001", "NCT00000100"]
        assert not any("uspended" in lines(message) for message in told)
        (hold,) = await core.store.holds.held()
        assert (hold.data_day, hold.count, hold.read) == (day(1), MANY, TRIALS)
        assert (hold.way.old, hold.way.new) == ("RECRUITING", "SUSPENDED")
        assert hold.examples[0] == "NCT00000001"


async def test_what_the_operator_releases_is_told_as_ever_and_once(
    url: str, tmp_path: Path
) -> None:
    """Each trial in a message of its own; who followed only afterwards is not told."""
    async with place(tmp_path, url, registry(0), registry(1, status=SUSPENDED)) as (server, core):
        assert await read_on(server, core) == []
        await say_to(core, "/follow NCT00000003")
        (hold,) = await core.store.holds.held()
        said = await held(core.settings, release=[hold.id], drop=[])
        assert said == (f"Hold {hold.id} is released: {MANY} trials.", "Nothing is held.")
        told = await sent(core)
        assert numbers(told) == ["NCT00000001", "NCT00000002"]
        assert all("Suspended" in lines(message) for message in told)
        assert not await core.store.holds.answer(hold.id, Answer.DROPPED)
        assert await sent(core) == []


async def test_what_is_released_waits_for_the_digest_of_who_is_told_daily(
    url: str, tmp_path: Path
) -> None:
    """A release in the night does not wake anybody who asked to hear once a day."""
    async with place(tmp_path, url, registry(0), registry(1, status=SUSPENDED)) as (server, core):
        assert isinstance(core.clock, Hurried)
        release_at = core.clock.time
        await say_to(core, "/settings tell daily")
        await say_to(core, f"/settings hour {(release_at + timedelta(hours=12)).hour}")
        core.clock.time = release_at - timedelta(days=2)
        assert await read_on(server, core) == []
        (hold,) = await core.store.holds.held()
        core.clock.time = release_at
        await held(core.settings, release=[hold.id], drop=[])
        assert await sent(core) == []
        core.clock.let_pass(24 * 3600)
        (digest,) = await sent(core)
        assert all(f"NCT0000000{trial}" in lines(digest) for trial in (1, 2))


async def test_what_the_operator_drops_is_told_to_nobody(url: str, tmp_path: Path) -> None:
    """The trial's history keeps it, and the next real change is told."""
    then = SUSPENDED | {1: "COMPLETED"}
    days = registry(0), registry(1, status=SUSPENDED), registry(2, status=then)
    async with place(tmp_path, url, *days) as (server, core):
        await read_on(server, core)
        (hold,) = await core.store.holds.held()
        listed = await held(core.settings, release=[], drop=[])
        assert f"{hold.id}  data of 2026-03-03" in listed[0]
        await held(core.settings, release=[], drop=[hold.id])
        assert await sent(core) == []
        assert "Suspended" in str((await say_to(core, "/history NCT00000002")).sections)
        assert numbers(await read_on(server, core)) == ["NCT00000001"]


async def test_what_nobody_answers_for_three_data_days_goes_out_in_one_message(
    url: str, tmp_path: Path
) -> None:
    """One message for all trials of a chat, which says that they were held and why."""
    days = registry(0), *[registry(number, status=SUSPENDED) for number in range(1, 5)]
    async with place(tmp_path, url, *days) as (server, core):
        for _ in range(3):
            assert await read_on(server, core) == []
        (message,) = await read_on(server, core)
        assert "held back to be checked" in str(message.lede)
        assert [section.heading for section in message.sections] == [
            "Trial number 1 (NCT00000001)",
            "Trial number 2 (NCT00000002)",
        ]
        assert "Suspended" in lines(message)
        assert await sent(core) == []
        assert await core.store.holds.held() == ()


async def test_the_operator_is_told_of_a_hold_once_and_when_it_is_over(
    url: str, tmp_path: Path
) -> None:
    """With the field, the number of trials, examples and what to call."""
    async with place(tmp_path, url, registry(0), registry(1, status=SUSPENDED)) as (server, core):
        await read_on(server, core)
        watch, heard = OperatorWatch(core.store, "ctgov", core.clock), RecordingMessenger()
        for _ in range(2):
            await watch.look(heard, "operator")
        ((_, message),) = heard.sent
        assert f"{MANY} of {TRIALS}" in str(message.lede)
        assert "NCT00000001" in str(message.lede)
        (hold,) = await core.store.holds.held()
        assert f"trialbell held --release {hold.id}" in str(message.lede)
        await held(core.settings, release=[], drop=[hold.id])
        await watch.look(heard, "operator")
        assert len(heard.sent) == 2


async def test_what_was_told_and_went_back_is_corrected_once(url: str, tmp_path: Path) -> None:
    """A status that was wrong for a day: a short correction, and no news."""
    days = registry(0), registry(1, status={1: "SUSPENDED"}), registry(2), registry(3)
    async with place(tmp_path, url, *days) as (server, core):
        (wrong,) = await read_on(server, core)
        assert "Suspended" in lines(wrong)
        (back,) = await read_on(server, core)
        assert back.lede == "A correction: the record has gone back on what you were told."
        assert "The record says “Recruiting” again." in lines(back)
        assert await read_on(server, core) == []


async def test_what_was_not_told_yet_and_went_back_comes_to_nothing(
    url: str, tmp_path: Path
) -> None:
    """Neither the fault nor its correction, whether it was owed or held."""
    days = registry(0), registry(1, status=SUSPENDED | {100: "WITHDRAWN"}), registry(2)
    async with place(tmp_path, url, *days) as (server, core):
        server.sandbox.step()
        assert isinstance(core.clock, Hurried)
        core.clock.let_pass(3600)
        await core.reader.look()
        assert (await core.store.notices.debts(core.clock.now())).by_state == {"due": 1}
        assert len(await core.store.holds.held()) == 1
        assert await read_on(server, core) == []
        assert await core.store.holds.held() == ()


async def test_a_value_that_goes_to_and_fro_is_told_three_times(url: str, tmp_path: Path) -> None:
    """The third time with a word that it is the last; then it is silent."""
    there, back = {1: "SUSPENDED"}, dict[int, str]()
    days = [registry(n, status=there if n % 2 else back) for n in range(6)]
    async with place(tmp_path, url, *days) as (server, core):
        told = [await read_on(server, core) for _ in range(5)]
        assert [len(messages) for messages in told] == [1, 1, 1, 0, 0]
        assert "changed to and fro 3 times" in lines(told[2][0])


async def test_a_reading_that_is_broken_off_holds_at_the_end_of_the_next(
    url: str, tmp_path: Path
) -> None:
    """What was found before the fault waits: it is neither told early nor lost."""
    silent = record(TRIALS + 1, LONG_AGO)
    days = (
        [*registry(0), silent],
        [*registry(1, status=SUSPENDED, enrollment=ONE_MORE), silent],
    )
    follows = (1, 2, 100, TRIALS + 1)
    async with place(tmp_path, url, *days, follows=follows) as (server, core):
        assert server.sandbox.step()
        assert isinstance(core.clock, Hurried)
        core.clock.let_pass(1800)
        server.fault = failing(by_number)
        assert await core.reader.look() is None
        assert await sent(core) == []
        server.fault = None
        core.clock.let_pass(1800)
        assert await core.reader.look() is not None
        assert numbers(await sent(core)) == ["NCT00000001", "NCT00000100"]
        (hold,) = await core.store.holds.held()
        assert hold.count == MANY
