"""The words by which kept trials are found at once.

A trial that was read before has none until it is read anew with something else in it; until then it
is found by its title.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "findable",
        sa.Column("study_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("study_id", name="pk_findable"),
        sa.ForeignKeyConstraint(["study_id"], ["studies.id"], name="fk_findable_study_id_studies"),
    )


def downgrade() -> None:
    op.drop_table("findable")
