"""A registry that fails, refuses or says nothing: what is asked again, and when not."""

from __future__ import annotations

import asyncio
from random import Random

import pytest
from structlog.testing import capture_logs

from adapters.ctgov.breaker import Breaker
from adapters.ctgov.http import Timeouts
from adapters.ctgov.registry import CtgovRegistry
from bot.ports.registry import (
    NotFound,
    RegistryRefused,
    Unavailable,
)
from tests.adapters.ctgov.answers import NUMBER
from tests.adapters.ctgov.bench import CUT, HALF, bench, keys
from tests.fakes.ctgov import (
    FORBIDDEN,
    WEB_PAGE,
    FakeCtgov,
    HurriedClock,
    Reply,
    serving,
    text,
)


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
