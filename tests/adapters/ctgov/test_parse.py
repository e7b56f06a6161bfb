"""Reading the registry's JSON."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from typing import Any

import pytest

from adapters.ctgov.parse import (
    NotAnAnswer,
    NotAStudy,
    parse,
    read_glimpses,
    read_page,
    read_record,
)
from bot.domain.dates import DatedFact, PartialDate
from bot.domain.record import Record
from bot.domain.study import (
    Enrollment,
    OtherField,
    Study,
    glimpse_of,
)
from tests.adapters.ctgov.answers import NUMBER, bare, encoded, key, page, study
from tests.shared import SHARED, needs_shared, read_jsonl


def dated(date: Any, type_: str = "ACTUAL") -> dict[str, Any]:
    """A date as the registry states it."""
    return {"date": date, "type": type_}


@needs_shared
def test_every_recorded_record_is_read_and_its_kept_source_gives_the_same_study() -> None:
    """All recorded records parse, and what is kept of each is enough to read it again."""
    with gzip.open(SHARED / "ctgov/studies.jsonl.gz", "rb") as lines:
        body = b'{"studies":[' + b",".join(lines) + b"]}"
    answer = read_page(body, with_results=False)
    assert (len(answer.records), answer.unreadable) == (1414, ())
    assert all(parse(record.source) == record.study for record in answer.records)
    assert not any(b"versionHolder" in record.source for record in answer.records)
    assert any(record.study.has_results for record in answer.records)


@needs_shared
def test_the_daily_noise_leaves_no_trace() -> None:
    """Two versions that differ in versionHolder alone give the same study and the same bytes."""
    for trial in read_jsonl(SHARED / "ctgov/noise.jsonl.gz"):
        old, new = (
            read_record(encoded(version), with_results=True) for version in trial["versions"]
        )
        assert isinstance(old, Record)
        assert old == new


@needs_shared
def test_the_projection_agrees_with_the_record_it_is_a_projection_of() -> None:
    """What is glimpsed of a full record is what the domain works out from the stored version."""
    records = list(islice(read_jsonl(SHARED / "ctgov/studies.jsonl.gz"), 200))
    body = encoded({"studies": records})
    stored = [glimpse_of(record.study) for record in read_page(body, with_results=False).records]
    assert list(read_glimpses(body).glimpses) == stored


def test_a_record_with_nothing_but_its_number_is_a_study() -> None:
    """Only nctId may be taken for granted."""
    assert parse(encoded(bare())) == Study(key=key(NUMBER))


def test_an_unknown_value_of_an_enumeration_is_kept_as_it_is() -> None:
    """A status that the registry invents tomorrow is shown, not lost."""
    record = study(statusModule={"overallStatus": "DREAMING"}, designModule={"phases": ["PHASE9"]})
    parsed = parse(encoded(record))
    assert (parsed.overall_status, parsed.phases) == ("DREAMING", ("PHASE9",))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026", PartialDate(2026)),
        ("2026-03", PartialDate(2026, 3)),
        ("2026-03-15", PartialDate(2026, 3, 15)),
    ],
)
def test_dates_keep_the_precision_they_were_given_with(text: str, date: PartialDate) -> None:
    """A year stays a year."""
    parsed = parse(encoded(study(statusModule={"startDateStruct": dated(text, "ESTIMATED")})))
    assert parsed.start == DatedFact(date, "ESTIMATED")


def test_the_unknown_enrolment_is_no_number() -> None:
    """99999999 is how the registry says that nobody knows."""
    record = study(designModule={"enrollmentInfo": {"count": 99999999, "type": "ESTIMATED"}})
    assert parse(encoded(record)).enrollment == Enrollment(None, "ESTIMATED")


def test_marked_up_fields_lose_their_escapes_and_others_keep_their_backslashes() -> None:
    """A backslash is an escape in criteria and descriptions, and a backslash in titles."""
    text = r"age \>= 18 \[years\], C:\data"
    plain = r"age >= 18 [years], C:\data"
    measured = {"measure": text, "description": text, "timeFrame": text}
    parsed = parse(
        encoded(
            study(
                identificationModule={"briefTitle": text},
                descriptionModule={"briefSummary": text, "detailedDescription": text},
                eligibilityModule={"eligibilityCriteria": text, "studyPopulation": text},
                armsInterventionsModule={
                    "armGroups": [{"label": text, "description": text}],
                    "interventions": [{"name": text, "description": text}],
                },
                outcomesModule={"primaryOutcomes": [measured]},
            )
        )
    )
    outcome, arm, treatment = parsed.outcomes[0], parsed.arm_groups[0], parsed.interventions[0]
    assert {
        parsed.brief_summary,
        parsed.detailed_description,
        parsed.eligibility.criteria,
        parsed.eligibility.study_population,
        outcome.description,
        arm.description,
        treatment.description,
    } == {plain}
    kept = {parsed.brief_title, outcome.measure, outcome.time_frame, arm.label, treatment.name}
    assert kept == {text}


@pytest.mark.parametrize(
    ("broken", "known", "says"),
    [
        (study("NCT00000002", statusModule={"startDateStruct": dated("soon")}), True, "date"),
        (study("NCT00000002", statusModule={"startDateStruct": dated("2026-13")}), True, "month"),
        (study("NCT00000002", statusModule={"startDateStruct": dated(2026)}), True, "expected"),
        (study("NCT00000002", contactsLocationsModule={"locations": {}}), True, "locations"),
        ({"hasResults": True}, False, "nctId"),
        (bare("EU-123"), False, "NCT number"),
        (None, False, "expected"),
        (7, False, "expected"),
        ([], False, "expected"),
    ],
)
def test_one_broken_record_is_set_aside_and_the_rest_of_the_page_stands(
    broken: Any, known: bool, says: str
) -> None:
    """A record that cannot be read spoils no other, and says why it cannot."""
    answer = read_page(page(bare("NCT00000001"), broken, bare("NCT00000003")), with_results=False)
    assert [record.study.key.number for record in answer.records] == ["NCT00000001", "NCT00000003"]
    (aside,) = answer.unreadable
    assert aside.key == (key("NCT00000002") if known else None)
    assert says.lower() in aside.reason.lower()
    assert json.loads(aside.source) == broken


def test_a_record_with_broken_text_is_set_aside() -> None:
    """Bytes that are no UTF-8 break the record that they are in, and no other."""
    body = page(study(identificationModule={"briefTitle": "§"}), bare("NCT00000003"))
    answer = read_page(body.replace(rb"\u00a7", b"\xff"), with_results=False)
    assert [record.study.key.number for record in answer.records] == ["NCT00000003"]
    assert len(answer.unreadable) == 1


def test_nesting_beyond_reason_is_no_answer() -> None:
    """JSON that would exhaust the stack is refused, not a crash."""
    with pytest.raises(NotAnAnswer):
        read_page(b'{"studies":[' + b"[" * 100_000 + b"]" * 100_000 + b"]}", with_results=False)


def test_results_are_kept_only_where_they_were_asked_for() -> None:
    """The results section is by far the largest part, and most readings do without it."""
    record = bare() | {"resultsSection": {"moreInfoModule": {"x": 1}}, "hasResults": True}
    without = read_page(page(record), with_results=False).records[0]
    with_them = read_page(page(record), with_results=True).records[0]
    assert without.study == with_them.study
    assert (b"moreInfoModule" in without.source, without.with_results) == (False, False)
    assert (b"moreInfoModule" in with_them.source, with_them.with_results) == (True, True)


def test_a_trial_with_1148_sites_is_read_whole() -> None:
    """The registry's widest trials are read like any other."""
    site = {"facility": "Clinic", "status": "RECRUITING", "geoPoint": {"lat": 1, "lon": 2.5}}
    sites = [site | {"city": f"City {number}"} for number in range(1148)]
    parsed = parse(encoded(study(contactsLocationsModule={"locations": sites})))
    assert len(parsed.sites) == 1148
    assert (parsed.sites[-1].city, parsed.sites[-1].latitude) == ("City 1147", 1.0)
    assert parsed.other_fields == ()


def test_a_stored_record_that_cannot_be_read_says_so() -> None:
    """Reading a stored record again fails with one error of its own."""
    with pytest.raises(NotAStudy, match="nctId"):
        parse(b"{}")


def test_what_nobody_knows_is_kept_by_its_path() -> None:
    """A field that the registry adds tomorrow is there to be compared, one value a field."""
    record = study(
        oversightModule={"oversightHasDmc": False},
        identificationModule={"organization": {"fullName": "Clinic", "class": "OTHER"}},
        statusModule={
            "statusVerifiedDate": "2026-01",
            "studyFirstSubmitDate": "2026-01-02",
            "lastUpdateSubmitDate": "2026-01-03",
            "dispFirstPostDateStruct": dated("2026-01-04", "ESTIMATED"),
        },
        contactsLocationsModule={"locations": [{"city": "Bonn", "parking": True}]},
        tomorrowModule={"novelty": ["b", "a  c"]},
    )
    record["derivedSection"] = {
        "miscInfoModule": {"versionHolder": "2026-02-03", "removedCountries": ["France"]},
        "conditionBrowseModule": {"browseLeaves": [{"id": "M1"}]},
    }
    record["documentSection"] = {"largeDocumentModule": {"noSap": True, "pages": 5}}
    assert parse(encoded(record)).other_fields == (
        OtherField("documentSection.largeDocumentModule.pages", "5"),
        OtherField("protocolSection.contactsLocationsModule.locations", '[{"parking":true}]'),
        OtherField("protocolSection.tomorrowModule.novelty", '["a c","b"]'),
    )
