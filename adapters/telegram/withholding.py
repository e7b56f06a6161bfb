"""The last look before a message is written to Telegram's socket.

A process that is frozen (a virtual machine that is moved, a laptop that is shut) may wake anywhere:
also between the decision to send and the moment at which the request's bytes go out, with a
connection being made in between. Telegram drops no doubles, so who may send is asked once more
right there, by the hooks that httpx and httpcore have for tracing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any

import httpx
from telegram.error import NetworkError

from bot.ports.messenger import MaySend, always

BEFORE_WRITING = {"http11.send_request_headers.started", "http11.send_request_body.started"}
"""httpcore's names for the moments before it writes; a request without its body is none."""

may_send_now: ContextVar[MaySend] = ContextVar("may_send_now", default=always)
"""Asked by the requests of this task."""

writing_now: ContextVar[Callable[[], None]] = ContextVar("writing_now", default=lambda: None)
"""Told when a request of this task is about to be written: its pace counts from then."""


class Withheld(Exception):
    """The request was not made: another process may send by now."""


async def watch(request: httpx.Request) -> None:
    """Have this request look before it is written: a hook of httpx's for requests."""
    request.extensions["trace"] = _look


def withheld(error: NetworkError) -> bool:
    """Whether this came of a request that was not made; the library wraps what it does not know."""
    return isinstance(error.__cause__, Withheld)


async def _look(moment: str, _info: Mapping[str, Any]) -> None:
    if moment not in BEFORE_WRITING:
        return
    if not may_send_now.get()():
        raise Withheld
    writing_now.get()()
