"""The tables. Statements are written against ``Table`` handles, as bulk work needs it."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, inspect
from sqlmodel import SQLModel

from storage.tables.chats import (
    BotRow,
    ChatRow,
    InterestRow,
    MuteRow,
    PostRow,
    SearchMemberRow,
    SubscriptionRow,
)
from storage.tables.owed import NOT_DUE as NOT_DUE
from storage.tables.owed import HoldRow, MatchRow, NoticeRow, OccurrenceRow
from storage.tables.running import Gate, LeaseRow, Note, ReadingRow, Seal
from storage.tables.studies import FindableRow, SetAsideRow, SightingRow, StudyRow, VersionRow


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
