"""The operator's site, asked over a real socket, with a real database behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from adapters.prometheus.site import CannotListen, Site
from adapters.prometheus.telemetry import PrometheusTelemetry
from bot.ports.store_errors import StoreUnavailable
from storage.engine import make_engine
from storage.migrate import migrate
from storage.store import SqlStore
from tests.fakes.clock import HeldClock
from tests.fakes.store import ShakyStore
from tests.studies import PARSERS, SECRET, absorb, changed, follower, read, study, telegram


def site(store: Any, telemetry: PrometheusTelemetry, port: int = 0) -> Site:
    """A site on a free port."""
    clock = HeldClock()
    return Site(telemetry, store, "ctgov", clock, host="127.0.0.1", port=port)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """Whoever asks."""
    async with aiohttp.ClientSession() as session:
        yield session


async def ask(http: aiohttp.ClientSession, url: str) -> tuple[int, str]:
    """Status and text of an answer."""
    async with http.get(url) as answer:
        return answer.status, await answer.text()


async def test_metrics_hold_what_is_owed_at_the_moment_of_asking(
    store: SqlStore, http: aiohttp.ClientSession
) -> None:
    """A debt that was made by any process is in the next answer."""
    await absorb(store, read(study(1)))
    await follower(store, telegram(1), 1)
    await absorb(store, changed(1))
    async with site(store, PrometheusTelemetry()) as running:
        status, shown = await ask(http, f"{running.url}/metrics")
    assert status == 200
    numbers = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(shown)
        for sample in family.samples
    }
    assert numbers["trialbell_debts", "telegram", "due"] == 1
    assert numbers["trialbell_store_up",] == 1


async def test_prometheus_is_answered_in_its_own_format(
    store: SqlStore, http: aiohttp.ClientSession
) -> None:
    """The format that Prometheus asks for first is the one that it gets."""
    accept = {"Accept": "application/openmetrics-text;version=1.0.0"}
    async with (
        site(store, PrometheusTelemetry()) as running,
        http.get(f"{running.url}/metrics", headers=accept) as answer,
    ):
        assert answer.headers["Content-Type"].startswith("application/openmetrics-text")
        assert (await answer.text()).endswith("# EOF\n")


async def test_a_database_that_is_out_leaves_the_other_metrics(
    store: SqlStore, http: aiohttp.ClientSession
) -> None:
    """What cannot be counted is not shown, and the rest still is."""
    shaky = ShakyStore(store)
    shaky.before["state"].append(StoreUnavailable("the database is away"))
    telemetry = PrometheusTelemetry()
    telemetry.given_up("telegram")
    async with site(shaky, telemetry) as running:
        status, shown = await ask(http, f"{running.url}/metrics")
        assert status == 200
        assert "trialbell_store_up 0.0" in shown
        assert 'trialbell_dead_letters_total{platform="telegram"} 1.0' in shown
        assert "trialbell_store_up 1.0" in (await ask(http, f"{running.url}/metrics"))[1]


async def test_counts_are_asked_of_the_store_no_more_often_than_needed(
    store: SqlStore, http: aiohttp.ClientSession
) -> None:
    """Many who ask at once cost the database one look."""
    shaky = ShakyStore(store)
    async with site(shaky, PrometheusTelemetry()) as running:
        await asyncio.gather(*(ask(http, f"{running.url}/metrics") for _ in range(5)))
    assert shaky.calls["state"] == 1


async def test_ready_names_the_leases_that_this_process_holds(
    store: SqlStore, http: aiohttp.ClientSession
) -> None:
    """Of two processes, each says which work is its own."""
    telemetry = PrometheusTelemetry()
    async with site(store, telemetry) as running:
        status, shown = await ask(http, f"{running.url}/readyz")
        assert status == 200
        assert "none" in shown
        telemetry.lease("read:ctgov", held=True)
        assert "read:ctgov" in (await ask(http, f"{running.url}/readyz"))[1]


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "another release"),
        ("DROP TABLE gates", "Not ready: "),
    ],
)
async def test_not_ready_says_why_and_the_loop_is_alive_all_the_same(
    empty_url: str, http: aiohttp.ClientSession, damage: str, why: str
) -> None:
    """A database that is another release's, or cannot be written, makes it unready, not dead."""
    await migrate(empty_url)
    store = await SqlStore.open(empty_url, SECRET, parsers=PARSERS)
    engine = make_engine(empty_url)
    async with engine.begin() as connection:
        await connection.execute(text(damage))
    await engine.dispose()
    async with site(store, PrometheusTelemetry()) as running:
        status, words = await ask(http, f"{running.url}/readyz")
        assert status == 503
        assert why in words
        assert (await ask(http, f"{running.url}/healthz"))[0] == 200
    await store.close()


async def test_a_port_that_is_taken_is_said_in_a_sentence(store: SqlStore) -> None:
    """The operator is told which setting to change."""
    async with site(store, PrometheusTelemetry()) as running:
        port = int(running.url.rpartition(":")[2])
        with pytest.raises(CannotListen, match="TRIALBELL_METRICS_PORT"):
            await site(store, PrometheusTelemetry(), port).__aenter__()
