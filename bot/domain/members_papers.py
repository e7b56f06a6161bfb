"""Lists of a study whose members have parts, continued: papers, officials, the way of results."""

from __future__ import annotations

from operator import attrgetter

from bot.domain.change import Kind
from bot.domain.fields import How, Members, part
from bot.domain.oversight import Official, SecondaryId
from bot.domain.papers import AvailableData, Link, Reference, Retraction
from bot.domain.submission import ViolationEvent
from bot.domain.text import fold


def _joined(*parts: str | None) -> str:
    return ", ".join(text for part in parts if (text := fold(part)))


def _secondary_id(one: SecondaryId) -> str:
    return _joined(one.id, one.domain)


def _official(one: Official) -> str:
    return _joined(one.name, one.affiliation)


def _retraction(one: Retraction) -> str:
    return _joined(one.source, one.pmid)


def _reference_key(one: Reference) -> tuple[str | None]:
    return (one.pmid or one.citation,)


def _link(one: Link) -> str | None:
    return one.label or one.url


def _data(one: AvailableData) -> str:
    return _joined(one.type, one.id)


def _violation(one: ViolationEvent) -> str:
    return _joined(one.description or one.type, one.posted_date or one.issued_date)


_D, _C, _R, _T = Kind.DOCUMENTS, Kind.CONTACTS, Kind.RESULTS, Kind.DESCRIPTION

SECONDARY_IDS = Members(
    name=attrgetter("id"),
    identity=(part("id", _T, "number", "id", says="change.renamed"),),
    value=_secondary_id,
    parts=(
        part("type", _T, "type", "type"),
        part("domain", _T, "registry or grant", "domain"),
        part("link", _T, "link", "link"),
    ),
)
OFFICIALS = Members(
    name=attrgetter("name"),
    identity=(part("name", _C, "name", "name", says="change.renamed"),),
    value=_official,
    parts=(
        part("affiliation", _C, "affiliation", "affiliation"),
        part("role", _C, "role", "role"),
    ),
)
RETRACTIONS = Members(
    name=_retraction,
    identity=(
        part("pmid", _D, "PubMed number", "pmid"),
        part("source", _D, "source", "source"),
    ),
    value=_retraction,
)
REFERENCES = Members(
    name=attrgetter("citation"),
    identity=(part("pmid", _D, "PubMed number", "pmid"),),
    key=_reference_key,
    value=attrgetter("citation"),
    parts=(
        part("type", _D, "type", "type"),
        part("citation", _D, "citation", "citation"),
        part(
            "retractions",
            _D,
            "retractions",
            "retractions",
            How.MEMBERS,
            RETRACTIONS,
            says="change.parts",
        ),
    ),
)
LINKS = Members(
    name=_link,
    identity=(part("url", _D, "address", "url"),),
    value=attrgetter("url"),
    parts=(part("label", _D, "name", "label"),),
)
AVAILABLE_DATA = Members(
    name=_data,
    identity=(
        part("id", _D, "number", "id"),
        part("type", _D, "type", "type"),
        part("url", _D, "address", "url"),
    ),
    value=attrgetter("url"),
    parts=(part("comment", _D, "comment", "comment"),),
)
DOCUMENTS = Members(
    name=attrgetter("label"),
    identity=(part("label", _D, "name", "label", says="change.renamed.document"),),
    value=attrgetter("date"),
    renamed=True,
    parts=(
        part("date", _D, "date", "date"),
        part("uploadDate", _D, "day of upload", "upload_date"),
    ),
)
UNPOSTED_EVENTS = Members(
    name=attrgetter("type"),
    identity=(part("type", _R, "type", "type"), part("date", _R, "date", "date")),
    value=attrgetter("date"),
    parts=(part("dateUnknown", _R, "the day is unknown", "date_unknown", How.YES),),
)
VIOLATIONS = Members(
    name=attrgetter("type"),
    identity=(
        part("type", _R, "type", "type"),
        part("creationDate", _R, "day of creation", "creation_date"),
    ),
    value=_violation,
    parts=(
        part("description", _R, "description", "description"),
        part("issuedDate", _R, "day of issue", "issued_date"),
        part("releaseDate", _R, "day of release", "release_date"),
        part("postedDate", _R, "day of posting", "posted_date"),
    ),
)
SUBMISSIONS = Members(
    name=attrgetter("release_date"),
    identity=(part("releaseDate", _R, "day of sending in", "release_date"),),
    value=attrgetter("release_date"),
    parts=(
        part("unreleaseDate", _R, "day of taking back", "unrelease_date"),
        part(
            "unreleaseDateUnknown",
            _R,
            "the day of taking back is unknown",
            "unrelease_date_unknown",
            How.YES,
        ),
        part("resetDate", _R, "day of return", "reset_date"),
        part("mcpReleaseN", _R, "number of times shown with comments", "mcp_release_n", How.NUMBER),
    ),
)
