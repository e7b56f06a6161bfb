"""What an occurrence touches stands in its own row: a row for each condition was too dear.

Where a program of before still writes those rows, they are read before its occurrence is fanned out
(``storage.fanout``); they go with their occurrences.
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NEW, LEFT = 1 << 3, 1 << 4

OPEN = """
    SELECT id, kinds, touched FROM occurrences
    WHERE touched IS NOT NULL AND (waits OR spread_after IS NOT NULL)
"""


def upgrade() -> None:
    op.add_column("occurrences", sa.Column("touched", sa.Text(), nullable=True))


def downgrade() -> None:
    rows = op.get_bind().execute(sa.text(OPEN))
    for occurrence_id, kinds, touched in rows.all():
        for event, ids in json.loads(touched).items():
            for interest_id in ids:
                op.execute(
                    sa.text(
                        "INSERT INTO matches (occurrence_id, interest_id, event, kinds)"
                        " VALUES (:occurrence, :interest, :event, :kinds) ON CONFLICT DO NOTHING"
                    ).bindparams(
                        occurrence=occurrence_id,
                        interest=interest_id,
                        event=event,
                        kinds={"changed": kinds, "left": kinds | LEFT}.get(event, NEW),
                    )
                )
    with op.batch_alter_table("occurrences") as batch:
        batch.drop_column("touched")
