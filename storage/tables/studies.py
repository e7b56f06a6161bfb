"""Trials, their versions, and what is kept of them beside."""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlmodel import Field

from storage.columns import NEVER_TWICE, Row, column, key, to, where


class StudyRow(Row, table=True):
    """A trial and what is quickly asked of its newest version."""

    __tablename__ = "studies"
    __table_args__ = (
        UniqueConstraint("registry", "number"),
        Index("ix_studies_matched", "registry", **where("matched")),
        Index("ix_studies_merged_into_id", "merged_into_id", **where("merged_into_id IS NOT NULL")),
        NEVER_TWICE,
    )
    id: int | None = key()
    of_registry: str = column(Text, name="registry")
    number: str = column(Text)
    title: str | None = column(Text, nullable=True)
    ordinal: int = column(Integer, server_default=text("0"))  # 0: no version is kept
    digest: bytes | None = column(LargeBinary, nullable=True)
    glimpse: bytes | None = column(LargeBinary, nullable=True)
    source_mark: bytes | None = column(LargeBinary, nullable=True)
    with_results: bool = column(Boolean, server_default=false())
    version_day: date | None = column(Date, nullable=True)
    read_day: date | None = column(Date, nullable=True)
    matched: bool = column(Boolean, server_default=false())
    removed: bool = column(Boolean, server_default=false())
    merged_into_id: int | None = column(BigInteger, to("studies"), nullable=True)
    missing_days: int = column(Integer, server_default=text("0"))
    missing_on: date | None = column(Date, nullable=True)


class VersionRow(Row, table=True):
    """One version as the registry gave it, compressed."""

    __tablename__ = "versions"
    study_id: int = Field(sa_column=Column(BigInteger, to("studies"), primary_key=True))
    ordinal: int = Field(sa_column=Column(Integer, primary_key=True))
    data_day: date = column(Date)
    source: bytes = column(LargeBinary)


class FindableRow(Row, table=True):
    """The words by which a trial is found at once, as ``bot.domain.findable`` has them."""

    __tablename__ = "findable"
    study_id: int = Field(sa_column=Column(BigInteger, to("studies"), primary_key=True))
    words: str = column(Text)


class SightingRow(Row, table=True):
    """A line of a trial's history: a version that was first seen, a removal, a merge."""

    __tablename__ = "sightings"
    __table_args__ = (Index("ix_sightings_study_id", "study_id", "id"), NEVER_TWICE)
    id: int | None = key()
    study_id: int = column(BigInteger, to("studies"))
    ordinal: int = column(Integer)
    data_day: date = column(Date)
    changes: bytes = column(LargeBinary)
    submitted: date | None = column(Date, nullable=True)


class SetAsideRow(Row, table=True):
    """A record that could not be read. ``mark`` is of its key, or of its source without one."""

    __tablename__ = "set_aside"
    __table_args__ = (UniqueConstraint("mark", "data_day"), NEVER_TWICE)
    id: int | None = key()
    mark: bytes = column(LargeBinary)
    data_day: date = column(Date)
    of_registry: str | None = column(Text, name="registry", nullable=True)
    number: str | None = column(Text, nullable=True)
    reason: str = column(Text)
    source: bytes = column(LargeBinary)
