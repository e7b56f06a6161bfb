"""What followed conditions are found by: equal for all who mean the same, and saying nothing."""

from __future__ import annotations

import re

from bot.domain.topics import topic_of
from bot.domain.watch import Interest
from storage.engine import Database


def mark_of_interest(database: Database, interest: Interest) -> bytes:
    """What a condition is found by: terms, filter, and words whatever their case and spacing."""
    words = re.sub(r"\s+", " ", interest.words.strip()).casefold()
    meant: tuple[object, ...] = (words, sorted(term.id for term in interest.terms))
    if interest.search is not None or not interest.filter.is_empty:
        # Beside, not within: what has no filter keeps the mark that it had before there were any.
        meant += (interest.filter, interest.search)
    return database.vault.mark("interest", meant)


def topic_mark(database: Database, interest: Interest) -> bytes:
    """What conditions have in common that only filters tell apart."""
    if interest.search is not None:
        return database.vault.mark("topic", (interest.search,))
    terms, phrases = topic_of(interest)
    return database.vault.mark("topic", (sorted(terms), sorted(phrases)))
