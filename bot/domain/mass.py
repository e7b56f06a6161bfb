"""When so many records change in the same way at once that it is hardly news of each of them.

The registry reformats text across records, recomputes what it derives, and may be wrong for a day.
Told as they come, such changes would reach everybody at once. They are counted by the *way* in
which a field changed; what is beyond the usual is held for the operator.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from bot.domain import paths as at
from bot.domain.change import Change, Op
from bot.domain.diff.folding import UNKNOWN
from bot.domain.notice import Event, Match, Occurrence
from bot.domain.study import Study

SHARE = 0.05
AT_LEAST = 50
"""The share of the records of one reading, and their number, from which on a change is a mass."""

VERIFIED_FOR = 2
"""Years after which the registry sets the status of a record that nobody confirmed to UNKNOWN."""

LATE = "late-"
"""How the cause of what was held begins, where nobody answered and it goes out in a digest."""

_CODE = re.compile(r"[A-Z]+(?:_[A-Z0-9]+)*|true|false")
"""How the registry writes a value of an enumeration, and how a yes or no is kept."""

USUAL: Mapping[str, float] = {
    at.LOCATIONS: 0.5,
    at.SITE_STATUS: 0.6,
    at.SITE_CONTACTS: 0.7,
    at.CONTACTS + "centralContacts": 0.4,
    at.CONTACTS + "overallOfficials": 0.2,
    at.STATUS + "completionDateStruct": 0.25,
    at.STATUS + "primaryCompletionDateStruct": 0.25,
    at.STATUS + "startDateStruct": 0.15,
    at.DESIGN + "enrollmentInfo": 0.2,
    at.OVERALL_STATUS: 0.1,
}
"""What share of the updates that sponsors post, and that have anything to tell, change a field in
one way without anything being wrong. After figures of 59 posted updates over 25 data days (34 with
a site's status, 27 with sites added or removed, 10 with the completion date, 9 with the primary
completion date, 8 with the overall status, 7 with enrolment, 6 with the start), rounded up because
those without anything to tell are not among what is counted. A part of a field has its field's."""

_FILED_BY = (
    at.CONDITIONS,
    at.ID + "briefTitle",
    at.ID + "officialTitle",
    at.ID + "acronym",
)
"""The fields by which a trial comes to belong to a condition, or no longer does."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """From when on changes in the same way are held: both must be reached."""

    share: float = SHARE
    at_least: int = AT_LEAST


DEFAULT_LIMITS = Limits()


class Way(msgspec.Struct, frozen=True):
    """In which field, and how, something changed; of coded values also from what to what."""

    path: str
    op: Op
    old: str | None = None
    new: str | None = None


class Mass(msgspec.Struct, frozen=True, kw_only=True):
    """A way in which too many records of one reading changed."""

    way: Way
    count: int
    usual: int
    """How many of them the updates that sponsors posted in this reading would explain."""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """What changed in an occurrence that waits for the end of its reading."""

    id: int
    changes: tuple[Change, ...]
    posted: bool = False
    """Whether the sponsor posted an update with it, as the date of the last update says."""
    lapsed: bool = False
    """Whether its status became UNKNOWN because nobody confirmed the record for so long."""


class Tally:
    """Counts the records that changed in each way; as large as there are ways, not records."""

    def __init__(self) -> None:
        self.records = 0
        """Records that changed at all."""
        self._posted = 0
        self._ways: Counter[Way] = Counter()

    def add(self, one: Waiting) -> None:
        """Count a record, once for each way."""
        self.records += 1
        self._posted += one.posted
        self._ways.update(ways_of(one))

    def masses(self, read: int, limits: Limits) -> tuple[Mass, ...]:
        """The ways that are beyond the usual among ``read`` records, the largest first."""
        of = max(read, self.records)
        found = []
        for way, count in self._ways.items():
            usual = round(usual_share(way.path) * self._posted)
            beyond = count - usual
            if beyond >= limits.at_least and beyond >= limits.share * of:
                found.append(Mass(way=way, count=count, usual=usual))
        return tuple(sorted(found, key=lambda mass: (-mass.count, str(mass.way))))

    def most(self) -> Sequence[tuple[Way, int]]:
        """All ways with their counts, the most frequent first."""
        return self._ways.most_common()


def way_of(change: Change) -> Way:
    """How a field changed; values are part of it only where both are codes."""
    codes = all(value is None or _CODE.fullmatch(value) for value in (change.old, change.new))
    if codes and change.op in {Op.SET, Op.CHANGED}:
        return Way(change.path, change.op, change.old, change.new)
    return Way(change.path, change.op)


def ways_of(one: Waiting) -> frozenset[Way]:
    """The ways in which a record changed, without a lapse that is explained."""
    return frozenset(way_of(c) for c in one.changes if not (one.lapsed and is_unknown(c)))


def is_unknown(change: Change) -> bool:
    """Whether the status became UNKNOWN."""
    return change.path == at.OVERALL_STATUS and change.new == UNKNOWN


def is_late(occurrence: Occurrence) -> bool:
    """Whether it was held, nobody answered, and it goes out in one message with others."""
    return occurrence.cause.startswith(LATE)


def usual_share(path: str) -> float:
    """The share of posted updates that change this field, 0 for most."""
    while path:
        if path in USUAL:
            return USUAL[path]
        path = path.rpartition(".")[0]
    return 0.0


def lapsed(old: Study, new: Study, data_day: date) -> bool:
    """Whether the status became UNKNOWN and the verified date explains it.

    A month that is stated without its day may be any day of it, so the registry waits for its end;
    here its beginning counts, because a lapse that is told is better than one that is held.
    """
    verified = new.status_verified
    if new.overall_status != UNKNOWN or old.overall_status == UNKNOWN or verified is None:
        return False
    first = verified.earliest()
    return (first.year + VERIFIED_FOR, first.month, first.day) <= (
        data_day.year,
        data_day.month,
        data_day.day,
    )


def was_posted(old: Study, new: Study) -> bool:
    """Whether the sponsor posted an update between the two."""
    return old.last_update_posted != new.last_update_posted


def split(
    told: Occurrence, held: Collection[Way], *, lapsed: bool = False
) -> tuple[Occurrence, dict[Way, Occurrence]]:
    """What goes on at once, and what is held, by the way; ``lapsed`` as in ``Waiting``.

    What follows from held words (that the trial now belongs to a condition, say) is held with them.
    """
    parts: dict[Way, list[Change]] = {}
    going: list[Change] = []
    for change in told.changes:
        way = way_of(change)
        free = way not in held or (lapsed and is_unknown(change))
        (going if free else parts.setdefault(way, [])).append(change)
    if not parts:
        return told, {}
    filed = next((way for way in parts if way.path.startswith(_FILED_BY)), None)
    moved = tuple(m for m in told.matches if m.event in {Event.ENTERED, Event.LEFT})
    stayed = tuple(m for m in told.matches if m not in moved)
    matches = stayed if filed else told.matches
    if not going:
        matches = tuple(m for m in matches if m.event is not Event.CHANGED)
    return (
        replace(told, changes=tuple(going), matches=matches),
        {
            way: _held(told, changes, stayed + (moved if way == filed else ()))
            for way, changes in parts.items()
        },
    )


def _held(told: Occurrence, changes: Sequence[Change], matches: Sequence[Match]) -> Occurrence:
    kept = tuple(sorted(matches, key=lambda match: match.interest_id))
    return replace(told, changes=tuple(changes), matches=kept, first_posted=None)
