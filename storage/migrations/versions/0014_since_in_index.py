"""Since when somebody follows, in the index by which followers of a condition are found.

Whether a trial is news to them depends on it, and SQLite looked it up in the row of each: of all
that was done to find out who is to be told of a day's changes, that took a third.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NAME = "ix_subscriptions_of_interest"
BEFORE = ("interest_id", "chat_id", "kinds")
FOLLOWED = sa.text("interest_id IS NOT NULL")


def upgrade() -> None:
    _index((*BEFORE, "since"))


def downgrade() -> None:
    _index(BEFORE)


def _index(columns: Sequence[str]) -> None:
    op.drop_index(NAME, "subscriptions")
    op.create_index(
        NAME,
        "subscriptions",
        list(columns),
        sqlite_where=FOLLOWED,
        postgresql_where=FOLLOWED,
    )
