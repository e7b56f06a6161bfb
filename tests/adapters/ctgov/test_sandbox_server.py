"""The stand-in registry as a client meets it, over real sockets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.ctgov.sandbox import Sandbox, SandboxServer, serve
from tests.adapters.ctgov.sandbox_records import nct, numbers, study, updated

MERGED = study(20, identificationModule={"nctIdAliases": [nct(2)]})
RECORDS = [study(number) for number in (3, 4, 5, 6, 7)]


@pytest.fixture
async def server() -> AsyncIterator[SandboxServer]:
    """Six studies on the first of two days, one with an old number."""
    days = {
        "2026-02-02": [*RECORDS, MERGED],
        "2026-02-03": [study(8, statusModule=updated("2026-02-03")), {"removed": nct(3)}],
    }
    async with SandboxServer(Sandbox.from_days(days)) as server:
        yield server


@pytest.fixture
async def client(server: SandboxServer) -> AsyncIterator[httpx.AsyncClient]:
    """A client with the API as its base. It speaks plain HTTP, so it needs no certificates."""
    async with httpx.AsyncClient(base_url=server.url, verify=False) as client:
        yield client


async def walk(client: httpx.AsyncClient, sizes: list[int], **asked: Any) -> list[list[str]]:
    """The numbers on every page, the pages' sizes taken in turn."""
    pages: list[list[str]] = []
    token: dict[str, str] = {}
    while True:
        size = sizes[len(pages) % len(sizes)]
        answer = await client.get("/studies", params={**asked, **token, "pageSize": size})
        assert answer.status_code == 200, answer.text
        pages.append(numbers(answer))
        if "nextPageToken" not in answer.json():
            return pages
        token = {"pageToken": answer.json()["nextPageToken"]}


async def test_the_version_names_the_present_data_day(
    server: SandboxServer, client: httpx.AsyncClient
) -> None:
    """This is what tells a reader that the data moved."""
    expected = {"apiVersion": "2.0.5", "dataTimestamp": "2026-02-02T09:00:06"}
    assert (await client.get("/version")).json() == expected
    stepped = await client.post(f"{server.origin}/sandbox/step")
    assert stepped.json() == {"day": "2026-02-03", "last": True, "moved": True}
    assert (await client.get("/version")).json()["dataTimestamp"] == "2026-02-03T09:00:06"


async def test_the_days_are_stepped_over_http_and_the_end_says_so(
    server: SandboxServer, client: httpx.AsyncClient
) -> None:
    """The control stands outside the API, and past the last day nothing moves."""
    assert (await client.get(f"{server.origin}/sandbox/day")).json() == {
        "day": "2026-02-02",
        "last": False,
    }
    await client.post(f"{server.origin}/sandbox/step")
    again = await client.post(f"{server.origin}/sandbox/step")
    assert again.json() == {"day": "2026-02-03", "last": True, "moved": False}


async def test_a_single_study_is_served_whole_or_by_fields(client: httpx.AsyncClient) -> None:
    """Case and leading zeros of the number do not matter."""
    whole = await client.get(f"/studies/{nct(4)}")
    assert whole.headers["Content-Type"] == "application/json"
    record = whole.json()
    assert record["derivedSection"] == {"miscInfoModule": {"versionHolder": "2026-02-02"}}
    assert record["protocolSection"] == RECORDS[1]["protocolSection"]
    part = await client.get("/studies/nct4", params={"fields": "NCTId"})
    assert part.json() == {"protocolSection": {"identificationModule": {"nctId": nct(4)}}}


async def test_an_old_number_is_redirected_with_its_question(client: httpx.AsyncClient) -> None:
    """A 301 to the new number that keeps the query string."""
    answer = await client.get(f"/studies/{nct(2)}", params={"fields": "NCTId|HasResults"})
    assert (answer.status_code, answer.content) == (301, b"")
    assert answer.next_request is not None
    followed = await client.send(answer.next_request)
    assert followed.json() == {
        "protocolSection": {"identificationModule": {"nctId": nct(20)}},
        "hasResults": False,
    }


async def test_a_removed_study_is_not_found_from_that_day_on(
    server: SandboxServer, client: httpx.AsyncClient
) -> None:
    """404 in plain text, and no trace of it in a search."""
    assert (await client.get(f"/studies/{nct(3)}")).status_code == 200
    server.sandbox.step()
    assert (await client.get(f"/studies/{nct(3)}")).status_code == 404
    answer = await client.get("/studies", params={"filter.ids": f"{nct(3)},{nct(8)}"})
    assert numbers(answer) == [nct(8)]


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("/studies/NCT1234567890", {}, 400),
        ("/studies/NCT00000000", {}, 400),
        ("/studies/metadata", {}, 400),
        ("/studies/NCT99999999", {}, 404),
        ("/studies/NCT00000004", {"fields": "Nonsense"}, 400),
        ("/studies/NCT00000004", {"query.cond": "asthma"}, 400),
        ("/studies/NCT00000004", {"format": "csv"}, 400),
        ("/studies", {"format": "csv"}, 400),
        ("/studies", {"markupFormat": "legacy"}, 400),
        ("/studies", {"filter.phase": "PHASE2"}, 400),
        ("/studies", {"fields": "NCTId,Nonsense"}, 400),
        ("/studies", {"query.cond": "lung (cancer"}, 400),
        ("/studies", {"query.cond": "stage [II]"}, 400),
        ("/studies", {"filter.advanced": "AREA[Phase"}, 400),
        ("/studies", {"filter.ids": "twelve"}, 400),
        ("/studies", {"pageSize": "-1"}, 400),
        ("/studies", {"pageSize": "ten"}, 400),
        ("/studies", {"pageSize": "9" * 5000}, 400),
        ("/studies", {"countTotal": "yes"}, 400),
        ("/studies", {"pageToken": "abracadabra"}, 400),
        ("/studies", {"pageToken": "é"}, 400),
        ("/nothing", {}, 404),
    ],
)
async def test_errors_are_plain_text_and_never_json(
    client: httpx.AsyncClient, path: str, asked: dict[str, str], status: int
) -> None:
    """A client that parses an error as JSON finds out here."""
    answer = await client.get(path, params=asked)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/plain")
    with pytest.raises(json.JSONDecodeError):
        answer.json()


@pytest.mark.parametrize(
    ("size", "expected"), [(1, [1] * 6 + [0]), (3, [3, 3, 0]), (4, [4, 2]), (6, [6, 0]), (7, [6])]
)
async def test_an_exactly_full_page_names_a_next_one_even_if_empty(
    client: httpx.AsyncClient, size: int, expected: list[int]
) -> None:
    """The last page of a walk can be empty."""
    assert [len(page) for page in await walk(client, [size])] == expected


async def test_a_page_has_ten_studies_by_default_and_a_thousand_at_most() -> None:
    """A larger size is lowered without a word, and 0 is the default."""
    sandbox = Sandbox.from_days({"2026-02-02": [study(number) for number in range(1, 1102)]})
    async with (
        SandboxServer(sandbox) as server,
        httpx.AsyncClient(base_url=server.url, verify=False) as client,
    ):
        for asked, expected in (({}, 10), ({"pageSize": 0}, 10), ({"pageSize": 5000}, 1000)):
            answer = await client.get("/studies", params={"fields": "NCTId", **asked})
            assert len(numbers(answer)) == expected
        pages = await walk(client, [5000], fields="NCTId")
        assert [len(page) for page in pages] == [1000, 101]


async def test_the_total_is_counted_on_the_first_page_only(client: httpx.AsyncClient) -> None:
    """``countTotal`` is ignored on the pages that follow."""
    asked = {"countTotal": "true", "pageSize": "4"}
    first = (await client.get("/studies", params=asked)).json()
    assert first["totalCount"] == 6
    token = first["nextPageToken"]
    second = (await client.get("/studies", params={**asked, "pageToken": token})).json()
    assert "totalCount" not in second
    assert "totalCount" not in (await client.get("/studies")).json()


async def test_a_token_dies_when_the_data_move_or_the_question_changes(
    server: SandboxServer, client: httpx.AsyncClient
) -> None:
    """A walk over two data days must start again."""
    first = await client.get("/studies", params={"pageSize": 2})
    token = {"pageToken": first.json()["nextPageToken"]}
    other = await client.get("/studies", params={**token, "query.cond": "asthma"})
    assert (other.status_code, "other parameters" in other.text) == (400, True)
    assert (await client.get("/studies", params={**token, "pageSize": 3})).status_code == 200
    server.sandbox.step()
    moved = await client.get("/studies", params=token)
    assert (moved.status_code, "refreshed" in moved.text) == (400, True)


async def test_a_fault_takes_the_place_of_an_answer(
    server: SandboxServer, client: httpx.AsyncClient
) -> None:
    """Refusals, overload and a proxy's page can be played; the control is never disturbed."""

    def refuse_searches(request: web.Request) -> web.Response | None:
        if request.path.endswith("/studies"):
            return web.Response(status=429, headers={"Retry-After": "7"}, text="Slow down.")
        return None

    async def proxy_page(request: web.Request) -> web.Response:
        return web.Response(text="<html></html>", content_type="text/html")

    server.fault = refuse_searches
    refused = await client.get("/studies")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "7")
    assert (await client.get("/version")).status_code == 200
    server.fault = proxy_page
    assert (await client.get("/version")).text == "<html></html>"
    assert (await client.get(f"{server.origin}/sandbox/day")).json()["last"] is False
    server.fault = None
    assert (await client.get("/studies")).status_code == 200


async def test_requests_are_counted_by_path(
    server: SandboxServer, client: httpx.AsyncClient
) -> None:
    """So a test can say how much the registry was asked, failures included."""
    await client.get("/version")
    await client.get("/studies", params={"pageSize": 1})
    await client.get("/studies", params={"nonsense": 1})
    assert server.requests == {"/api/v2/version": 1, "/api/v2/studies": 2}


async def test_an_answer_can_be_delayed(server: SandboxServer, client: httpx.AsyncClient) -> None:
    """A slow registry runs into a client's own patience; the control stays quick."""
    server.delay = 60
    with pytest.raises(httpx.ReadTimeout):
        await client.get("/version", timeout=0.05)
    assert (await client.get(f"{server.origin}/sandbox/day", timeout=5)).status_code == 200
    server.delay = 0
    assert (await client.get("/version")).status_code == 200


async def test_a_folder_is_served_until_cancelled(tmp_path: Path) -> None:
    """What the command line does: it is told the address and prints nothing."""
    (tmp_path / "2026-02-02.jsonl").write_text(json.dumps(study(1)))
    ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(tmp_path, "127.0.0.1", 0, ready.set_result))
    url = await ready
    async with httpx.AsyncClient(base_url=url, verify=False) as client:
        assert numbers(await client.get("/studies")) == [nct(1)]
        serving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await serving
        with pytest.raises(httpx.TransportError):
            await client.get("/version")


async def test_a_taken_port_is_told_and_leaves_nothing_behind(server: SandboxServer) -> None:
    """The error is the system's own."""
    port = httpx.URL(server.url).port
    assert port is not None
    with pytest.raises(OSError, match="address"):
        async with SandboxServer(server.sandbox, port=port):
            raise AssertionError("two servers stand on one port")


@settings(
    max_examples=25,
    deadline=None,  # it starts a server for each example
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    standing=st.sets(st.integers(1, 99), max_size=24),
    sizes=st.lists(st.integers(1, 9), min_size=1, max_size=4),
    sort=st.sampled_from(["", "LastUpdatePostDate", "EnrollmentCount:desc"]),
)
async def test_a_walk_in_pages_of_any_size_sees_what_one_page_shows(
    standing: set[int], sizes: list[int], sort: str
) -> None:
    """Every record once, in the same order, and nothing else."""
    records = [
        study(
            number,
            statusModule=updated(f"2026-01-{number % 5 + 1:02}"),
            designModule={"enrollmentInfo": {"count": number % 3}} if number % 2 else {},
        )
        for number in standing
    ]
    sandbox = Sandbox.from_days({"2026-02-02": records})
    async with (
        SandboxServer(sandbox) as server,
        httpx.AsyncClient(base_url=server.url, verify=False) as client,
    ):
        [whole] = await walk(client, [1000], sort=sort)
        pages = await walk(client, sizes, sort=sort)
    assert [number for page in pages for number in page] == whole
    assert sorted(whole) == sorted(nct(number) for number in standing)
