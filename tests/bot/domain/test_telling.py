"""From a debt to its message."""

from __future__ import annotations

from datetime import date

from bot.domain.change import TOLD_TO_PROFESSIONALS, Change, Kind, Op, mask
from bot.domain.message import Message
from bot.domain.notice import Event, Match, Occurrence
from bot.domain.study import Study, StudyKey
from bot.domain.telling import tell
from bot.domain.watch import Interest, Subscription

KEY = StudyKey("ctgov", "NCT90000101")
STUDY = Study(key=KEY, brief_title="Cells for sarcoma", overall_status="TERMINATED")
DAY = date(2026, 3, 3)
STATUS = Change(
    kind=Kind.STATUS,
    path="protocolSection.statusModule.overallStatus",
    old="RECRUITING",
    new="TERMINATED",
)
WHY = Change(
    kind=Kind.WHY_STOPPED, path="protocolSection.statusModule.whyStopped", new="No more funds."
)
SITE = Change(
    kind=Kind.SITES,
    path="protocolSection.contactsLocationsModule.locations",
    op=Op.ADDED,
    item="Hospital, Lyon, France",
    new="RECRUITING",
)


def occurrence(*changes: Change, matches: tuple[Match, ...] = (), new: bool = False) -> Occurrence:
    """What happened to the trial on the day."""
    return Occurrence(
        key=KEY,
        data_day=DAY,
        cause="reading",
        changes=changes,
        matches=matches,
        first_posted=DAY if new else None,
    )


def by_number(kinds: int = mask(TOLD_TO_PROFESSIONALS)) -> Subscription:
    """A chat that follows the trial."""
    return Subscription(id=1, chat_id=1, study=KEY, kinds=kinds, since=date(2026, 1, 1))


def by_words(
    since: date = date(2026, 1, 1), kinds: int = mask(TOLD_TO_PROFESSIONALS)
) -> Subscription:
    """A chat that follows sarcoma."""
    return Subscription(
        id=2,
        chat_id=1,
        interest_id=7,
        interest=Interest(words="sarcoma", phrases=("sarcoma",)),
        kinds=kinds,
        since=since,
    )


def text(message: Message | None) -> str:
    """All that the message says, a line each."""
    assert message is not None
    lines = [message.title, message.lede or ""]
    lines += [f"{fact.label}: {fact.value}" for fact in message.facts]
    for section in message.sections:
        lines += [section.heading, *section.lines]
    return "\n".join(lines)


def test_a_change_is_told_with_what_it_was_what_it_is_and_why() -> None:
    """Old, new, the reason in quotes, the meaning of the status, and why one hears of it."""
    told = text(tell(occurrence(SITE, WHY, STATUS), [by_number()], STUDY))
    assert "The status was “Recruiting” and is now “Terminated”." in told
    assert "The trial stopped early and will not start again." in told
    assert "“No more funds.”" in told
    assert "A place was added: Hospital, Lyon, France (Recruiting)." in told
    assert "because you follow this trial" in told
    assert told.index("Terminated") < told.index("No more funds") < told.index("Lyon")


def test_only_the_kinds_that_were_chosen_are_told() -> None:
    """A chat that asked for the status alone does not hear of sites."""
    chosen = by_number(mask([Kind.STATUS]))
    assert "Lyon" not in text(tell(occurrence(STATUS, SITE), [chosen], STUDY))
    assert tell(occurrence(SITE), [chosen], STUDY) is None


def test_who_no_longer_follows_is_told_nothing() -> None:
    """A debt to somebody who stopped following is moot."""
    assert tell(occurrence(STATUS), [], STUDY) is None


def test_a_new_trial_is_told_to_those_who_followed_before_it_was_posted() -> None:
    """New is new since the follow: with its status and conditions, and the words followed."""
    new = occurrence(matches=(Match(7, Event.NEW),), new=True)
    assert "A new trial was registered that matches “sarcoma”." in text(
        tell(new, [by_words()], STUDY)
    )
    assert tell(new, [by_words(since=date(2026, 3, 4))], STUDY) is None


def test_entering_and_leaving_name_the_condition_and_changes_come_along() -> None:
    """A trial that leaves what is followed is told as leaving, not as a list of fields alone."""
    left = occurrence(STATUS, matches=(Match(7, Event.LEFT),))
    told = text(tell(left, [by_words()], STUDY))
    assert "no longer matches “sarcoma”" in told
    entered = occurrence(matches=(Match(7, Event.ENTERED),))
    assert "now matches “sarcoma”" in text(tell(entered, [by_words()], STUDY))


def test_one_trial_and_one_day_is_one_message_for_several_follows() -> None:
    """Who follows the trial and its condition hears once, with both reasons."""
    both = occurrence(STATUS, matches=(Match(7, Event.CHANGED),))
    told = text(tell(both, [by_number(), by_words()], STUDY))
    assert told.count("is now “Terminated”") == 1
    assert "this trial" in told
    assert "“sarcoma”" in told


def test_hundreds_of_places_are_counts_by_country() -> None:
    """Nobody has to read hundreds of lines."""
    sites = [
        Change(
            kind=Kind.SITES,
            path=SITE.path,
            op=Op.ADDED,
            item=f"Hospital {n}, Lyon, France",
            new="RECRUITING",
        )
        for n in range(200)
    ]
    told = text(tell(occurrence(*sites), [by_number()], STUDY))
    assert "200 places were added (France)." in told
    assert "Hospital 7" not in told
