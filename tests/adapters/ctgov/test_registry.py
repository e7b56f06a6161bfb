"""Reading the registry behind its port, page by page, over real sockets."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.study import CTGOV, StudyKey
from bot.ports.registry import (
    DataMoved,
    Registry,
    Unavailable,
)
from tests.adapters.ctgov.answers import bare, page, study
from tests.adapters.ctgov.bench import DAY, bench, five, keys
from tests.fakes.ctgov import (
    Asked,
    FakeCtgov,
    Reply,
    text,
)


async def test_the_client_is_a_registry() -> None:
    """The type checker holds the client against the port here."""
    async with bench() as made:
        registry: Registry = made.client
        assert registry.name == CTGOV


async def test_the_data_timestamp_is_utc() -> None:
    """The registry's time has no zone, ours has."""
    async with bench() as made:
        assert await made.client.data_timestamp() == datetime(2026, 2, 3, 9, 0, 6, tzinfo=UTC)


async def test_what_was_updated_is_read_page_by_page_to_the_end() -> None:
    """Every page comes once, the total with the first, and the data date is checked at the end."""
    async with bench(*five()) as made:
        pages = [page async for page in made.client.updated_since(DAY)]
        first = made.fake.asked[1].query
    found = [record.study.key.number for page in pages for record in page.records]
    assert found == five()
    assert [page.total for page in pages] == [5, None, None]
    assert made.fake.paths == ["/version", "/studies", "/studies", "/studies", "/version"]
    assert "RANGE[2026-02-01,MAX]" in first["filter.advanced"]
    assert first["pageSize"] == "1000"
    assert "ResultsSection" not in first["fields"]


async def test_an_empty_last_page_is_the_end_like_any_other() -> None:
    """A page that is exactly full has a token even where nothing follows."""
    async with bench(*five()[:4]) as made:
        pages = [page async for page in made.client.updated_since(DAY)]
    assert [len(page.records) for page in pages] == [2, 2, 0]


async def test_pages_are_asked_for_at_the_registrys_pace() -> None:
    """One request a second at most, however fast it answers."""
    async with bench(*five()) as made:
        begin = made.clock.now()
        _ = [page async for page in made.client.updated_since(DAY)]
        took = (made.clock.now() - begin).total_seconds()
    assert took == len(made.fake.asked) - 1


async def test_data_that_moved_during_a_walk_are_told_at_the_end() -> None:
    """What was read stands, and the walk must be begun again."""
    async with bench(*five()[:3]) as made:
        walk = made.client.updated_since(DAY)
        await anext(walk)
        made.fake.rule = lambda asked: _moved(asked, made.fake)
        with pytest.raises(DataMoved):
            _ = [page async for page in walk]
    assert made.fake.paths[-1] == "/version"


def _moved(asked: Asked, fake: FakeCtgov) -> Reply | None:
    """The data move when the last page is read, whose token still holds."""
    if asked.path == "/version":
        fake.timestamp = "2026-02-04T09:00:06"
    return None


async def test_a_token_that_died_with_its_data_means_that_they_moved() -> None:
    """A refused token is a refresh, not a bad question."""
    async with bench(*five()) as made:
        walk = made.client.glimpse_all()
        await anext(walk)
        made.fake.timestamp = "2026-02-04T09:00:06"
        with pytest.raises(DataMoved):
            await anext(walk)


async def test_a_token_that_is_refused_for_no_reason_is_an_outage() -> None:
    """Where the data did not move, beginning again at once would go on for ever."""
    async with bench(*five()) as made:
        walk = made.client.updated_since(DAY)
        await anext(walk)
        made.fake.next.append(text(400, "Invalid page token"))
        with pytest.raises(Unavailable):
            await anext(walk)


async def test_a_page_that_leads_to_itself_ends_the_walk() -> None:
    """A registry that gives the same token for ever is not read for ever."""
    async with bench() as made:
        reply = Reply(body=page(bare(), token="again"))
        made.fake.rule = lambda asked: reply if asked.path == "/studies" else None
        with pytest.raises(Unavailable):
            _ = [page async for page in made.client.updated_since(DAY)]


async def test_records_are_read_a_hundred_at_a_time() -> None:
    """Many ids go in several calls; what is not there is just not there."""
    async with bench("NCT00000001", "NCT00000150") as made:
        wanted = keys(*(f"NCT{number:08}" for number in range(1, 251)))
        pages = [page async for page in made.client.read(wanted)]
        sizes = [len(asked.query["filter.ids"].split(",")) for asked in made.fake.asked]
    assert sizes == [100, 100, 50]
    assert [len(page.records) for page in pages] == [1, 1, 0]


async def test_a_glimpse_tells_what_is_renamed_and_what_is_missing() -> None:
    """An alias comes back under its new number, and what does not come back is missing."""
    async with bench() as made:
        made.fake.studies = [
            study("NCT00000009", identificationModule={"nctIdAliases": ["NCT00000001"]})
        ]
        asked = keys("NCT00000001", "NCT00000002")
        (read,) = [read async for read in made.client.glimpse(asked)]
    assert read.renamed == ((asked[0], StudyKey(CTGOV, "NCT00000009")),)
    assert read.missing == (asked[1],)


async def test_the_whole_registry_is_glimpsed_page_by_page() -> None:
    """Nothing is asked for by number, so nothing is missing."""
    async with bench(*five()) as made:
        read = [read async for read in made.client.glimpse_all()]
    found = [glimpse.key.number for glimpses in read for glimpse in glimpses.glimpses]
    assert found == five()
    assert not any(glimpses.missing for glimpses in read)
