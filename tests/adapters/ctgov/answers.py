"""Answers of the registry, made for a test: records, pages, and nothing that was recorded."""

from __future__ import annotations

import json
from typing import Any

from bot.domain.study import CTGOV, StudyKey

NUMBER = "NCT01234567"


def bare(number: str = NUMBER) -> dict[str, Any]:
    """A record with nothing but its number."""
    return {"protocolSection": {"identificationModule": {"nctId": number}}}


def study(number: str = NUMBER, **modules: dict[str, Any]) -> dict[str, Any]:
    """A record with these modules of the protocol section."""
    record = bare(number)
    for name, fields in modules.items():
        record["protocolSection"].setdefault(name, {}).update(fields)
    return record


def page(*studies: Any, token: str | None = None, total: int | None = None) -> bytes:
    """An answer of ``/studies``."""
    answer: dict[str, Any] = {"studies": list(studies)}
    if token is not None:
        answer["nextPageToken"] = token
    if total is not None:
        answer["totalCount"] = total
    return json.dumps(answer).encode()


def encoded(record: Any) -> bytes:
    """One record as JSON."""
    return json.dumps(record).encode()


def key(number: str) -> StudyKey:
    """The key of a trial of this registry."""
    return StudyKey(CTGOV, number)
