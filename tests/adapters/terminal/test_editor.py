"""From characters and keys to lines."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.terminal.editor import PipedLines, TypedLines

PLAIN = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]))


def typed(keys: str) -> TypedLines:
    """An editor after these keys."""
    editor = TypedLines()
    editor.feed(keys)
    return editor


@given(st.text(), st.lists(st.integers(0, 60)))
def test_where_a_pipe_is_cut_does_not_matter(text: str, cuts: list[int]) -> None:
    """The same lines come out however the text arrives, as long as no CR LF pair is cut."""
    whole, pieces = PipedLines(), PipedLines()
    text = text.replace("\r", "")
    wanted = whole.feed(text)
    places = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    got = [line for a, b in itertools.pairwise(places) for line in pieces.feed(text[a:b])]
    assert (got, pieces.typed) == (wanted, whole.typed)


@given(st.text(), st.lists(st.integers(0, 60)))
def test_where_keys_are_cut_does_not_matter(text: str, cuts: list[int]) -> None:
    """A sequence of an arrow key may arrive in two halves."""
    whole, pieces = TypedLines(), TypedLines()
    wanted = whole.feed(text)
    places = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    got = [line for a, b in itertools.pairwise(places) for line in pieces.feed(text[a:b])]
    assert (got, pieces.typed, pieces.ended) == (wanted, whole.typed, whole.ended)


@given(PLAIN)
def test_what_is_typed_is_what_arrives(text: str) -> None:
    """Any script, any sign that can be printed."""
    wanted = "".join(sign for sign in text if sign.isprintable())
    assert TypedLines().feed(f"{text}\r") == [wanted]


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        ("abc\x7f", "ab"),
        ("\x7fabc", "abc"),
        ("/follow sarcoma\x15", ""),
        ("/follow soft sarcoma\x17", "/follow soft "),
        ("/follow sarcoma  \x17", "/follow "),
        ("a\x1b[Cb\x1b[3~c\x1bxd\x01e", "abcde"),
        ("é\x7fü", "ü"),
    ],
)
def test_a_line_can_be_corrected(keys: str, left: str) -> None:
    """Backspace, Ctrl-U and Ctrl-W take back; keys without a meaning leave nothing behind."""
    assert typed(keys).typed == left


def test_earlier_lines_can_be_called_back() -> None:
    """Arrow up goes back and stops at the first, arrow down returns to an empty line."""
    editor = typed("one\rtwo\rtwo\r\r")
    assert editor.feed("\x1b[A\x1bOA\x1b[A\r") == ["one"]
    editor.feed("\x1b[A\x1b[B\x1b[B")
    assert editor.typed == ""


def test_ctrl_d_ends_an_empty_line_only() -> None:
    """On a line with something on it, it does nothing; what follows the end is not taken."""
    assert not typed("a\x04").ended
    ended = typed("\x04abc")
    assert ended.ended
    assert ended.typed == ""
