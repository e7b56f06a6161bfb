"""The story of the demonstration: which record changes on which data day, and how.

It tells twelve days once and then goes round in quiet changes for as long as it is asked. Nothing
is left to chance: the same start gives the same days, always.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date, timedelta

from trialbell.demo import edits
from trialbell.demo.edits import Edit, posted
from trialbell.demo.records import Registered, arrival, baseline, number_of

Arrival = None
"""In the place of an edit: the record is first posted on this day."""

Step = tuple[str, Edit | None]
"""What happens to one trial: its number, and the edit or ``Arrival``."""

MILDER = ("Active infection", "Active infection that needs treatment")
"""A line of the criteria before and after."""

STORY: tuple[tuple[Step, ...], ...] = (
    (
        ("NCT90000101", posted(edits.site("Lyon", "RECRUITING"))),
        (
            "NCT90000203",
            posted(
                edits.enrollment(160),
                edits.criterion("Worse after exertion", "Worse after exertion or at night"),
            ),
        ),
    ),
    (
        ("NCT90000301", Arrival),
        (
            "NCT90000204",
            posted(
                edits.completion_moved(5),
                edits.criterion(
                    "A stay in hospital in the last 12 months",
                    "A stay in hospital in the last 24 months",
                ),
            ),
        ),
    ),
    (
        (
            "NCT90000102",
            posted(
                edits.minimum_age("10 Years"),
                edits.criterion("Age of 12 to 40 years", "Age of 10 to 40 years"),
                edits.criterion(
                    "Lansky or Karnofsky score \\>= 60",
                    "Lansky or Karnofsky score \\>= 50\n* Platelets \\>= 75 x 10\\^9/L",
                ),
            ),
        ),
    ),
    (
        ("NCT90000208", posted(edits.closed_everywhere())),
        (
            "NCT90000101",
            posted(
                edits.enrollment(150),
                edits.completion_moved(4),
                edits.criterion(
                    "ECOG performance status of 0 or 1", "ECOG performance status of 0 to 2"
                ),
            ),
        ),
    ),
    (
        (
            "NCT90000103",
            posted(
                edits.stopped(
                    "TERMINATED", "Too few people joined; the decision was not about safety."
                )
            ),
        ),
    ),
    (
        ("NCT90000205", posted(edits.site("London", "RECRUITING"))),
        (
            "NCT90000206",
            posted(
                edits.criterion(
                    "Asthma, diagnosed by a doctor",
                    "Asthma, diagnosed by a doctor at least 6 months ago",
                )
            ),
        ),
        ("NCT90000102", posted(edits.site_added("Paris", "France", 48.85341, 2.3488))),
    ),
    (("NCT90000105", posted(edits.results_posted("NCT90000105"))),),
    (
        ("NCT90000104", edits.never_confirmed()),
        ("NCT90000302", Arrival),
    ),
    (
        ("NCT90000301", posted(edits.started())),
        ("NCT90000207", posted(edits.completed())),
    ),
    (
        ("NCT90000303", Arrival),
        ("NCT90000203", posted(edits.stopped("SUSPENDED", "The sensor's software is renewed."))),
    ),
    (
        ("NCT90000101", posted(edits.site("Tokyo", "ACTIVE_NOT_RECRUITING"))),
        (
            "NCT90000201",
            posted(edits.completion_moved(6), edits.site("Madrid", "ACTIVE_NOT_RECRUITING")),
        ),
    ),
    (("NCT90000101", posted(edits.closed_everywhere())),),
)

ROUND: tuple[tuple[Step, ...], ...] = (
    (("NCT90000301", posted(edits.enrolled_more(6), edits.criterion(*MILDER))),),
    (
        ("NCT90000303", posted(edits.site("Toronto", "RECRUITING"))),
        (
            "NCT90000302",
            posted(edits.enrolled_more(30), edits.site("Madrid", "ACTIVE_NOT_RECRUITING")),
        ),
    ),
    (("NCT90000102", posted(edits.completion_moved(2), edits.site("Leeds", "COMPLETED"))),),
    (
        ("NCT90000206", posted(edits.site("Sydney", "ACTIVE_NOT_RECRUITING"))),
        ("NCT90000301", posted(edits.site("Boston", "RECRUITING"))),
    ),
    (("NCT90000102", posted(edits.overall_status("SUSPENDED"))),),
    (
        ("NCT90000303", posted(edits.site("Toronto", "NOT_YET_RECRUITING"))),
        ("NCT90000302", posted(edits.enrolled_more(-30), edits.site("Madrid", "RECRUITING"))),
    ),
    (
        (
            "NCT90000102",
            posted(
                edits.overall_status("RECRUITING"),
                edits.completion_moved(-2),
                edits.site("Leeds", "RECRUITING"),
            ),
        ),
    ),
    (
        ("NCT90000206", posted(edits.site("Sydney", "RECRUITING"))),
        (
            "NCT90000301",
            posted(
                edits.site("Boston", "NOT_YET_RECRUITING"),
                edits.enrolled_more(-6),
                edits.criterion(*reversed(MILDER)),
            ),
        ),
    ),
)
"""Ends where it began, so that no trial grows out of all measure however long somebody watches."""


def days(start: date) -> Iterator[tuple[date, list[Registered]]]:
    """Data days without end: the date, and the complete records that are posted on it.

    The first holds every record; each further one those that changed, as a registry would serve
    them on that day. ``start`` is the first data day, or the weekday before it: the registry posts
    from Monday to Friday. The records are the caller's own.
    """
    day = _weekday(start, -1)
    current = {number_of(record): record for record in baseline(day)}
    yield day, [_served(record, day) for record in current.values()]
    for steps in _endless():
        day = _weekday(day + timedelta(days=1), 1)
        yield day, [_served(_take(current, step, day), day) for step in steps]


def _endless() -> Iterator[tuple[Step, ...]]:
    yield from STORY
    while True:
        yield from ROUND


def _take(current: dict[str, Registered], step: Step, day: date) -> Registered:
    number, edit = step
    if edit is None:
        current[number] = arrival(number, day)
    else:
        edit(current[number], day)
    return current[number]


def _served(record: Registered, day: date) -> Registered:
    """A copy, with the mark that the registry puts into every record on every data day."""
    served = copy.deepcopy(record)
    served["derivedSection"]["miscInfoModule"] = {"versionHolder": day.isoformat()}
    return served


def _weekday(day: date, step: int) -> date:
    """This day, or the nearest Monday to Friday in the direction of ``step``."""
    while day.weekday() > 4:
        day += timedelta(days=step)
    return day
