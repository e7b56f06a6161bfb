"""The registry's JSON, continued: what the registry works out by itself.

Names and nesting follow the registry's OpenAPI description, version 2.0.5.
"""

from __future__ import annotations

import msgspec

from adapters.ctgov.wire_object import DateStruct, Wire


class FirstMcpInfo(Wire, frozen=True):
    """When results were first shown with the reviewers' comments."""

    post_date_struct: DateStruct | None = None


class SubmissionInfo(Wire, frozen=True):
    """One round of review of the results."""

    release_date: str | None = None
    unrelease_date: str | None = None
    unrelease_date_unknown: bool | None = None
    reset_date: str | None = None
    mcp_release_n: int | None = None


class SubmissionTracking(Wire, frozen=True):
    """The way of results to the registry."""

    estimated_results_first_submit_date: str | None = None
    first_mcp_info: FirstMcpInfo = FirstMcpInfo()
    submission_infos: tuple[SubmissionInfo, ...] = ()


class MiscInfo(Wire, frozen=True):
    """``miscInfoModule`` without its version holder, which changes every day in every record."""

    removed_countries: tuple[str, ...] = ()
    submission_tracking: SubmissionTracking = SubmissionTracking()


class Mesh(Wire, frozen=True):
    """A heading of MeSH."""

    id: str = ""
    term: str = ""


class Browse(Wire, frozen=True):
    """``conditionBrowseModule`` or ``interventionBrowseModule``: how the registry files it."""

    meshes: tuple[Mesh, ...] = ()
    ancestors: tuple[Mesh, ...] = ()


class Derived(Wire, frozen=True):
    """``derivedSection``: what the registry works out by itself."""

    condition_browse: Browse = msgspec.field(name="conditionBrowseModule", default=Browse())
    intervention_browse: Browse = msgspec.field(name="interventionBrowseModule", default=Browse())
    misc_info: MiscInfo = msgspec.field(name="miscInfoModule", default=MiscInfo())
