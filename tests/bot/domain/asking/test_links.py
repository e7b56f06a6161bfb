"""Links to searches of the registry, as people copy them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking.links import read_link, typed_out
from bot.domain.filters import RegistrySearch

BASE = "https://clinicaltrials.gov"
WOMEN = "phase:2,3 status:not_yet_recruiting,recruiting sex:female healthy:yes sponsor:nih"


@pytest.mark.parametrize(
    ("url", "search"),
    [
        (f"{BASE}/search?cond=sarcoma", RegistrySearch(cond="sarcoma")),
        (f"{BASE}/search?cond=Ewing+Sarcoma&x=1", RegistrySearch(cond="Ewing Sarcoma")),
        (f"{BASE}/search?locn=K%C3%B6ln#top", RegistrySearch(locn="Köln")),
        (f"{BASE}/search?term=&spons=NCI", RegistrySearch(spons="NCI")),
        (f"{BASE}/api/rss?intr=drug%20x", RegistrySearch(intr="drug x")),
        ("http://www.ClinicalTrials.gov/ct2/results?cond=ALS", RegistrySearch(cond="ALS")),
        (f"{BASE}/search?viewType=Table", None),
        (f"{BASE}/study/NCT00902044", None),
        (f"{BASE}/study/NCT00902044?cond=Cancer&rank=2", None),
        ("https://elsewhere.example/search?cond=sarcoma", None),
        ("https://clinicaltrials.gov.example/search?cond=sarcoma", None),
    ],
)
def test_a_link_to_a_search_is_one(url: str, search: RegistrySearch | None) -> None:
    """By its host and its fields, decoded as a browser writes them."""
    link = read_link(url)
    assert (link.search if link else None) == search


@pytest.mark.parametrize(
    ("asked", "typed", "left"),
    [
        ("cond=Sarcoma", "cond:Sarcoma", ()),
        ("cond=Sarcoma&aggFilters=status:rec", "status:recruiting cond:Sarcoma", ()),
        (
            "cond=x&aggFilters=phase:2%203,status:not%20rec,sex:f,healthy:y,funderType:nih",
            f"{WOMEN} cond:x",
            (),
        ),
        ("term=x&aggFilters=ages:child,results:with", "term:x", ("ages:child", "results:with")),
        ("term=x&aggFilters=status:rec%20new", "term:x", ("status:rec new",)),
        (
            "cond=x&locStr=Paris,%20France&country=France&city=Paris&distance=20",
            'near:"Paris, France" mi:20 cond:x',
            (),
        ),
        ("cond=x&city=Paris&country=France", 'near:"Paris, France" mi:50 cond:x', ()),
        ("cond=x&locStr=France&country=France", 'country:"France" cond:x', ()),
        (
            "cond=x&state=Texas&country=United%20States",
            'country:"United States" cond:x',
            ("state=Texas",),
        ),
        (
            "cond=x&start=2024-01-01_&page=2&sort=date&utm_source=y",
            "cond:x",
            ("start=2024-01-01_",),
        ),
        ("aggFilters=status:rec", "status:recruiting", ()),
        ("Cond=x", "cond:x", ()),
        ("cond=x&lat=48.9&lng=2.3&distance=9", "cond:x", ("lat=48.9", "lng=2.3", "distance=9")),
        ("cond=x&aggFilters=status:rec&aggfilters=phase:2", "status:recruiting phase:2 cond:x", ()),
        ("cond=&cond=x&cond=x&Cond=y&page=2&page=3", "cond:x", ("cond=y",)),
        ("cond=a%20(b%20[c])", "cond:a (b [c])", ()),
        ("cond=a&amp;aggFilters=status:rec", "status:recruiting cond:a", ()),
        ("cond=Crohn's+disease", "cond:Crohn's disease", ()),
        ("cond=Crohn&#39;s", "cond:Crohn's", ()),
    ],
)
def test_a_link_is_said_as_it_could_be_typed(asked: str, typed: str, left: tuple[str, ...]) -> None:
    """With what was ticked and the place; what cannot be said is named."""
    assert typed_out(f"{BASE}/search?{asked}") == (typed, left)
    around = typed_out(f"please {BASE}/search?{asked} age 12")
    assert around == (f"please age 12 {typed}", left)


def test_one_link_is_asked_at_a_time() -> None:
    """Another link, the same or not, is never looked for as words: it is named as left out."""
    one, other = f"{BASE}/search?cond=x", f"{BASE}/search?intr=y"
    assert typed_out(f"{one} {one}") == ("cond:x", (one,))
    assert typed_out(f"gout {one} and {other} age 12") == ("gout and age 12 cond:x", (other,))


@pytest.mark.parametrize(
    "around", ["look at {} please", "Hi, can you follow this: {}", "{}, thanks"]
)
def test_words_that_only_hand_a_link_over_are_not_looked_for(around: str) -> None:
    """What is asked is the link."""
    assert typed_out(around.format(f"{BASE}/search?cond=x")) == ("cond:x", ())


FRANCE = "country=France"
STATES = "country=United%20States"


@pytest.mark.parametrize(
    ("asked", "typed", "left"),
    [
        ("country=%22France%22", 'country:"France"', ()),
        ("country=%22France%22%20OR%20Spain", "", ('country="France" OR Spain',)),
        (f"locStr=Paris&{FRANCE}&distance=20", 'near:"Paris, France" mi:20', ()),
        (f"locStr=Paris&{FRANCE}", 'country:"France"', ("locStr=Paris",)),
        (f"locStr=France&{FRANCE}&distance=50", 'country:"France"', ("distance=50",)),
        (
            f"lat=48.9&lng=2.3&distance=9&{FRANCE}",
            'country:"France"',
            ("lat=48.9", "lng=2.3", "distance=9"),
        ),
        (f"city=%22Paris%22&{FRANCE}", 'near:"Paris, France" mi:50', ()),
        (
            f"city=%22Paris%22%20OR%20Lyon&{FRANCE}",
            'country:"France"',
            ('city="Paris" OR Lyon',),
        ),
        (
            f"city=Portland&state=Maine&{STATES}",
            'near:"Portland, Maine, United States" mi:50',
            (),
        ),
        (
            f"locStr=Portland,%20ME&city=Portland&state=Maine&{STATES}&distance=9",
            'near:"Portland, ME" mi:9',
            (),
        ),
        (f"locStr=Texas&state=Texas&{STATES}", 'country:"United States"', ("state=Texas",)),
        (
            "city=London&state=Ontario&country=Canada",
            'near:"London, Canada" mi:50',
            ("state=Ontario",),
        ),
        ("city=Portland&state=Maine", 'near:"Portland" mi:50', ("state=Maine",)),
    ],
)
def test_a_place_is_looked_near_or_named(asked: str, typed: str, left: tuple[str, ...]) -> None:
    """What a link asks of where is never dropped without a word, or the answer were too wide."""
    assert typed_out(f"{BASE}/search?cond=x&{asked}") == (f"{typed} cond:x".strip(), left)


@pytest.mark.parametrize(
    "around",
    ["<{}>", "({})", '"{}"', "'{}'", "{}.", "<{}>,", "[{}]", "(<{}>)."],
)
@pytest.mark.parametrize("host", [BASE, "clinicaltrials.gov", "www.ClinicalTrials.gov"])
@pytest.mark.parametrize("value", ["sarcoma", "Sarcoma%20(soft%20tissue)", "Crohn's+disease"])
def test_a_link_is_found_in_what_is_put_around_it(around: str, host: str, value: str) -> None:
    """Brackets and quotes of people's own are none of it, and its own brackets are."""
    name = value.replace("%20", " ").replace("+", " ")
    text = around.format(f"{host}/search?cond={value}")
    assert typed_out(f"please {text} age 12") == (f"please age 12 cond:{name}", ())


@pytest.mark.parametrize(
    "text",
    [
        "https://elsewhere.example/clinicaltrials.gov/search?cond=x",
        "me@clinicaltrials.gov/search?cond=x",
        "my.clinicaltrials.gov/search?cond=x",
        "clinicaltrials.gov.example/search?cond=x",
        "sarcoma on clinicaltrials.gov?",
    ],
)
def test_what_only_looks_like_such_a_link_stays(text: str) -> None:
    """As words, just as they were typed."""
    assert typed_out(text) == (text, ())


@given(st.text(st.sampled_from("acf:%,&=+?# 2rec")))
def test_any_query_can_be_read(query: str) -> None:
    """Whatever stands behind the question mark."""
    assert isinstance(typed_out(f"{BASE}/search?{query}")[0], str)
