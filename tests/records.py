"""Records in the registry's format, made for the tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import json


def record(
    number: int,
    day: date,
    *,
    enrollment: int = 100,
    status: str = "RECRUITING",
    first_posted: date = date(2020, 1, 2),
    condition: str = "Sarcoma",
    padding: int = 0,
) -> dict[str, Any]:
    """One record that was updated on ``day``; ``padding`` adds so many characters of prose."""
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": f"NCT{number:08d}",
                "briefTitle": f"Trial number {number}",
            },
            "statusModule": {
                "overallStatus": status,
                "studyFirstPostDateStruct": {"date": str(first_posted), "type": "ACTUAL"},
                "lastUpdatePostDateStruct": {"date": str(day), "type": "ACTUAL"},
            },
            "descriptionModule": {
                "briefSummary": "Made for a test.",
                "detailedDescription": "words and " * (padding // 10),
            },
            "conditionsModule": {"conditions": [condition]},
            "designModule": {
                "studyType": "INTERVENTIONAL",
                "phases": ["PHASE2"],
                "enrollmentInfo": {"count": enrollment, "type": "ESTIMATED"},
            },
        },
        "derivedSection": {
            "miscInfoModule": {"versionHolder": str(day)},
            "conditionBrowseModule": {
                "meshes": [{"id": "D012509", "term": "Sarcoma"}],
                "ancestors": [{"id": "D009369", "term": "Neoplasms"}],
            },
        },
        "hasResults": False,
    }


def lines(records: list[dict[str, Any]]) -> bytes:
    """Records as a data day's file holds them."""
    return b"\n".join(json.encode(one) for one in records) + b"\n"
