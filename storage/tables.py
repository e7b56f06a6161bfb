"""The tables. Statements are written against ``Table`` handles, as bulk work needs it."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    false,
    inspect,
    text,
)
from sqlmodel import Field, SQLModel

from storage.columns import NEVER_TWICE, Moment, Row, column, key, to, where
from storage.sealed import Sealed

NOT_DUE = "state <> 'due'"  # notices that do not wait to be sent


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


class BotRow(Row, table=True):
    """A bot account of ours on a platform, and until when all that it sends has to wait."""

    __tablename__ = "bots"
    __table_args__ = (UniqueConstraint("platform", "bot"), NEVER_TWICE)
    id: int | None = key()
    platform: str = column(Text)
    bot: str = column(Text)
    wait_until: datetime | None = column(Moment, nullable=True)


class ChatRow(Row, table=True):
    """A chat. ``mark`` is of its whole address, by which it is found again."""

    __tablename__ = "chats"
    __table_args__ = (
        UniqueConstraint("mark"),
        Index("ix_chats_wait_until", "bot_id", "wait_until", **where("wait_until IS NOT NULL")),
        Index("ix_chats_remind_at", "bot_id", "remind_at", **where("remind_at IS NOT NULL")),
        Index("ix_chats_paused_since", "paused_since", **where("paused_since IS NOT NULL")),
        NEVER_TWICE,
    )
    id: int | None = key()
    bot_id: int = column(BigInteger, to("bots"))
    mark: bytes = column(LargeBinary)
    chat: str = column(Sealed("chat"))
    thread: str | None = column(Sealed("thread"), nullable=True)
    consented_at: datetime | None = column(Moment, nullable=True)
    asked: str | None = column(Sealed("asked"), nullable=True)
    searches: str | None = column(Sealed("searches"), nullable=True)
    paused_since: datetime | None = column(Moment, nullable=True)
    probed_at: datetime | None = column(Moment, nullable=True)  # NULL: it is to be tried at once
    wait_until: datetime | None = column(Moment, nullable=True)
    put_off_until: datetime | None = column(Moment, nullable=True)  # what is owed, by choice
    remind_at: datetime | None = column(Moment, nullable=True)  # that it is still watched for
    settings: str | None = column(Sealed("settings"), nullable=True)


class InterestRow(Row, table=True):
    """A followed condition. ``mark`` is of all of it, ``topic`` of it without its filter."""

    __tablename__ = "interests"
    __table_args__ = (
        UniqueConstraint("mark"),
        Index("ix_interests_baseline_owed", "id", **where("NOT baseline_done")),
        Index("ix_interests_topic", "topic"),
        Index("ix_interests_searched", "id", **where("searched")),
        NEVER_TWICE,
    )
    id: int | None = key()
    mark: bytes = column(LargeBinary)
    interest: str = column(Sealed("interest"))
    since: date = column(Date)
    topic: bytes | None = column(LargeBinary, nullable=True)  # NULL: from before there were any
    searched: bool = column(Boolean, server_default=false())  # a search in the registry's own words
    baseline_done: bool = column(Boolean, server_default=false())
    baseline_token: str | None = column(Text, nullable=True)
    baseline_data: datetime | None = column(Moment, nullable=True)


class SearchMemberRow(Row, table=True):
    """A trial that a followed registry search found when it was last asked, by ``topic``."""

    __tablename__ = "search_members"
    __table_args__ = (Index("ix_search_members_study_id", "study_id"),)
    topic: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    study_id: int = Field(sa_column=Column(BigInteger, to("studies"), primary_key=True))


class SubscriptionRow(Row, table=True):
    """One thing that one chat follows."""

    __tablename__ = "subscriptions"
    __table_args__ = (
        UniqueConstraint("chat_id", "study_id"),
        UniqueConstraint("chat_id", "interest_id"),
        CheckConstraint("(study_id IS NULL) <> (interest_id IS NULL)", name="one_thing"),
        # With the kinds in it, so that followers are walked along without looking at their rows.
        Index(
            "ix_subscriptions_of_study",
            *("study_id", "chat_id", "kinds"),
            **where("study_id IS NOT NULL"),
        ),
        Index(
            "ix_subscriptions_of_interest",
            *("interest_id", "chat_id", "kinds"),
            **where("interest_id IS NOT NULL"),
        ),
        NEVER_TWICE,
    )
    id: int | None = key()
    chat_id: int = column(BigInteger, to("chats"))
    study_id: int | None = column(BigInteger, to("studies"), nullable=True)
    interest_id: int | None = column(BigInteger, to("interests"), nullable=True)
    kinds: int = column(BigInteger)
    since: date = column(Date)
    paused: bool = column(Boolean, server_default=false())


class MuteRow(Row, table=True):
    """A trial that a chat wants to hear nothing of, whatever else it follows."""

    __tablename__ = "mutes"
    chat_id: int = Field(sa_column=Column(BigInteger, to("chats"), primary_key=True))
    study_id: int = Field(sa_column=Column(BigInteger, to("studies"), primary_key=True))


class PostRow(Row, table=True):
    """Where a chat was first told of a trial, so that what comes later stands beneath it."""

    __tablename__ = "posts"
    __table_args__ = (UniqueConstraint("chat_id", "study_id"), NEVER_TWICE)
    id: int | None = key()
    chat_id: int = column(BigInteger, to("chats"))
    study_id: int = column(BigInteger, to("studies"))
    message: str | None = column(Sealed("post"), nullable=True)
    thread: str | None = column(Sealed("post"), nullable=True)


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


def _table(model: type[SQLModel]) -> Table:
    return cast("Table", inspect(model).local_table)


gates = _table(Gate)
seals = _table(Seal)
leases = _table(LeaseRow)
notes = _table(Note)
readings = _table(ReadingRow)
studies = _table(StudyRow)
versions = _table(VersionRow)
findable_words = _table(FindableRow)
sightings = _table(SightingRow)
set_aside = _table(SetAsideRow)
bots = _table(BotRow)
chats = _table(ChatRow)
interests = _table(InterestRow)
search_members = _table(SearchMemberRow)
subscriptions = _table(SubscriptionRow)
mutes = _table(MuteRow)
posts = _table(PostRow)
occurrences = _table(OccurrenceRow)
holds = _table(HoldRow)
matches = _table(MatchRow)
notices = _table(NoticeRow)
