"""Why somebody was not told: every stage, by a table."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.change import TOLD_TO_PATIENTS, Change, Kind, mask
from bot.domain.english import SENTENCES
from bot.domain.filters import Filter, Miss, RegistrySearch
from bot.domain.notice import Event, Match, NoticeState, Occurrence
from bot.domain.study import CTGOV, Study, StudyKey
from bot.domain.told import Standing, ToldNotice
from bot.domain.version import VersionSeen
from bot.domain.watch import Interest, Subscription
from bot.domain.why import Case, Stage, causes, why_not

KEY = StudyKey(CTGOV, "NCT00000001")
SINCE = date(2026, 3, 2)
DAY = SINCE + timedelta(days=3)
AT = datetime(2026, 3, 5, 15, tzinfo=UTC)
PATIENT = mask(TOLD_TO_PATIENTS)

STATUS = Change(kind=Kind.STATUS, path="statusModule.overallStatus", old="A", new="B")
DATES = Change(kind=Kind.DATES, path="statusModule.startDateStruct", old="A", new="B")
SITE = Change(kind=Kind.SITES, path="contactsLocationsModule.locations", item="Rome")

STUDY = Study(key=KEY, brief_title="Sarcoma", conditions=("Sarcoma",), overall_status="COMPLETED")


def trial(**fields: Any) -> Subscription:
    """The trial itself is followed."""
    given = {"id": 1, "chat_id": 1, "study": KEY, "kinds": PATIENT, "since": SINCE, **fields}
    return Subscription(**given)


def condition(words: str = "sarcoma", **fields: Any) -> Subscription:
    """A condition is followed."""
    about = {name: fields.pop(name) for name in ("filter", "search") if name in fields}
    interest = Interest(words=words, phrases=(words,), **about)
    given = {"id": 2, "chat_id": 1, "interest_id": 7, "interest": interest, "kinds": PATIENT}
    return Subscription(**{**given, "since": SINCE, **fields})


def notice(state: NoticeState, *changes: Change, day: date = DAY, **fields: Any) -> ToldNotice:
    """What became of one change."""
    changes = changes or (STATUS,)
    told = Occurrence(key=KEY, data_day=day, cause="reading", changes=changes, **fields)
    return ToldNotice(id=1, occurrence=told, state=state, due_at=AT, handed_at=AT)


def standing(*notices: ToldNotice, **fields: Any) -> Standing:
    """What is known of the trial for the chat."""
    return Standing(notices=notices, **fields)


def seen(*changes: Change, day: date = DAY) -> tuple[VersionSeen, ...]:
    """A history of two versions, of which the second came with these changes."""
    first = VersionSeen(ordinal=1, data_day=SINCE - timedelta(days=9), changes=())
    return (first, VersionSeen(ordinal=2, data_day=day, changes=changes))


SEARCH = RegistrySearch(cond="x")
RECRUITING_ONLY = Filter(statuses=("RECRUITING",))
WAITS = standing(notice(NoticeState.DUE))
SITES_ONLY_NEAR = trial(kinds=mask([Kind.SITES_NEAR]))

CASES: list[tuple[str, dict[str, Any], Stage]] = [
    ("an unknown trial", {"study": None}, Stage.UNKNOWN),
    ("nothing is followed", {"subscriptions": ()}, Stage.NOT_FOLLOWED),
    ("another condition", {"subscriptions": [condition("asthma")]}, Stage.NOT_FOLLOWED),
    ("a search is not matched here", {"subscriptions": [condition(search=SEARCH)]},
     Stage.NOT_FOLLOWED),
    ("muted", {"muted": True, "standing": WAITS}, Stage.MUTED),
    ("all of it paused", {"subscriptions": [trial(paused=True), condition(paused=True)]},
     Stage.SUBSCRIPTION_PAUSED),
    ("one of two paused", {"subscriptions": [trial(paused=True), condition()]},
     Stage.NOTHING_CHANGED),
    ("on its way", {"standing": WAITS}, Stage.PENDING),
    ("being sent", {"standing": standing(notice(NoticeState.CLAIMED))}, Stage.PENDING),
    ("to a chat that was gone", {"standing": WAITS, "chat_paused": True}, Stage.CHAT_PAUSED),
    ("put off", {"standing": standing(notice(NoticeState.PUT_OFF))}, Stage.PUT_OFF),
    ("put off though filtered by now", {
        "standing": standing(notice(NoticeState.PUT_OFF)),
        "subscriptions": [condition(filter=RECRUITING_ONLY)],
    }, Stage.PUT_OFF),
    ("held since a restore", {"standing": standing(notice(NoticeState.HELD))}, Stage.HELD),
    ("given up", {"standing": standing(notice(NoticeState.DEAD))}, Stage.GIVEN_UP),
    ("an older one still waits", {
        "standing": standing(notice(NoticeState.SENT), notice(NoticeState.DUE)),
    }, Stage.PENDING),
    ("filtered", {"subscriptions": [condition(filter=RECRUITING_ONLY)]}, Stage.FILTERED),
    ("filtered by one, wanted by another", {
        "subscriptions": [condition(filter=RECRUITING_ONLY), trial()], "seen": seen(DATES),
    }, Stage.KIND_OFF),
    ("a mass change", {"standing": standing(held_on=DAY), "seen": seen(STATUS)}, Stage.HELD_MASS),
    ("being read", {"standing": standing(reading_on=DAY), "seen": seen(STATUS)}, Stage.READING),
    ("being spread", {"standing": standing(spreading=True)}, Stage.PENDING),
    ("a kind turned off", {"seen": seen(DATES)}, Stage.KIND_OFF),
    ("one of the kinds is on", {"seen": seen(DATES, STATUS)}, Stage.NOT_OWED),
    ("every kind turned off", {"subscriptions": [trial(kinds=0)], "seen": seen(STATUS)},
     Stage.KIND_OFF),
    ("turned off before its turn", {"standing": standing(notice(NoticeState.MOOT, DATES))},
     Stage.KIND_OFF),
    ("only places far away", {
        "subscriptions": [SITES_ONLY_NEAR], "standing": standing(notice(NoticeState.MOOT, SITE)),
    }, Stage.NOT_NEAR),
    ("places everywhere are asked for", {
        "subscriptions": [trial(kinds=mask([Kind.SITES]))],
        "standing": standing(notice(NoticeState.MOOT, SITE)),
    }, Stage.MOOT),
    ("nothing was left to say", {"standing": standing(notice(NoticeState.MOOT))}, Stage.MOOT),
    ("wanted and not owed", {"seen": seen(STATUS)}, Stage.NOT_OWED),
    ("nothing changed", {"seen": seen(STATUS, day=SINCE)}, Stage.NOTHING_CHANGED),
    ("no history", {}, Stage.NOTHING_CHANGED),
    ("a new trial, and new ones turned off", {
        "subscriptions": [condition(kinds=mask([Kind.STATUS]))],
        "seen": [VersionSeen(ordinal=1, data_day=DAY, changes=())],
    }, Stage.KIND_OFF),
    ("a new trial is wanted", {
        "subscriptions": [condition()],
        "seen": [VersionSeen(ordinal=1, data_day=DAY, changes=())],
    }, Stage.NOTHING_CHANGED),
    ("told", {"standing": standing(notice(NoticeState.SENT)), "seen": seen(STATUS)}, Stage.TOLD),
    ("perhaps told", {"standing": standing(notice(NoticeState.PERHAPS))}, Stage.TOLD),
    ("told before, and now another kind", {
        "standing": standing(notice(NoticeState.SENT, day=DAY - timedelta(days=1))),
        "seen": seen(DATES),
    }, Stage.KIND_OFF),
]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "stage"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_the_stage_where_it_stopped(given: dict[str, Any], stage: Stage) -> None:
    """Each state of affairs is told apart from all others."""
    case = Case(**{"study": STUDY, "subscriptions": [trial()], **given})
    assert why_not(case).stage is stage


def test_every_stage_is_in_the_table_and_in_the_catalogue() -> None:
    """No stage is without a case that leads to it and a sentence that says it."""
    assert {stage for _, _, stage in CASES} == set(Stage)
    said = {key.split(".")[1] for key in SENTENCES if key.startswith("whynot.")}
    assert set(Stage) <= said
    assert {f"whynot.filtered.{part}" for part in Miss} <= set(SENTENCES)


def test_what_a_sentence_needs_is_found() -> None:
    """The part of the filter, the day, the kinds, until when, and which subscription it is."""
    narrowed = condition(filter=RECRUITING_ONLY)
    filtered = why_not(Case(study=STUDY, subscriptions=[narrowed]))
    assert (filtered.miss, filtered.subscription) == (Miss.STATUS, narrowed)
    off = why_not(Case(study=STUDY, subscriptions=[trial()], seen=seen(SITE, DATES)))
    assert off.stage is Stage.NOT_OWED  # places near are asked for
    off = why_not(Case(study=STUDY, subscriptions=[trial()], seen=seen(DATES)))
    assert (off.day, off.kinds) == (DAY, (Kind.DATES,))
    waits = standing(notice(NoticeState.PUT_OFF))
    assert why_not(Case(study=STUDY, subscriptions=[trial()], standing=waits)).until == AT


def test_a_search_that_found_it_once_counts() -> None:
    """What the registry matched is known by the messages that it caused."""
    search = condition(search=SEARCH)
    told = notice(NoticeState.SENT, matches=(Match(7, Event.CHANGED),))
    assert (
        why_not(Case(study=STUDY, subscriptions=[search], standing=standing(told))).stage == "told"
    )
    assert why_not(Case(study=STUDY, subscriptions=[search])).searches


def test_a_message_is_traced_to_all_that_it_was_told_for() -> None:
    """The trial itself, under its old number too, and conditions with the event."""
    other = condition("gout", id=3, interest_id=8)
    told = notice(NoticeState.SENT, matches=(Match(7, Event.LEFT),))
    found = list(causes(told, [trial(), condition(), other]))
    assert [(one.id, event) for one, event in found] == [(1, "trial"), (2, "left")]
    became = Study(key=StudyKey(CTGOV, "NCT00000002"), brief_title="It")
    follows_new = trial(study=became.key)
    assert [event for _, event in causes(told, [follows_new], became)] == ["trial"]
