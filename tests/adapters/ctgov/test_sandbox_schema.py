"""The sandbox against the registry's published description, over recorded data days."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import jsonschema
import pytest
import yaml

from adapters.ctgov.sandbox import Sandbox, SandboxServer
from adapters.ctgov.sandbox.parameters import known_parameters
from adapters.ctgov.sandbox.pieces import structure
from tests.adapters.ctgov.sandbox_records import numbers
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

REPLAY = SHARED / "ctgov" / "replay"
ADVANCED = "filter.advanced"
SITES = "SEARCH[Location](AREA[LocationCountry]{} AND AREA[LocationStatus]RECRUITING)"
SECTIONS = "protocolSection|derivedSection|annotationSection|hasResults"
QUERIES: list[dict[str, str]] = [
    {},
    {"fields": SECTIONS, "pageSize": "40"},
    {"fields": "ResultsSection|DocumentSection", "pageSize": "40"},
    {"fields": "NCTId,OverallStatus,LastUpdatePostDate,HasResults,LocationStatus,LocationFacility"},
    {"fields": "BasicSearch", "pageSize": "40"},
    {ADVANCED: "AREA[LastUpdatePostDate]RANGE[2026-02-01,MAX]", "sort": "LastUpdatePostDate:desc"},
    {ADVANCED: "AREA[StudyFirstPostDate]RANGE[2026-01,MAX]", "sort": "StudyFirstPostDate"},
    {ADVANCED: SITES.format("France"), "pageSize": "5"},
    {ADVANCED: SITES.format('"United States"'), "fields": "NCTId|Location"},
    {ADVANCED: "AREA[Phase]PHASE2 AND NOT AREA[ResultsFirstPostDate]MISSING"},
    {ADVANCED: "AREA[MinimumAge]RANGE[MIN,16 years]", "sort": "EnrollmentCount:desc"},
    {"query.cond": "lung cancer", "filter.overallStatus": "RECRUITING"},
    {"query.cond": 'EXPANSION[Concept]"breast cancer"', "sort": "@relevance"},
    {"query.term": "pembrolizumab OR nivolumab", "fields": "NCTId|InterventionSearch"},
    {"query.intr": "drug", "query.locn": "Paris, France"},
    {"query.spons": "university", "filter.geo": "distance(29.76,-95.37,50mi)"},
    {"filter.ids": "NCT03419455,NCT00189228"},
    {"query.titles": "there is no such title anywhere"},
]


def closed(schema: Any) -> Any:
    """The schema with every object closed, so that a misplaced or misspelt field is found too."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        inner["additionalProperties"] = False
    return inner


@pytest.fixture(scope="module")
def description() -> Any:
    """The published description of API 2.0.5."""
    text = (SHARED / "ctgov" / "ctg-oas-v2.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def validator(description: Any, name: str) -> jsonschema.Draft202012Validator:
    """A validator of one of its schemas. OpenAPI 3.0 adds nothing that these use."""
    root = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
    return jsonschema.Draft202012Validator(closed(root))


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    """The recorded days, standing on the fullest: the third."""
    sandbox = Sandbox.from_folder(REPLAY)
    while str(sandbox.day) < "2026-02-04":
        assert sandbox.step()
    return sandbox


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the recorded days."""
    async with (
        SandboxServer(sandbox) as server,
        httpx.AsyncClient(base_url=server.url, verify=False) as client,
    ):
        yield client


async def test_every_answer_is_as_the_description_says(
    client: httpx.AsyncClient, description: Any
) -> None:
    """Pages of searches, filters and projections over real records."""
    pages = validator(description, "PagedStudies")
    filled = 0
    for query in QUERIES:
        answer = await client.get("/studies", params={**query, "countTotal": "true"})
        assert answer.status_code == 200, (query, answer.text)
        page = answer.json()
        for error in pages.iter_errors(page):
            raise AssertionError(f"{query}: {error.message} at {error.json_path}")
        assert page["totalCount"] >= len(page["studies"])
        filled += bool(page["studies"])
    assert filled == len(QUERIES) - 1, "only the search for nothing finds nothing"


async def test_single_studies_and_the_version_are_as_the_description_says(
    client: httpx.AsyncClient, description: Any
) -> None:
    """A real alias leads to its record."""
    version = await client.get("/version")
    validator(description, "Version").validate(version.json())
    answer = await client.get("/studies/NCT03419455", follow_redirects=True)
    validator(description, "Study").validate(answer.json())
    assert answer.json()["protocolSection"]["identificationModule"]["nctId"] == "NCT03661047"


async def test_a_real_day_is_walked_once_through(client: httpx.AsyncClient) -> None:
    """All that stands comes in two pages, each record once."""
    first = await client.get("/studies", params={"pageSize": 1000, "countTotal": "true"})
    token = first.json()["nextPageToken"]
    second = await client.get("/studies", params={"pageSize": 1000, "pageToken": token})
    seen = numbers(first) + numbers(second)
    assert len(seen) == len(set(seen)) == first.json()["totalCount"]


def test_all_recorded_days_can_be_stepped_through() -> None:
    """Twelve days; what stands never shrinks, for nothing recorded was removed."""
    sandbox = Sandbox.from_folder(REPLAY)
    standing = [len(sandbox)]
    while sandbox.step():
        standing.append(len(sandbox))
    assert len(standing) == len(sandbox.days) == 12
    assert standing == sorted(standing)
    assert str(sandbox.day) == "2026-02-23"


def fields_of(schema: Any, schemas: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every field under a schema with the kind that its type makes it."""
    name = ""
    while "$ref" in schema or schema.get("type") == "array":
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            schema = schemas[name]
        else:
            schema = schema["items"]
    branch = "properties" in schema and name != "GeoPoint"
    if path:
        yield ".".join(path), "branch" if branch else kind_of(name, schema)
    if branch:
        for field, below in schema["properties"].items():
            yield from fields_of(below, schemas, (*path, field))


def kind_of(name: str, schema: Any) -> str:
    """The kind of a leaf."""
    if name in {"nct", "PartialDate", "GeoPoint"}:
        return {"nct": "nct", "PartialDate": "date", "GeoPoint": "geo"}[name]
    if schema.get("format") == "date":
        return "date"
    if "enum" in schema:
        return "enum"
    if "Year|Years" in schema.get("pattern", ""):
        return "age"
    kinds = {"boolean": "bool", "integer": "number", "number": "number"}
    return kinds.get(schema["type"], "text")


def test_the_table_of_pieces_is_the_published_structure(description: Any) -> None:
    """Every field of a study and its kind, no more and no less."""
    schemas = description["components"]["schemas"]
    published = dict(fields_of(schemas["Study"], schemas))
    assert {path: piece.kind for path, piece in structure().by_path.items()} == published
    assert len(structure().by_name) == len(published), "a piece name stands twice"


def test_the_known_parameters_are_the_published_ones(description: Any) -> None:
    """Unknown ones are refused, so the list must be right."""
    published = description["paths"]["/studies"]["get"]["parameters"]
    assert known_parameters() == {parameter["name"] for parameter in published}
