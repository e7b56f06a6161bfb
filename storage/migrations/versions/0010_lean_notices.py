"""A change that a million chats are told of is a million rows: what each of them costs is cut.

No foreign keys. Each of the four cost PostgreSQL as much for a row as the row itself, and none of
them could fail: a notice is only ever written with a chat, its bot, an occurrence and its trial
that the same statement selects (``storage.owing``, ``storage.correcting``). They also stay:

- a chat is deleted after its notices, by transactions that pass the gate alone, and whoever writes
  notices passes it together with others: neither runs beside the other (``storage.gate``);
- an occurrence is deleted where nothing of it is to be owed any more, its row is locked, and it has
  no notices (``storage.keeping``);
- a trial has its occurrences to refer to it, and a bot its chats, by foreign keys that stand.

One debt a chat and occurrence. An occurrence is one trial, data day and cause, so this is the same
as before in two numbers rather than two numbers, a day and a word; and it begins with the chat,
which spares the index by chats.

One index for all states that are not due. A queue is walked along ``ix_notices_due`` alone.

The kinds in the indexes of subscriptions: a wide debt walks along them without a look at the rows.

SQLite takes a constraint away only by writing the table anew: some five seconds for a million
notices, and as much room on the disk as the table has.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OLD_KEY = "uq_notices_chat_id_study_id_data_day_cause"
NEW_KEY = "uq_notices_chat_id_occurrence_id"
REFERENCES = {
    "bot_id": "bots",
    "chat_id": "chats",
    "occurrence_id": "occurrences",
    "study_id": "studies",
}
DUE = "state = 'due'"
NOT_DUE = "state <> 'due'"
OLD_INDEXES: dict[str, tuple[list[str], str]] = {
    "ix_notices_due_at": (["bot_id", "due_at", "chat_id"], DUE),
    "ix_notices_due_chat": (["chat_id", "due_at"], DUE),
    "ix_notices_claimed": (["bot_id", "chat_id"], "state = 'claimed'"),
    "ix_notices_dead": (["id"], "state = 'dead'"),
    "ix_notices_perhaps": (["id"], "state = 'perhaps'"),
    "ix_notices_held": (["occurrence_id"], "state = 'held'"),
    "ix_notices_settled": (["state", "due_at"], "state IN ('sent', 'perhaps', 'moot')"),
}
LAST = sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'notices'")
SET_LAST = sa.text("UPDATE sqlite_sequence SET seq = :last WHERE name = 'notices'")


def where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    for what in ("study", "interest"):
        op.drop_index(f"ix_subscriptions_{what}", "subscriptions")
        op.create_index(
            f"ix_subscriptions_of_{what}",
            "subscriptions",
            [f"{what}_id", "chat_id", "kinds"],
            **where(f"{what}_id IS NOT NULL"),
        )
    for name in OLD_INDEXES:
        op.drop_index(name, "notices")
    last = _last()
    with op.batch_alter_table("notices", table_kwargs={"sqlite_autoincrement": True}) as batch:
        for column in REFERENCES:
            batch.drop_constraint(f"fk_notices_{column}", type_="foreignkey")
        batch.drop_constraint(OLD_KEY, type_="unique")
        batch.create_unique_constraint(NEW_KEY, ["chat_id", "occurrence_id"])
    _count_on_from(last)
    op.create_index("ix_notices_not_due", "notices", ["state", "due_at"], **where(NOT_DUE))


def downgrade() -> None:
    for what in ("study", "interest"):
        op.drop_index(f"ix_subscriptions_of_{what}", "subscriptions")
        op.create_index(
            f"ix_subscriptions_{what}",
            "subscriptions",
            [f"{what}_id", "chat_id"],
            **where(f"{what}_id IS NOT NULL"),
        )
    op.drop_index("ix_notices_not_due", "notices")
    last = _last()
    with op.batch_alter_table("notices", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_constraint(NEW_KEY, type_="unique")
        batch.create_unique_constraint(OLD_KEY, ["chat_id", "study_id", "data_day", "cause"])
        for column, table in REFERENCES.items():
            batch.create_foreign_key(f"fk_notices_{column}", table, [column], ["id"])
    _count_on_from(last)
    for name, (columns, condition) in OLD_INDEXES.items():
        op.create_index(name, "notices", columns, **where(condition))


def _last() -> int | None:
    """The last id that SQLite gave, which the table made anew would forget with its row."""
    connection = op.get_bind()
    return connection.scalar(LAST) if connection.dialect.name == "sqlite" else None


def _count_on_from(last: int | None) -> None:
    if last is not None:
        op.get_bind().execute(SET_LAST, {"last": last})
