"""Keys and their values as people type them, and those that cannot be."""

from __future__ import annotations

import pytest

from bot.domain.asking.asked import Missed
from bot.domain.asking.parsing import read
from bot.domain.asking.placing import Which
from bot.domain.question import Question
from bot.domain.typing_back import typed
from tests.bot.domain.meaning import HOUSTON, PARIS, question, settled

TYPED = [
    ('"asthma recruiting" phase 2', '"asthma recruiting" phase:2'),
    ("gout status:recruiting,completed", "gout status:completed,recruiting"),
    ("gout page:3 phase:na", "gout phase:na page:3"),
    ("gout status: recruiting, completed", "gout status:completed,recruiting"),
    ("gout status: not yet recruiting or open", "gout status:not_yet_recruiting,recruiting"),
    ("gout status:recruiting, phase 2", "gout status:recruiting phase:2"),
    ("gout status:recruiting and asthma", "gout asthma status:recruiting"),
    ('status:"not yet recruiting" gout', "gout status:not_yet_recruiting"),
    ("gout phase: 2 or 3", "gout phase:2,3"),
    ("gout phase:1-3,na", "gout phase:na,1,2,3"),
    ("gout type: device, drug", "gout type:device,drug"),
    ("gout age: 12 years", "gout age:12"),
    ("gout sex:female,male", "gout"),
    ("gout healthy:y", "gout healthy:yes"),
    ('"gout status:open" phase:2', '"gout status:open" phase:2'),
    ("asthma near: Houston", f"asthma {HOUSTON}"),
    ('asthma near: "Houston"', f"asthma {HOUSTON}"),
    ("gout near:St. Louis, Missouri", 'gout near:"St. Louis, Missouri, United States"'),
    ("asthma near:Houston.", f"asthma {HOUSTON}"),
    ("asthma near:Paris, France", f"asthma {PARIS}"),
    ("near:Paris, France, asthma, phase:2", f"asthma phase:2 {PARIS}"),
    ("gout country:France, Germany", "gout country:France country:Germany"),
    ("asthma within 1,000 km of Houston", f"asthma {HOUSTON} km:1000"),
    ("asthma near:Houston mi:1,000", f"asthma {HOUSTON} mi:1000"),
    ("asthma 12,5 mi of Houston", f"asthma {HOUSTON} mi:12.5"),
    ("asthma near Houston radius 20 miles", f"asthma {HOUSTON} mi:20"),
    ("asthma km:30km near:Houston", f"asthma {HOUSTON} km:30"),
    ("asthma 12.5 mi of Houston", f"asthma {HOUSTON} mi:12.5"),
    ("gout sex:female age:7 healthy:no", "gout healthy:no age:7 sex:female"),
]


@pytest.mark.parametrize(("text", "meant"), TYPED)
def test_keys_are_understood(text: str, meant: str) -> None:
    """With spaces, commas and quotation marks; and what was understood is read as the same."""
    understood = question(text)
    assert typed(understood) == meant
    assert question(meant) == understood


@pytest.mark.parametrize(
    ("text", "key", "bad", "meant"),
    [
        ("gout status:recruiting,opne", "status", "opne", ["gout status:recruiting,recruiting"]),
        (
            "gout status: recruiting, opne",
            "status",
            "opne",
            ["gout status: recruiting, recruiting"],
        ),
        ("gout status:nonsense", "status", "nonsense", []),
        (
            "status:complet gout near Paris cond:x",
            "status",
            "complet",
            ["status:completed gout near Paris cond:x"],
        ),
        ("gout phase:2,7", "phase", "7", []),
        ("gout phase: 2, 7", "phase", "7", []),
        ("gout type:drgu", "type", "drgu", ["gout type:drug"]),
        (
            'gout type:"drug, dietry supplement"',
            "type",
            "dietry supplement",
            ['gout type:"drug, dietary_supplement"'],
        ),
        ("sponsor:Baylor", "sponsor", "Baylor", ["spons:Baylor"]),
        ("sponsor:Baylor gout", "sponsor", "Baylor", ["gout spons:Baylor"]),
        ("gout kinds:resluts,status", "kinds", "resluts", ["gout kinds:results,status"]),
        ("gout age:12-17", "age", "12-17", []),
        ("gout age:500", "age", "500", []),
        ("gout healthy:perhaps", "healthy", "perhaps", []),
        ("gout km:30000", "km", "30000", []),
        ("gout status:,x", "status", ",x", []),
    ],
)
def test_a_value_that_cannot_be_is_missed(text: str, key: str, bad: str, meant: list[str]) -> None:
    """It is neither dropped nor looked for: the text is mended first, in one way or another."""
    missed = settled(text)
    assert isinstance(missed, Missed)
    assert (missed.key, missed.typed) == (key, bad)
    assert [one.text for one in missed.meant][:1] == meant
    for mended in (missed.without, missed.as_words, *(one.text for one in missed.meant)):
        assert isinstance(settled(mended), Question | Which), mended


@pytest.mark.parametrize(
    ("text", "without", "words"),
    [
        ("gout status:opne phase 2", "gout phase 2", "gout status opne phase 2"),
        ("gout status:opne,completed", "gout status:completed", "gout status:completed opne"),
        ("gout status: completed, opne", "gout status: completed", "gout status: completed opne"),
        ('"status:opne" type:x', '"status:opne"', '"status:opne" type x'),
        ("cond:gout", None, None),
        ("type:x cond:gout", "cond:gout", "type x cond:gout"),
        ("cond:gout type:drug,x", "cond:gout type:drug", "x cond:gout type:drug"),
    ],
)
def test_what_is_missed_can_be_left_out(text: str, without: str | None, words: str | None) -> None:
    """All else stays as it was typed, and what was not understood can be looked for too."""
    missed = read(text).missed
    assert (missed and missed.without, missed and missed.as_words) == (without, words)
