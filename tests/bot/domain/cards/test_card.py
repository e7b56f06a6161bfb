"""The card of a trial: its head and its parts."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from bot.domain.adverse import EventGroup
from bot.domain.cards.card import card, card_part
from bot.domain.cards.context import Context
from bot.domain.cards.parts import AskedPart, Part, asked_part
from bot.domain.dates import DatedFact, PartialDate
from bot.domain.message import Message, Tone
from bot.domain.place import Near, Place
from bot.domain.study import (
    ArmGroup,
    Eligibility,
    Enrollment,
    Intervention,
    Site,
    Sponsor,
    Study,
    StudyKey,
)

KEY = StudyKey("ctgov", "NCT90000101")
CONTEXT = Context(data_day=date(2026, 3, 3), today=date(2026, 3, 4))
LYON = Place(name="Lyon, France", latitude=45.75, longitude=4.85, country="France")
FULL = Study(
    key=KEY,
    brief_title="Cells for sarcoma",
    study_type="INTERVENTIONAL",
    primary_purpose="TREATMENT",
    overall_status="RECRUITING",
    conditions=("Sarcoma",),
    phases=("PHASE1", "PHASE2"),
    start=DatedFact(PartialDate(2026, 1), "ACTUAL"),
    completion=DatedFact(PartialDate(2028), "ESTIMATED"),
    first_posted=DatedFact(PartialDate(2026, 1, 2), "ESTIMATED"),
    status_verified=PartialDate(2025, 1),
    enrollment=Enrollment(25, "ESTIMATED"),
    lead_sponsor=Sponsor("A hospital", "OTHER"),
    interventions=(
        Intervention(name="Cells", type="BIOLOGICAL", description="1 dose of 2.5 mg"),
        Intervention(name="Placebo infusion", type="DRUG"),
    ),
    arm_groups=(ArmGroup(label="A", type="EXPERIMENTAL"), ArmGroup(type="PLACEBO_COMPARATOR")),
    allocation="RANDOMIZED",
    eligibility=Eligibility(
        criteria="Inclusion Criteria:\n* Sarcoma\n* Age 12 or older\nExclusion Criteria:\n* HIV",
        minimum_age="12 Years",
        sex="FEMALE",
        healthy_volunteers=False,
    ),
    sites=(
        Site(facility="H1", city="Paris", country="France", latitude=48.85, longitude=2.35),
        *(
            Site(facility=f"H{n}", city="Lyon", country="France", latitude=45.7, longitude=4.9,
                 status="RECRUITING")
            for n in range(2, 13)
        ),
    ),
)  # fmt: skip


def words_of(message: Message) -> str:
    """All that a message says."""
    facts = [f"{fact.label}: {fact.value}" for fact in message.facts]
    lines = [line for one in message.sections for line in (one.heading, *one.lines)]
    return "\n".join([message.title, message.lede or "", *facts, *lines])


def part(name: Part, study: Study = FULL, page: int = 1, near: Near | None = None) -> str:
    """What one part says."""
    return words_of(card_part(study, name, page, msgspec.structs.replace(CONTEXT, near=near)))


def test_bare_record_has_a_card_and_all_its_parts() -> None:
    """Only the number may be taken for granted; nothing that is absent is shown or invented."""
    bare = Study(key=KEY)
    head = card(bare, CONTEXT)
    assert [fact.value for fact in head.facts] == ["NCT90000101", "Not stated"]
    assert head.sections == ()
    assert "2026-03-03" in (head.footer or "")
    for name in Part:
        assert "None" not in part(name, bare)


def test_head_says_what_it_is_whether_it_is_open_and_how_fresh_that_is() -> None:
    """Plain title above the registry's own, status, places, and a record that grew old."""
    head = card(FULL, CONTEXT)
    facts = {fact.label: fact.value for fact in head.facts}
    assert head.title == "A treatment for Sarcoma: Cells (Phase 1 / Phase 2)"
    assert facts["Registered as"] == "Cells for sarcoma"
    assert facts["Where"] == "12 places in France"
    assert "may be out of date" in words_of(head)
    assert head.tone is Tone.GOOD


def test_nearest_place_comes_first_for_a_chat_that_has_one() -> None:
    """With the distance, on the head and on the list."""
    near = Near(LYON, 50)
    head = card(FULL, msgspec.structs.replace(CONTEXT, near=near))
    assert "H2, Lyon, France, 7 km away, and 11 more places" in words_of(head)
    assert "H1, Paris" not in part(Part.WHERE, near=near)
    assert "H1, Paris, France, 393 km away" in part(Part.WHERE, page=2, near=near)


def test_card_from_the_store_says_of_which_day_it_is_when_the_registry_is_out() -> None:
    """Old data are never passed off as today's."""
    stale = msgspec.structs.replace(CONTEXT, stale=True)
    assert "data of 2026-03-03" in words_of(card(Study(key=KEY), stale))


def test_criteria_are_grouped_on_their_side_with_the_original_a_tap_away() -> None:
    """Fields first, then each side by what its lines are about."""
    said = part(Part.JOIN)
    assert said.index("Age: 12 years and older.") < said.index("Needed: age")
    out = said.index("Keeps people out: infections\nHIV")
    assert said.index("Needed: the cancer\nSarcoma") < out
    assert "* HIV" in part(Part.ORIGINAL)


def test_criteria_without_headings_are_one_list() -> None:
    """Where the record does not say which side a line is on, nobody guesses."""
    eligibility = Eligibility(criteria="* Sarcoma\n* No HIV")
    said = part(Part.JOIN, msgspec.structs.replace(FULL, eligibility=eligibility))
    assert "Who can and cannot join, as written\nSarcoma\nNo HIV" in said
    assert "Needed" not in said


def test_trial_that_stopped_leads_nowhere_and_says_why_in_quotes() -> None:
    """The reason is the sponsor's, word for word; a missing one is said to be missing."""
    stopped = msgspec.structs.replace(FULL, overall_status="TERMINATED", why_stopped="No funds")
    assert "“No funds”" in part(Part.LEADS, stopped)
    assert "next step" not in part(Part.LEADS, stopped)
    silent = msgspec.structs.replace(stopped, why_stopped=None)
    assert "gives no reason" in part(Part.LEADS, silent)


def test_missing_safety_board_is_not_no_safety_board() -> None:
    """What the record does not say is said to be unsaid."""
    said = part(Part.LEADS)
    assert "does not say if there is a safety board" in said
    assert "there is no safety board" not in said


def test_at_most_twelve_questions_with_the_trials_own_first() -> None:
    """A placebo and groups by chance call for their questions before the ones that always hold."""
    lines = card_part(FULL, Part.ASK, 1, CONTEXT).sections[0].lines
    assert len(lines) == 12
    assert "placebo" in lines[1]
    assert "What does this study want to find out?" in lines


def test_adverse_events_are_counts_of_people_with_how_many_there_were() -> None:
    """Never a share; a count without its denominator, or of nobody, is left out."""
    groups = (
        EventGroup(title="A", serious_affected=0, serious_at_risk=20, other_affected=7),
        EventGroup(serious_affected=2, serious_at_risk=0),
    )
    study = msgspec.structs.replace(FULL, has_results=True)
    shown = msgspec.structs.replace(CONTEXT, events=groups)
    said = words_of(card_part(study, Part.HAPPENED, 1, shown))
    assert "A: 0 of 20 people had a serious problem." in said
    assert "7" not in said
    assert " of 0 " not in said
    assert "%" not in said


@pytest.mark.parametrize("groups", [(), None])
def test_adverse_events_that_are_not_there_are_not_made_up(
    groups: tuple[EventGroup, ...] | None,
) -> None:
    """Results without a table say nothing of it; a registry that is out is said to be."""
    study = msgspec.structs.replace(FULL, has_results=True)
    shown = msgspec.structs.replace(CONTEXT, events=groups)
    said = words_of(card_part(study, Part.HAPPENED, 1, shown))
    assert ("cannot be shown just now" in said) is (groups is None)
    assert "people had" not in said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NCT90000101", None),
        ("NCT90000101 where", AskedPart(Part.WHERE, 1)),
        ("NCT90000101 WHERE 3", AskedPart(Part.WHERE, 3)),
        ("NCT90000101 where 0", AskedPart(Part.WHERE, 1)),
        ("NCT90000101 where 99999999999", AskedPart(Part.WHERE, 999)),
        ("NCT90000101 nowhere", None),
    ],
)
def test_part_is_asked_for_behind_the_number(text: str, expected: AskedPart | None) -> None:
    """An unknown word gives the head; a page out of range the nearest one."""
    assert asked_part(text) == expected


def test_buttons_lead_from_every_part_to_every_other() -> None:
    """Actions fit into Telegram's 64 bytes."""
    for name in Part:
        buttons = card_part(FULL, name, 1, CONTEXT).buttons
        actions = {button.action or "" for button in buttons}
        assert f"trial {KEY.number}" in actions
        assert all(len(action.encode()) <= 64 for action in actions)


def test_list_that_is_not_complete_says_so_and_makes_no_rule_of_it() -> None:
    """That more rules apply is told under the rules, on no side."""
    text = "Inclusion Criteria:\n* Sarcoma\nExclusion Criteria:\n* Other exclusion criteria apply"
    said = part(Part.JOIN, msgspec.structs.replace(FULL, eligibility=Eligibility(criteria=text)))
    assert "This list is not complete" in said
    assert "Keeps people out" not in said
