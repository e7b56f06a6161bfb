"""The registry's own list of versions, over real sockets: as it answers, and as it refuses."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from adapters.ctgov.history import NotAHistory, read_history
from adapters.ctgov.http import Timeouts
from adapters.ctgov.registry import CtgovRegistry
from adapters.ctgov.sandbox import Sandbox, SandboxServer
from adapters.ctgov.sandbox.days import histories
from bot.domain.version import RegistryVersion
from tests.adapters.ctgov.answers import NUMBER, bare
from tests.fakes.ctgov import (
    FORBIDDEN,
    WEB_PAGE,
    Asked,
    FakeCtgov,
    HurriedClock,
    Reply,
    data,
    serving,
    text,
)
from tests.shared import SHARED, needs_shared

CHANGES: list[dict[str, Any]] = [
    {"version": 0, "date": "2018-09-27", "status": "NOT_YET_RECRUITING", "moduleLabels": []},
    {"version": 1, "date": "2018-10-16", "status": "RECRUITING", "moduleLabels": ["Study Status"]},
]
VERSIONS = (
    RegistryVersion(number=1, submitted=date(2018, 9, 27), status="NOT_YET_RECRUITING"),
    RegistryVersion(
        number=2,
        submitted=date(2018, 10, 16),
        status="RECRUITING",
        sections=("Study Status",),
    ),
)
LIST = f"/api/int/studies/{NUMBER}/history"


class Bench:
    """A registry whose list of versions gives ``reply``, and a real client."""

    def __init__(self, fake: FakeCtgov, client: CtgovRegistry, clock: HurriedClock) -> None:
        self.fake = fake
        self.client = client
        self.clock = clock
        self.reply = data({"changes": CHANGES})
        fake.rule = self.rule

    def rule(self, asked: Asked) -> Reply | None:
        """The list of versions; what is described behaves as ever."""
        return self.reply if asked.path == LIST else None

    @property
    def asked(self) -> list[Asked]:
        """How the list was asked for."""
        return [asked for asked in self.fake.asked if asked.path == LIST]


@asynccontextmanager
async def bench(base: str = "/api/v2") -> AsyncIterator[Bench]:
    """A served registry with one trial."""
    fake, clock = FakeCtgov(bare(NUMBER)), HurriedClock()
    async with (
        serving(fake),
        CtgovRegistry(fake.base_url + base, clock=clock, random=Random(1)) as client,
    ):
        yield Bench(fake, client, clock)


@pytest.mark.parametrize("body", [{"changes": CHANGES[::-1]}, {"history": {"changes": CHANGES}}])
async def test_versions_are_listed_from_the_first_on(body: Any) -> None:
    """By the numbers of the registry's pages, in whichever of its two shapes the list comes."""
    async with bench() as made:
        made.reply = data(body)
        assert await made.client.history(NUMBER) == VERSIONS


@pytest.mark.parametrize(
    "reply",
    [
        text(404, "not found"),
        text(410, "gone"),
        text(301, "moved", Location="/"),
        text(400, "what?"),
        text(500, "no"),
        text(503, "no", Retry_After="3600"),
        text(429, "no", Retry_After="86400"),
        FORBIDDEN,
        WEB_PAGE,
        Reply(body=b'{"changes":', cut=True),
        Reply(body=b"\xff\xfe"),
        Reply(body=b"[" * 100_000),
        data([]),
        data({}),
        data({"history": None}),
        data({"changes": [{"version": 0}]}),
        data({"changes": [{"version": 0, "date": "soon"}]}),
        data({"changes": [CHANGES[0], CHANGES[0]]}),
    ],
)
async def test_a_list_that_is_not_given_is_no_outage(reply: Reply) -> None:
    """It is asked for once, and a look-up right after is answered without having to wait."""
    async with bench() as made:
        made.reply = reply
        assert await made.client.history(NUMBER) is None
        assert len(made.asked) == 1
        assert (await made.client.look_up(NUMBER)).study.key.number == NUMBER
        assert sum(made.clock.slept) <= 1  # the pace of one request a second


async def test_a_list_that_never_comes_is_not_waited_for_long() -> None:
    """Silence is told from an answer by the time that a person is made to wait."""
    sandbox = Sandbox.from_days({"2026-02-02": []})
    timeouts = Timeouts(person=0.05)
    async with (
        asyncio.timeout(10),
        SandboxServer(sandbox, delay=60) as server,
        CtgovRegistry(
            server.url, clock=HurriedClock(), random=Random(1), timeouts=timeouts
        ) as client,
    ):
        assert await client.history(NUMBER) is None


async def test_a_list_that_fails_again_and_again_is_left_alone_for_an_hour() -> None:
    """Three failures running, then nothing; the readings do not notice; then it is tried again."""
    async with bench() as made:
        made.reply = FORBIDDEN
        for _ in range(5):
            assert await made.client.history(NUMBER) is None
        assert len(made.asked) == 3
        await made.client.look_up(NUMBER)
        made.reply = data({"changes": CHANGES})
        await made.clock.sleep(3600)
        assert await made.client.history(NUMBER) == VERSIONS


@pytest.mark.parametrize("reply", [text(404, "no"), text(301, "moved", Location="/")])
async def test_records_without_a_list_do_not_keep_it_from_others(reply: Reply) -> None:
    """Wrong and old numbers, however many, say nothing about the list as a whole."""
    async with bench() as made:
        made.reply = reply
        for _ in range(4):
            assert await made.client.history(NUMBER) is None
        made.reply = data({"changes": CHANGES})
        assert await made.client.history(NUMBER) == VERSIONS


async def test_a_pause_that_the_list_asks_for_is_kept_for_the_list_alone() -> None:
    """Until it is over the list is not asked; what is described is."""
    async with bench() as made:
        made.reply = text(429, "slowly", Retry_After="600")
        await made.client.history(NUMBER)
        made.reply = data({"changes": CHANGES})
        assert await made.client.history(NUMBER) is None
        await made.client.look_up(NUMBER)
        await made.clock.sleep(600)
        assert await made.client.history(NUMBER) == VERSIONS


async def test_the_list_is_asked_for_at_the_pace_of_everything_else() -> None:
    """One request a second, whatever is asked."""
    async with bench() as made:
        await made.client.look_up(NUMBER)
        await made.client.history(NUMBER)
        assert made.clock.slept == [1.0]


async def test_the_list_is_asked_for_in_the_way_that_the_registry_lets_in() -> None:
    """No way is tried for it that was refused before."""
    async with bench() as made:

        def rule(asked: Asked) -> Reply | None:
            return FORBIDDEN if asked.user_agent else made.rule(asked)

        made.fake.rule = rule
        await made.client.look_up(NUMBER)
        assert await made.client.history(NUMBER) == VERSIONS
        assert [asked.user_agent for asked in made.asked] == [None]


@pytest.mark.parametrize("base", ["", "/proxy"])
async def test_an_address_that_is_not_the_registrys_has_no_such_list(base: str) -> None:
    """Where the list would stand is known of the registry's own address alone."""
    async with bench(base) as made:
        assert await made.client.history(NUMBER) is None
        assert not made.fake.asked


@pytest.mark.parametrize("number", ["", "NCT1", "../version", "NCT00000001/x"])
async def test_only_numbers_are_asked_for(number: str) -> None:
    """What is put into an address is a number and nothing else."""
    async with bench() as made:
        assert await made.client.history(number) is None
        assert not made.fake.asked


async def test_an_outage_of_the_registry_is_one_of_the_list_too() -> None:
    """While nothing is asked of the registry, nobody waits for its list."""
    async with bench() as made:
        made.fake.rule = lambda _: text(500, "no")
        for _ in range(3):
            with pytest.raises(Exception, match="500"):
                await made.client.look_up(NUMBER)
        made.fake.asked.clear()
        assert await made.client.history(NUMBER) is None
        assert not made.fake.asked


def test_a_gap_in_the_numbers_moves_no_other() -> None:
    """Each version keeps the number that the registry's pages call it by."""
    body = json.dumps({"changes": [CHANGES[0], {**CHANGES[1], "version": 4}]}).encode()
    assert [version.number for version in read_history(body)] == [1, 5]


def test_what_may_be_missing_is_missing() -> None:
    """A version is its number and its day; the rest is told where it is there."""
    (only,) = read_history(b'{"changes":[{"version":0,"date":"2018-09-27","moduleLabels":null}]}')
    assert (only.status, only.sections) == (None, ())
    with pytest.raises(NotAHistory):
        read_history(b'{"changes":[{"version":-1,"date":"2018-09-27"}]}')


@needs_shared
@pytest.mark.parametrize(("number", "count"), [("NCT03690141", 10), ("NCT06510816", 11)])
async def test_recorded_lists_are_read_from_a_sandbox(
    number: str, count: int, tmp_path: Path
) -> None:
    """Both recorded answers, served from a folder of data days over a real socket."""
    (tmp_path / "history").symlink_to(SHARED / "ctgov" / "history_index")
    sandbox = Sandbox.from_days({"2026-02-02": []})
    sandbox.histories = histories(tmp_path)
    async with (
        SandboxServer(sandbox) as server,
        CtgovRegistry(server.url, rate=1000, clock=HurriedClock(), random=Random(1)) as client,
    ):
        versions = await client.history(number)
        assert await client.history(NUMBER) is None
    assert versions is not None
    assert [version.number for version in versions] == list(range(1, count + 1))
    assert all(version.status and version.sections for version in versions[1:])
