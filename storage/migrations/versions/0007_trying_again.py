"""Since when a notice may have arrived, how often its answer was lost; when a pause was probed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
PERHAPS = sa.text("state = 'perhaps'")


def upgrade() -> None:
    op.add_column("chats", sa.Column("probed_at", MOMENT, nullable=True))
    op.execute("UPDATE chats SET probed_at = paused_since WHERE paused_since IS NOT NULL")
    op.add_column("notices", sa.Column("claimed_at", MOMENT, nullable=True))
    op.add_column("notices", sa.Column("unsure_since", MOMENT, nullable=True))
    lost = sa.Column("lost_answers", sa.Integer(), server_default=sa.text("0"), nullable=False)
    op.add_column("notices", lost)
    op.create_index(
        "ix_notices_perhaps",
        "notices",
        ["id"],
        sqlite_where=PERHAPS,
        postgresql_where=PERHAPS,
    )


def downgrade() -> None:
    op.drop_index("ix_notices_perhaps", "notices")
    for table, names in (
        ("notices", ("lost_answers", "unsure_since", "claimed_at")),
        ("chats", ("probed_at",)),
    ):
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.drop_column(name)
