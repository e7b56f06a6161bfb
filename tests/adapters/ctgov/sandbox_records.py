"""Small studies for a sandbox, valid against the published description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from adapters.ctgov.sandbox import Sandbox
from adapters.ctgov.sandbox.parameters import read_query

PARIS = {"lat": 48.85341, "lon": 2.3488}
HOUSTON = {"lat": 29.76328, "lon": -95.36327}


def study(number: int, **modules: Mapping[str, Any]) -> dict[str, Any]:
    """A study with this number; ``modules`` are laid over its protocol section's own."""
    protocol: dict[str, dict[str, Any]] = {
        "identificationModule": {"nctId": nct(number), "briefTitle": f"A Study of Number {number}"},
        "statusModule": {
            "overallStatus": "RECRUITING",
            "lastUpdatePostDateStruct": {"date": "2026-02-01", "type": "ACTUAL"},
        },
    }
    for name, module in modules.items():
        protocol[name] = {**protocol.get(name, {}), **module}
    return {"protocolSection": protocol, "hasResults": False}


def nct(number: int) -> str:
    """The number as the registry writes it."""
    return f"NCT{number:08}"


def updated(day: str) -> dict[str, Any]:
    """A status module's part that says when the update was posted."""
    return {"lastUpdatePostDateStruct": {"date": day, "type": "ACTUAL"}}


def located(*sites: tuple[str, str, str, Mapping[str, float] | None]) -> dict[str, Any]:
    """A locations module of (city, country, status, point)."""
    locations: list[dict[str, Any]] = []
    for city, country, status, point in sites:
        location: dict[str, Any] = {"city": city, "country": country, "status": status}
        locations.append({**location, "geoPoint": dict(point)} if point else location)
    return {"locations": locations}


def found(sandbox: Sandbox, **given: str) -> list[int]:
    """The numbers that a search finds, in its order; ``__`` in a name stands for its dot."""
    parameters = {name.replace("__", "."): value for name, value in given.items()}
    return [int(document.nct_id[3:]) for document in sandbox.search(read_query(parameters))]


def numbers(answer: httpx.Response) -> list[str]:
    """The NCT numbers on a page."""
    studies: Sequence[Any] = answer.json()["studies"]
    return [one["protocolSection"]["identificationModule"]["nctId"] for one in studies]
