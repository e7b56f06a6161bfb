"""What looks like narrowing and is left among the words."""

from __future__ import annotations

import pytest

from bot.domain.asking.asked import PartKind
from bot.domain.asking.parsing import read
from bot.domain.asking.placing import Atlas, settle
from bot.domain.asking.unread import unread, without
from bot.domain.filters import NO_FILTER
from bot.domain.question import Question

NOWHERE = Atlas(named=lambda _: (), alike=lambda _: (), country=lambda _: None)


def left(text: str) -> list[tuple[str, str]]:
    """What is unread of a text, once all that can be understood is taken out."""
    question = settle(read(text), NOWHERE, None)
    assert isinstance(question, Question), question
    return [(one.key, one.typed) for one in unread(question)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sarcoma phase 7", [("phase", "phase 7")]),
        ("sarcoma age 500", [("age", "age 500")]),
        ("sarcoma recruting", [("status", "recruting")]),
        ("spons:Pfizer phase 3", [("field", "phase 3")]),
        ("age 12 intr:aspirin recruiting now", [("field", "recruiting now")]),
        ("sarcoma age 5 to 12", [("age", "age 5 to 12")]),
        ("asthma not recruiting", [("negated", "not recruiting")]),
        ("asthma no longer recruiting in France", [("negated", "no longer recruiting")]),
        ("asthma not phase 1", [("negated", "not phase 1")]),
        ("asthma not completed", [("negated", "not completed")]),
        ("asthma not in France", [("negated", "not in France")]),
        ("asthma age twelve", [("age", "age twelve")]),
        ("asthma men over 60", [("age", "over 60")]),
        ("asthma 65+", [("age", "65+")]),
        ("asthma 3 months old", [("age", "3 months old")]),
        ("asthma daily", [("rhythm", "daily")]),
        ("asthma every week", [("rhythm", "every week")]),
        ("asthma outside France", [("negated", "outside France")]),
        ("asthma outside of the united states", [("negated", "outside of the united states")]),
        ("asthma outside New Zealand recruiting", [("negated", "outside New Zealand")]),
        ("asthma not France", [("negated", "not France")]),
        ("asthma anywhere but Germany", [("negated", "anywhere but Germany")]),
        ("asthma not near Paris", [("negated", "not near Paris")]),
        ("asthma children", [("group", "children")]),
        ("asthma in children", [("group", "children")]),
        ("kids with asthma", [("group", "kids")]),
        ("asthma in young children", [("group", "children")]),
        ("asthma adults", [("group", "adults")]),
        ("dementia elderly", [("group", "elderly")]),
        ("stroke in adults over 65", [("age", "over 65")]),
        ("breast cancer stage 4", [("stage", "stage 4")]),
        ("Stage IV breast cancer", [("stage", "Stage IV")]),
        ("melanoma stage IIIb or IV", [("stage", "stage IIIb or IV")]),
        ("asthma without placebo", [("placebo", "without placebo")]),
        ("asthma no placebo group", [("placebo", "no placebo group")]),
        ("asthma placebo-free", [("placebo", "placebo-free")]),
        ("sarcoma status banana", [("status", "status banana")]),
        (
            "sarcoma age 500 kinds banana recruiting",
            [("age", "age 500"), ("kinds", "kinds banana")],
        ),
    ],
)
def test_a_value_that_cannot_be_is_found(text: str, found: list[tuple[str, str]]) -> None:
    """As typed, with what it looks like."""
    assert left(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "sarcoma phase 2 or 3 age 12 recruiting",
        "sarcoma kinds:results,sites",
        "status epilepticus",
        "status asthmaticus",
        "performance status",
        "type 2 diabetes",
        "recruitment of neurons",
        'phase 3 term:"phase 2 recruiting" (recruiting)',
        "AREA[OverallStatus]RECRUITING AND AREA[Phase]PHASE2",
        '"kinds:banana"',
        "aging",
        "early phase schizophrenia",
        "accelerated phase CML",
        "asthma not yet recruiting",
        "asthma active, not recruiting",
        "asthma not healthy volunteers",
        "carcinoma not in situ",
        "lymphoma not otherwise specified",
        "insulin once daily",
        "BMI over 30 kg",
        "metastases in brain",
        "ulcers in Crohn disease",
        "end stage renal disease",
        "late stage cancer",
        "sleep stages",
        "Stage IV Breast Cancer AJCC v8",
        "children's health",
        "children of impaired parents",
        "frail elderly",
        "childhood asthma",
        "adult acute lymphoblastic leukemia",
        "migraine without aura",
        "placebo response",
        "out-of-hospital cardiac arrest",
        "outside hospital cardiac arrest",
        "hepatitis not otherwise specified",
    ],
)
def test_what_is_understood_or_a_disease_is_not(text: str) -> None:
    """Nobody is bothered with words that are nothing else."""
    assert left(text) == []


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("asthma in Frence", ["France"]),
        ("asthma in germny", ["Germany"]),
        ("asthma in children", []),
        ("lithium in mania", []),
        ("metastases in brain", []),
    ],
)
def test_a_country_that_is_misspelt_is_named(words: str, meant: list[str]) -> None:
    """Words that no place was found for, where one letter makes a country of them."""
    found = unread(Question(words=words))
    assert [one.meant for one in found if one.key == "country"] == meant


@pytest.mark.parametrize(
    "typed", ["not recruiting", "no longer recruiting", "not phase 2", "not completed"]
)
def test_what_shall_not_be_is_never_asked_as_what_shall(typed: str) -> None:
    """A filter that is turned round narrows to nothing, least of all to its opposite."""
    assert read(f"asthma {typed}").filter == NO_FILTER


def test_a_country_that_is_left_out_is_not_looked_in() -> None:
    """Not in France is not in France."""
    assert [one.kind for one in read("asthma not in France").parts] == [PartKind.WORDS]


@pytest.mark.parametrize(
    ("words", "less"),
    [
        ("asthma in children", "asthma"),
        ("children with asthma", "asthma"),
        ("asthma in children with eczema", "asthma with eczema"),
        ("asthma for the elderly", "asthma"),
        ("asthma in young children", "asthma"),
        ("Stage IV breast cancer", "breast cancer"),
        ("asthma but not in France", "asthma"),
        ("stage 4", ""),
    ],
)
def test_what_is_left_without_it_can_be_asked(words: str, less: str) -> None:
    """No word is left hanging that held it to the others."""
    (one,) = unread(Question(words=words))
    assert without(words, one) == less
