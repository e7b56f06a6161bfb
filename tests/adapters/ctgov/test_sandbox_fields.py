"""Projections: the ``fields`` parameter."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.ctgov.sandbox.essie import QueryError
from adapters.ctgov.sandbox.fields import project, projection
from adapters.ctgov.sandbox.parameters import read_fields
from adapters.ctgov.sandbox.pieces import structure, values_at
from tests.adapters.ctgov.sandbox_records import PARIS, located, study

RECORD = study(
    1,
    conditionsModule={"conditions": ["Asthma"], "keywords": ["lungs"]},
    contactsLocationsModule=located(
        ("Paris", "France", "RECRUITING", PARIS), ("Lyon", "France", "COMPLETED", None)
    ),
)
NAMES = sorted(structure().by_name) + sorted(structure().by_path) + sorted(structure().areas)


def projected(fields: str, record: dict[str, Any] = RECORD) -> Any:
    """What is left of a record."""
    tree = read_fields({"fields": fields})
    assert tree is not None
    return json.loads(project(json.dumps(record).encode(), tree))


def test_pieces_paths_and_areas_can_be_asked_for_together() -> None:
    """Commas and pipes both separate, and the record's own shape is kept."""
    assert projected("NCTId, hasResults|ConditionSearch") == {
        "protocolSection": {
            "identificationModule": {
                "nctId": "NCT00000001",
                "briefTitle": "A Study of Number 1",
            },
            "conditionsModule": RECORD["protocolSection"]["conditionsModule"],
        },
        "hasResults": False,
    }


def test_a_branch_brings_everything_under_it() -> None:
    """A section, a module, and a leaf of what is asked for whole anyway."""
    whole = {"protocolSection": RECORD["protocolSection"]}
    assert projected("protocolSection") == whole
    assert projected("protocolSection,NCTId") == whole
    assert projected("NCTId,ProtocolSection") == whole
    status = {"protocolSection": {"statusModule": RECORD["protocolSection"]["statusModule"]}}
    assert projected("protocolSection.statusModule") == status
    assert projected("StatusModule|OverallStatus") == status


def test_lists_are_projected_element_by_element() -> None:
    """An element of which nothing was asked for is left out, as is an empty module."""
    sites = projected("LocationCity,LocationGeoPoint")["protocolSection"]
    assert sites == {
        "contactsLocationsModule": {
            "locations": [{"city": "Paris", "geoPoint": PARIS}, {"city": "Lyon"}]
        }
    }
    sites = projected("LocationGeoPoint")["protocolSection"]["contactsLocationsModule"]
    assert sites == {"locations": [{"geoPoint": PARIS}]}
    assert projected("LocationZip") == {}
    assert projected("InterventionName,ResultsSection") == {}


@pytest.mark.parametrize("fields", ["NCTID", "Nonsense", "protocolSection.x", "", " , "])
def test_an_unknown_or_empty_field_list_is_refused(fields: str) -> None:
    """A misspelt field is an error, not an empty column."""
    with pytest.raises(QueryError):
        read_fields({"fields": fields})


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5))
def test_a_projection_keeps_every_value_that_was_asked_for_and_no_other(names: list[str]) -> None:
    """Each leaf's values are all there where it was asked for, and all gone where it was not."""
    left = json.loads(project(json.dumps(RECORD).encode(), projection(names)))
    tables = structure()
    asked = {
        leaf.name
        for name in names
        for piece in (
            [one.piece for one in tables.areas[name]]
            if name in tables.areas
            else [tables.by_name.get(name) or tables.by_path[name]]
        )
        for leaf in tables.leaves(piece)
    }
    for piece in tables.by_name.values():
        if piece.kind != "branch":
            before = list(values_at(RECORD, piece.path))
            assert list(values_at(left, piece.path)) == (before if piece.name in asked else [])
