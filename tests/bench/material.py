"""A data day's material: many trials, what the registry changes in some of them, what is followed.

The records are real ones, renumbered, where the recorded data stand beside the repository;
otherwise they are made to the same size. All is the same at every run.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import msgspec

from adapters.ctgov.parse import parse
from bot.domain.matching.index import Index
from bot.domain.phrases import phrase
from bot.domain.study import MeshTerm, Study
from bot.domain.watch import Interest, StoredInterest
from tests.records import record
from tests.shared import SHARED, read_jsonl

DAY = date(2027, 3, 2)
"""The data day that is read: after everything that stands in the recorded data."""
DAY_BEFORE = DAY - timedelta(days=1)

MADE = 200
"""Different records that are made where there are no real ones."""
MADE_BYTES = 17_000
"""What a record of the registry has on average."""

CONDITIONS = 2_000
"""Different conditions that are followed."""
WIDEST = 1 / 50
"""The share of trials that the most frequent of them matches."""

Raw = dict[str, Any]


class Material(msgspec.Struct, frozen=True):
    """Different records to make trials of, as JSON without results, and where they come from."""

    origin: str
    records: tuple[bytes, ...]

    def trial(self, number: int) -> Raw:
        """A trial of its own number, made of one of the records."""
        made: Raw = msgspec.json.decode(self.records[number % len(self.records)])
        made["protocolSection"]["identificationModule"]["nctId"] = nct_id(number)
        return made


def nct_id(number: int) -> str:
    """The registry's number of a trial of the bench."""
    return f"NCT{10_000_000 + number}"


def material(*, made: bool) -> Material:
    """Real records where they are there and ``made`` does not ask for made ones."""
    file = SHARED / "ctgov" / "studies.jsonl.gz"
    if made or not file.exists():
        return Material("made records", tuple(map(msgspec.json.encode, _made())))
    return Material("real records, renumbered", tuple(_without_results(read_jsonl(file))))


def _without_results(records: Iterator[Raw]) -> Iterator[bytes]:
    """As they are served to Trialbell, which does not ask for the results."""
    for one in records:
        one.pop("resultsSection", None)
        yield msgspec.json.encode(one)


def _made() -> Iterator[Raw]:
    chance = random.Random(17)
    for number in range(MADE):
        made = record(number, date(2025, 5, 6), condition=f"Condition {number % 97} syndrome")
        protocol = made["protocolSection"]
        protocol["eligibilityModule"] = {
            "eligibilityCriteria": "\n".join(_criteria(chance)),
            "sex": "ALL",
            "minimumAge": "18 Years",
        }
        protocol["outcomesModule"] = {
            rank: [_outcome(chance, at) for at in range(many)]
            for rank, many in (("primaryOutcomes", 2), ("secondaryOutcomes", 9))
        }
        locations = [_location(chance, at) for at in range(chance.randint(1, 14))]
        protocol["contactsLocationsModule"] = {"locations": locations}
        missing = MADE_BYTES - len(msgspec.json.encode(made))
        protocol["descriptionModule"]["detailedDescription"] = _prose(chance, missing // 8)
        filed = made["derivedSection"]["conditionBrowseModule"]["meshes"]
        filed.append({"id": f"D{900_000 + number % 97}", "term": f"Condition {number % 97}"})
        yield made


def _criteria(chance: random.Random) -> Iterator[str]:
    for heading in ("Inclusion Criteria:", "Exclusion Criteria:"):
        yield from ("", heading, "")
        for _ in range(12):
            yield f"* Age \\>= {chance.randint(18, 70)} years and {_prose(chance, 14)}"


def _outcome(chance: random.Random, at: int) -> Raw:
    return {
        "measure": f"Outcome {at}: {_prose(chance, 6)}",
        "description": _prose(chance, 35),
        "timeFrame": f"{chance.randint(1, 60)} months",
    }


def _location(chance: random.Random, at: int) -> Raw:
    city = f"City {chance.randint(1, 400)}"
    return {
        "facility": f"University Hospital {at} of {city}",
        "status": "RECRUITING",
        "city": city,
        "state": "State",
        "zip": f"{chance.randint(10_000, 99_999)}",
        "country": "France",
        "geoPoint": {"lat": 48.5, "lon": 2.25},
    }


_WORDS = ("patients", "response", "treatment", "baseline", "weekly", "dose", "measured", "within")


def _prose(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=max(words, 1)))


def renewed(trial: Raw, number: int) -> Raw:
    """The trial as updated on the day.

    What changes is as frequent as it was measured in 59 posted updates of 25 real data days.
    """
    chance = random.Random(number)
    protocol = trial["protocolSection"]
    status = protocol.setdefault("statusModule", {})
    status["lastUpdatePostDateStruct"] = {"date": str(DAY), "type": "ACTUAL"}
    status["statusVerifiedDate"] = f"{DAY:%Y-%m}"
    for of_59, edit in _EDITS:
        if chance.random() < of_59 / 59:
            edit(protocol, chance)
    return trial


def first_posted(trial: Raw) -> Raw:
    """The trial as first posted on the day."""
    status = trial["protocolSection"].setdefault("statusModule", {})
    for name in ("studyFirstPostDateStruct", "lastUpdatePostDateStruct"):
        status[name] = {"date": str(DAY), "type": "ACTUAL"}
    return trial


def become_unknown(trial: Raw) -> Raw:
    """The trial as the registry itself changes it, without moving the date of its update."""
    status = trial["protocolSection"].setdefault("statusModule", {})
    status["lastKnownStatus"] = status.get("overallStatus", "RECRUITING")
    status["overallStatus"] = "UNKNOWN"
    return trial


def _sites(protocol: Raw) -> list[Raw]:
    sites: list[Raw] = protocol.setdefault("contactsLocationsModule", {}).setdefault(
        "locations", []
    )
    return sites


def _site_status(protocol: Raw, chance: random.Random) -> None:
    for site in _sites(protocol):
        if chance.random() < 0.2:
            site["status"] = "COMPLETED" if site.get("status") == "RECRUITING" else "RECRUITING"


def _site_added(protocol: Raw, chance: random.Random) -> None:
    _sites(protocol).append(_location(chance, 99))


def _date(name: str) -> Callable[[Raw, random.Random], None]:
    def edit(protocol: Raw, chance: random.Random) -> None:
        moved = f"20{chance.randint(28, 36)}-{chance.randint(1, 12):02}"
        protocol["statusModule"][name] = {"date": moved, "type": "ESTIMATED"}

    return edit


def _overall(protocol: Raw, chance: random.Random) -> None:
    protocol["statusModule"]["overallStatus"] = chance.choice(["COMPLETED", "TERMINATED"])


def _enrollment(protocol: Raw, chance: random.Random) -> None:
    counted = {"count": chance.randint(10, 5000), "type": "ACTUAL"}
    protocol.setdefault("designModule", {})["enrollmentInfo"] = counted


def _arms(protocol: Raw, chance: random.Random) -> None:
    for arm in protocol.get("armsInterventionsModule", {}).get("armGroups", []):
        arm["description"] = f"{arm.get('description', '')} {_prose(chance, 5)}"


def _criterion(protocol: Raw, chance: random.Random) -> None:
    eligibility = protocol.setdefault("eligibilityModule", {})
    criteria = eligibility.get("eligibilityCriteria", "")
    eligibility["eligibilityCriteria"] = f"{criteria}\n* No {_prose(chance, 8)}"


def _summary(protocol: Raw, chance: random.Random) -> None:
    protocol.setdefault("descriptionModule", {})["briefSummary"] = _prose(chance, 60)


def _outcome_added(protocol: Raw, chance: random.Random) -> None:
    outcomes = protocol.setdefault("outcomesModule", {}).setdefault("secondaryOutcomes", [])
    outcomes.append(_outcome(chance, 99))


def _title(protocol: Raw, chance: random.Random) -> None:
    protocol["identificationModule"]["officialTitle"] = _prose(chance, 12)


_EDITS: tuple[tuple[int, Callable[[Raw, random.Random], None]], ...] = (
    (34, _site_status),
    (27, _site_added),
    (10, _date("completionDateStruct")),
    (9, _date("primaryCompletionDateStruct")),
    (8, _overall),
    (7, _enrollment),
    (6, _date("startDateStruct")),
    (5, _arms),
    (4, _criterion),
    (3, _summary),
    (3, _outcome_added),
    (3, _title),
)
"""Of 59 updates so many had it."""


def conditions(of: Material) -> tuple[Interest, ...]:
    """What people follow: headings, conditions and, for the rest, keywords of the records.

    The order is by chance: how many people follow a condition has little to do with how many trials
    there are of it.
    """
    chosen = [one for one, _ in frequent(of)]
    # Where the records name too few, the others are so rare that none of them has it.
    rare = (f"rare condition number {number}" for number in range(len(chosen), CONDITIONS))
    chosen += [Interest(words=words, phrases=(words,)) for words in rare]
    del chosen[CONDITIONS:]
    random.Random(CONDITIONS).shuffle(chosen)
    return tuple(chosen)


def frequent(of: Material, widest: float = WIDEST) -> tuple[tuple[Interest, int], ...]:
    """Headings, conditions and keywords, with how many of the records name each; the most frequent
    first, and keywords last.

    Without those that a larger share of the records matches than ``widest``, which is that of
    breast cancer: nobody follows "Disease".
    """
    studies = [parse(raw) for raw in of.records]
    counted: Counter[tuple[str, str]] = Counter()
    keywords: Counter[tuple[str, str]] = Counter()
    for study in studies:
        counted.update((mesh.term, mesh.id) for mesh in study.condition_meshes)
        counted.update((words, "") for words in study.conditions)
        keywords.update((words, "") for words in study.keywords)
    found: dict[str, tuple[Interest, int]] = {}
    for (words, mesh_id), many in (*_by_frequency(counted), *_by_frequency(keywords)):
        typed = phrase(words)
        if typed and typed not in found:
            terms = (MeshTerm(mesh_id, words),) if mesh_id else ()
            found[typed] = Interest(words=words, terms=terms, phrases=(typed,)), many
    matching = _matched((one for one, _ in found.values()), studies)
    most = widest * len(studies)
    return tuple(one for typed, one in found.items() if matching[typed] <= most)


def _by_frequency(counted: Counter[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _matched(interests: Iterable[Interest], studies: Iterable[Study]) -> Counter[str]:
    """How many of the studies match each interest, by its phrase."""
    index = Index()
    typed: dict[int, str] = {}
    for number, one in enumerate(interests, 1):
        typed[number] = one.phrases[0]
        index.add(StoredInterest(id=number, interest=one, since=DAY))
    return Counter(typed[number] for study in studies for number in index.match(study))
