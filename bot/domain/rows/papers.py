"""Rows: publications, documents and the sharing of data."""

from __future__ import annotations

from bot.domain import members_papers as papers
from bot.domain import paths as at
from bot.domain.change import Kind
from bot.domain.fields import Field, How, row

_D = Kind.DOCUMENTS

DOCUMENTS: tuple[Field, ...] = (
    row(
        at.LARGE_DOCS,
        _D,
        "documents",
        "documents",
        How.MEMBERS,
        papers.DOCUMENTS,
        says="change.document",
    ),
    row(at.DOCUMENTS + "noSap", _D, "there is no statistical analysis plan", "no_sap", How.YES),
    row(
        at.REFERENCES + "references",
        _D,
        "publications",
        "references",
        How.MEMBERS,
        papers.REFERENCES,
        says="change.publication",
    ),
    row(at.REFERENCES + "seeAlsoLinks", _D, "links", "links", How.MEMBERS, papers.LINKS),
    row(
        at.REFERENCES + "availIpds",
        _D,
        "data sets kept elsewhere",
        "available_data",
        How.MEMBERS,
        papers.AVAILABLE_DATA,
    ),
    row(
        at.IPD_SHARING + "ipdSharing",
        _D,
        "plan to share participants' data",
        "data_sharing.ipd_sharing",
    ),
    row(
        at.IPD_SHARING + "description",
        _D,
        "which data will be shared",
        "data_sharing.description",
        How.PROSE,
    ),
    row(
        at.IPD_SHARING + "infoTypes",
        _D,
        "documents to be shared",
        "data_sharing.info_types",
        How.WORDS,
    ),
    row(
        at.IPD_SHARING + "timeFrame",
        _D,
        "when data will be shared",
        "data_sharing.time_frame",
        How.PROSE,
    ),
    row(
        at.IPD_SHARING + "accessCriteria",
        _D,
        "who can get the data",
        "data_sharing.access_criteria",
        How.PROSE,
    ),
    row(at.IPD_SHARING + "url", _D, "where data will be shared", "data_sharing.url"),
)
