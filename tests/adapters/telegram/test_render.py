"""What a message looks like in Telegram, and that it always fits."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.packing import ENTITIES, LIMIT, units
from adapters.telegram.pressing import CALLBACK_BYTES
from adapters.telegram.render import BULLET, INDENT, render
from bot.domain.message import Button, Fact, Message, Section
from tests.fakes.telegram_checks import parse_html


class Parsed(HTMLParser):
    """The shown text of a piece of HTML; a tag that does not nest fails the test."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities = 0
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count an entity."""
        assert tag in {"a", "b", "i", "blockquote"}
        self.open.append(tag)
        self.entities += 1

    def handle_endtag(self, tag: str) -> None:
        """Only what was opened last can close."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect the text."""
        self.text += data


def bare(text: str) -> str:
    """A text without what a renderer may drop, move or add: blanks, bullets, control characters."""
    text = text.replace(BULLET.strip(), "")
    kept = (char for char in text if not char.isspace() and ord(char) >= 32 and ord(char) != 127)
    return "".join(kept)


def test_full_message_is_laid_out_in_reading_order() -> None:
    """Title with its link, lede, facts, sections (folded ones behind a tap) and footer."""
    message = Message(
        title="A study of A & B",
        lede="It is open.",
        facts=(Fact("Phase", "1"), Fact("Status", "Recruiting")),
        sections=(
            Section("Sites", ("Boston", "Ulm")),
            Section("Who can join", ("Age < 70", "Able to travel"), folded=True),
        ),
        footer="ClinicalTrials.gov, 3 March 2026",
        link="https://clinicaltrials.gov/study/NCT00902044?a=1&b=2",
    )
    (part,) = render(message)
    assert part.html == (
        '<a href="https://clinicaltrials.gov/study/NCT00902044?a=1&amp;b=2">'
        "<b>A study of A &amp; B</b></a>\n\n"
        "It is open.\n\n"
        "<b>Phase:</b> 1\n<b>Status:</b> Recruiting\n\n"
        "<b>Sites</b>\n\u2022 Boston\n\u2022 Ulm\n\n"
        "<b>Who can join</b>\n"
        "<blockquote expandable>\u2022 Age &lt; 70\n\u2022 Able to travel</blockquote>\n\n"
        "<i>ClinicalTrials.gov, 3 March 2026</i>"
    )
    assert part.plain.startswith("A study of A & B\n\nIt is open.")
    assert part.plain.endswith("\n\nhttps://clinicaltrials.gov/study/NCT00902044?a=1&b=2")


def test_long_message_breaks_between_sections() -> None:
    """A section that would fit on its own is not torn apart, and the buttons come last."""
    sections = tuple(Section(f"Heading {n}", ("word " * 500,)) for n in range(3))
    parts = render(Message(title="T", sections=sections, buttons=(Button("Go", action="help"),)))
    assert [part.html.count("<b>Heading") for part in parts] == [1, 1, 1]
    assert parts[1].html.startswith("<b>Heading 1</b>\n<blockquote expandable>word")
    assert [len(part.keyboard) for part in parts] == [0, 0, 1]


def test_section_longer_than_a_message_breaks_between_lines() -> None:
    """Each part of a folded section is folded for itself, and no line is torn apart."""
    lines = tuple(f"{n} " + "x" * 200 for n in range(60))
    parts = render(Message(title="T", sections=(Section("Sites", lines, folded=True),)))
    assert len(parts) > 2
    for part in parts:
        assert part.html.count("<blockquote expandable>") == 1
    shown = "\n".join(Parsed(part.html).text for part in parts).split("\n")
    assert [line.removeprefix(BULLET) for line in shown if "x" in line] == list(lines)


def test_heading_is_not_left_alone_at_the_foot() -> None:
    """Where not even the first line fits below it, a heading goes over to the next part."""
    lede = "y" * (LIMIT - 40)
    section = Section("Sites", ("z" * 3000, "z" * 3000))
    parts = render(Message(title="T", lede=lede, sections=(section,)))
    assert "Sites" not in parts[0].html
    assert parts[1].html.startswith("<b>Sites</b>\n\u2022 zzz")


def test_line_longer_than_a_message_breaks_between_words() -> None:
    """A single paragraph is cut at a blank and keeps its style on both sides."""
    parts = render(Message(title="T", footer="word " * 2000))
    footers = [part for part in parts if "<i>" in part.html]
    assert len(footers) == 3
    assert all(part.html.endswith("word</i>") for part in footers)


def test_length_is_counted_in_utf16_units() -> None:
    """An emoji counts as two, so 4,000 of them need two parts; none is torn in half."""
    parts = render(Message(title="😀" * 4000))
    assert [units(Parsed(part.html).text) for part in parts] == [4096, 3904]
    assert "".join(Parsed(part.html).text for part in parts) == "😀" * 4000


def test_more_than_a_hundred_entities_need_a_second_part() -> None:
    """Beyond 100 Telegram drops the formatting, so the facts are spread."""
    parts = render(Message(title="T", facts=tuple(Fact(f"F{n}", "v") for n in range(150))))
    assert len(parts) == 2
    assert all(Parsed(part.html).entities <= ENTITIES for part in parts)


@pytest.mark.parametrize(
    ("button", "kept"),
    [
        (Button("A", action="x" * 64), Button("A", action="x" * 64)),
        (Button("A", action="x" * 65), None),
        (Button("A", action="é" * 33), None),
        (
            Button("A", action="x" * 65, url="https://example.org"),
            Button("A", url="https://example.org"),
        ),
        (Button("A", url="https://example.org"), Button("A", url="https://example.org")),
        (Button("A", url="javascript:alert(1)"), None),
        (Button(" ", action="help"), None),
    ],
)
def test_button_that_telegram_would_refuse_is_left_out(button: Button, kept: Button | None) -> None:
    """One refused button would cost the whole message; an address stands in for a long action."""
    (part,) = render(Message(title="T", buttons=(button,)))
    assert part.keyboard == (((kept,),) if kept else ())


def test_buttons_stand_beside_each_other_as_their_labels_allow() -> None:
    """Labels are not cut on a narrow phone: three short ones in a row, two, or a long one alone."""
    labels = ("Where", "Follow", "Print", "Who can join", "What happened", "x" * 23, "Sources")
    buttons = tuple(Button(label, action="help") for label in labels)
    (part,) = render(Message(title="T", buttons=buttons))
    assert [[one.label for one in row] for row in part.keyboard] == [
        ["Where", "Follow", "Print"],
        ["Who can join", "What happened"],
        ["x" * 23],
        ["Sources"],
    ]


def test_page_buttons_have_a_row_of_their_own() -> None:
    """Back and on stand beside each other and beside nothing else."""
    back, on = (Button(label, action="help", apart=True) for label in ("Back", "On"))
    other = Button("Card", action="help")
    (part,) = render(Message(title="T", buttons=(other, back, on, other)))
    assert [[one.label for one in row] for row in part.keyboard] == [
        ["Card"],
        ["Back", "On"],
        ["Card"],
    ]


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (("One", "Two"), "\u2022 One\n\u2022 Two"),
        (("Alone",), "Alone"),
        (("* One", "* Two"), "* One\n* Two"),
        (("1. One", "2. Two"), "1. One\n2. Two"),
        (("Place", "  To ask there"), f"Place\n{INDENT}To ask there"),
        (("A", "  \u25e6 B", "C"), f"\u2022 A\n{INDENT}\u25e6 B\n\u2022 C"),
    ],
)
def test_lists_have_bullets_unless_they_have_their_own(lines: tuple[str, ...], shown: str) -> None:
    """A line that goes over into a second one is still seen to be one; depth is kept."""
    (part,) = render(Message(title="T", sections=(Section("H", lines),)))
    assert part.html == f"<b>T</b>\n\n<b>H</b>\n{shown}"


def test_long_section_is_collapsed_behind_the_first() -> None:
    """What was asked for is read at once; of what comes after it the beginning is shown."""
    long, short = ("word " * 60,) * 3, ("word",)
    sections = (Section("A", long), Section("B", long), Section("C", short))
    (part,) = render(Message(title="T", sections=sections))
    assert part.html.count("<blockquote expandable>") == 1
    assert part.html.index("<b>B</b>") < part.html.index("<blockquote") < part.html.index("<b>C")


def test_message_without_visible_text_has_no_parts() -> None:
    """There is nothing that Telegram would take."""
    assert render(Message(title=" \n\x00 ", facts=(Fact("F", ""),))) == ()


def test_half_a_surrogate_pair_is_replaced() -> None:
    """It could not be sent at all."""
    (part,) = render(Message(title="a\ud83db"))
    assert part.plain == "a\ufffdb"


CHARACTERS = st.characters(codec="utf-8") | st.sampled_from("<>&\"'😀 \n;")
SHORT = st.text(CHARACTERS, max_size=30)
LONG = st.builds(lambda text, times: text * times, SHORT, st.sampled_from([1, 1, 1, 40, 400]))
MESSAGES = st.builds(
    Message,
    title=LONG,
    lede=st.none() | LONG,
    facts=st.lists(st.builds(Fact, SHORT, LONG), max_size=6).map(tuple),
    sections=st.lists(
        st.builds(Section, LONG, st.lists(LONG, max_size=6).map(tuple), st.booleans()), max_size=4
    ).map(tuple),
    buttons=st.lists(
        st.builds(Button, SHORT, action=st.none() | SHORT, url=st.none() | SHORT), max_size=5
    ).map(tuple),
    footer=st.none() | LONG,
    link=st.none() | SHORT | SHORT.map("https://example.org/{}".format),
)


@given(MESSAGES)
def test_any_message_gives_valid_parts_and_loses_nothing(message: Message) -> None:
    """Every part nests and keeps the limits, and together they hold all the text, in order."""
    parts = render(message)
    shown = ""
    for part in parts:
        parsed = Parsed(part.html)
        assert parsed.text == parse_html(part.html)
        assert parsed.text.strip()
        assert units(parsed.text) <= LIMIT
        assert units(part.plain) <= LIMIT
        assert part.plain.startswith(parsed.text)
        assert parsed.entities <= ENTITIES
        shown += parsed.text
        for button in (button for row in part.keyboard for button in row):
            assert (button.action is None) != (button.url is None)
            assert len((button.action or "").encode()) <= CALLBACK_BYTES
    expected = [message.title, message.lede or ""]
    expected += [f"{fact.label}:{fact.value}" for fact in message.facts if bare(fact.value)]
    for section in message.sections:
        expected += [section.heading, *section.lines]
    expected.append(message.footer or "")
    assert bare(shown) == bare("".join(expected))
