"""From a message to a panel, and to plain lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import RenderableType

from adapters.terminal.render import FOLDED_LINES, clean, clean_line, folds, plain, render
from bot.domain.message import Button, Fact, Message, Section, Tone
from tests.adapters.terminal.messages import CARD, CRITERIA, terminal, without_colour, written


def drawn(what: RenderableType, width: int = 80) -> str:
    """What a terminal of this width gets, colours included."""
    console = terminal(width=width)
    console.print(what)
    return written(console)


def words(output: str) -> str:
    """The words of a panel in their order, without its frame and line ends."""
    return " ".join(without_colour(output).replace("│", " ").split())


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_nothing_is_lost_or_sticks_out_at_any_width(width: int) -> None:
    """Every part of a card is there, the frame closes, and no line is wider than the window."""
    output = drawn(render(CARD), width)
    read = words(output)
    assert clean_line(CARD.title) in read
    assert "It is open and looks for people to take part." in read
    assert "[1] Follow → /follow" in read
    assert "Source: ClinicalTrials.gov, data of 2026-11-20." in read
    lines = without_colour(output).splitlines()
    assert {cell_len(line) for line in lines} == {width}
    assert lines[0].startswith("╭")
    assert lines[-1].startswith("╰")


def test_facts_stand_in_two_columns() -> None:
    """Values begin at the same column, also on the lines that a long value takes."""
    long = Message(title="T", facts=(Fact("Phase", "Phase 1"), Fact("Treatments", "one two " * 12)))
    lines = [line.strip("│ ") for line in without_colour(drawn(render(long))).splitlines()]
    assert "Phase       Phase 1" in lines
    assert any(line.startswith("Treatments  one two") for line in lines)
    whole = without_colour(drawn(render(long))).splitlines()
    column = next(line for line in whole if "Treatments" in line).index("one")
    assert next(line for line in whole if "one two" in line and "Treat" not in line)[
        column:
    ].startswith(("one", "two"))


@pytest.mark.parametrize(
    ("tone", "code"), [(Tone.GOOD, 32), (Tone.CAUTION, 33), (Tone.STOPPED, 31), (Tone.PLAIN, 36)]
)
def test_the_tone_colours_the_frame(tone: Tone, code: int) -> None:
    """Green, yellow, red and cyan, as the status goes."""
    assert drawn(render(Message(title="T", tone=tone))).startswith(f"\x1b[{code}m╭")


def test_markup_in_a_record_is_text() -> None:
    """What looks like an instruction to the terminal library is shown as it stands."""
    for output in (words(drawn(render(CARD))), plain(CARD)):
        assert "[bold]With[/bold]" in output
        assert "[red]and[/red]" in output
        assert "[link=http://evil.example]" in output


def test_a_record_cannot_reach_the_terminal_itself() -> None:
    """Escape sequences, bells, carriage returns and turned writing are taken out everywhere."""
    evil = "a\x1b[2Jb\x07c\rd\x9be\u202ef"
    message = Message(
        title=evil,
        lede=evil,
        facts=(Fact(evil, evil),),
        sections=(Section(evil, (evil,)),),
        buttons=(Button(evil, action=evil), Button(evil, url=evil)),
        footer=evil,
        link=f"https://x.example/{evil}",
    )
    for output in (drawn(render(message)), plain(message)):
        assert not set("\x07\r\x9b\u202e") & set(output)
        assert "\x1b[2J" not in output
    assert "\x1b" not in plain(message)


@given(st.text())
def test_cleaned_text_has_no_control_character_and_stays_clean(text: str) -> None:
    """Cleaning twice is cleaning once, and only line breaks remain of the control characters."""
    once = clean(text)
    assert clean(once) == once
    assert all(sign == "\n" or sign.isprintable() or ord(sign) > 0x9F for sign in once)


def test_a_folded_section_shows_its_beginning_and_how_much_is_left() -> None:
    """The first lines stand there, then how many more there are and how to see them."""
    output = words(drawn(render(CARD)))
    assert f"Criterion {FOLDED_LINES} of" in output
    assert f"Criterion {FOLDED_LINES + 1} of" not in output
    assert f"… {len(CRITERIA) - FOLDED_LINES} more lines: type /more to see them." in output
    assert folds(CARD)


def test_lines_are_marked_where_there_are_several() -> None:
    """So that it is seen where a long one begins; what heads a list, or stands alone, is not."""
    several = Message(
        title="T", sections=(Section("S", ("Inclusion Criteria:", "* One", "- Two")),)
    )
    assert "S Inclusion Criteria: • One • Two" in words(drawn(render(several)))
    alone = Message(title="T", sections=(Section("S", ("One",)),))
    assert "S One" in words(drawn(render(alone)))


def test_unfolding_shows_all_of_it() -> None:
    """Nothing is left out and no hint remains."""
    output = words(drawn(render(CARD, unfold=True)))
    assert "Criterion 9 of the list" in output
    assert "/more" not in output


@pytest.mark.parametrize("count", range(FOLDED_LINES + 2))
def test_a_hint_never_takes_the_room_of_the_one_line_that_it_hides(count: int) -> None:
    """A folded section that is one line too long is simply shown."""
    message = Message(title="T", sections=(Section("S", CRITERIA[:count], folded=True),))
    assert not folds(message)
    assert "/more" not in drawn(render(message))


def test_buttons_are_numbered_from_where_the_screen_says() -> None:
    """A message that is pushed goes on after the numbers that stand already."""
    assert "[3] Follow" in words(drawn(render(CARD, first_button=3)))
    assert "[4] On ClinicalTrials.gov" in plain(CARD, first_button=3)


def test_the_link_is_shown_once() -> None:
    """Where a button leads to the same page, the foot does not repeat it."""
    bare = Message(title="T", link=CARD.link)
    assert words(drawn(render(CARD))).count("https://") == 1
    assert words(drawn(render(bare))).count("https://") == 1


def test_in_a_pipe_it_is_plain_lines() -> None:
    """No colour, no frame, no fold, one line a fact: what grep and less like."""
    assert plain(CARD).splitlines() == [
        clean_line(CARD.title),
        "",
        "It is open and looks for people to take part.",
        "",
        "Number: NCT90000101",
        "Treatments: Exampumab [red]and[/red] Doxorubicin 75 mg/m^2",
        "",
        "What it is about",
        "  Two groups are compared [link=http://evil.example].",
        "",
        "Who can join",
        *(f"  {line}" for line in CRITERIA),
        "",
        "[1] Follow -> /follow NCT90000101",
        "[2] On ClinicalTrials.gov -> https://clinicaltrials.gov/study/NCT90000101",
        "",
        "Source: ClinicalTrials.gov, data of 2026-11-20.",
    ]


def test_a_message_of_a_title_alone_is_one_line() -> None:
    """Empty parts leave no empty lines behind."""
    assert plain(Message(title="Stopped")) == "Stopped"
    assert len(drawn(render(Message(title="Stopped"))).splitlines()) == 3


def test_an_outline_keeps_its_shape() -> None:
    """A heading within a list stands at the margin, and what is below an item further in."""
    lines = ("• Any of these:", "  ◦ Pain", "OTHER:", "• Age")
    shown = without_colour(drawn(render(Message(title="T", sections=(Section("S", lines),)))))
    columns = {words(line): len(line) - len(line.lstrip("│ ")) for line in shown.splitlines()[1:-1]}
    margin = columns["S"]
    assert (columns["• Any of these:"], columns["OTHER:"], columns["• Age"]) == (margin,) * 3
    assert columns["◦ Pain"] == margin + 2


def test_a_button_that_stands_for_what_is_kept_shows_no_mark() -> None:
    """Nobody could type it; what can be typed is shown behind an arrow."""
    kept, typed = Button("Next page", action="search *0123456789ab"), Button("Stop", action="help")
    message = Message(title="Found", buttons=(kept, typed))
    for said in (plain(message), words(drawn(render(message)))):
        assert "*" not in said
        assert "Next page" in said
        assert "/help" in said
