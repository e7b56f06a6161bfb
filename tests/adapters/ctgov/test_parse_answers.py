"""What an answer of the registry says beside its records: pages, what is missing, filings, days."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.ctgov.parse import (
    NotAnAnswer,
    read_filings,
    read_glimpses,
    read_page,
    read_record,
    read_timestamp,
)
from bot.domain.record import Record, Unreadable
from bot.domain.study import (
    MeshTerm,
)
from tests.adapters.ctgov.answers import bare, encoded, key, page, study


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>busy</html>", b"[]", b"{}", b'{"studies": 5}', page(bare())[:-10], b"\xff"],
)
def test_what_is_no_page_is_an_error_of_its_own(body: bytes) -> None:
    """A page that is not the registry's is an outage, never an empty page."""
    with pytest.raises(NotAnAnswer):
        read_page(body, with_results=False)
    with pytest.raises(NotAnAnswer):
        read_glimpses(body)


def test_a_page_tells_how_to_go_on_and_how_many_there_are() -> None:
    """The token and the total are handed through; the last page has neither."""
    first = read_page(page(bare(), token="abc", total=2), with_results=False)
    last = read_page(page(), with_results=False)
    assert (first.token, first.total, last.token, last.total) == ("abc", 2, None, None)


def test_what_was_asked_for_is_found_renamed_or_missing() -> None:
    """An alias leads to the record it was merged into; what is nowhere is missing."""
    merged = study("NCT00000009", identificationModule={"nctIdAliases": ["NCT00000002"]})
    asked = [key("NCT00000001"), key("NCT00000002"), key("NCT00000003")]
    read = read_glimpses(page(bare("NCT00000001"), merged), asked)
    assert [glimpse.key.number for glimpse in read.glimpses] == ["NCT00000001", "NCT00000009"]
    assert read.renamed == ((key("NCT00000002"), key("NCT00000009")),)
    assert read.missing == (key("NCT00000003"),)


@pytest.mark.parametrize(
    ("number", "missing"), [("NCT00000002", ("NCT00000003",)), (None, ()), ("NCT00000008", ())]
)
def test_an_unreadable_record_makes_nothing_missing_that_it_might_be(
    number: str | None, missing: tuple[str, ...]
) -> None:
    """A failed reading is never a removal: what an unreadable record might be is not missing."""
    broken: Any = study(number, hasResults={}) if number else {}
    broken["hasResults"] = "perhaps"
    asked = [key(f"NCT0000000{number}") for number in (1, 2, 3)]
    read = read_glimpses(page(bare("NCT00000001"), broken), asked)
    assert tuple(key.number for key in read.missing) == missing


def test_nothing_is_missing_from_an_answer_that_goes_on() -> None:
    """What is not on this page may be on the next."""
    read = read_glimpses(page(bare(), token="more"), [key("NCT00000001")])
    assert read.missing == ()


def test_filings_are_conditions_and_headings() -> None:
    """A hit says what it is about and what the registry files that under."""
    record = study(conditionsModule={"conditions": ["Lupus"]})
    record["derivedSection"] = {
        "conditionBrowseModule": {
            "meshes": [{"id": "D008180", "term": "Lupus Erythematosus, Systemic"}],
            "ancestors": [{"id": "D003240", "term": "Connective Tissue Diseases"}],
        }
    }
    (filing,) = read_filings(page(record, {"protocolSection": 5}))
    assert filing.conditions == ("Lupus",)
    assert filing.meshes == (MeshTerm("D008180", "Lupus Erythematosus, Systemic"),)
    assert filing.ancestors == (MeshTerm("D003240", "Connective Tissue Diseases"),)


def test_the_data_timestamp_is_in_utc() -> None:
    """The registry states UTC without saying so."""
    body = b'{"apiVersion":"2.0.5","dataTimestamp":"2026-09-04T09:00:06"}'
    assert read_timestamp(body) == datetime(2026, 9, 4, 9, 0, 6, tzinfo=UTC)


@pytest.mark.parametrize("body", [b"{}", b'{"dataTimestamp":"today"}', b"<html>"])
def test_a_version_without_a_time_is_no_answer(body: bytes) -> None:
    """Without a data date nothing can be said."""
    with pytest.raises(NotAnAnswer):
        read_timestamp(body)


def test_a_single_answer_is_a_record_or_set_aside() -> None:
    """One record is read by the same rules as a page of them."""
    assert isinstance(read_record(encoded(bare()), with_results=False), Record)
    assert isinstance(read_record(b'{"hasResults":1}', with_results=False), Unreadable)
    with pytest.raises(NotAnAnswer):
        read_record(b"<html>", with_results=False)
