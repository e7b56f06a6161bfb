"""What happened, and what is owed for it."""

from __future__ import annotations

from datetime import date, datetime

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

from storage.columns import NEVER_TWICE, Moment, Row, column, key, to, where

NOT_DUE = "state <> 'due'"  # notices that do not wait to be sent


class OccurrenceRow(Row, table=True):
    """What happened to a trial, to be told. ``body`` holds its changes and matches.

    ``touched`` is JSON: the ids of the conditions that it touches, by event. Its fan-out runs along
    it, with the kinds of the occurrence where something changed.

    A wide one is owed as this row until ``spread_after`` is NULL again: chats with a larger id
    still get theirs, by the subscriptions up to ``spread_upto`` (who followed later is not told).
    One that ``waits`` is not owed yet: until its reading is complete or, with a ``hold_id``, until
    the operator or time lets it go; ``spread_upto`` counts for it too.
    """

    __tablename__ = "occurrences"
    __table_args__ = (
        UniqueConstraint("study_id", "data_day", "cause"),
        Index("ix_occurrences_wide", "id", **where("spread_after IS NOT NULL")),
        Index("ix_occurrences_owed_at", "owed_at"),
        Index("ix_occurrences_waits", "hold_id", "id", **where("waits")),
        NEVER_TWICE,
    )
    id: int | None = key()
    study_id: int = column(BigInteger, to("studies"))
    data_day: date = column(Date)
    cause: str = column(Text)
    kinds: int = column(BigInteger)
    first_posted: date | None = column(Date, nullable=True)
    touched: str | None = column(Text, nullable=True)
    body: bytes = column(LargeBinary)
    owed_at: datetime = column(Moment)
    spread_after: int | None = column(BigInteger, nullable=True)
    spread_upto: int | None = column(BigInteger, nullable=True)
    waits: bool = column(Boolean, server_default=false())
    posted: bool = column(Boolean, server_default=false())
    lapsed: bool = column(Boolean, server_default=false())
    hold_id: int | None = column(BigInteger, nullable=True)


class HoldRow(Row, table=True):
    """A way in which many records changed at once; ``way`` is a ``bot.domain.mass.Way`` as JSON.

    ``state`` is ``held``, ``released``, ``late`` (let go because nobody answered) or ``dropped``;
    ``waited_days`` counts the data days that were read since.
    """

    __tablename__ = "holds"
    __table_args__ = (UniqueConstraint("data_day", "way"), NEVER_TWICE)
    id: int | None = key()
    data_day: date = column(Date)
    way: str = column(Text)
    state: str = column(Text)
    read: int = column(Integer)
    usual: int = column(Integer)
    waited_days: int = column(Integer, server_default=text("0"))
    waited_on: date = column(Date)


class MatchRow(Row, table=True):
    """As earlier releases kept what an occurrence touches; nothing is added any more.

    The interest may be gone by now, so it is not a foreign key.
    """

    __tablename__ = "matches"
    occurrence_id: int = Field(sa_column=Column(BigInteger, to("occurrences"), primary_key=True))
    interest_id: int = Field(sa_column=Column(BigInteger, primary_key=True))
    event: str = Field(sa_column=Column(Text, primary_key=True))
    kinds: int = column(BigInteger)


class NoticeRow(Row, table=True):
    """A debt to one chat. It repeats the occurrence's key for who counts or lists.

    ``bot_id`` repeats the chat's, for the index that claiming runs along. A row of this table is
    written for each chat that is told, a million for one change, so it carries no more indexes than
    are asked, and no foreign keys: migration 0010 says why it needs none.
    """

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("chat_id", "occurrence_id"),
        Index("ix_notices_due", "bot_id", "id", "chat_id", **where("state = 'due'")),
        Index("ix_notices_put_off", "bot_id", "due_at", **where("state = 'put_off'")),
        Index("ix_notices_not_due", "state", "due_at", **where(NOT_DUE)),
        Index("ix_notices_occurrence_id", "occurrence_id"),
        Index("ix_notices_double", "id", **where("possibly_double")),
        NEVER_TWICE,
    )
    id: int | None = key()
    chat_id: int = column(BigInteger)
    bot_id: int = column(BigInteger)
    occurrence_id: int = column(BigInteger)
    study_id: int = column(BigInteger)
    data_day: date = column(Date)
    cause: str = column(Text)
    state: str = column(Text)
    due_at: datetime = column(Moment)
    tries: int = column(Integer, server_default=text("0"))
    error: str | None = column(Text, nullable=True)
    message_id: str | None = column(Text, nullable=True)
    possibly_double: bool = column(Boolean, server_default=false())
    claimed_at: datetime | None = column(Moment, nullable=True)
    unsure_since: datetime | None = column(Moment, nullable=True)  # from then it may have arrived
    lost_answers: int = column(Integer, server_default=text("0"))
    told_with: int | None = column(BigInteger, nullable=True)  # the first of those told together
