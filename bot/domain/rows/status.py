"""Rows: where a trial stands, its dates, its results and access outside it."""

from __future__ import annotations

from bot.domain import members_papers as papers
from bot.domain import paths as at
from bot.domain.change import Kind
from bot.domain.fields import Field, How, row

_S, _R, _X, _D = Kind.STATUS, Kind.RESULTS, Kind.EXPANDED_ACCESS, Kind.DATES
_ACCESS = at.STATUS + "expandedAccessInfo."
_TYPES = at.DESIGN + "expandedAccessTypes."

STATUS: tuple[Field, ...] = (
    row(at.OVERALL_STATUS, _S, "status", "overall_status", says="change.status"),
    row(
        at.LAST_KNOWN_STATUS, _S, "last known status", "last_known_status", says="change.last_known"
    ),
    row(
        at.STATUS + "whyStopped",
        Kind.WHY_STOPPED,
        "why it stopped",
        "why_stopped",
        says="change.why_stopped",
    ),
)
DATES: tuple[Field, ...] = (
    row(at.STATUS + "startDateStruct", _D, "start of the trial", "start", How.DATE),
    row(
        at.STATUS + "primaryCompletionDateStruct",
        _D,
        "end of measuring for the main outcomes (primary completion)",
        "primary_completion",
        How.DATE,
    ),
    row(
        at.STATUS + "completionDateStruct",
        _D,
        "end of the trial (completion)",
        "completion",
        How.DATE,
    ),
)
EXPANDED_ACCESS: tuple[Field, ...] = (
    row(
        _ACCESS + "hasExpandedAccess",
        _X,
        "expanded access",
        "expanded_access.has_expanded_access",
        How.YES,
        says="change.access",
    ),
    row(
        _ACCESS + "nctId",
        _X,
        "record of this access",
        "expanded_access.nct_id",
    ),
    row(
        _ACCESS + "statusForNctId",
        _X,
        "status of this access",
        "expanded_access.status_for_nct_id",
        says="change.access.status",
    ),
    row(
        _TYPES + "individual",
        _X,
        "this access is for single patients",
        "expanded_access.individual",
        How.YES,
    ),
    row(
        _TYPES + "intermediate",
        _X,
        "this access is for groups of patients",
        "expanded_access.intermediate",
        How.YES,
    ),
    row(
        _TYPES + "treatment",
        _X,
        "this access is for many patients, under a protocol",
        "expanded_access.treatment",
        How.YES,
    ),
)
RESULTS: tuple[Field, ...] = (
    row(at.HAS_RESULTS, _R, "results", "has_results", How.YES, says="change.results"),
    row(
        at.RESULTS_FIRST_POSTED,
        _R,
        "day on which results were posted",
        "results_first_posted",
        How.DATE,
    ),
    row(
        at.STATUS + "resultsWaived",
        _R,
        "the duty to post results was waived",
        "results_waived",
        How.YES,
    ),
    row(
        at.DELAYED_POSTING, _R, "the posting of the results is delayed", "delayed_posting", How.YES
    ),
    row(
        at.DISP_FIRST_POSTED,
        _R,
        "day on which a delay of the results was posted",
        "disp_first_posted",
        How.DATE,
    ),
    row(
        at.UNPOSTED_BY,
        _R,
        "who sent in the results",
        "results_tracking.unposted_responsible_party",
    ),
    row(
        at.UNPOSTED_EVENTS,
        _R,
        "results on their way",
        "results_tracking.unposted_events",
        How.MEMBERS,
        papers.UNPOSTED_EVENTS,
        says="change.unposted",
    ),
    row(
        at.ANNOTATION + "violationAnnotation.violationEvents",
        _R,
        "findings about the duty to post results",
        "results_tracking.violation_events",
        How.MEMBERS,
        papers.VIOLATIONS,
    ),
    row(
        at.OVERSIGHT + "fdaaa801Violation",
        _R,
        "the duty to post results was violated",
        "oversight.fdaaa801_violation",
        How.YES,
    ),
    row(
        at.ESTIMATED_SUBMITTED,
        _R,
        "day on which results were sent in",
        "results_tracking.estimated_submitted",
    ),
    row(
        at.FIRST_MCP_POSTED,
        _R,
        "day on which results were shown with comments",
        "results_tracking.first_mcp_posted",
        How.DATE,
    ),
    row(
        at.SUBMISSIONS,
        _R,
        "rounds of review of the results",
        "results_tracking.submissions",
        How.MEMBERS,
        papers.SUBMISSIONS,
    ),
)
