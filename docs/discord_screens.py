"""Draw chats as Discord shows them, from the components that the program really sends.

``adapters.discord`` makes the components; here their texts are read as a client reads markdown.
Nothing in a picture is written by hand but who asks what, and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from adapters.discord.layout import layout_of
from adapters.discord.render import render
from bot.domain.message import Message
from docs.chats import Chats
from docs.drawing import Drawing, Run, leading, width_of
from tests.fakes.discord.reader import Line, Span, read

WIDTH = 640
MARGIN = 14
LEFT = 70
"""Where texts begin, right of the face."""

CARD = WIDTH - LEFT - MARGIN
INSET = 16
GAP = 8
SIZE = 15
SMALL = 12.5
SIZES = {"h1": 23, "h2": 19, "h3": 16, "small": SMALL}
POINT = 16
"""How far the words of a list stand behind its dot."""

BUTTON_SIZE = 13.5
BUTTON_HEIGHT = 32
LIST_HEIGHT = 40

BACKGROUND = "#313338"
BOX = "#2b2d31"
EDGE = "#3f4147"
INK = "#dbdee1"
BRIGHT = "#f2f3f5"
FAINT = "#a3a6aa"
LINK = "#35b4ff"
KEY = "#4e5058"
BLURPLE = "#5865f2"


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A message of the bot: in answer to what somebody typed, or by itself where that is empty."""

    message: Message
    at: str
    asked: str = ""
    alone: bool = False
    """Whether nobody else sees it."""


def screens(chats: Chats) -> dict[str, tuple[Said, ...]]:
    """The pictures by their names: a card and a part of it, news, and the settings."""
    asked, told = "Today at 09:12", "Today at 09:31"
    return {
        "card": (Said(message=chats.card, at=asked, asked="/trial"),),
        "part": (Said(message=chats.join, at=asked, asked="/trial"),),
        "change": (Said(message=chats.change, at=told),),
        "digest": (Said(message=chats.digest, at=told),),
        "settings": (
            Said(message=chats.settings, at=asked, asked="/settings show", alone=True),
            Said(message=chats.following, at=asked, asked="/following", alone=True),
        ),
    }


async def screen(chat: Sequence[Said], title: str) -> str:
    """A chat from its first message to its last. It is a coroutine, as the library's views ask."""
    drawing = Drawing(WIDTH)
    y: float = MARGIN
    for said in chat:
        if said.asked:
            y = _asked(drawing, y, said.asked)
        y = _name(drawing, y, said.at)
        for part in render(said.message):
            for component in layout_of(part).to_components():
                y = _top(drawing, y, component)
        if said.alone:
            runs = (Run("Only you can see this  ·  "), Run("Dismiss message", colour=LINK))
            drawing.line(LEFT, y + SMALL, runs, SMALL, FAINT)
            y += leading(SMALL) + 2
        y += MARGIN
    return drawing.svg(y, BACKGROUND, title)


def _asked(drawing: Drawing, y: float, asked: str) -> float:
    """The line above an answer that says who asked for it."""
    drawing.box(37, y + 9, LEFT - 43, 1.5, EDGE)
    drawing.box(37, y + 9, 1.5, 9, EDGE)
    drawing.circle(LEFT + 6, y + 8, 7, "#c7762d")
    runs = (Run("Ana", bold=True), Run(" used "), Run(asked, colour=LINK))
    drawing.line(LEFT + 18, y + 12, runs, SMALL, FAINT)
    return y + 22


def _name(drawing: Drawing, y: float, at: str) -> float:
    drawing.circle(37, y + 20, 20, "#4c6ef5")
    drawing.line(37, y + 27, (Run("T", bold=True),), 20, "#ffffff", middle=True)
    name, badge = (Run("Trialbell", bold=True),), (Run("APP", bold=True),)
    drawing.line(LEFT, y + SIZE, name, SIZE, BRIGHT)
    x = LEFT + width_of(name, SIZE) + 6
    width = width_of(badge, 10) + 8
    drawing.box(x, y + 3, width, 14, BLURPLE, radius=3)
    drawing.line(x + 4, y + 14, badge, 10, "#ffffff")
    drawing.line(x + width + 8, y + SIZE - 1, (Run(at),), 11.5, FAINT)
    return y + leading(SIZE) + 4


def _top(drawing: Drawing, y: float, component: dict[str, Any]) -> float:
    if component["type"] != 17:
        return _one(drawing, LEFT, y, CARD, component) + GAP
    inner = Drawing(WIDTH)
    end = y + INSET
    for one in component["components"]:
        end = _one(inner, LEFT + INSET + 4, end, CARD - 2 * INSET - 4, one) + GAP
    end += INSET - GAP
    drawing.box(LEFT, y, CARD, end - y, f"#{component['accent_color']:06x}", radius=8)
    drawing.box(LEFT + 4, y, CARD - 4, end - y, BOX, radius=6)
    drawing.lay(inner)
    return end + GAP


def _one(drawing: Drawing, x: float, y: float, width: float, one: dict[str, Any]) -> float:
    match one["type"]:
        case 1 if one["components"][0]["type"] == 3:
            return _list(drawing, x, y, width, one["components"][0])
        case 1:
            return _row(drawing, x, y, width, one["components"])
        case 10:
            return _text(drawing, x, y, width, one["content"])
        case 13:
            return _file(drawing, x, y, one["file"]["url"])
        case 14:
            drawing.box(x, y + 3, width, 1, EDGE)
            return y + 7
    raise SystemExit(f"no picture is drawn of a component of type {one['type']}")


def _text(drawing: Drawing, x: float, y: float, width: float, content: str) -> float:
    for at, line in enumerate(read(content)):
        size = SIZES.get(line.kind, SIZE)
        if at and line.kind.startswith("h"):
            y += 5
        left = x + POINT * line.depth
        if line.kind == "item":
            drawing.line(left + 4, y + size, (Run("•" if not line.depth else "◦"),), size, INK)
            left += POINT
        colour = FAINT if line.kind == "small" else BRIGHT if line.kind.startswith("h") else INK
        runs = list(_runs(line))
        if runs:
            y = drawing.paragraph(left, y, width - (left - x), runs, size, colour)
        else:
            y += leading(size) / 2
        y += {"item": 2, "h2": 4}.get(line.kind, 0)
    return y


def _runs(line: Line) -> Iterator[Run]:
    return _styled(line.spans, bold=line.kind.startswith("h"), colour=None)


def _styled(spans: Iterable[Span], *, bold: bool, colour: str | None) -> Iterator[Run]:
    for span in spans:
        heavy = bold or span.kind == "strong"
        shade = LINK if span.kind in ("link", "url", "mention") else colour
        if span.inner:
            yield from _styled(span.inner, bold=heavy, colour=shade)
        else:
            yield Run(span.text, bold=heavy, colour=shade)


def _row(
    drawing: Drawing, x: float, y: float, width: float, buttons: Sequence[dict[str, Any]]
) -> float:
    """Buttons beside each other; a client puts those below that find no room."""
    left = x
    for button in buttons:
        runs = (Run(button["label"]), Run("  ↗" if "url" in button else ""))
        wide = width_of(runs, BUTTON_SIZE) + 2 * INSET
        if left > x and left + wide > x + width:
            left, y = x, y + BUTTON_HEIGHT + GAP
        drawing.box(left, y, wide, BUTTON_HEIGHT, KEY, radius=8)
        drawing.line(left + INSET, y + 21, runs, BUTTON_SIZE, "#ffffff")
        left += wide + GAP
    return y + BUTTON_HEIGHT


def _list(drawing: Drawing, x: float, y: float, width: float, choice: dict[str, Any]) -> float:
    drawing.box(x, y, width, LIST_HEIGHT, "#1e1f22", radius=6, outline=EDGE)
    drawing.line(x + 12, y + 25, (Run(choice["placeholder"]),), SIZE, FAINT)
    drawing.chevron(x + width - 20, y + LIST_HEIGHT / 2, FAINT)
    return y + LIST_HEIGHT


def _file(drawing: Drawing, x: float, y: float, url: str) -> float:
    drawing.box(x, y, 300, 48, "#232428", radius=8, outline=EDGE)
    drawing.box(x + 12, y + 10, 21, 28, "#8ea1e1", radius=3)
    drawing.line(x + 46, y + 30, (Run(url.removeprefix("attachment://")),), SIZE, LINK)
    return y + 48
