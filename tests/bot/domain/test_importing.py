"""What is found in text that somebody brings, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.filters import Filter, RegistrySearch
from bot.domain.importing import read, read_typed

BASE = "https://clinicaltrials.gov"


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
        (f"<{BASE}/search?cond=gout> hello", ("hello",)),
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


def test_a_link_is_followed_with_what_it_narrows() -> None:
    """What cannot be said here, and a place, of which nobody is asked back, is left and said."""
    ticked = "aggFilters=status:rec%20not,ages:child"
    plan = read(f"{BASE}/search?cond=gout&{ticked}&country=France")
    (one,) = plan.conditions
    assert one.interest.search == RegistrySearch(cond="gout")
    statuses = ("NOT_YET_RECRUITING", "RECRUITING")
    assert one.interest.filter == Filter(statuses=statuses, countries=("France",))
    assert plan.left == ("ages:child",)
    assert read(f"{BASE}/search?cond=gout&locStr=Paris").left == ("near Paris",)
    assert read_typed(f"{BASE}/search?cond=gout&x=1 hello").left == ("hello", "x=1")
    assert read(f"{BASE}/search?aggFilters=status:rec").is_empty


def test_a_link_to_a_trial_that_was_searched_for_is_the_trial() -> None:
    """The search stands in its address too, and is not what the page is about."""
    plan = read(f"{BASE}/study/NCT00902044?cond=Cancer&aggFilters=status:rec&rank=2")
    assert [one.key.number for one in plan.trials] == ["NCT00902044"]
    assert not plan.conditions


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<{}cond=gout>", "cond:gout"),
        ("({}cond=Sarcoma%20(soft%20tissue)), NCT00902044", "cond:Sarcoma (soft tissue)"),
        ("['{}cond=Crohn's+disease']", "cond:Crohn's disease"),
        ('<outline xmlUrl="{}cond=Crohn&#39;s+disease"/>', "cond:Crohn's disease"),
    ],
)
def test_a_link_is_whole_whatever_is_put_around_it(text: str, words: str) -> None:
    """On a line of its own, in a list, in quotes."""
    plan = read(text.format(f"{BASE}/search?"))
    assert [one.interest.words for one in plan.conditions] == [words]
    assert plan.left == ()


def test_a_link_of_a_feed_list_is_read_as_it_is_meant() -> None:
    """What OPML has to spell otherwise, an apostrophe or a quote, does not end the link."""
    asked = "cond=Crohn&#39;s+disease&amp;aggFilters=status:rec&amp;country=&quot;France&quot;"
    plan = read(f'<opml><outline text="Crohn" xmlUrl="{BASE}/api/rss?{asked}"/></opml>')
    (one,) = plan.conditions
    assert one.interest.search == RegistrySearch(cond="Crohn's disease")
    assert one.interest.filter == Filter(statuses=("RECRUITING",), countries=("France",))


def test_what_is_asked_twice_or_of_a_place_is_named() -> None:
    """A file is read as what is typed: nothing of it is dropped without a word."""
    plan = read(f"{BASE}/search?cond=gout&cond=x&locStr=Paris&country=France&distance=20")
    assert plan.left == ("cond=x", "near Paris, France")


def test_a_long_file_of_brackets_is_read_in_no_time() -> None:
    """As many as fit into a file that is taken: what is read once takes no second look."""
    link = f"{BASE}/search?cond=gout"
    assert len(read("(" * 300_000 + link + ")" * 300_000)) == 1
