"""What of an occurrence one chat hears."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from bot.domain.change import Kind, mask
from bot.domain.filters import Filter, Miss
from bot.domain.hearing import hear
from bot.domain.notice import Event, Match
from bot.domain.study import StudyKey
from bot.domain.telling import tell
from bot.domain.watch import Interest, Subscription
from tests.bot.domain.test_telling import KEY, STATUS, STUDY, WHY, by_number, by_words, occurrence

OTHER = StudyKey("ctgov", "NCT90000102")


def test_subscription_that_rests_is_told_nothing() -> None:
    """A paused one counts for nothing; another of the same chat tells for itself alone."""
    resting = replace(by_number(), paused=True)
    assert tell(occurrence(STATUS), [resting], STUDY) is None
    both = occurrence(STATUS, matches=(Match(7, Event.CHANGED),))
    heard = hear(both, [resting, by_words()], STUDY)
    assert [one.subscription for one in heard.concerned] == [by_words()]


@pytest.mark.parametrize(("muted", "is_told"), [((KEY,), False), ((OTHER,), True), ((), True)])
def test_muted_trial_is_told_in_no_way(muted: tuple[StudyKey, ...], is_told: bool) -> None:
    """Neither who follows it nor who follows its condition hears of a trial that the chat muted."""
    left = occurrence(STATUS, matches=(Match(7, Event.LEFT),))
    assert bool(hear(left, [by_number(), by_words()], STUDY, muted=muted)) is is_told


def test_mute_of_a_trial_that_was_merged_holds_for_either_number() -> None:
    """The newest version stands under the new number, and the debt under the old one."""
    merged = replace(STUDY, key=OTHER)
    for muted in (KEY, OTHER):
        assert not hear(occurrence(STATUS), [by_number()], merged, muted=(muted,))


@pytest.mark.parametrize(
    ("event", "kinds", "is_event", "changes"),
    [
        (Event.LEFT, (Kind.LEFT,), True, ()),
        (Event.LEFT, (Kind.LEFT, Kind.STATUS), True, (STATUS,)),
        (Event.LEFT, (Kind.STATUS,), False, (STATUS,)),
        (Event.LEFT, (Kind.NEW,), False, ()),
        (Event.ENTERED, (Kind.NEW,), True, ()),
        (Event.ENTERED, (Kind.NEW, Kind.WHY_STOPPED), True, (WHY,)),
        (Event.ENTERED, (Kind.STATUS,), False, ()),
        (Event.CHANGED, (Kind.STATUS, Kind.LEFT), False, (STATUS,)),
        (Event.CHANGED, (Kind.LEFT,), False, ()),
    ],
)
def test_events_carry_the_changes_that_are_asked_for(
    event: Event, kinds: tuple[Kind, ...], is_event: bool, changes: tuple[object, ...]
) -> None:
    """What came needs NEW; what left is an event with LEFT, and its changes are told without."""
    happened = occurrence(WHY, STATUS, matches=(Match(7, event),))
    heard = hear(happened, [by_words(kinds=mask(kinds))], STUDY)
    assert (bool(heard.events), heard.changes) == (is_event, changes)
    assert bool(heard) is (is_event or bool(changes))


def test_several_subscriptions_give_one_message_that_names_each() -> None:
    """Left for one condition and entered another: both sentences, the change once, all reasons."""
    gout = Subscription(
        id=3,
        chat_id=1,
        interest_id=8,
        interest=Interest(words="gout", phrases=("gout",)),
        kinds=mask(Kind),
        since=date(2026, 1, 1),
    )
    moved = occurrence(STATUS, matches=(Match(7, Event.LEFT), Match(8, Event.ENTERED)))
    message = tell(moved, [by_words(), gout, by_number()], STUDY)
    assert message is not None
    assert message.lede is not None
    assert "no longer matches “sarcoma”" in message.lede
    assert "now matches “gout”" in message.lede
    lines = [line for section in message.sections for line in section.lines]
    assert sum("is now “Terminated”" in line for line in lines) == 1
    assert len(message.sections[-1].lines) == 3


@pytest.mark.parametrize(
    ("event", "stands", "is_event"),
    [
        (Event.LEFT, "SUSPENDED", True),
        (Event.LEFT, "RECRUITING", False),
        (Event.ENTERED, "RECRUITING", True),
        (Event.ENTERED, "SUSPENDED", False),
    ],
)
def test_no_status_is_claimed_that_went_back(event: Event, stands: str, is_event: bool) -> None:
    """Of a fault that was taken back before it was told, nobody hears that the trial left by it."""
    follower = by_words()
    assert follower.interest is not None
    wanted = replace(follower.interest, filter=Filter(statuses=("RECRUITING",)))
    gone_back = occurrence(matches=(Match(7, event, Miss.STATUS),))
    heard = hear(
        gone_back, [replace(follower, interest=wanted)], replace(STUDY, overall_status=stands)
    )
    assert bool(heard.events) is is_event
