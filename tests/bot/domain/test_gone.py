"""Telling people who leave from an outage."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.gone import GONE_FOR, GONE_KNOWN, GONE_LEAST, GoneWatch
from bot.domain.outcome import ChatGone, Outcome, Sent

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
GONE = ChatGone("blocked")


def noted(
    watch: GoneWatch, chats: Iterable[int], outcome: Outcome, now: datetime = NOW
) -> GoneWatch:
    """The watch after a try at each of these chats."""
    for chat in chats:
        watch = watch.note(chat, outcome, now)
    return watch


@pytest.mark.parametrize(
    ("gone", "sent", "outage"),
    [(1, 2, False), (GONE_LEAST, 0, True), (GONE_LEAST, 40, False), (20, 30, True)],
)
def test_leaving_is_told_from_an_outage_by_its_share(gone: int, sent: int, outage: bool) -> None:
    """A few of many leave; many of many at once is the platform's fault."""
    watch = noted(GoneWatch(), range(100, 100 + sent), Sent())
    assert noted(watch, range(gone), GONE).outage(NOW) is outage


def test_a_chat_counts_once_however_often_it_is_tried() -> None:
    """One chat that is tried again and again is one chat that is gone."""
    assert not noted(GoneWatch(), [1] * 50, GONE).outage(NOW)


def test_an_outage_of_few_chats_ends_within_the_hour() -> None:
    """Where eight people left a small bot and are tried each quarter, they are soon believed."""
    watch, outages = GoneWatch(), []
    for quarter in range(12):
        now = NOW + quarter * QUARTER
        watch = noted(watch, range(GONE_LEAST), GONE, now)
        outages.append(watch.outage(now))
    assert outages == [True] * 4 + [False] * 8


def test_an_outage_lasts_while_others_newly_seem_gone() -> None:
    """Whoever is tried for the first time late in an outage is not paused for it either."""
    watch = noted(GoneWatch(), range(GONE_LEAST), GONE)
    now = NOW + 3 * QUARTER
    watch = noted(watch, range(100, 100 + GONE_LEAST), GONE, now)
    assert watch.outage(NOW + 5 * QUARTER)
    assert watch.newly_gone(NOW + 5 * QUARTER) == frozenset(range(100, 100 + GONE_LEAST))


def test_what_is_older_than_an_hour_is_forgotten() -> None:
    """A quiet bot does not hold yesterday's leavers against today's."""
    watch = noted(GoneWatch(), range(GONE_LEAST), GONE)
    later = NOW + GONE_FOR
    assert not watch.outage(later)
    assert [one.chat for one in watch.note(77, Sent(), later).tried] == [77]


def test_a_chat_that_was_sent_to_is_not_gone_any_more() -> None:
    """The last answer of a chat is what counts, and its next leaving is a new one."""
    watch = noted(GoneWatch(), range(GONE_LEAST), GONE)
    watch = watch.note(0, Sent(), NOW)
    assert not watch.outage(NOW)
    again = watch.note(0, GONE, NOW + 3 * QUARTER)
    assert again.newly_gone(NOW + 4 * QUARTER) == {0}


def test_noting_leaves_the_value_as_it_was() -> None:
    """The watch is a value: a new one comes of each try."""
    before = noted(GoneWatch(), range(3), GONE)
    before.note(9, GONE, NOW)
    assert before == noted(GoneWatch(), range(3), GONE)


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.integers(0, 40)), max_size=60))
def test_it_stays_small_and_knows_each_chat_once(tries: list[tuple[int, bool, int]]) -> None:
    """Whatever is tried in whatever order: a chat stands there once, and nothing old."""
    watch, now = GoneWatch(), NOW
    for chat, gone, minutes in tries:
        now += timedelta(minutes=minutes)
        watch = watch.note(chat, GONE if gone else Sent(), now)
        chats = [one.chat for one in watch.tried]
        assert len(chats) == len(set(chats)) <= GONE_KNOWN
        assert all(one.at > now - GONE_FOR and one.since <= one.at for one in watch.tried)
        assert watch.newly_gone(now) <= {one.chat for one in watch.tried if one.gone}
