"""The first tables: trials and their versions, chats and what they follow, what is owed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
SEALED = sa.LargeBinary()
TABLES = (
    "notices",
    "matches",
    "occurrences",
    "subscriptions",
    "interests",
    "chats",
    "bots",
    "sightings",
    "versions",
    "studies",
    "readings",
    "set_aside",
    "leases",
    "seals",
    "gates",
)
"""In an order in which they can be dropped."""


def upgrade() -> None:
    _studies()
    _versions()
    _sightings()
    _set_aside()
    _readings()
    _bots()
    _chats()
    _interests()
    _subscriptions()
    _occurrences()
    _matches()
    _notices()
    _gates()
    _seals()
    _leases()
    gates = sa.table("gates", sa.column("name", sa.Text()))
    op.bulk_insert(gates, [{"name": "following"}, {"name": "writable"}])


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)


def where(condition: str) -> dict[str, Any]:
    """The condition of a partial index, for both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _studies() -> None:
    op.create_table(
        "studies",
        sa.Column("id", KEY, nullable=False),
        sa.Column("registry", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("ordinal", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("glimpse", sa.LargeBinary(), nullable=True),
        sa.Column("source_mark", sa.LargeBinary(), nullable=True),
        sa.Column("with_results", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("version_day", sa.Date(), nullable=True),
        sa.Column("read_day", sa.Date(), nullable=True),
        sa.Column("matched", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("merged_into_id", sa.BigInteger(), nullable=True),
        sa.Column("missing_days", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("missing_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["studies.id"], name="fk_studies_merged_into_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_studies"),
        sa.UniqueConstraint("registry", "number", name="uq_studies_registry_number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_studies_matched", "studies", ["registry"], **where("matched"))
    op.create_index(
        "ix_studies_merged_into_id",
        "studies",
        ["merged_into_id"],
        **where("merged_into_id IS NOT NULL"),
    )


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("study_id", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("data_day", sa.Date(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["studies.id"], name="fk_versions_study_id"),
        sa.PrimaryKeyConstraint("study_id", "ordinal", name="pk_versions"),
    )


def _sightings() -> None:
    op.create_table(
        "sightings",
        sa.Column("id", KEY, nullable=False),
        sa.Column("study_id", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("data_day", sa.Date(), nullable=False),
        sa.Column("changes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["studies.id"], name="fk_sightings_study_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sightings"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sightings_study_id", "sightings", ["study_id", "id"])


def _set_aside() -> None:
    op.create_table(
        "set_aside",
        sa.Column("id", KEY, nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("data_day", sa.Date(), nullable=False),
        sa.Column("registry", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_set_aside"),
        sa.UniqueConstraint("mark", "data_day", name="uq_set_aside_mark_data_day"),
        sqlite_autoincrement=True,
    )


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("registry", sa.Text(), nullable=False),
        sa.Column("done", MOMENT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("failed_at", MOMENT, nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("registry", name="pk_readings"),
    )


def _bots() -> None:
    op.create_table(
        "bots",
        sa.Column("id", KEY, nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("bot", sa.Text(), nullable=False),
        sa.Column("wait_until", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_bots"),
        sa.UniqueConstraint("platform", "bot", name="uq_bots_platform_bot"),
        sqlite_autoincrement=True,
    )


def _chats() -> None:
    op.create_table(
        "chats",
        sa.Column("id", KEY, nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("chat", SEALED, nullable=False),
        sa.Column("thread", SEALED, nullable=True),
        sa.Column("consented_at", MOMENT, nullable=True),
        sa.Column("asked", SEALED, nullable=True),
        sa.Column("paused_since", MOMENT, nullable=True),
        sa.Column("wait_until", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["bot_id"], ["bots.id"], name="fk_chats_bot_id"),
        sa.PrimaryKeyConstraint("id", name="pk_chats"),
        sa.UniqueConstraint("mark", name="uq_chats_mark"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_chats_paused_since", "chats", ["paused_since"], **where("paused_since IS NOT NULL")
    )
    op.create_index(
        "ix_chats_wait_until", "chats", ["bot_id", "wait_until"], **where("wait_until IS NOT NULL")
    )


def _interests() -> None:
    op.create_table(
        "interests",
        sa.Column("id", KEY, nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("interest", SEALED, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("baseline_done", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("baseline_token", sa.Text(), nullable=True),
        sa.Column("baseline_data", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_interests"),
        sa.UniqueConstraint("mark", name="uq_interests_mark"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_interests_baseline_owed", "interests", ["id"], **where("NOT baseline_done"))


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("study_id", sa.BigInteger(), nullable=True),
        sa.Column("interest_id", sa.BigInteger(), nullable=True),
        sa.Column("kinds", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "(study_id IS NULL) <> (interest_id IS NULL)", name="ck_subscriptions_one_thing"
        ),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_subscriptions_chat_id"),
        sa.ForeignKeyConstraint(
            ["interest_id"], ["interests.id"], name="fk_subscriptions_interest_id"
        ),
        sa.ForeignKeyConstraint(["study_id"], ["studies.id"], name="fk_subscriptions_study_id"),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint("chat_id", "interest_id", name="uq_subscriptions_chat_id_interest_id"),
        sa.UniqueConstraint("chat_id", "study_id", name="uq_subscriptions_chat_id_study_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_subscriptions_interest",
        "subscriptions",
        ["interest_id", "chat_id"],
        **where("interest_id IS NOT NULL"),
    )
    op.create_index(
        "ix_subscriptions_study",
        "subscriptions",
        ["study_id", "chat_id"],
        **where("study_id IS NOT NULL"),
    )


def _occurrences() -> None:
    op.create_table(
        "occurrences",
        sa.Column("id", KEY, nullable=False),
        sa.Column("study_id", sa.BigInteger(), nullable=False),
        sa.Column("data_day", sa.Date(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("kinds", sa.BigInteger(), nullable=False),
        sa.Column("first_posted", sa.Date(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("owed_at", MOMENT, nullable=False),
        sa.Column("spread_after", sa.BigInteger(), nullable=True),
        sa.Column("spread_upto", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["study_id"], ["studies.id"], name="fk_occurrences_study_id"),
        sa.PrimaryKeyConstraint("id", name="pk_occurrences"),
        sa.UniqueConstraint(
            "study_id", "data_day", "cause", name="uq_occurrences_study_id_data_day_cause"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_occurrences_wide", "occurrences", ["id"], **where("spread_after IS NOT NULL")
    )


def _matches() -> None:
    op.create_table(
        "matches",
        sa.Column("occurrence_id", sa.BigInteger(), nullable=False),
        sa.Column("interest_id", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("kinds", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrences.id"], name="fk_matches_occurrence_id"
        ),
        sa.PrimaryKeyConstraint("occurrence_id", "interest_id", "event", name="pk_matches"),
    )


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", KEY, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("occurrence_id", sa.BigInteger(), nullable=False),
        sa.Column("study_id", sa.BigInteger(), nullable=False),
        sa.Column("data_day", sa.Date(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("possibly_double", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["bot_id"], ["bots.id"], name="fk_notices_bot_id"),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_notices_chat_id"),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrences.id"], name="fk_notices_occurrence_id"
        ),
        sa.ForeignKeyConstraint(["study_id"], ["studies.id"], name="fk_notices_study_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint(
            "chat_id",
            "study_id",
            "data_day",
            "cause",
            name="uq_notices_chat_id_study_id_data_day_cause",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_notices_claimed", "notices", ["bot_id", "chat_id"], **where("state = 'claimed'")
    )
    op.create_index("ix_notices_dead", "notices", ["id"], **where("state = 'dead'"))
    op.create_index("ix_notices_double", "notices", ["id"], **where("possibly_double"))
    op.create_index(
        "ix_notices_due", "notices", ["bot_id", "id", "chat_id"], **where("state = 'due'")
    )
    op.create_index(
        "ix_notices_due_at", "notices", ["bot_id", "due_at", "chat_id"], **where("state = 'due'")
    )
    op.create_index(
        "ix_notices_due_chat", "notices", ["chat_id", "due_at"], **where("state = 'due'")
    )


def _gates() -> None:
    op.create_table(
        "gates",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("passed", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_gates"),
    )


def _seals() -> None:
    op.create_table(
        "seals",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed", SEALED, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_seals"),
    )


def _leases() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.Float(precision=53), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
