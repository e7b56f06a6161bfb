"""The pages of a walk over ``/studies``.

A page that is exactly full names a next one even where nothing follows, and a token is good only
for the day and the question that it was given for: so it is at the registry.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping

import msgspec

from adapters.ctgov.sandbox.essie import QueryError
from adapters.ctgov.sandbox.fields import project
from adapters.ctgov.sandbox.parameters import PAGING, read_fields, read_paging, read_query
from adapters.ctgov.sandbox.sandbox import Sandbox


class _Token(msgspec.Struct, array_like=True):
    """``asked`` is a short hash of the parameters that must stay the same."""

    day: str
    asked: str
    at: int


def page(sandbox: Sandbox, given: Mapping[str, str]) -> bytes:
    """One page as JSON, every study on its own line. Raises QueryError."""
    query, paging, fields = read_query(given), read_paging(given), read_fields(given)
    asked = _asked(given)
    at = _start(paging.token, sandbox, asked)
    found = sandbox.search(query)
    studies = [sandbox.served(document) for document in found[at : at + paging.size]]
    if fields is not None:
        studies = [project(study, fields) for study in studies]
    parts = [b'"studies":[' + b",\n".join(studies) + b"]"]
    if paging.count and paging.token is None:
        parts.insert(0, b'"totalCount":%d' % len(found))
    if len(studies) == paging.size:
        token = _Token(sandbox.day.isoformat(), asked, at + paging.size)
        parts.append(b'"nextPageToken":"' + _written(token) + b'"')
    return b"{" + b",".join(parts) + b"}"


def _start(token: str | None, sandbox: Sandbox, asked: str) -> int:
    if token is None:
        return 0
    read = _read(token)
    if read.day != sandbox.day.isoformat():
        raise QueryError("The pageToken is no longer valid: the data were refreshed.")
    if read.asked != asked:
        raise QueryError("The pageToken belongs to a request with other parameters.")
    return read.at


def _asked(given: Mapping[str, str]) -> str:
    kept = sorted(pair for pair in given.items() if pair[0] not in PAGING)
    return hashlib.blake2s(msgspec.json.encode(kept), digest_size=8).hexdigest()


def _written(token: _Token) -> bytes:
    return base64.urlsafe_b64encode(msgspec.json.encode(token)).rstrip(b"=")


def _read(token: str) -> _Token:
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        read = msgspec.json.decode(raw, type=_Token)
    except (binascii.Error, ValueError, msgspec.DecodeError):
        raise QueryError("The pageToken is not valid.") from None
    if read.at < 0:
        raise QueryError("The pageToken is not valid.")
    return read
