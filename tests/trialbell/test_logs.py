"""Logs: a line of JSON each off a terminal, and no token in any of them."""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Iterator

import httpx
import msgspec
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.telegram import TOKEN, FakeTelegram
from trialbell.logs import blot, set_up_logs

DISCORD = "MTA5NzE2ODUxNzE4MTUyNDAwMA" + ".GhTq1x." + "zX3bYV0a9sD8f7G6h5J4k3L2m1N0p9Q8r7S6t5"
DIGITS, LETTERS = "0123456789", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def write_to(stream: io.StringIO, level: str, *, pretty: bool | None = None) -> None:
    """Set logs up as they are where standard error is this stream."""
    with contextlib.redirect_stderr(stream):
        set_up_logs(level, pretty=pretty)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is written to standard error; logs are as they were at the end."""
    root = logging.getLogger()
    handlers, level, before = root.handlers, root.level, structlog.get_config()
    stream = io.StringIO()
    write_to(stream, "INFO")
    yield stream
    root.handlers, root.level = handlers, level
    structlog.configure(**before)


def lines(written: io.StringIO) -> list[dict[str, object]]:
    """Every line, decoded."""
    decode = msgspec.json.Decoder(dict[str, object]).decode
    return [decode(line) for line in written.getvalue().splitlines()]


def test_event_is_one_line_of_json(written: io.StringIO) -> None:
    """Off a terminal each event is a line with its keys, level, logger and time in UTC."""
    structlog.get_logger("here").warning("registry refused", tried=["one", "two"], body="a\nb")
    (line,) = lines(written)
    time = line.pop("timestamp")
    assert str(time).endswith("Z")
    assert line == {
        "event": "registry refused",
        "tried": ["one", "two"],
        "body": "a\nb",
        "level": "warning",
        "logger": "here",
    }


def test_library_speaks_the_same_way(written: io.StringIO) -> None:
    """What a library logs is a line like ours."""
    logging.getLogger("a.library").error("no %s", "luck")
    (line,) = lines(written)
    assert (line["event"], line["level"], line["logger"]) == ("no luck", "error", "a.library")


@pytest.mark.parametrize("token", [TOKEN, DISCORD], ids=["telegram", "discord"])
def test_token_is_in_no_line(written: io.StringIO, token: str) -> None:
    """In an event, a value deep inside, an address or a traceback: a token is blotted out."""
    log = structlog.get_logger()
    log.info(f"called {token}", url=f"https://host/bot{token}/getMe", deep={"tokens": [token]})
    log.info("failed", error=ValueError(token))
    try:
        raise ValueError(f"bad token {token}")
    except ValueError:
        log.exception("failed")
        logging.getLogger("a.library").exception("failed with %s", token)
    assert len(lines(written)) == 4
    assert "Traceback" in written.getvalue()
    assert token not in written.getvalue()
    assert written.getvalue().count("***") >= 7


def test_token_is_in_no_line_on_a_terminal(written: io.StringIO) -> None:
    """The coloured lines for people are blotted as well, tracebacks and all."""
    write_to(written, "INFO", pretty=True)
    try:
        raise ValueError(TOKEN)
    except ValueError:
        structlog.get_logger().exception("failed", token=DISCORD)
    assert "Traceback" in written.getvalue()
    assert TOKEN not in written.getvalue()
    assert DISCORD not in written.getvalue()


@given(
    st.text(DIGITS, min_size=6, max_size=12),
    st.text(LETTERS + DIGITS + "_-", min_size=30, max_size=50),
    st.sampled_from(("{}", "/bot{}/getMe", "token={}&x", '"{}"', "({})", "\n{}\n")),
)
def test_whatever_has_the_form_of_a_telegram_token_is_blotted(
    number: str, rest: str, around: str
) -> None:
    """Any token of that form goes, wherever it stands; what stands around it is kept."""
    text = around.format(f"{number}:{rest}")
    assert f"{number}:{rest}" not in blot(text)
    assert rest not in blot(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T15:00:00.000000Z",
        "NCT04995003 12:30:00 127.0.0.1:8080",
        "discord.errors.HTTPException: 400 Bad Request",
        "/home/somebody/trialbell/adapters/telegram/platform.py",
    ],
)
def test_what_is_no_token_is_kept(text: str) -> None:
    """Times, addresses and names of modules stay readable."""
    assert blot(text) == text


async def test_http_library_does_not_print_addresses(written: io.StringIO) -> None:
    """A request with a token in its address leaves no line at INFO, nor at DEBUG."""
    write_to(written, "DEBUG")
    async with FakeTelegram() as fake, httpx.AsyncClient() as client:
        answer = await client.post(f"{fake.url}/bot{TOKEN}/getMe")
    assert answer.json()["ok"]
    structlog.get_logger("here").debug("this is heard")
    assert "this is heard" in written.getvalue()
    assert "getMe" not in written.getvalue()


@pytest.mark.parametrize(
    "name", ["httpx", "httpcore", "aiosqlite", "alembic", "discord.http", "telegram.ext"]
)
def test_library_is_not_heard_below_warning(written: io.StringIO, name: str) -> None:
    """What libraries say at INFO is ours to say; what they warn of is heard."""
    logging.getLogger(name).info("POST https://host/bot%s/x", TOKEN)
    assert written.getvalue() == ""


def test_level_is_obeyed(written: io.StringIO) -> None:
    """What is below the level that the operator set is not written."""
    write_to(written, "ERROR")
    structlog.get_logger("here").warning("not this")
    structlog.get_logger("here").error("but this")
    assert [line["event"] for line in lines(written)] == ["but this"]
