"""What becomes of a claimed notice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.address import Address
from bot.domain.change import Change
from bot.domain.notice import Notice
from bot.domain.settings.chat import ChatSettings, Rhythm
from bot.domain.turns import FEW, Turn, turn_of
from tests.studies import NOW, happened, status

STOPPED = status("TERMINATED", "RECRUITING")
QUIET = ChatSettings(quiet_from=14, quiet_to=16)
LOUD = ChatSettings(quiet_from=14, quiet_to=16, urgent_in_quiet=True)
DAILY = ChatSettings(rhythm=Rhythm.DAILY)
END = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


def notice(
    settings: ChatSettings, *changes: Change, cause: str = "reading", **fields: Any
) -> Notice:
    """Something that is owed since now."""
    return Notice(
        id=1,
        chat_id=1,
        address=Address("terminal", "local", "you"),
        occurrence=happened(1, *changes, cause=cause),
        owed_at=fields.pop("owed_at", NOW),
        settings=settings,
        **fields,
    )


def urgent(settings: ChatSettings, **fields: Any) -> Notice:
    """The same, of a trial that was stopped."""
    one = status("TERMINATED", "RECRUITING")
    path = "protocolSection.statusModule.overallStatus"
    return notice(settings, Change(kind=one.kind, path=path, old=one.old, new=one.new), **fields)


NOW_ALONE, NOW_TOGETHER = Turn(), Turn(together=True)
YESTERDAY = NOW - timedelta(days=1)


@pytest.mark.parametrize(
    ("one", "turn"),
    [
        (notice(ChatSettings()), NOW_ALONE),
        (notice(ChatSettings(), others=FEW - 1), NOW_ALONE),
        (notice(ChatSettings(), others=FEW), NOW_TOGETHER),
        (notice(DAILY, others=5), Turn(until=datetime(2026, 3, 3, 8, 0, tzinfo=UTC))),
        (notice(DAILY, owed_at=YESTERDAY), NOW_ALONE),
        (notice(DAILY, owed_at=YESTERDAY, others=1), NOW_TOGETHER),
        (notice(QUIET), Turn(until=END)),
        (urgent(QUIET), Turn(until=END)),
        (notice(LOUD), Turn(until=END, alone=True)),
        (urgent(LOUD, others=9), NOW_ALONE),
        (urgent(LOUD, unsure=True, told_with=7), NOW_TOGETHER),
        (notice(ChatSettings(), others=9, unsure=True), NOW_ALONE),
        (notice(ChatSettings(), unsure=True, told_with=1), NOW_TOGETHER),
        (notice(ChatSettings(), cause="late-3"), NOW_TOGETHER),
        (notice(ChatSettings(threads=True), others=9), NOW_ALONE),
    ],
)
def test_turns(one: Notice, turn: Turn) -> None:
    """Few come one by one, many together; the night and the digest's hour put off."""
    assert turn_of(one, UTC, NOW) == turn
