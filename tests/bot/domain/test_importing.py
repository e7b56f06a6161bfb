"""What is found in text that somebody brings, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.filters import RegistrySearch
from bot.domain.importing import read, read_typed, search_of

BASE = "https://clinicaltrials.gov"


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
        ("https://elsewhere.example/search?cond=sarcoma", None),
        ("https://clinicaltrials.gov.example/search?cond=sarcoma", None),
    ],
)
def test_a_link_to_a_search_is_one(url: str, search: RegistrySearch | None) -> None:
    """By its host and its fields, decoded as a browser writes them."""
    assert search_of(url) == search


@given(st.text() | st.binary())
def test_anything_can_be_read(content: str | bytes) -> None:
    """Whatever somebody sends, it is read without a fault."""
    assert read(content).is_empty in (True, False)


@given(st.lists(st.integers(min_value=0, max_value=99_999_999), max_size=20), st.randoms())
def test_every_number_is_found_once(numbers: list[int], chance: object) -> None:
    """In the order in which it first stands there, whatever stands between."""
    text = "".join(f"{one} NCT{number:08d}\n" for one, number in enumerate(numbers))
    found = [one.key.number for one in read(text).trials]
    assert found == [f"NCT{number:08d}" for number in dict.fromkeys(numbers)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("nct 902044, NCT00000002 hello", ("hello",)),
        (f"{BASE}/study/NCT00902044; {BASE}/search?cond=gout.", ()),
        ("NCT00902044\nNCT00000002 again", ()),
        ("hello", ("hello",)),
    ],
)
def test_each_word_of_one_typed_line_counts(text: str, left: tuple[str, ...]) -> None:
    """Of longer lists a line with a number was understood, whatever stands beside it."""
    assert read_typed(text).left == left


@pytest.mark.parametrize(
    "text",
    [
        '{"format":"trialbell-1"}',
        '{"format":"trialbell-1","exported":"2026-03-02","follows":7}',
        "{trialbell-1",
    ],
)
def test_a_broken_export_is_read_as_text(text: str) -> None:
    """It holds nothing, and is no fault."""
    assert read(text).is_empty


def test_what_was_not_understood_is_shortened() -> None:
    """A line is shown as far as somebody can find it again."""
    assert [len(line) for line in read("word " * 100).left] == [80]
