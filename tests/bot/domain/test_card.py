"""The card of a trial."""

from __future__ import annotations

from datetime import date

from bot.domain.card import card
from bot.domain.dates import DatedFact, PartialDate
from bot.domain.message import Tone
from bot.domain.study import Eligibility, Enrollment, Site, Study, StudyKey

KEY = StudyKey("ctgov", "NCT90000101")
DAY = date(2026, 3, 3)


def test_a_bare_record_has_a_card() -> None:
    """Only the number may be taken for granted; nothing that is absent is shown or invented."""
    bare = card(Study(key=KEY), data_day=DAY)
    assert bare.title == "NCT90000101"
    assert [fact.value for fact in bare.facts] == ["NCT90000101", "Not stated"]
    assert bare.sections == ()
    assert "2026-03-03" in (bare.footer or "")


def test_a_full_record_shows_who_can_join_and_where() -> None:
    """Ages, sex, places with their own status, and dates with whether they have happened."""
    study = Study(
        key=KEY,
        brief_title="Cells for sarcoma",
        overall_status="RECRUITING",
        phases=("PHASE1", "PHASE2"),
        start=DatedFact(PartialDate(2026, 1), "ACTUAL"),
        completion=DatedFact(PartialDate(2028), "ESTIMATED"),
        enrollment=Enrollment(25, "ESTIMATED"),
        eligibility=Eligibility(
            criteria="Inclusion Criteria:\n\n* Sarcoma",
            minimum_age="12 Years",
            sex="FEMALE",
            healthy_volunteers=False,
        ),
        sites=tuple(Site(facility=f"H{n}", city="Lyon", status="RECRUITING") for n in range(14)),
    )
    shown = card(study, data_day=DAY)
    facts = {fact.label: fact.value for fact in shown.facts}
    assert facts["Ages"] == "12 Years and older"
    assert facts["Sex"] == "Female"
    assert facts["Healthy volunteers"] == "Not accepted"
    assert facts["Participants"] == "25 (planned)"
    assert facts["Completion"] == "2028 (expected)"
    assert facts["Phase"] == "Phase 1 / Phase 2"
    places = next(s for s in shown.sections if s.heading == "Places (14)")
    assert places.lines[0] == "H0, Lyon: Recruiting"
    assert places.lines[-1] == "And 2 more places, in the registry's record."
    assert shown.tone is Tone.GOOD


def test_a_card_from_the_store_says_of_which_day_it_is_when_the_registry_is_out() -> None:
    """Old data are never passed off as today's."""
    assert "data of 2026-03-03" in (card(Study(key=KEY), data_day=DAY, stale=True).lede or "")
