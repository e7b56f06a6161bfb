"""Pictures of chats on Telegram show what is really sent."""

from __future__ import annotations

from xml.etree import ElementTree

from adapters.telegram.render import render
from bot.domain.cards.card import card
from bot.domain.message import Button, Message, Section
from docs.telegram_screens import QUOTE_LINES, Said, Typed, screen
from tests.bot.domain.cards.golden_records import RECORDS
from tests.bot.domain.cards.test_pages import CONTEXT


def shown(picture: str) -> str:
    """All that is written in a picture, without the blanks at which lines are broken."""
    return "".join("".join(ElementTree.fromstring(picture).itertext()).split())


def bare(text: str) -> str:
    """The same of a text."""
    return "".join(text.split())


def test_every_word_and_button_of_a_card_is_drawn() -> None:
    """In the order in which it is read; a button that leads away has its sign."""
    message = card(RECORDS["phase-1-oncology"], CONTEXT)
    (part,) = render(message)
    text = shown(screen([Typed("/trial", "9:40"), Said(message, "9:41")], "A card"))
    assert "/trial" in text
    link = message.link or ""
    assert bare(part.plain.removesuffix(link)) in text
    for button in message.buttons:
        assert bare(button.label) in text
    assert "↗" in text


def test_collapsed_quote_shows_its_beginning_and_a_long_label_is_cut() -> None:
    """As a client does before anybody taps."""
    lines = tuple(f"Line {number}" for number in range(9))
    section = Section("Folded", lines, folded=True)
    button = Button("A label that is far too long for any button of a phone, even alone", "help")
    picture = screen([Said(Message(title="T", sections=(section,), buttons=(button,)), "9")], "A")
    assert "Line2" in shown(picture)
    assert f"Line{QUOTE_LINES}" not in shown(picture)
    assert "Alabelthatis" in shown(picture)
    assert "evenalone" not in shown(picture)
