"""What keeps the program itself in order: locks, seals, leases, readings."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Text,
    text,
)
from sqlmodel import Field

from storage.columns import Moment, Row, column
from storage.sealed import Sealed


class Gate(Row, table=True):
    """One row for each thing that has to be done alone or together, to be locked."""

    __tablename__ = "gates"
    name: str = Field(sa_column=Column(Text, primary_key=True))
    passed: int = column(BigInteger, server_default=text("0"))


class Seal(Row, table=True):
    """A known text, sealed: it opens with the right secret key only."""

    __tablename__ = "seals"
    name: str = Field(sa_column=Column(Text, primary_key=True))
    sealed: str = column(Sealed("seal"))


class LeaseRow(Row, table=True):
    """Who may do something alone. ``expires`` is in seconds of the database's own clock."""

    __tablename__ = "leases"
    name: str = Field(sa_column=Column(Text, primary_key=True))
    holder: str | None = column(Text, nullable=True)
    fence: int = column(BigInteger)
    expires: float = column(Float(53))


class Note(Row, table=True):
    """Something small that outlives a restart: what was told, what is wrong."""

    __tablename__ = "notes"
    key: str = Field(sa_column=Column(Text, primary_key=True))
    value: str = column(Text)


class ReadingRow(Row, table=True):
    """How far a registry was read."""

    __tablename__ = "readings"
    of_registry: str = Field(sa_column=Column("registry", Text, primary_key=True))
    done: datetime | None = column(Moment, nullable=True)
    finished_at: datetime | None = column(Moment, nullable=True)
    failed_at: datetime | None = column(Moment, nullable=True)
    failure: str | None = column(Text, nullable=True)
