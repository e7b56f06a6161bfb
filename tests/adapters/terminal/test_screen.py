"""The prompt and what stands above it."""

from __future__ import annotations

import io

from rich.cells import cell_len

from adapters.terminal.screen import Screen
from tests.adapters.terminal.messages import CARD, pipe, shown, terminal, written


def test_a_line_that_is_too_long_shows_its_end() -> None:
    """It stays on one row, so that it can be drawn again; wide signs count double."""
    console = terminal(width=20)
    screen = Screen(console)
    screen.prompt("/follow 骨肉腫 and some more words 骨肉腫")
    [line] = shown(written(console))
    assert line.startswith("> ")
    assert line.endswith("words 骨肉腫")
    assert cell_len(line) < 20


def test_the_space_that_was_typed_last_is_seen() -> None:
    """The cursor stands where the next sign will go."""
    console = terminal()
    Screen(console).prompt("/follow ")
    assert shown(written(console)) == ["> /follow "]


def test_what_was_folded_is_shown_on_request() -> None:
    """With the same numbers on its buttons; without a folded message there is nothing to do."""
    console = terminal()
    screen = Screen(console)
    assert not screen.unfold()
    screen.answer((CARD,))
    assert "Criterion 9" not in written(console)
    assert screen.unfold()
    assert "Criterion 9" in written(console)
    assert list(screen.buttons) == [1, 2]


def test_a_pipe_has_nothing_to_unfold() -> None:
    """All of it is there from the beginning."""
    console = pipe()
    screen = Screen(console)
    screen.answer((CARD,))
    assert "Criterion 9" in written(console)
    assert not screen.unfold()


def test_an_output_that_cannot_show_a_sign_shows_a_question_mark() -> None:
    """A terminal set to ASCII gets the message all the same."""
    raw = io.BytesIO()
    console = terminal(io.TextIOWrapper(raw, encoding="ascii", write_through=True))
    Screen(console).line("\u2265 18 years")
    assert raw.getvalue() == b"? 18 years\n"
