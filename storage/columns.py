"""What the tables' columns are made of.

Keys are 64 bits wide (SQLModel's ``int`` is 32 on PostgreSQL; SQLite counts up only in a plain
INTEGER), and never used twice: what was once owed to one chat must not fall to another.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Dialect, ForeignKey, Integer, MetaData, text
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

Key = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

NEVER_TWICE = {"sqlite_autoincrement": True}
"""Keys are never used again: PostgreSQL does so by itself, SQLite where it is told."""


def where(condition: str) -> dict[str, Any]:
    """An index over the few rows that anybody looks for."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC with its zone set; SQLite, which keeps no zone, is given the same clock."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; a moment without a zone is a mistake and raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Back with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Row(SQLModel, registry=registry(metadata=metadata)):
    """What all tables have in common: their metadata."""


def key() -> Any:
    """The number of a row."""
    return Field(default=None, sa_column=Column("id", Key, primary_key=True))


def column(
    kind: TypeEngine[Any] | type[TypeEngine[Any]],
    *args: Any,
    name: str | None = None,
    nullable: bool = False,
    server_default: Any = None,
) -> Any:
    """A column; ``name`` where SQLAlchemy keeps the column's own name for itself."""
    made = Column(name, kind, *args, nullable=nullable, server_default=server_default)
    return Field(sa_column=made)


def to(target: str, **options: Any) -> ForeignKey:
    """A reference to a row of another table."""
    return ForeignKey(f"{target}.id", **options)
