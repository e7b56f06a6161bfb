"""Parts of a card as pages: each fits into one message, and nothing is lost between them."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cards.card import card, card_part
from bot.domain.cards.context import Context
from bot.domain.cards.parts import Part
from bot.domain.message import Message
from bot.domain.paging import room_in, weight_of
from bot.domain.study import Contact, Eligibility, Intervention, Site, Study, StudyKey
from tests.bot.domain.cards.golden_records import RECORDS
from tests.bot.domain.cards.sides import pages, sides

CONTEXT = Context(data_day=date(2026, 3, 3), today=date(2026, 3, 4))
KEY = StudyKey("ctgov", "NCT90000111")

CRITERIA = st.lists(
    st.text("abc,* 5", min_size=1, max_size=80) | st.integers(1, 900).map("some words ".__mul__),
    max_size=60,
)


def lines_of(message: Message) -> list[str]:
    """What stands in its sections."""
    return [line for section in message.sections for line in section.lines]


def assert_fits(side: Message) -> None:
    """Its sections in the room beside the rest, its actions in a button."""
    assert sum(map(weight_of, side.sections)) <= room_in(side)
    assert all(len((one.action or "").encode()) <= 64 for one in side.buttons)


@given(CRITERIA)
def test_pages_of_the_criteria_hold_every_line_once(lines: list[str]) -> None:
    """As written, in order, however long the list or a line of it is."""
    criteria = "\n".join(lines)
    study = Study(key=KEY, eligibility=Eligibility(criteria=criteria))
    shown = list(pages(study, Part.ORIGINAL, CONTEXT))
    words = "".join(line for side in shown for line in lines_of(side))
    if criteria.strip():
        assert "".join(words.split()) == "".join(criteria.split())
    for side in shown:
        assert_fits(side)


@pytest.mark.parametrize("name", RECORDS)
def test_every_side_of_every_kind_of_card_fits(name: str) -> None:
    """The pages are followed by their buttons, one of 1,148 places to its end."""
    shown = list(sides(RECORDS[name], CONTEXT))
    for side in shown:
        assert_fits(side)
    numbers = [side.lede for side in shown[1:] if side.lede]
    assert len(set(numbers)) == len(numbers)


def test_every_place_stands_on_one_page_with_whom_to_ask_there() -> None:
    """Many contacts make a page shorter; a place is not parted from them."""
    sites = tuple(
        Site(
            facility=f"Clinic {at:03}",
            city="Lyon",
            country="France",
            contacts=(Contact(name=f"Person {at:03} " + "of a long name " * (at % 7) * 5),) * 2,
        )
        for at in range(90)
    )
    shown = list(pages(Study(key=KEY, sites=sites), Part.WHERE, CONTEXT))
    assert len(shown) > 9
    seen = []
    for side in shown:
        assert_fits(side)
        lines = lines_of(side)
        places = [line for line in lines if line.startswith("Clinic ")]
        assert sum("Person" in line for line in lines) == 2 * len(places)
        seen += places
    assert seen == [f"Clinic {at:03}, Lyon, France" for at in range(90)]
    assert f"of {len(shown)}." in (shown[0].lede or "")


def test_page_says_which_it_is_and_leads_to_its_neighbours() -> None:
    """An old button of a page that is gone shows the last; a short part has no pages at all."""
    many = Eligibility(criteria="\n".join(f"* Rule number {at}" for at in range(900)))
    study = Study(key=KEY, eligibility=many)
    second = card_part(study, Part.ORIGINAL, 2, CONTEXT)
    assert (second.lede or "").startswith("As written: page 2 of ")
    actions = {one.label: one.action for one in second.buttons}
    assert actions["Previous page"] == f"trial {KEY.number} original 1"
    assert actions["Next page"] == f"trial {KEY.number} original 3"
    last = card_part(study, Part.ORIGINAL, 999, CONTEXT)
    assert "Next page" not in {one.label for one in last.buttons}
    short = card_part(Study(key=KEY), Part.ORIGINAL, 7, CONTEXT)
    assert short.lede is None
    assert not {"Next page", "Previous page"} & {one.label for one in short.buttons}


def test_head_fits_even_where_a_record_names_hundreds_of_conditions() -> None:
    """The first of them are named, and how many more there are."""
    study = Study(
        key=KEY,
        conditions=tuple(f"A condition of some length {at}" for at in range(400)),
        interventions=tuple(Intervention(name=f"A treatment {at}") for at in range(90)),
    )
    head = card(study, CONTEXT)
    assert_fits(head)
    assert room_in(head) >= 2000
    facts = {fact.label: fact.value for fact in head.facts}
    assert facts["Conditions"].endswith("more")
    few = msgspec.structs.replace(study, conditions=("Sarcoma", "Lymphoma"))
    assert {f.label: f.value for f in card(few, CONTEXT).facts}["Conditions"] == "Sarcoma, Lymphoma"
