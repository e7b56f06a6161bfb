"""Draw chats as Telegram shows them on a phone, from what the program really sends.

``adapters.telegram.render`` makes the HTML and the keyboard; here they are read as a client reads
them. Nothing in a picture is written by hand but who talks, and when.
"""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

import msgspec

from adapters.telegram.render import Rendered, render
from bot.domain.message import Button, Message
from docs.chats import TRIAL, Chats
from docs.drawing import Drawing, Run, leading, width_of, wrap

WIDTH = 400
BUBBLE = 344
MARGIN = 10
INSET = 12
SIZE = 14.5
BUTTON_SIZE = 13.5
BUTTON_HEIGHT = 36
GAP = 5
BLANK = 9
"""An empty line; less than a full one, as a client draws it."""

QUOTE_LINES = 3
"""Of a quote that is collapsed so much is shown."""

HEADER = 54

BACKGROUND = "#cfdfe8"
OTHERS = "#ffffff"
OWN = "#e3f9d2"
INK = "#111111"
FAINT = "#8a979f"
LINK = "#1d83c4"
QUOTE = "#eaf4fb"
KEY = "#6f90a6"


class Said(msgspec.Struct, frozen=True):
    """A message of the bot, and at what time it stands in the chat."""

    message: Message
    at: str


class Typed(msgspec.Struct, frozen=True):
    """What somebody typed."""

    text: str
    at: str


def screens(chats: Chats) -> dict[str, tuple[Said | Typed, ...]]:
    """The pictures by their names: a card and a part of it, news, and the settings."""
    return {
        "card": (Typed(f"/trial {TRIAL}", "9:40"), Said(chats.card, "9:40")),
        "part": (Said(chats.join, "9:41"),),
        "change": (Said(chats.change, "18:03"),),
        "digest": (Said(chats.digest, "7:00"),),
        "settings": (
            Typed("/settings", "9:44"),
            Said(chats.settings, "9:44"),
            Typed("/following", "9:45"),
            Said(chats.following, "9:45"),
        ),
    }


class _Piece(msgspec.Struct):
    """Lines that stand in a quote, or that do not."""

    quote: bool
    lines: list[list[Run]]


class _Read(HTMLParser):
    """Telegram's HTML as lines of runs."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces = [_Piece(False, [[]])]
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """A style begins, or a quote."""
        self._open.append(tag)
        if tag == "blockquote":
            self.pieces.append(_Piece(True, [[]]))

    def handle_endtag(self, tag: str) -> None:
        """It ends."""
        self._open.remove(tag)
        if tag == "blockquote":
            self.pieces.append(_Piece(False, [[]]))

    def handle_data(self, data: str) -> None:
        """Text in the styles that are open."""
        for at, line in enumerate(data.split("\n")):
            if at:
                self.pieces[-1].lines.append([])
            if line:
                colour = LINK if "a" in self._open else None
                bold, italic = "b" in self._open, "i" in self._open
                self.pieces[-1].lines[-1].append(Run(line, bold, italic, colour))


def screen(chat: Sequence[Said | Typed], title: str) -> str:
    """A chat from its header to its last message."""
    drawing = Drawing(WIDTH)
    y: float = HEADER + MARGIN
    for one in chat:
        if isinstance(one, Typed):
            y = _typed(drawing, y, one)
        else:
            for part in render(one.message):
                y = _said(drawing, y, part, one)
        y += MARGIN
    _header(drawing)
    return drawing.svg(y, BACKGROUND, title)


def _header(drawing: Drawing) -> None:
    drawing.box(0, 0, WIDTH, HEADER, "#ffffff")
    drawing.box(0, HEADER, WIDTH, 1, "#d5dde2")
    drawing.circle(34, HEADER / 2, 18, "#4c6ef5")
    drawing.line(34, HEADER / 2 + 6, (Run("T", bold=True),), 18, "#ffffff", middle=True)
    drawing.line(64, HEADER / 2 - 2, (Run("Trialbell", bold=True),), 16, INK)
    drawing.line(64, HEADER / 2 + 15, (Run("bot"),), 12.5, FAINT)


def _typed(drawing: Drawing, y: float, typed: Typed) -> float:
    runs = (Run(typed.text, colour=LINK if typed.text.startswith("/") else None),)
    width = width_of(runs, SIZE) + 2 * INSET + 42
    height = leading(SIZE) + 14
    x = WIDTH - MARGIN - width
    drawing.box(x, y, width, height, OWN, radius=13)
    drawing.line(x + INSET, y + 7 + SIZE, runs, SIZE, INK)
    _time(drawing, WIDTH - MARGIN - INSET, y + height - 8, typed.at, "#6aa35a")
    return y + height


def _said(drawing: Drawing, y: float, part: Rendered, said: Said) -> float:
    """A bubble and its keyboard; the bubble is drawn over when its height is known."""
    inner = Drawing(WIDTH)
    end = _text(inner, y + 9, part.html)
    end += 16
    drawing.box(MARGIN, y, BUBBLE, end - y, OTHERS, radius=13)
    drawing.lay(inner)
    _time(drawing, MARGIN + BUBBLE - INSET, end - 7, said.at, FAINT)
    for row in part.keyboard:
        end += GAP
        _row(drawing, end, row)
        end += BUTTON_HEIGHT
    return end


def _time(drawing: Drawing, right: float, y: float, at: str, colour: str) -> None:
    runs = (Run(at),)
    drawing.line(right - width_of(runs, 11), y, runs, 11, colour)


def _text(drawing: Drawing, y: float, html: str) -> float:
    for piece in _Read(html).pieces:
        if piece.quote:
            y = _quote(drawing, y, piece.lines)
            continue
        # What stands before a quote ends its own line, and what follows begins a new one.
        lines = piece.lines[1:] if not piece.lines[0] else piece.lines
        for line in lines[:-1] if lines and not lines[-1] else lines:
            if line:
                y = drawing.paragraph(MARGIN + INSET, y, BUBBLE - 2 * INSET, line, SIZE, INK)
            else:
                y += BLANK
    return y


def _quote(drawing: Drawing, y: float, lines: list[list[Run]]) -> float:
    width = BUBBLE - 2 * INSET
    shown = [line for runs in lines for line in wrap(runs, width - 34, SIZE - 0.5)]
    cut = len(shown) > QUOTE_LINES
    shown = shown[:QUOTE_LINES]
    height = len(shown) * leading(SIZE - 0.5) + 10
    x = MARGIN + INSET
    drawing.box(x, y + 2, width, height, QUOTE, radius=5)
    drawing.box(x, y + 2, 3.5, height, LINK, radius=1.5)
    below = y + 7
    for line in shown:
        drawing.line(x + 11, below + SIZE - 0.5, line, SIZE - 0.5, INK)
        below += leading(SIZE - 0.5)
    if cut:
        drawing.chevron(x + width - 14, y + height - 6, LINK)
    return y + height + 4


def _row(drawing: Drawing, y: float, row: tuple[Button, ...]) -> None:
    width = (BUBBLE - GAP * (len(row) - 1)) / len(row)
    for at, button in enumerate(row):
        x = MARGIN + at * (width + GAP)
        drawing.box(x, y, width, BUTTON_HEIGHT, KEY, radius=8)
        label = _fitting(button.label, width - 16)
        middle = x + width / 2
        drawing.line(middle, y + 23, (Run(label, bold=True),), BUTTON_SIZE, "#ffffff", middle=True)
        if button.url:
            drawing.line(x + width - 14, y + 13, (Run("↗"),), 10, "#ffffff")


def _fitting(label: str, width: float) -> str:
    """A client cuts a label that is wider than its button."""
    if width_of((Run(label, bold=True),), BUTTON_SIZE) <= width:
        return label
    while label and width_of((Run(label + "…", bold=True),), BUTTON_SIZE) > width:
        label = label[:-1]
    return label.rstrip() + "…"
