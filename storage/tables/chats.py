"""Chats, and what they follow."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    false,
)
from sqlmodel import Field

from storage.columns import NEVER_TWICE, Moment, Row, column, key, to, where
from storage.sealed import Sealed


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
        # With all that decides whether they are told, so that SQLite, which has the id in every
        # index, walks along followers without looking at their rows.
        Index(
            "ix_subscriptions_of_study",
            *("study_id", "chat_id", "kinds"),
            **where("study_id IS NOT NULL"),
        ),
        Index(
            "ix_subscriptions_of_interest",
            *("interest_id", "chat_id", "kinds", "since"),
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
