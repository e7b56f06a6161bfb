"""What a request says, and what of it Discord's own description does not allow."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from aiohttp import web

from tests.fakes.discord.spec import request_faults

BODY: Final[web.RequestKey[Any]] = web.RequestKey("body", object)
"""Under this key a request holds what it says, with its files."""


async def read_body(request: web.Request, *, checks: bool = True) -> list[str]:
    """Read the request and keep what it says under ``BODY``. Returns its faults, if it ``checks``.

    With files it is a form, and they are put in by name. Faults are found where Discord's
    description is present only.
    """
    if not request.can_read_body:
        request[BODY] = None
        return []
    if not request.content_type.startswith("multipart/"):
        request[BODY] = await request.json()
        return _faults(request, request[BODY]) if checks else []
    form = await request.post()
    said: dict[str, Any] = msgspec.json.decode(str(form["payload_json"]))
    files = [value for value in form.values() if isinstance(value, web.FileField)]
    request[BODY] = said | {"files": {one.filename: one.file.read() for one in files}}
    return _faults(request, said) if checks else []


def _faults(request: web.Request, said: Any) -> list[str]:
    path = request.path.partition("/api/v10")[2]
    return request_faults(request.method, path, said)
