"""What of a record is never a change, each with the reason. All else has a row in the catalogue.

An entry stands for the field and all that is below it. The registry's own measurements (section
"Never") name most of them: paperwork, and what the registry works out by itself.
"""

from __future__ import annotations

from bot.domain import paths as at

_PAPERWORK = "the day on which a form came in; what it brought is told by itself"
_TYPE = "a date that was estimated and came true on its day has not moved"
_COMPUTED = "the registry works it out by itself, for thousands of records at once"
_SAME_FILE = "says nothing that the document's label and days do not say"

LEFT_OUT: dict[str, str] = {
    at.NCT_ID: "the key: a record that goes or becomes another is told of as such",
    at.STATUS + "statusVerifiedDate": "somebody confirmed the record, and changed nothing by it",
    at.STATUS + "studyFirstSubmitDate": _PAPERWORK,
    at.STATUS + "studyFirstSubmitQcDate": _PAPERWORK,
    at.STATUS + "studyFirstPostDateStruct": "the record's own first day; a new trial is told of",
    at.STATUS + "resultsFirstSubmitDate": _PAPERWORK,
    at.STATUS + "resultsFirstSubmitQcDate": _PAPERWORK,
    at.STATUS + "dispFirstSubmitDate": _PAPERWORK,
    at.STATUS + "dispFirstSubmitQcDate": _PAPERWORK,
    at.STATUS + "lastUpdateSubmitDate": _PAPERWORK,
    at.STATUS + "lastUpdatePostDateStruct": "it moves with every update, and is not one",
    at.STATUS + "startDateStruct.type": _TYPE,
    at.STATUS + "primaryCompletionDateStruct.type": _TYPE,
    at.STATUS + "completionDateStruct.type": _TYPE,
    at.RESULTS_FIRST_POSTED + ".type": _TYPE,
    at.DISP_FIRST_POSTED + ".type": _TYPE,
    at.FIRST_MCP_POSTED + ".type": _TYPE,
    at.ELIGIBILITY + "stdAges": "computed from the two ages, which are told",
    at.DESIGN + "nPtrsToThisExpAccNctId": "the registry counts the records that point here",
    at.INTERVENTIONS + ".armGroupLabels": (
        "the arms name their interventions: the same fact from the other side"
    ),
    at.LOCATIONS + ".geoPoint": "reckoned by the registry from the address, which is told",
    at.LARGE_DOCS + ".typeAbbrev": _SAME_FILE,
    at.LARGE_DOCS + ".hasProtocol": _SAME_FILE,
    at.LARGE_DOCS + ".hasSap": _SAME_FILE,
    at.LARGE_DOCS + ".hasIcf": _SAME_FILE,
    at.LARGE_DOCS + ".filename": _SAME_FILE,
    at.LARGE_DOCS + ".size": _SAME_FILE,
    "resultsSection": (
        "that results were posted is one event; the tables themselves are read at the registry"
    ),
    at.MISC_INFO + "versionHolder": "it changes in every record on every data day",
    "derivedSection.conditionBrowseModule": _COMPUTED,
    "derivedSection.interventionBrowseModule": _COMPUTED,
}
"""By path in the registry's record."""

_REMARK = "a reviewer's remark to the sponsor, and no field of a record"

HISTORY_ONLY: dict[str, str] = {
    "reviewUnit": _REMARK,
    at.OUTCOMES + "primaryOutcomes.reviewUnit": _REMARK,
    at.OUTCOMES + "secondaryOutcomes.reviewUnit": _REMARK,
    at.OUTCOMES + "otherOutcomes.reviewUnit": _REMARK,
}
"""What only stands in the patches of the registry's history page."""

NEVER = frozenset(
    {
        "condition_ancestors",
        "condition_meshes",
        "first_posted",
        "intervention_meshes",
        "last_update_posted",
        "last_update_submitted",
        "results_first_submitted",
        "status_verified",
    }
)
"""Attributes of ``Study`` that are read for other reasons and are never a change."""


def left_out(path: str) -> str | None:
    """Why a field, or one that it stands in, is left out; None where it is not.

    ``path`` has no list indices.
    """
    while path:
        reason = LEFT_OUT.get(path) or HISTORY_ONLY.get(path)
        if reason:
            return reason
        path = path.rpartition(".")[0]
    return None
