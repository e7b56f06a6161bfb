"""The paragraph in short: from fields alone, and easy to read."""

from __future__ import annotations

import re

import pytest

from bot.domain.cards.short import in_short
from bot.domain.english.plain_asking import PLAIN_ASKING
from bot.domain.english.plain_card import PLAIN_CARD
from bot.domain.english.plain_join import PLAIN_JOIN
from bot.domain.english.plain_tested import PLAIN_TESTED
from bot.domain.plain.grade import grade
from bot.domain.study import CTGOV, Enrollment, Intervention, Study, StudyKey
from tests.shared import needs_shared
from tests.studies_recorded import recorded_studies

EASY = 8.0
HARDEST_TEMPLATE = 6.0
_NAMES = re.compile(r"\{\w+\}")
KEY = StudyKey(CTGOV, "NCT00000001")


def test_every_sentence_comes_from_a_field() -> None:
    """Purpose, treatments, phase, size, groups, masking and status, each in its sentence."""
    study = Study(
        key=KEY,
        study_type="INTERVENTIONAL",
        primary_purpose="TREATMENT",
        conditions=("Sarcoma",),
        interventions=(Intervention(name="Exampumab"), Intervention(name="Placebo tablet")),
        phases=("PHASE1", "PHASE2"),
        enrollment=Enrollment(36, "ESTIMATED"),
        allocation="RANDOMIZED",
        masking="DOUBLE",
        who_masked=("INVESTIGATOR", "PARTICIPANT"),
        overall_status="RECRUITING",
    )
    assert in_short(study) == (
        "This study tests a treatment for Sarcoma. It tests Exampumab. It is in phase 1 and 2: it "
        "looks for the dose first, and then for signs that it works. The plan is to take in 36 "
        "people. People are put in groups by chance. The people who take part do not know what "
        "they get. The study doctors do not know who gets what. The trial is open and looks for "
        "people to take part."
    )


def test_record_that_states_nothing_gets_what_can_be_said() -> None:
    """No field, no claim."""
    text = in_short(Study(key=KEY))
    assert text == ("This study is about a condition that the record does not name.")


TEMPLATES = {**PLAIN_CARD, **PLAIN_JOIN, **PLAIN_TESTED, **PLAIN_ASKING}
SENTENCES = [
    key
    for key, template in TEMPLATES.items()
    if (key.startswith("short.") or template.endswith((".", "?"))) and "https:" not in template
]


@pytest.mark.parametrize("key", SENTENCES)
def test_template_alone_is_easy(key: str) -> None:
    """Whatever names are put in, the words around them are not what is hard."""
    plain = _NAMES.sub("gout", TEMPLATES[key].replace("{count}", "20"))
    assert grade(plain) <= HARDEST_TEMPLATE


@needs_shared
def test_paragraph_is_easy_for_nearly_all_records() -> None:
    """At most school grade 8 for 99 of 100 real records, and the same each time."""
    studies = recorded_studies()
    grades = [grade(in_short(study)) for study in studies]
    easy = sum(one <= EASY for one in grades) / len(grades)
    assert easy >= 0.99
    assert [grade(in_short(study)) for study in studies[:50]] == grades[:50]
