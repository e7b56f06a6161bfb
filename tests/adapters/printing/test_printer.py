"""Pages to take to the appointment."""

from __future__ import annotations

import re
from datetime import date

import msgspec
import pytest

from adapters.printing.printer import TypstPrinter
from bot.domain.cards.context import Context
from bot.domain.cards.sheet import Paper, Sheet, sheet
from bot.domain.message import Section
from tests.bot.domain.cards.test_card import FULL
from tests.shared import needs_shared
from tests.studies_recorded import recorded_studies

CONTEXT = Context(data_day=date(2026, 3, 2), today=date(2026, 3, 3))
MOST_PAGES = 3
_SIZES = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}
"""Width and height in points."""


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_same_sheet_gives_the_same_pages() -> None:
    """A PDF that carries no moment of its making."""
    printer, made = TypstPrinter(), sheet(FULL, CONTEXT)
    first = printer.pdf(made)
    assert first.startswith(b"%PDF")
    assert first == printer.pdf(made)


@pytest.mark.parametrize("paper", list(Paper))
def test_page_has_the_size_of_the_paper(paper: Paper) -> None:
    """A4 and letter."""
    pdf = TypstPrinter().pdf(sheet(FULL, CONTEXT, paper))
    box = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", pdf)
    assert box is not None
    assert (round(float(box[1])), round(float(box[2]))) == _SIZES[paper]


@pytest.mark.parametrize(
    "odd", ['#panic("x")', "$ \\ ] [ #sys.version", "@label <a>", "*b* _i_ `c`"]
)
def test_record_cannot_give_commands(odd: str) -> None:
    """Signs that mean something to the typesetter are printed as they are."""
    made = msgspec.structs.replace(
        sheet(FULL, CONTEXT), title=odd, sections=(Section(odd, (odd,)),)
    )
    assert pages_of(TypstPrinter().pdf(made)) >= 1


def test_fonts_carry_greek_accents_and_signs_of_medicine() -> None:
    """Every sign of these is drawn: a missing one would be left out of the fonts' own table."""
    letters = "αβγδμΩ ≥ ≤ ± é ü ł ñ ø ²³ ® ™ µ – “”"
    plain: Sheet = sheet(FULL, CONTEXT)
    with_signs = msgspec.structs.replace(plain, short=letters)
    without = msgspec.structs.replace(plain, short="abc")
    printer = TypstPrinter()
    assert len(printer.pdf(with_signs)) > len(printer.pdf(without)) + 1000


@needs_shared
def test_recorded_trials_fit_on_three_pages() -> None:
    """From the shortest record to one with a thousand places."""
    studies = recorded_studies()
    most_places = max(studies, key=lambda study: len(study.sites))
    longest = max(studies, key=lambda study: len(study.eligibility.criteria or ""))
    printer = TypstPrinter()
    for study in (*studies[::150], most_places, longest):
        assert 1 <= pages_of(printer.pdf(sheet(study, CONTEXT))) <= MOST_PAGES
