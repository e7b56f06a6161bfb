"""How the pictures of chats are drawn: lines that fit, and no word lost."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.drawing import Drawing, Run, width_of, wrap

RUNS = st.lists(
    st.builds(Run, st.text("abc dW é<&", min_size=1, max_size=40), st.booleans(), st.booleans()),
    max_size=6,
)


@given(RUNS, st.integers(40, 400))
def test_lines_fit_and_hold_every_word(runs: list[Run], width: int) -> None:
    """A line is broken at blanks where it can be, and styles stay with their letters."""
    lines = wrap(runs, width, 15)
    shown = "".join(one.text for line in lines for one in line)
    assert "".join(shown.split()) == "".join("".join(one.text for one in runs).split())
    for line in lines:
        assert width_of(line, 15) <= width


@pytest.mark.parametrize(("text", "width"), [("ii", 4.44), ("Ring 10", 34.46), ("", 0.0)])
def test_widths_are_those_of_the_font(text: str, width: float) -> None:
    """Counted by hand from the published widths, at a size of ten."""
    assert width_of([Run(text)], 10) == pytest.approx(width, abs=0.01)


def test_picture_is_well_formed_and_escapes_what_it_shows() -> None:
    """A criterion with signs of markup in it is text like any other."""
    drawing = Drawing(200)
    drawing.box(0, 0, 100, 20, "#ffffff", radius=4)
    end = drawing.paragraph(4, 4, 90, [Run("a < b & c", bold=True)], 12, "#000000")
    picture = ElementTree.fromstring(drawing.svg(end, "#eeeeee", "A & B"))
    assert "a < b & c" in "".join(picture.itertext())
