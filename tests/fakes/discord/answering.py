"""How the local Discord answers: JSON as the library reads it, refusals, and scripted answers."""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web


class Scripted(msgspec.Struct, frozen=True, kw_only=True):
    """An answer in place of the real one. ``cut``: the request is obeyed and the answer lost."""

    status: int = 200
    code: int = 0
    retry_after: float | None = None
    scope: str = "user"
    html: bool = False
    cut: bool = False


OBEYED = Scripted()
"""In a row of scripted answers: here the real one."""


def scripted(answer: Scripted) -> web.Response:
    """A scripted answer as it goes over the wire."""
    if answer.html:
        return web.Response(status=answer.status, text="<html></html>", content_type="text/html")
    if answer.retry_after is not None:
        return too_fast(answer.retry_after, answer.scope, answer.status)
    return refused(answer.status, answer.code, "scripted")


def too_fast(retry_after: float, scope: str, status: int = 429) -> web.Response:
    """The answer to a request above a limit: of a route (user), of a resource, or global."""
    body = {"message": "You are being rate limited.", "code": 0}
    body |= {"retry_after": retry_after, "global": scope == "global"}
    # The library takes a 429 without Via for a ban by what stands before Discord.
    headers = {"Via": "1.1 here", "Retry-After": str(retry_after), "X-RateLimit-Scope": scope}
    return as_json(body, status=status, headers=headers)


def refused(status: int, code: int, message: str) -> web.Response:
    """A refusal with Discord's own code of an error."""
    return as_json({"message": message, "code": code}, status=status)


def as_json(body: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """A body; the library reads JSON only under exactly this content type, without a charset."""
    kind = {"Content-Type": "application/json"}
    return web.Response(
        body=msgspec.json.encode(body), status=status, headers=(headers or {}) | kind
    )
