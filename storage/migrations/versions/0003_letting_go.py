"""Indexes along which what is done is found, to be let go of."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SETTLED = "state IN ('sent', 'perhaps', 'moot')"
HELD = "state = 'held'"


def where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_index("ix_notices_settled", "notices", ["state", "due_at"], **where(SETTLED))
    op.create_index("ix_notices_held", "notices", ["occurrence_id"], **where(HELD))
    op.create_index("ix_notices_occurrence_id", "notices", ["occurrence_id"])
    op.create_index("ix_occurrences_owed_at", "occurrences", ["owed_at"])


def downgrade() -> None:
    op.drop_index("ix_occurrences_owed_at", "occurrences")
    for name in ("ix_notices_occurrence_id", "ix_notices_held", "ix_notices_settled"):
        op.drop_index(name, "notices")
