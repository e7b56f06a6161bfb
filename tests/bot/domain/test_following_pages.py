"""The list of what a chat follows, as pages that each fit into one message of any platform."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.change import Kind, mask
from bot.domain.message import Message
from bot.domain.paging import room_in, weight_of
from bot.domain.replies.managing import PAGE, following
from bot.domain.replies.muting import muted_list
from bot.domain.study import CTGOV, StudyKey
from bot.domain.watch import Interest, Subscription

KINDS = st.sets(st.sampled_from(Kind)).map(mask)
WORDS = st.text("abc *_é", min_size=1, max_size=90).filter(str.strip)


@st.composite
def subscriptions(draw: st.DrawFn) -> list[Subscription]:
    """Trials and conditions with all sorts of choices."""
    chosen = draw(st.lists(st.tuples(st.booleans(), WORDS, KINDS, st.booleans()), max_size=30))
    return [
        Subscription(
            id=number,
            chat_id=1,
            study=StudyKey(CTGOV, f"NCT{number:08}") if is_trial else None,
            interest=None if is_trial else Interest(words=words),
            title=words * 4 if is_trial else None,
            kinds=kinds,
            since=date(2026, 3, 2),
            paused=paused,
        )
        for number, (is_trial, words, kinds, paused) in enumerate(chosen, 1)
    ]


def next_page(message: Message) -> int | None:
    """Where its button for the next page leads."""
    found = [one.action or "" for one in message.buttons if one.label == "Next page"]
    return int(found[0].rpartition(" ")[2]) if found else None


@given(subscriptions(), st.integers(0, 3))
def test_pages_hold_every_entry_once_and_fit(followed: list[Subscription], muted: int) -> None:
    """However long names and choices are; each entry has its number in the list and its button."""
    keys = [StudyKey(CTGOV, f"NCT{number:08}") for number in range(muted)]
    page: int | None = 1
    seen: list[str] = []
    while page is not None:
        shown = following(followed, keys, page)
        assert sum(map(weight_of, shown.sections)) <= room_in(shown)
        entries = [one.action or "" for one in shown.buttons if (one.action or "")[:4] == "sub "]
        assert len(entries) <= PAGE
        seen += entries
        page = next_page(shown)
    assert seen == [f"sub {one.id}" for one in followed]


@given(st.integers(1, 40))
def test_every_muted_trial_can_be_heard_of_again(count: int) -> None:
    """From page to page, each with its own button."""
    keys = [StudyKey(CTGOV, f"NCT{number:08}") for number in range(count)]
    page: int | None = 1
    seen: list[str] = []
    while page is not None:
        shown = muted_list(keys, page)
        seen += [one.action or "" for one in shown.buttons if (one.action or "")[:6] == "unmute"]
        page = next_page(shown)
    assert seen == [f"unmute {key.number}" for key in keys]
