"""Finding kept trials by words, and keeping the words that they are found by.

The words of a trial are one text, looked through for each of those that are asked for, in both
databases without an extension of theirs. On a small machine with SQLite that took some milliseconds
for the few thousand trials that are usually kept, and 200 to 800 for a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.findable import BORDER
from storage.engine import Database
from storage.tables import findable_words, studies


def worded(words: Sequence[str]) -> Select[Any]:
    """Trials that have a word beginning with each of these: by title first, then the newest.

    Words hold letters and digits only, so that nothing in them is a sign of LIKE.
    """
    # A trial of before there were words is found by its title.
    text = func.coalesce(findable_words.c.words, " " + func.lower(studies.c.title))
    asked = (
        select(studies.c.registry, studies.c.number, studies.c.title)
        .outerjoin(findable_words, findable_words.c.study_id == studies.c.id)
        .where(
            studies.c.ordinal > 0,
            studies.c.merged_into_id.is_(None),
            ~studies.c.removed,
            *(text.like(f"% {word}%") for word in words),
        )
    )
    elsewhere = [text.like(f"%{BORDER}% {word}%") for word in words]
    return asked.order_by(*elsewhere, studies.c.version_day.desc(), studies.c.number.desc())


async def keep_findable(
    connection: AsyncConnection, database: Database, rows: Sequence[dict[str, Any]]
) -> None:
    """Keep the words of these trials (``study_id``, ``words``) in place of those kept before."""
    if rows:
        insert = database.insert(findable_words)
        words = {"words": insert.excluded.words}
        keep = insert.on_conflict_do_update(index_elements=["study_id"], set_=words)
        await connection.execute(keep, list(rows))
