"""The records and the story of the demonstration."""

from __future__ import annotations

import copy
import itertools
import json
from datetime import date
from typing import Any

import jsonschema
import pytest
import yaml

from adapters.ctgov.parse import parse
from bot.domain.change import TOLD_TO_PATIENTS, Kind
from bot.domain.diff.studies import diff
from tests.shared import SHARED, needs_shared, read_jsonl
from trialbell.demo.records import Registered, baseline, number_of
from trialbell.demo.script import ROUND, STORY, days

START = date(2026, 11, 20)  # a Friday
KNOWN = {"NCT00902044", "NCT04995003"}
SARCOMA = "D012509"
LENGTH = 1 + len(STORY) + 2 * len(ROUND)


def story(start: date = START) -> list[tuple[date, list[Registered]]]:
    """The whole story and two rounds after it."""
    return list(itertools.islice(days(start), LENGTH))


def versions() -> list[tuple[date, Registered | None, Registered]]:
    """Every record after the first day, with its version before (None for a new one)."""
    current: dict[str, Registered] = {}
    pairs = []
    for day, records in story():
        for record in records:
            number = number_of(record)
            if day > START:
                pairs.append((day, current.get(number), record))
            current[number] = record
    return pairs


def content(record: Registered) -> Registered:
    """The record without what an update always moves."""
    bare = copy.deepcopy(record)
    bare["derivedSection"].pop("miscInfoModule")
    for name in ("statusVerifiedDate", "lastUpdateSubmitDate", "lastUpdatePostDateStruct"):
        bare["protocolSection"]["statusModule"].pop(name, None)
    return bare


def differing(old: Any, new: Any, path: str = "") -> set[str]:
    """The paths at which two records differ; a list counts as one value."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {
            found
            for name in old.keys() | new.keys()
            for found in differing(old.get(name), new.get(name), f"{path}.{name}")
        }
    return set() if old == new else {path.removeprefix(".")}


def files_under_sarcoma(record: Registered) -> bool:
    """Whether who follows sarcoma follows this trial."""
    browse = record["derivedSection"]["conditionBrowseModule"]
    return any(mesh["id"] == SARCOMA for mesh in browse["meshes"] + browse["ancestors"])


def post_day(record: Registered) -> str | None:
    """When the record says that it was last updated."""
    struct = record["protocolSection"]["statusModule"].get("lastUpdatePostDateStruct")
    return struct["date"] if struct else None


def strict_schema() -> dict[str, Any]:
    """The registry's own description, in which a field that it does not name is an error."""
    described = yaml.safe_load((SHARED / "ctgov/ctg-oas-v2.yaml").read_text())
    for schema in described["components"]["schemas"].values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    return {"$ref": "#/components/schemas/Study", "components": described["components"]}


@needs_shared
def test_every_record_of_every_day_is_as_the_registry_describes_its_records() -> None:
    """Whatever reads the registry can read the demonstration."""
    validator = jsonschema.Draft202012Validator(
        strict_schema(), format_checker=jsonschema.FormatChecker(["date"])
    )
    for _, records in story():
        for record in records:
            assert not [error.message for error in validator.iter_errors(record)]


@needs_shared
def test_a_mistyped_field_would_not_pass_as_valid() -> None:
    """The check above can fail."""
    record = baseline(START)[0]
    record["protocolSection"]["statusModule"]["overalStatus"] = "RECRUITING"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, strict_schema(), jsonschema.Draft202012Validator)


@needs_shared
def test_medical_headings_are_those_that_the_registry_uses() -> None:
    """A MeSH id and its term belong together, where recorded data know the id."""
    known: dict[str, str] = {}
    for study in read_jsonl(SHARED / "ctgov/studies.jsonl.gz"):
        browse = study.get("derivedSection", {}).get("conditionBrowseModule", {})
        for mesh in browse.get("meshes", []) + browse.get("ancestors", []):
            known[mesh["id"]] = mesh["term"]
    for record in {number_of(r): r for _, records in story() for r in records}.values():
        browse = record["derivedSection"]["conditionBrowseModule"]
        for mesh in browse["meshes"] + browse["ancestors"]:
            assert known.get(mesh["id"], mesh["term"]) == mesh["term"]


def test_what_is_invented_says_so_and_carries_a_number_that_cannot_be_real() -> None:
    """Nobody can take an invented trial for one to join."""
    for _, records in story():
        for record in records:
            number = number_of(record)
            summary = record["protocolSection"]["descriptionModule"]["briefSummary"]
            if number not in KNOWN:
                assert number.startswith("NCT9000")
                assert "invented for the demonstration" in summary
            else:
                assert "extract" in summary


def test_nothing_is_invented_about_trials_that_exist() -> None:
    """The two known trials stand as they are on the first day, for ever."""
    first = {number_of(record) for record in story()[0][1]}
    assert first >= KNOWN
    assert not {number_of(record) for _, _, record in versions()} & KNOWN


def test_every_step_changes_something_that_a_reader_would_notice() -> None:
    """No day serves a record in which nothing but marks and update dates moved."""
    for day, old, new in versions():
        if old is not None:
            assert differing(content(old), content(new)), (day, number_of(new))


def test_a_step_changes_only_what_it_says() -> None:
    """What an update does not concern is the same in both versions."""
    first = next(pair for pair in versions() if number_of(pair[2]) == "NCT90000101")
    assert first[1] is not None
    assert differing(first[1], first[2]) == {
        "derivedSection.miscInfoModule.versionHolder",
        "protocolSection.contactsLocationsModule.locations",
        "protocolSection.statusModule.lastUpdatePostDateStruct.date",
        "protocolSection.statusModule.lastUpdateSubmitDate",
        "protocolSection.statusModule.statusVerifiedDate",
    }


def test_an_update_is_posted_on_its_data_day_except_where_the_registry_acts_by_itself() -> None:
    """Only the status UNKNOWN comes without a new update date."""
    silent = [new for day, _, new in versions() if post_day(new) != day.isoformat()]
    assert [number_of(record) for record in silent] == ["NCT90000104"]
    module = silent[0]["protocolSection"]["statusModule"]
    assert (module["overallStatus"], module["lastKnownStatus"]) == ("UNKNOWN", "RECRUITING")


def test_at_least_every_second_day_has_news_for_who_follows_sarcoma() -> None:
    """A visitor who follows sarcoma does not wait two quiet days."""
    touched = [any(files_under_sarcoma(record) for record in records) for _, records in story()]
    assert all(a or b for a, b in itertools.pairwise(touched))


def test_new_trials_are_first_posted_on_the_day_on_which_they_appear() -> None:
    """A new trial is new by its own date too, and sarcoma has at least one."""
    new = [(day, record) for day, old, record in versions() if old is None]
    assert sum(files_under_sarcoma(record) for _, record in new) >= 1
    for day, record in new:
        status = record["protocolSection"]["statusModule"]
        assert status["studyFirstPostDateStruct"]["date"] == day.isoformat()


def test_the_story_holds_every_kind_of_news() -> None:
    """A stop with its reason, results, criteria, sites, dates and enrolment all happen."""
    seen: set[str] = set()
    for _, old, new in versions():
        if old is not None:
            seen |= differing(content(old), content(new))
    status = "protocolSection.statusModule"
    assert seen >= {
        "hasResults",
        "protocolSection.contactsLocationsModule.locations",
        "protocolSection.designModule.enrollmentInfo.count",
        "protocolSection.eligibilityModule.eligibilityCriteria",
        "protocolSection.eligibilityModule.minimumAge",
        f"{status}.completionDateStruct.date",
        f"{status}.overallStatus",
        f"{status}.startDateStruct.date",
        f"{status}.whyStopped",
    }


def test_the_same_start_gives_the_same_days() -> None:
    """Nothing is left to chance, and who takes the records may change them."""
    first = story()
    wanted = copy.deepcopy(first)
    for _, records in first:
        records.clear()
    assert story() == wanted


def test_a_round_ends_where_it_began() -> None:
    """However long somebody watches, no trial grows out of all measure."""
    told = story()
    after_story, after_round = (
        {number_of(record): content(record) for _, records in told[:count] for record in records}
        for count in (1 + len(STORY), 1 + len(STORY) + len(ROUND))
    )
    assert after_round == after_story


def test_whoever_follows_is_told_of_every_step() -> None:
    """Patients too: no version differs from the one before by dates and numbers alone."""
    for day, old, new in versions():
        if old is not None:
            changes = diff(parse(json.dumps(old).encode()), parse(json.dumps(new).encode()))
            told = {change.kind for change in changes} & {*TOLD_TO_PATIENTS, Kind.SITES}
            assert told, (day, number_of(new))


def test_data_days_are_weekdays_and_never_end() -> None:
    """A start on a weekend begins on the Friday before; the story goes round for ever."""
    told = [day for day, _ in story(date(2026, 11, 22))]
    assert told[0] == date(2026, 11, 20)
    assert told[1] == date(2026, 11, 23)
    assert all(day.weekday() < 5 for day in told)
    assert all(records for _, records in story())


def test_dates_are_counted_from_the_start() -> None:
    """The demonstration looks current whenever it is started: nothing is dated by its writing."""
    for record in baseline(date(2031, 1, 31)):
        if number_of(record) not in KNOWN:
            status = record["protocolSection"]["statusModule"]
            assert "2026" < status["startDateStruct"]["date"] < "2031-02"
            assert "@" not in json.dumps(status)
