"""What people type, as words, filters and places; and all of it back again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking.asked import Missed
from bot.domain.asking.parsing import read
from bot.domain.asking.placing import Atlas, NoSuchPlace, NotSaid, SeveralPlaces, Which, settle
from bot.domain.asking.words import PHASES, SPONSORS, STATUSES, TYPES
from bot.domain.filters import NO_FILTER, Filter, RegistrySearch
from bot.domain.place import Near, Place
from bot.domain.question import Question
from bot.domain.replies.search import not_understood
from bot.domain.typing_back import typed
from tests.bot.domain.meaning import GAZETTEER, HOUSTON, PARIS, question, settled

HOME = Near(Place(name="Lyon, France", latitude=45.7, longitude=4.8, country="France"), 40)

_SEVEN = ("France", "Spain", "Italy", "Austria", "Kenya", "Chad", "Peru")
_AREAS = "AREA[OverallStatus]RECRUITING AND AREA[Condition]cancer"
TYPED = [
    # Words alone.
    ("sarcoma", "sarcoma"),
    ("  Ewing   sarcoma ", "Ewing sarcoma"),
    ("ALS", "ALS"),
    ("male breast cancer", "male breast cancer"),
    ("drug allergy", "drug allergy"),
    ("open angle glaucoma", "open angle glaucoma"),
    ("history of radiation", "history of radiation"),
    ("device related infection", "device related infection"),
    ("diabetes type 2", "diabetes type 2"),
    ("near-sightedness", "near-sightedness"),
    ("completed suicide", "completed suicide"),
    ("clinical trials for sarcoma", "sarcoma"),
    ("trials in sarcoma", "sarcoma"),
    ("asthma aged 12-17", "asthma aged 12-17"),
    ("stroke in adults over 65", '"stroke in adults over 65"'),
    ("hepatitis C 500", "hepatitis C 500"),
    # Both sexes are all that there is to ask for.
    ("sarcoma male female", "sarcoma"),
    ("sarcoma sex:male,female", "sarcoma"),
    # Statuses.
    ("recruiting sarcoma", "sarcoma status:recruiting"),
    ("sarcoma recruiting", "sarcoma status:recruiting"),
    ("sarcoma, recruiting now", "sarcoma status:recruiting"),
    ("recruiting trials for sarcoma", "sarcoma status:recruiting"),
    ("sarcoma trials that are recruiting", "sarcoma status:recruiting"),
    ("sarcoma not yet recruiting", "sarcoma status:not_yet_recruiting"),
    ("sarcoma active, not recruiting", "sarcoma status:active_not_recruiting"),
    (
        "sarcoma recruiting or not yet recruiting",
        "sarcoma status:not_yet_recruiting,recruiting",
    ),
    ("sarcoma enrolling by invitation", "sarcoma status:enrolling_by_invitation"),
    ("gout completed", "gout status:completed"),
    ("gout suspended or terminated", "gout status:suspended,terminated"),
    ("recruiting", "status:recruiting"),
    # Phases.
    ("sarcoma phase 2", "sarcoma phase:2"),
    ("phase 2 sarcoma", "sarcoma phase:2"),
    ("sarcoma Phase II", "sarcoma phase:2"),
    ("sarcoma phase 1/2", "sarcoma phase:1,2"),
    ("sarcoma phase IIb/III", "sarcoma phase:2,3"),
    ("sarcoma phase 2 or 3", "sarcoma phase:2,3"),
    ("sarcoma phase 2 or phase 3", "sarcoma phase:2,3"),
    ("sarcoma phases 1-3", "sarcoma phase:1,2,3"),
    ("sarcoma phase 2a", "sarcoma phase:2"),
    ("sarcoma early phase 1", "sarcoma phase:0"),
    ("sarcoma phase 0", "sarcoma phase:0"),
    ("cough without phase", "cough phase:na"),
    ("sarcoma phase 5", "sarcoma phase 5"),
    # Persons.
    ("lung cancer age 12 female", "lung cancer age:12 sex:female"),
    ("lung cancer aged 12", "lung cancer age:12"),
    ("12 year old with asthma", "asthma age:12"),
    ("asthma 12-year-old", "asthma age:12"),
    ("asthma, 7 yo", "asthma age:7"),
    ("asthma age 7 years", "asthma age:7"),
    ("asthma age 65+", "asthma age:65"),
    ("asthma age 400", "asthma age 400"),
    ("cancer in women", "cancer sex:female"),
    ("breast cancer for men", "breast cancer sex:male"),
    ("psoriasis healthy volunteers", "psoriasis healthy:yes"),
    ("psoriasis no healthy volunteers", "psoriasis healthy:no"),
    ("malaria accepts healthy participants", "malaria healthy:yes"),
    # Treatments and sponsors.
    (
        "psoriasis industry device healthy volunteers",
        "psoriasis type:device sponsor:industry healthy:yes",
    ),
    ("obesity behavioural", "obesity type:behavioral"),
    ("obesity dietary supplements", "obesity type:dietary_supplement"),
    ("obesity drugs or devices", "obesity type:device,drug"),
    ("gout industry-sponsored", "gout sponsor:industry"),
    ("gout academic", "gout sponsor:academic"),
    # Places.
    ("gout in France", "gout country:France"),
    ("gout in the US", 'gout country:"United States"'),
    ("gout in Holland", "gout country:Netherlands"),
    ("gout in France, Germany or Spain", "gout country:France country:Germany country:Spain"),
    ("gout in South Korea recruiting", 'gout status:recruiting country:"South Korea"'),
    ("fever in children in Kenya", '"fever in children" country:Kenya'),
    ("pain in knee", '"pain in knee"'),
    ("asthma in young children", '"asthma in young children"'),
    ("obesity in normal weight adults in Kenya", '"obesity in normal weight adults" country:Kenya'),
    ("gout in mobile", 'gout near:"Mobile, Alabama, United States"'),
    ("carcinoma in situ", '"carcinoma in situ"'),
    ("gout in Houston", f"gout {HOUSTON}"),
    ("gout in Virginia Beach", 'gout near:"Virginia Beach, Virginia, United States"'),
    ("gout in Ontario, California", 'gout near:"Ontario, California, United States"'),
    ("asthma within 50 miles of Houston, TX", f"asthma {HOUSTON} mi:50"),
    ("asthma 30km from Houston", f"asthma {HOUSTON} km:30"),
    ("asthma near Houston, 25 mi, recruiting", f"asthma status:recruiting {HOUSTON} mi:25"),
    ("asthma near Houston", f"asthma {HOUSTON}"),
    ("sarcoma near Paris in France", f"sarcoma country:France {PARIS}"),
    ("sarcoma near Munchen", 'sarcoma near:"Munich, Germany"'),
    ("sarcoma near Houston breast cancer", f"sarcoma breast cancer {HOUSTON}"),
    ("near Houston, Ewing sarcoma", f"Ewing sarcoma {HOUSTON}"),
    ("near Houston, ALS", f"ALS {HOUSTON}"),
    ("gout near Houston, Texas, USA", f"gout {HOUSTON}"),
    ("gout in France, Paris", f"gout country:France {PARIS}"),
    ("gout in France and Paris recruiting", f"gout status:recruiting country:France {PARIS}"),
    (
        "in France, Spain, Italy, Austria, Kenya, Chad, Peru gout",
        "gout " + " ".join(f"country:{one}" for one in _SEVEN),
    ),
    ("gout in France, Germany, asthma", "gout asthma country:France country:Germany"),
    ("recruiting near Houston", f"status:recruiting {HOUSTON}"),
    (
        "sarcoma near Paris, France 50 km recruiting phase 2",
        f"sarcoma status:recruiting phase:2 {PARIS} km:50",
    ),
    # The registry's own words.
    ("cond:sarcoma", "cond:sarcoma"),
    ('cond:"heart attack" AND stroke intr:aspirin', 'cond:"heart attack" AND stroke intr:aspirin'),
    ("COND: gout locn:Ohio", "cond:gout locn:Ohio"),
    ("recruiting phase 3 spons:Novartis", "status:recruiting phase:3 spons:Novartis"),
    ("gout intr:colchicine", "term:gout intr:colchicine"),
    ("cond:a cond:b", "cond:a b"),
    ("cond:a OR cond:b", "cond:a OR b"),
    ("cond:cancer AND intr:pembrolizumab", "cond:cancer intr:pembrolizumab"),
    ("cond:a AND b AND spons:Baylor", "cond:a AND b spons:Baylor"),
    ("cond:a AND status:recruiting AND intr:b", "status:recruiting cond:a intr:b"),
    ("cond:a AND status:recruiting", "status:recruiting cond:a"),
    ("locn:Portland, OR cond:gout", "cond:gout locn:Portland, OR"),
    ("locn:OR cond:gout", "cond:gout locn:OR"),
    ("cond:gout status:recruiting intr:x", "status:recruiting cond:gout intr:x"),
    ('cond:"status:open" phase:2', 'phase:2 cond:"status:open"'),
    (f"{_AREAS} status:completed", f"status:completed term:{_AREAS}"),
    (f"recruiting asthma {_AREAS}", f"status:recruiting term:asthma {_AREAS}"),
    (f"cond:asthma {_AREAS}", f"cond:asthma {_AREAS}"),
    ("(AREA[Phase]PHASE2 OR gout)", "term:(AREA[Phase]PHASE2 OR gout)"),
    ('"gout AREA[Phase]PHASE2"', '"gout AREA[Phase]PHASE2"'),
    ("gout OR AREA[Phase]PHASE2", "term:gout OR AREA[Phase]PHASE2"),
    ("cond:", ""),
    # Nothing at all.
    ("", ""),
    ("   ", ""),
]


@pytest.mark.parametrize(("text", "meant"), TYPED)
def test_what_is_typed_is_understood(text: str, meant: str) -> None:
    """The same question typed shortly says what was understood; and it is read as the same."""
    understood = question(text)
    assert typed(understood) == meant
    assert question(meant) == understood


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("cond:cancer OR intr:aspirin", "OR"),
        ("cond:cancer AND NOT intr:aspirin", "AND NOT"),
        ("cond:a intr:b NOT spons:c", "NOT"),
        ("gout OR intr:aspirin", "OR"),
        ("cond:a OR status:recruiting", "OR"),
    ],
)
def test_fields_cannot_be_asked_apart(text: str, between: str) -> None:
    """Fields are asked together: one or the other, or not the other, is said to be impossible."""
    missed = settled(text)
    assert isinstance(missed, Missed)
    assert (missed.key, missed.typed) == ("between", between)
    message = not_understood("follow", missed)
    assert not message.buttons
    assert between in message.title


def test_an_example_is_understood_as_its_values() -> None:
    """The parts of a filter get the registry's own values."""
    found = question("sarcoma near Paris, France 100 km recruiting phase 2 drugs nih")
    assert found.words == "sarcoma"
    assert found.filter == Filter(
        near=Near(GAZETTEER.find("Paris, France")[0], 100),
        statuses=("RECRUITING",),
        phases=("PHASE2",),
        intervention_types=("DRUG",),
        sponsor_classes=("NIH",),
    )


def test_a_registry_search_keeps_every_sign() -> None:
    """What stands behind a field is the registry's affair, with its quotes and operators."""
    found = question('phase 3 cond:"heart attack" OR (stroke) intr:aspirin[x')
    assert found.search == RegistrySearch(cond='"heart attack" OR (stroke)', intr="aspirin[x")
    assert found.filter == Filter(phases=("PHASE3",))
    assert not found.words


def test_a_name_of_several_places_is_asked_back() -> None:
    """One question for each place, the largest first, and each is a button's length."""
    found = settled("sarcoma near Paris 100 km recruiting")
    assert isinstance(found, Which)
    assert found.name == "Paris"
    assert [typed(one) for one in found.choices] == [
        f"sarcoma status:recruiting {PARIS}",
        'sarcoma status:recruiting near:"Paris, Texas, United States"',
    ]
    assert [question(typed(one)) for one in found.choices] == list(found.choices)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("gout near Xqzzy", "Xqzzy"),
        ("gout country:Xqzzy", "Xqzzy"),
        ("gout trials in Texas", "Texas"),
        ("gout in arizona recruiting", "arizona"),
        ("gout in North Carolina, USA", "North Carolina"),
        ("gout near Missouri 50 km", "Missouri"),
        ("gout in the state of New Jersey", "state of New Jersey"),
        ("gout near London, Texas", "London, Texas"),
        ("gout near Lyon, Germany", "Lyon, Germany"),
        ("gout near Toronto, Ontario recruiting", "Toronto, Ontario"),
        ("gout in Germany, Paris", "Germany, Paris"),
        ("gout near Lyon and Spain", "Lyon and Spain"),
    ],
)
def test_a_place_that_nobody_knows_is_named(text: str, name: str) -> None:
    """It is neither guessed nor dropped."""
    assert settled(text) == NoSuchPlace(name)


@pytest.mark.parametrize(
    "text",
    [
        "gout near Paris, France near Lyon",
        "gout near:Lyon in Houston",
        "gout near Lyon near me",
        "gout near London, Paris",
        "gout near London,Paris",
        "gout near:London,Paris",
        "gout near London / Paris",
        "gout near London Paris",
        "gout near Lyon; Houston, TX",
        "gout in Lyon, Houston and Seoul",
    ],
)
def test_two_places_to_be_near_are_asked_back(text: str) -> None:
    """Neither is dropped without a word."""
    assert settled(text) == SeveralPlaces()


def test_a_country_that_nobody_knows_is_named_beside_one_that_is_known() -> None:
    """One that was understood hides no other."""
    assert settled("gout country:France country:Germny") == NoSuchPlace("Germny")


@pytest.mark.parametrize(
    ("text", "kilometres"),
    [
        ("gout near me", 40),
        ("gout nearby", 40),
        ("gout within 10 km", 10),
        ("gout within 10 miles of me", 16),
        ("gout near:me km:7", 7),
    ],
)
def test_near_me_is_where_the_chat_is(text: str, kilometres: int) -> None:
    """With the radius that was typed, else the chat's own; without a place it has to be said."""
    found = question(text, HOME)
    assert found.words == "gout"
    assert found.filter.near == Near(HOME.place, kilometres)
    assert question(typed(found, HOME), HOME) == found
    assert settled(text) == NotSaid()


def _values(names: dict[str, str]) -> st.SearchStrategy[tuple[str, ...]]:
    some = st.sets(st.sampled_from(sorted(set(names.values()))), max_size=3)
    return some.map(lambda values: tuple(sorted(values)))


PLACES = [GAZETTEER.find(name, exact=True)[0] for name in ("Lyon", "Houston", "Seoul", "São Paulo")]
FILTERS = st.builds(
    Filter,
    near=st.none() | st.builds(Near, st.sampled_from(PLACES), st.integers(1, 20_000)),
    countries=st.sampled_from([(), ("France",), ("South Korea", "Ivory Coast")]),
    age=st.none() | st.integers(0, 120),
    sex=st.sampled_from([None, "FEMALE", "MALE"]),
    statuses=_values({one: one for one in STATUSES}),
    phases=_values(PHASES),
    intervention_types=_values(TYPES),
    sponsor_classes=_values(SPONSORS),
    healthy_volunteers=st.sampled_from([None, True, False]),
)
WORDS = st.text(
    st.sampled_from("abc XYZ near in phase 2 recruiting . : , - age women é").filter(
        str.isprintable
    )
).map(lambda text: " ".join(text.split()))


@given(WORDS, FILTERS, st.integers(1, 999))
def test_every_question_can_be_typed(words: str, wanted: Filter, page: int) -> None:
    """Reading what ``typed`` wrote gives the very question again."""
    asked = Question(words=words, filter=wanted, page=page)
    assert question(typed(asked)) == asked


@given(st.integers(1, 1_240_000).map(lambda hundredths: hundredths / 100))
def test_every_distance_in_miles_can_be_typed(miles: float) -> None:
    """As it was typed, up to the farthest; and the kilometres are those that it was."""
    asked = question(f"gout near:Lyon mi:{miles:.2f}")
    assert question(typed(asked)) == asked
    assert asked.filter.near is not None
    assert asked.filter.near.kilometres == max(1, round(miles * 1.609344))


@given(st.text(max_size=80))
def test_reading_never_fails(text: str) -> None:
    """Whatever is typed is understood as something, and that again as itself."""
    found = settle(read(text), NOWHERE, None)
    if isinstance(found, Question):
        assert settle(read(typed(found)), NOWHERE, None) == found


NOWHERE = Atlas(named=lambda _: (), alike=lambda _: (), country=lambda _: None)


def test_nothing_asked_is_no_filter() -> None:
    """An empty line means no question at all."""
    assert question("").is_empty
    assert question("").filter == NO_FILTER
