"""The registry behind its port, over real sockets and a server that misbehaves as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from random import Random

import pytest
from structlog.testing import capture_logs

from adapters.ctgov.breaker import Breaker
from adapters.ctgov.http import Timeouts
from adapters.ctgov.registry import CtgovRegistry
from bot.domain.study import CTGOV, StudyKey
from bot.ports.registry import (
    BadQuery,
    DataMoved,
    NotFound,
    Registry,
    RegistryRefused,
    Unavailable,
)
from tests.adapters.ctgov.answers import NUMBER, bare, page, study
from tests.fakes.ctgov import (
    FORBIDDEN,
    WEB_PAGE,
    Asked,
    FakeCtgov,
    HurriedClock,
    Reply,
    serving,
    text,
)

DAY = date(2026, 2, 1)
CUT = Reply(body=page(bare()), cut=True)
HALF = Reply(body=page(bare())[:20])


class Bench:
    """A registry, the client that asks it, and the client's clock."""

    def __init__(self, fake: FakeCtgov, client: CtgovRegistry, clock: HurriedClock) -> None:
        self.fake = fake
        self.client = client
        self.clock = clock


@asynccontextmanager
async def bench(
    *numbers: str, breaker: Breaker | None = None, timeouts: Timeouts | None = None
) -> AsyncIterator[Bench]:
    """A served registry with these trials, and a real client."""
    fake, clock = FakeCtgov(*map(bare, numbers)), HurriedClock()
    async with (
        serving(fake),
        CtgovRegistry(
            fake.base_url, clock=clock, random=Random(1), breaker=breaker, timeouts=timeouts
        ) as client,
    ):
        yield Bench(fake, client, clock)


def keys(*numbers: str) -> list[StudyKey]:
    """Keys of these trials."""
    return [StudyKey(CTGOV, number) for number in numbers]


def five() -> list[str]:
    """Five trials: two full pages and a half."""
    return [f"NCT0000000{number}" for number in range(1, 6)]


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


async def test_a_look_up_gives_the_record() -> None:
    """One number, one record, without results unless they are asked for."""
    async with bench(NUMBER) as made:
        record = await made.client.look_up(NUMBER)
        await made.client.look_up(NUMBER, with_results=True)
        fields = [asked.query["fields"] for asked in made.fake.asked]
    assert record.study.key == StudyKey(CTGOV, NUMBER)
    assert ["ResultsSection" in asked for asked in fields] == [False, True]


async def test_a_look_up_follows_an_old_number_to_the_new_one() -> None:
    """A 301 leads to the record that the trial was merged into."""
    async with bench() as made:
        made.fake.studies = [study("NCT00000009", identificationModule={"nctIdAliases": [NUMBER]})]
        record = await made.client.look_up(NUMBER)
    assert record.study.key.number == "NCT00000009"


async def test_a_page_beside_a_redirect_does_not_hide_where_it_leads() -> None:
    """Servers put a page for people into a 301: the record is found under its new number."""
    page = Reply(
        status=301,
        body=b"<html>301 Moved Permanently</html>",
        content_type="text/html",
        headers={"Location": "/api/v2/studies/NCT00000009?format=json"},
    )
    async with bench("NCT00000009") as made:
        made.fake.next.append(page)
        record = await made.client.look_up(NUMBER)
    assert record.study.key.number == "NCT00000009"


@pytest.mark.parametrize("location", ["https://login.example/", f"/studies/{NUMBER}", "/"])
async def test_a_look_up_that_is_sent_astray_is_an_outage(location: str) -> None:
    """A redirect to elsewhere, or round in a circle, says nothing about a trial."""
    async with bench() as made:
        made.fake.rule = lambda _: text(301, "moved", Location=location)
        with pytest.raises(Unavailable):
            await made.client.look_up(NUMBER)
    assert len(made.fake.asked) <= 2


async def test_a_trial_that_is_not_there_is_not_found() -> None:
    """A 404 in plain text is the registry's own statement."""
    async with bench() as made:
        with pytest.raises(NotFound):
            await made.client.look_up(NUMBER)


@pytest.mark.parametrize("number", ["NCT1", "nct01234567", "NCT012345678", "../version", ""])
async def test_what_is_no_number_is_not_even_asked_for(number: str) -> None:
    """Only a number of the registry's form becomes part of an address."""
    async with bench() as made:
        with pytest.raises(BadQuery):
            await made.client.look_up(number)
    assert made.fake.asked == []


async def test_a_question_that_is_not_understood_comes_with_the_registrys_words() -> None:
    """A 400 says in plain text what was wrong."""
    async with bench() as made:
        made.fake.next.append(text(400, "Too complicated query"))
        with pytest.raises(BadQuery, match="Too complicated query"):
            await made.client.filings("lupus")


async def test_a_record_that_cannot_be_read_is_an_outage_for_who_looks_it_up() -> None:
    """A person hears that it could not be read, and nothing is made up."""
    async with bench() as made:
        made.fake.studies = [study(NUMBER, statusModule={"startDateStruct": {"date": "soon"}})]
        with pytest.raises(Unavailable, match="date"):
            await made.client.look_up(NUMBER)


async def test_filings_are_asked_for_by_a_phrase() -> None:
    """The words go as one phrase, and what the first thousand hits are filed under comes back."""
    async with bench() as made:
        made.fake.studies = [study(NUMBER, conditionsModule={"conditions": ["Lupus"]})]
        (filing,) = await made.client.filings('lupus) OR "[')
        query = made.fake.asked[0].query
    assert filing.conditions == ("Lupus",)
    assert query["query.cond"] == 'EXPANSION[Concept]"lupus OR"'
    assert (query["sort"], query["pageSize"]) == ("@relevance", "1000")


async def test_no_words_are_a_bad_question() -> None:
    """Without words the registry would give everything."""
    async with bench() as made:
        with pytest.raises(BadQuery):
            await made.client.filings(" () ")
    assert made.fake.asked == []


async def test_a_search_goes_on_where_it_stopped() -> None:
    """A token continues the reading of a baseline, after a restart as well."""
    async with bench(*five()[:3]) as made:
        first = await made.client.search_page("lupus", None)
        second = await made.client.search_page("lupus", first.token)
    assert (len(first.records), first.total, len(second.records)) == (2, 3, 1)
    assert second.token is None


async def test_a_search_whose_token_died_must_begin_again() -> None:
    """A refused token is told as moved data; a refused question is told as one."""
    async with bench() as made:
        with pytest.raises(DataMoved):
            await made.client.search_page("lupus", "2020-01-01T09:00:00@2")
        made.fake.next.append(text(400, "Invalid query"))
        with pytest.raises(BadQuery):
            await made.client.search_page("lupus", None)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(WEB_PAGE, id="a web page"),
        pytest.param(CUT, id="cut off"),
        pytest.param(HALF, id="half of the JSON"),
        pytest.param(Reply(body=b'{"error":"x"}'), id="another JSON"),
        pytest.param(text(500, "oops"), id="500"),
        pytest.param(text(503, "busy"), id="503"),
        pytest.param(Reply(status=404, body=b"<html>", content_type="text/html"), id="404 page"),
        pytest.param(text(418, "teapot"), id="418"),
    ],
)
async def test_a_passing_fault_is_asked_again(fault: Reply) -> None:
    """Whatever is no answer of the registry is an outage, and an outage may pass."""
    async with bench(NUMBER) as made:
        made.fake.next.extend([fault, fault])
        (page_,) = [page async for page in made.client.read(keys(NUMBER))]
    assert len(page_.records) == 1
    assert len(made.fake.asked) == 3


async def test_a_fault_that_stays_is_an_outage() -> None:
    """After its tries a bulk reading gives up, with longer waits in between each time."""
    async with bench(NUMBER) as made:
        made.fake.rule = lambda _: text(500, "oops")
        with pytest.raises(Unavailable, match="500"):
            _ = [page async for page in made.client.read(keys(NUMBER))]
    assert len(made.fake.asked) == 5
    assert max(made.clock.slept) > 8


async def test_a_person_is_not_kept_waiting_for_long() -> None:
    """A look-up is tried twice, and the answer that it is away comes within seconds."""
    async with bench(NUMBER) as made:
        made.fake.rule = lambda _: text(503, "busy")
        begin = made.clock.now()
        with pytest.raises(Unavailable):
            await made.client.look_up(NUMBER)
        took = (made.clock.now() - begin).total_seconds()
    assert (len(made.fake.asked), took < 5) == (2, True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry_After": "90"},
        {
            "Retry_After": "Tue, 03 Feb 2026 12:01:30 GMT",
            "Date": "Tue, 03 Feb 2026 12:00:00 GMT",
        },
    ],
)
async def test_a_wait_that_was_asked_for_is_kept(headers: dict[str, str]) -> None:
    """After a 429 a bulk request comes again when it was asked to, and not much later."""
    async with bench(NUMBER) as made:
        made.fake.next.append(text(429, "slow down", **headers))
        begin = made.clock.now()
        await made.client.data_timestamp()
        took = (made.clock.now() - begin).total_seconds()
    assert 90 <= took < 100


async def test_a_person_hears_at_once_that_the_registry_asked_for_a_pause() -> None:
    """Nobody waits an hour in a chat; the pause that was asked for is told."""
    async with bench(NUMBER) as made:
        made.fake.next.append(text(429, "slow down", Retry_After="3600"))
        for _ in range(2):
            with pytest.raises(Unavailable) as outage:
                await made.client.look_up(NUMBER)
            assert outage.value.retry_after == 3600
    assert len(made.fake.asked) == 1


@pytest.mark.parametrize("asked", ["soon", "Tue, 03 Feb 2026 12:01:30 GMT", "-5", ""])
async def test_a_pause_of_no_form_is_no_pause(asked: str) -> None:
    """A Retry-After that cannot be read leaves the wait to us; here even the date is broken."""
    async with bench(NUMBER) as made:
        made.fake.next.append(text(429, "slow down", Retry_After=asked, Date="never"))
        await made.client.data_timestamp()
    assert sum(made.clock.slept) < 60


async def test_a_pause_beyond_reason_is_a_day() -> None:
    """No server can silence us for ever."""
    async with bench(NUMBER) as made:
        made.fake.next.append(text(429, "slow down", Retry_After="9" * 400))
        with pytest.raises(Unavailable) as outage:
            await made.client.data_timestamp()
    assert outage.value.retry_after == 86_400


async def test_a_server_that_is_not_there_is_an_outage() -> None:
    """A refused connection is told without the address."""
    async with serving(FakeCtgov()) as gone:
        pass
    client = CtgovRegistry(gone.base_url, clock=HurriedClock(), random=Random(1))
    async with client:
        with pytest.raises(Unavailable) as outage:
            await client.look_up(NUMBER)
    assert NUMBER not in str(outage.value)


async def test_a_server_that_says_nothing_is_an_outage() -> None:
    """Silence ends after the time that a person can be kept waiting."""
    hung_up = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        hung_up.set()

    listening = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    client = CtgovRegistry(
        f"http://127.0.0.1:{port}",
        clock=HurriedClock(),
        random=Random(1),
        timeouts=Timeouts(person=0.05),
    )
    async with listening:
        async with client:
            with pytest.raises(Unavailable, match="did not answer"):
                await client.look_up(NUMBER)
        await hung_up.wait()


async def test_during_an_outage_nobody_asks_until_it_may_be_over() -> None:
    """After failures running nobody is let through, then one probe finds that it is over."""
    async with bench(NUMBER, breaker=Breaker(limit=2, cool_down=60)) as made:
        made.fake.rule = lambda _: text(503, "busy")
        with capture_logs() as logs:
            for _ in range(4):
                with pytest.raises(Unavailable) as outage:
                    await made.client.look_up(NUMBER)
            asked = len(made.fake.asked)
            made.fake.rule = lambda _: None
            await made.clock.sleep(60)
            await made.client.look_up(NUMBER)
    assert asked == 4  # two look-ups of two tries; the others were turned away
    assert outage.value.retry_after == pytest.approx(60, abs=5)
    assert [line["log_level"] for line in logs] == ["warning", "info"]


async def test_while_it_is_not_asked_a_refusal_is_still_told_as_one() -> None:
    """The operator hears of a lasting 403, not of some outage, for as long as it lasts."""
    async with bench(breaker=Breaker(limit=1, cool_down=60)) as made:
        made.fake.rule = lambda _: FORBIDDEN
        for _ in range(2):
            with pytest.raises(RegistryRefused):
                await made.client.data_timestamp()
    assert len(made.fake.asked) == 5


async def test_not_found_is_an_answer_and_no_failure() -> None:
    """Questions about what is not there never look like an outage."""
    async with bench(breaker=Breaker(limit=1, cool_down=60)) as made:
        for _ in range(3):
            with pytest.raises(NotFound):
                await made.client.look_up(NUMBER)


async def test_who_goes_away_as_the_probe_does_not_shut_others_out() -> None:
    """A cancelled probe makes room for the next."""
    async with bench(NUMBER, breaker=Breaker(limit=1, cool_down=60)) as made:
        made.fake.next.extend([text(503, "busy")] * 2)
        with pytest.raises(Unavailable):
            await made.client.look_up(NUMBER)
        await made.clock.sleep(60)
        probe = asyncio.create_task(made.client.look_up(NUMBER))
        await asyncio.sleep(0)
        probe.cancel()
        await asyncio.wait([probe])
        assert (await made.client.look_up(NUMBER)).study.key.number == NUMBER


async def test_a_person_goes_ahead_of_a_bulk_reading() -> None:
    """A look-up overtakes the batches that wait for their turn."""
    async with bench(NUMBER) as made:
        bulk = [asyncio.create_task(made.client.data_timestamp()) for _ in range(5)]
        person = asyncio.create_task(made.client.look_up(NUMBER))
        await asyncio.gather(person, *bulk)
    assert made.fake.paths[0] == f"/studies/{NUMBER}"


def test_an_address_that_is_none_is_refused_at_once() -> None:
    """Only http and https are asked."""
    with pytest.raises(ValueError, match="http"):
        CtgovRegistry("file:///etc", clock=HurriedClock(), random=Random(1))
