"""The registry answers with what is no answer, and the whole house neither errs nor forgets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from adapters.ctgov.breaker import Breaker
from adapters.ctgov.sandbox.pages import page
from tests.end_to_end.home import STAGES, TRUE_NEWS, living, two_days

Spoiler = Callable[[bytes, web.Request], web.Response]


def _body(body: bytes) -> web.Response:
    return web.Response(body=body, content_type="application/json")


def truncated(body: bytes, _: web.Request) -> web.Response:
    """Half of the answer, as if that were all."""
    return _body(body[: len(body) // 2])


def garbled(body: bytes, _: web.Request) -> web.Response:
    """Some bytes of something else in the middle."""
    return _body(body[: len(body) // 2] + b"\x00\xff\xfe{" + body[len(body) // 2 :])


def web_page(_: bytes, __: web.Request) -> web.Response:
    """A page for people, with a status that says that all is well."""
    return web.Response(text="<!doctype html><p>Be right back", content_type="text/html")


def out_of_order(_: bytes, __: web.Request) -> web.Response:
    """A fault of the server's."""
    return web.Response(status=500, text="Internal Server Error")


def other_shape(_: bytes, __: web.Request) -> web.Response:
    """JSON that says something else."""
    return _body(b'{"studies":"none today","dataTimestamp":7}')


def empty(_: bytes, __: web.Request) -> web.Response:
    """Nothing at all."""
    return _body(b"")


def hung_up(body: bytes, request: web.Request) -> web.Response:
    """The connection breaks off."""
    assert request.transport is not None
    request.transport.abort()
    return _body(body)


NO_DATA = "not the data that it describes"
SPOILERS: dict[Spoiler, str] = {
    truncated: NO_DATA,
    garbled: NO_DATA,
    web_page: "a web page instead of data",
    out_of_order: "answered 500",
    other_shape: NO_DATA,
    empty: NO_DATA,
    hung_up: "no connection",
}
"""With the words by which the operator learns of each."""


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("spoiler", SPOILERS, ids=lambda spoiler: spoiler.__name__)
async def test_what_is_no_answer_is_no_news(spoiler: Spoiler, stage: str, folder: Path) -> None:
    """It is logged once why the reading failed; nothing untrue is told, and later all of it."""
    async with living(two_days(), folder, 1, 2, 3) as home:
        server = home.server
        server.sandbox.step()

        def spoil(request: web.Request) -> web.Response | None:
            if not STAGES[stage](request):
                return None
            is_page = request.path.endswith("/studies")
            body = page(server.sandbox, request.query) if is_page else b'{"apiVersion":"2.0.5"}'
            return spoiler(body, request)

        server.fault = spoil
        with capture_logs() as logged:
            for _ in range(2):
                assert await home.core.reader.look() is None
        (failure,) = [line for line in logged if line["event"] == "registry cannot be read"]
        assert failure["log_level"] == "warning"
        assert SPOILERS[spoiler] in failure["why"]
        told = await home.news()

        server.fault = None
        await home.clock.sleep(Breaker().cool_down)
        with capture_logs() as logged:
            assert await home.core.reader.look() is not None
        assert [line for line in logged if line["event"] == "registry can be read again"]
        later = await home.news()
    assert not told.keys() & later.keys()
    assert told | later == TRUE_NEWS
