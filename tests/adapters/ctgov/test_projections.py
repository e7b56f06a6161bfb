"""What is asked for in part is the same as what is read in full, over the stand-in registry."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from itertools import islice
from random import Random

from adapters.ctgov.registry import CtgovRegistry
from adapters.ctgov.sandbox import Sandbox, SandboxServer
from bot.domain.resolve import Filing
from bot.domain.study import Study, glimpse_of
from tests.fakes.ctgov import HurriedClock
from tests.shared import SHARED, needs_shared, read_jsonl

pytestmark = needs_shared


@asynccontextmanager
async def recorded(count: int = 300) -> AsyncIterator[CtgovRegistry]:
    """The real client on so many recorded trials."""
    rows = islice(read_jsonl(SHARED / "ctgov/studies.jsonl.gz"), count)
    sandbox = Sandbox.from_days({"2026-02-03": list(rows)})
    async with (
        SandboxServer(sandbox) as server,
        CtgovRegistry(server.url, clock=HurriedClock(), random=Random(1)) as registry,
    ):
        yield registry


async def everything(registry: CtgovRegistry) -> list[Study]:
    """All trials in full."""
    pages = [page async for page in registry.updated_since(date(1990, 1, 1))]
    assert not any(page.unreadable for page in pages)
    return [record.study for page in pages for record in page.records]


async def test_the_small_projection_forgets_nothing_that_is_compared() -> None:
    """A glimpse over the network equals the glimpse of the stored record, for every trial.

    One field forgotten in the projection would make every trial look changed, every day.
    """
    async with recorded() as registry:
        full = await everything(registry)
        glimpses = [one async for read in registry.glimpse_all() for one in read.glimpses]
    assert len(full) == 300
    assert {one.key: one for one in glimpses} == {one.key: glimpse_of(one) for one in full}


async def test_a_record_without_its_results_is_the_same_study() -> None:
    """The sections that are asked for hold all that is read: the whole record says no more."""
    async with recorded(100) as registry:
        for study in (await everything(registry))[:25]:
            assert (await registry.look_up(study.key.number, with_results=True)).study == study


async def test_filings_are_those_of_the_records_that_the_search_finds() -> None:
    """Conditions and headings come with the hits as they stand in the full records."""
    async with recorded() as registry:
        found = await registry.search_page("asthma", None)
        filings = await registry.filings("asthma")
    assert len(filings) == len(found.records) > 0
    assert sorted(filings, key=repr) == sorted(
        (
            Filing(
                conditions=record.study.conditions,
                meshes=record.study.condition_meshes,
                ancestors=record.study.condition_ancestors,
            )
            for record in found.records
        ),
        key=repr,
    )
