"""What a chat chose: settings, mutes, what rests; what was told together, and where."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SEALED = sa.LargeBinary()


def upgrade() -> None:
    op.add_column("chats", sa.Column("settings", SEALED, nullable=True))
    op.add_column("subscriptions", _paused())
    op.add_column("notices", sa.Column("told_with", sa.BigInteger(), nullable=True))
    op.create_table(
        "mutes",
        *_of_one_chat_and_trial("mutes"),
        sa.PrimaryKeyConstraint("chat_id", "study_id", name="pk_mutes"),
    )
    op.create_table(
        "posts",
        sa.Column("id", KEY, nullable=False),
        *_of_one_chat_and_trial("posts"),
        sa.Column("message", SEALED, nullable=True),
        sa.Column("thread", SEALED, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
        sa.UniqueConstraint("chat_id", "study_id", name="uq_posts_chat_id_study_id"),
        sqlite_autoincrement=True,
    )


def _paused() -> sa.Column[bool]:
    return sa.Column("paused", sa.Boolean(), server_default=sa.false(), nullable=False)


def _of_one_chat_and_trial(table: str) -> tuple[SchemaItem, ...]:
    return (
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("study_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=f"fk_{table}_chat_id"),
        sa.ForeignKeyConstraint(["study_id"], ["studies.id"], name=f"fk_{table}_study_id"),
    )


def downgrade() -> None:
    op.drop_table("posts")
    op.drop_table("mutes")
    for table, name in (
        ("notices", "told_with"),
        ("subscriptions", "paused"),
        ("chats", "settings"),
    ):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(name)
