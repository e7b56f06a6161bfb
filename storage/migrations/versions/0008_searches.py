"""What buttons ask that is too long for them; and the topic that conditions have in common."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chats", sa.Column("searches", sa.LargeBinary(), nullable=True))
    op.add_column("interests", sa.Column("topic", sa.LargeBinary(), nullable=True))
    op.create_index("ix_interests_topic", "interests", ["topic"])


def downgrade() -> None:
    op.drop_index("ix_interests_topic", "interests")
    for table, name in (("interests", "topic"), ("chats", "searches")):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(name)
