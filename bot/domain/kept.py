"""What is kept of a chat besides what it follows and chose, as it is shown to the chat itself."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.domain.notice import NoticeState
from bot.domain.posting import Post
from bot.domain.study import StudyKey


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One message that was sent, or is owed."""

    key: StudyKey
    data_day: date
    cause: str
    state: NoticeState


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """Messages in the order in which they came to be owed, and posts by the trials' numbers."""

    told: tuple[Told, ...] = ()
    posts: tuple[tuple[StudyKey, Post], ...] = ()
