"""Which trials a followed registry search found when it was last asked, and which follow any."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "interests",
        sa.Column("searched", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index(
        "ix_interests_searched",
        "interests",
        ["id"],
        sqlite_where=sa.text("searched"),
        postgresql_where=sa.text("searched"),
    )
    op.create_table(
        "search_members",
        sa.Column("topic", sa.LargeBinary(), nullable=False),
        sa.Column("study_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("topic", "study_id", name="pk_search_members"),
        sa.ForeignKeyConstraint(
            ["study_id"], ["studies.id"], name="fk_search_members_study_id_studies"
        ),
    )
    op.create_index("ix_search_members_study_id", "search_members", ["study_id"])


def downgrade() -> None:
    op.drop_index("ix_search_members_study_id", "search_members")
    op.drop_table("search_members")
    op.drop_index("ix_interests_searched", "interests")
    with op.batch_alter_table("interests") as batch:
        batch.drop_column("searched")
