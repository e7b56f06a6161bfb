"""That a trial came or left, as a sentence that names the part of the filter."""

from __future__ import annotations

import re

import pytest

from bot.domain.event_lines import event_line
from bot.domain.filters import Filter, Miss
from bot.domain.notice import Event, Match
from bot.domain.place import Near, Place
from bot.domain.watch import Interest

PARIS = Place(name="Paris, France", latitude=48.85, longitude=2.35)
WHOLE = Filter(
    near=Near(PARIS, 50),
    countries=("France", "Spain", "Italy"),
    age=12,
    sex="FEMALE",
    statuses=("RECRUITING",),
    phases=("PHASE1", "PHASE2"),
    intervention_types=("DRUG",),
    sponsor_classes=("INDUSTRY", "NIH"),
    healthy_volunteers=True,
)
NAMES = {
    Miss.NEAR: "50 km of Paris, France",
    Miss.COUNTRY: "France, Spain or Italy",
    Miss.AGE: "aged 12",
    Miss.SEX: "girls and women",
    Miss.STATUS: "“Completed”",
    Miss.PHASE: "Phase 1 or Phase 2",
    Miss.INTERVENTION_TYPE: "drug",
    Miss.SPONSOR_CLASS: "industry or NIH",
    Miss.HEALTHY_VOLUNTEERS: "healthy volunteers",
}


def line(event: Event, part: Miss | None, wanted: Filter = WHOLE) -> str:
    """The sentence for somebody who follows sarcoma."""
    interest = Interest(words="sarcoma", filter=wanted)
    return event_line(Match(7, event, part), interest, "COMPLETED")


@pytest.mark.parametrize("part", list(Miss))
@pytest.mark.parametrize("event", [Event.ENTERED, Event.LEFT])
def test_every_part_is_named_in_a_sentence_of_its_own(event: Event, part: Miss) -> None:
    """What was followed, what of it decided, and nothing that stands empty."""
    said = line(event, part)
    assert "“sarcoma”" in said
    assert NAMES[part] in said
    assert re.fullmatch(r"[A-Z][^{}]*\.", said)
    assert "  " not in said
    assert said != line(Event.LEFT if event is Event.ENTERED else Event.ENTERED, part)


def test_nothing_of_a_filter_is_named_where_the_topic_moved() -> None:
    """Then the words alone decide; of healthy volunteers what matters is what was asked."""
    assert line(Event.LEFT, None) == "This trial no longer matches “sarcoma”."
    none = Filter(healthy_volunteers=False)
    assert line(Event.LEFT, Miss.HEALTHY_VOLUNTEERS, none).endswith("now takes healthy volunteers.")
    assert "no longer takes" in line(Event.ENTERED, Miss.HEALTHY_VOLUNTEERS, none)
