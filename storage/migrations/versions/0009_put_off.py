"""What is told later by choice; when a chat is told that it is still watched for."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
COLUMNS = ("put_off_until", "remind_at")


def where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("chats", sa.Column(name, MOMENT, nullable=True))
    op.create_index(
        "ix_chats_remind_at", "chats", ["bot_id", "remind_at"], **where("remind_at IS NOT NULL")
    )
    op.create_index(
        "ix_notices_put_off", "notices", ["bot_id", "due_at"], **where("state = 'put_off'")
    )


def downgrade() -> None:
    op.execute("UPDATE notices SET state = 'due' WHERE state = 'put_off'")
    op.drop_index("ix_notices_put_off", "notices")
    op.drop_index("ix_chats_remind_at", "chats")
    with op.batch_alter_table("chats") as batch:
        for name in COLUMNS:
            batch.drop_column(name)
