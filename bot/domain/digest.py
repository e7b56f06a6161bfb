"""16 bytes that stand for the content of a record, blind to what is never a change."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from bot.domain.catalogue import CATALOGUE
from bot.domain.dates import DatedFact
from bot.domain.normal import normal
from bot.domain.study import Glimpse, Study
from bot.domain.text import fold

_SIZE = 16
"""Bytes. Among a million versions two alike by chance are a matter of 1 in 10**26."""

_encode = msgspec.msgpack.Encoder().encode


def of_study(study: Study) -> bytes:
    """The digest of all that ``diff`` compares: equal digests mean an empty diff.

    The reverse holds but for a date that only became finer, a list that was wrapped anew and
    criteria that got their first heading: each of these makes another digest and no change.
    """
    return _hash([normal(row.read(study), row.how, row.members) for row in CATALOGUE])


def of_glimpse(glimpse: Glimpse) -> bytes:
    """The digest of the small projection; the order of sites and white space say nothing."""
    return _hash(
        [
            glimpse.key.registry,
            glimpse.key.number,
            fold(glimpse.overall_status),
            fold(glimpse.why_stopped),
            _date(glimpse.last_update_posted),
            _date(glimpse.start),
            _date(glimpse.primary_completion),
            _date(glimpse.completion),
            _date(glimpse.results_first_posted),
            glimpse.has_results,
            glimpse.unposted_events,
            sorted(glimpse.site_statuses),
        ]
    )


def _date(fact: DatedFact | None) -> str:
    return "" if fact is None else str(fact.date)


def _hash(content: list[Any]) -> bytes:
    return hashlib.blake2b(_encode(content), digest_size=_SIZE).digest()
