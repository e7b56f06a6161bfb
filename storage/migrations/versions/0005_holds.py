"""What waits for the end of its reading, and what is held because many records had it at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FLAGS = ("waits", "posted", "lapsed")
WAITS = sa.text("waits")


def upgrade() -> None:
    for name in FLAGS:
        no = sa.false()
        flag: sa.Column[bool] = sa.Column(name, sa.Boolean(), server_default=no, nullable=False)
        op.add_column("occurrences", flag)
    op.add_column("occurrences", sa.Column("hold_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_occurrences_waits",
        "occurrences",
        ["hold_id", "id"],
        sqlite_where=WAITS,
        postgresql_where=WAITS,
    )
    op.create_table(
        "holds",
        sa.Column("id", KEY, nullable=False),
        sa.Column("data_day", sa.Date(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("usual", sa.Integer(), nullable=False),
        sa.Column("waited_days", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("waited_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_holds"),
        sa.UniqueConstraint("data_day", "way", name="uq_holds_data_day_way"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("holds")
    op.drop_index("ix_occurrences_waits", "occurrences")
    with op.batch_alter_table("occurrences") as batch:
        for name in ("hold_id", *FLAGS):
            batch.drop_column(name)
