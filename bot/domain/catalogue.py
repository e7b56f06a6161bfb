"""Every field of a study as a row: where it stands, its kind of change, and how it is compared.

``diff`` and ``digest`` both walk this table, so that they cannot disagree on what a field is. What
is never a change has no row and stands, with the reason, in ``bot.domain.left_out``.
"""

from __future__ import annotations

from bot.domain.change import Kind
from bot.domain.fields import Field, How, row, walk
from bot.domain.left_out import NEVER
from bot.domain.paths import (
    CRITERIA,
    HAS_RESULTS,
    LAST_KNOWN_STATUS,
    LOCATIONS,
    NCT_ID,
    OVERALL_STATUS,
    RESULTS_FIRST_POSTED,
    SITE_CONTACTS,
    SITE_STATUS,
)
from bot.domain.rows import papers, people, protocol, status

__all__ = [
    "CATALOGUE",
    "CRITERIA",
    "HAS_RESULTS",
    "LABELS",
    "LAST_KNOWN_STATUS",
    "LOCATIONS",
    "NCT_ID",
    "NEVER",
    "OVERALL_STATUS",
    "RESULTS_FIRST_POSTED",
    "SAYS",
    "SITE_CONTACTS",
    "SITE_STATUS",
]

OTHER_FIELDS = row("", Kind.OTHER, "other fields", "other_fields", How.OTHER_FIELDS)
"""What the registry may add tomorrow: kept and compared, and not told until it has a row."""

CATALOGUE: tuple[Field, ...] = (
    *status.STATUS,
    *people.RECORD,
    *status.RESULTS,
    *status.EXPANDED_ACCESS,
    *protocol.ELIGIBILITY,
    *people.SITES,
    *protocol.TREATMENTS,
    *protocol.DESIGN,
    *people.OVERSIGHT,
    *protocol.OUTCOMES,
    *status.DATES,
    *protocol.ENROLLMENT,
    *protocol.DESCRIPTION,
    *people.CONTACTS,
    *people.SPONSOR,
    *papers.DOCUMENTS,
    OTHER_FIELDS,
)
"""All rows, in the order of kinds."""

_ROWS = tuple((field, path, one) for field in CATALOGUE[:-1] for path, one in walk(field))

LABELS: dict[str, str] = {
    path: field.label if path == field.path else f"{field.label}, {one.label}"
    for field, path, one in _ROWS
}
"""How each field, and each part of a member, is called in a sentence: by its path."""

SAYS: dict[str, str] = {path: one.says for _, path, one in _ROWS}
"""The key of the sentence for a change of each field, and of each part of a member: by its path."""
