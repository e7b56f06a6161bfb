"""Draw what a chat shows as an SVG picture that reads the same on every machine.

Lines are broken with the widths of Helvetica, which Arial and Liberation Sans share, and each run
of text is held to the width that was counted: where the font is another one, nothing runs over.
Nothing is fetched from elsewhere and nothing but this file is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

import msgspec

FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"

_PLAIN = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556"
    " 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833"
    " 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556"
    " 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334"
    " 260 334 584"
)
_BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556"
    " 556 556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833"
    " 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611"
    " 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389"
    " 280 389 584"
)
_WIDTHS = tuple(dict(enumerate(map(int, one.split()), 32)) for one in (_PLAIN, _BOLD))
"""Thousandths of the size, for the characters from the blank to the tilde."""

_OTHERS = {
    **dict.fromkeys("•◦▪", 350),
    **dict.fromkeys("“”‹›", 333),
    **dict.fromkeys("\u2018\u2019", 222),
    **dict.fromkeys("\u00a0·", 278),
    **dict.fromkeys("…—↗", 1000),
    **dict.fromkeys("≤≥", 549),
    "–": 556,
    "✓": 800,
}
BLANKS = " \t\n"
"""Where a line may be broken; not at a blank that belongs to its neighbours."""

_ELSE = 600
"""What any other character is taken to have."""


class Run(msgspec.Struct, frozen=True):
    """Text in one style; ``colour`` of None is that of what it stands in."""

    text: str
    bold: bool = False
    italic: bool = False
    colour: str | None = None
    mono: bool = False


Line = tuple[Run, ...]


def width_of(runs: Iterable[Run], size: float) -> float:
    """How wide these are beside each other at this size of the font."""
    return sum(_character(one, character) for one in runs for character in one.text) * size / 1000


def _character(run: Run, character: str) -> int:
    if run.mono:
        return _ELSE
    known = _WIDTHS[run.bold].get(ord(character))
    return known if known is not None else _OTHERS.get(character, _ELSE)


def wrap(runs: Sequence[Run], width: float, size: float) -> list[Line]:
    """Lines no wider than that, broken at blanks; a word that is wider by itself is cut."""
    lines: list[list[Run]] = [[]]
    for word in _words(runs, width, size):
        blank = all(not one.text.strip(BLANKS) for one in word)
        if blank and not lines[-1]:
            continue
        if not blank and width_of((*lines[-1], *word), size) > width and lines[-1]:
            lines.append([])
        lines[-1].extend(word)
    return [_joined(line) for line in lines]


def _words(runs: Sequence[Run], width: float, size: float) -> Iterator[list[Run]]:
    """What a line is not broken within: blanks, and words, also where a style ends inside one."""
    letters = [
        (msgspec.structs.replace(one, text=character), character in BLANKS)
        for one in runs
        for character in one.text
    ]
    for blank, group in groupby(letters, key=lambda letter: letter[1]):
        word: list[Run] = []
        for letter, _ in group:
            if not blank and width_of((*word, letter), size) > width and word:
                yield word
                word = []
            word.append(letter)
        yield word


def _joined(letters: Sequence[Run]) -> Line:
    """Letters of one style as one run, without the blanks at the end of the line."""
    runs = [
        msgspec.structs.replace(style, text="".join(one.text for one in group))
        for style, group in groupby(letters, key=lambda one: msgspec.structs.replace(one, text=""))
        for group in [list(group)]
    ]
    while runs and not runs[-1].text.strip(BLANKS):
        runs.pop()
    if runs:
        runs[-1] = msgspec.structs.replace(runs[-1], text=runs[-1].text.rstrip(BLANKS))
    return tuple(runs)


class Drawing:
    """A picture that grows downwards; all lengths are in pixels of a screen."""

    def __init__(self, width: float) -> None:
        self.width = width
        self._drawn: list[str] = []

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        radius: float = 0,
        outline: str | None = None,
    ) -> None:
        """A rectangle with rounded corners."""
        stroke = f' stroke="{outline}"' if outline else ""
        self._drawn.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}"'
            f' fill="{fill}"{stroke}/>'
        )

    def circle(self, x: float, y: float, radius: float, fill: str) -> None:
        """A disc with its middle there, such as a face."""
        self._drawn.append(f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}"/>')

    def chevron(self, x: float, y: float, colour: str) -> None:
        """A small arrow downwards: there is more."""
        self._drawn.append(
            f'<path d="M{x - 5:g} {y - 3:g}l5 5 5-5" fill="none" stroke="{colour}"'
            f' stroke-width="2" stroke-linecap="round"/>'
        )

    def lay(self, other: Drawing) -> None:
        """All of another drawing, over this one."""
        self._drawn += other._drawn

    def line(
        self, x: float, y: float, runs: Line, size: float, colour: str, *, middle: bool = False
    ) -> None:
        """One line of text whose letters stand on ``y``, from ``x`` on or with ``x`` its middle."""
        if not runs:
            return
        width = width_of(runs, size)
        left = x - width / 2 if middle else x
        spans = "".join(_span(one) for one in runs)
        self._drawn.append(
            f'<text x="{left:.1f}" y="{y:g}" font-size="{size:g}" fill="{colour}"'
            f' textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs">{spans}</text>'
        )

    def paragraph(
        self,
        x: float,
        y: float,
        width: float,
        runs: Sequence[Run],
        size: float,
        colour: str,
        *,
        most: int | None = None,
    ) -> float:
        """Text from ``y`` downwards, at most so many lines of it; where it ends."""
        for line in wrap(runs, width, size)[:most]:
            self.line(x, y + size, line, size, colour)
            y += leading(size)
        return y

    def svg(self, height: float, background: str, title: str) -> str:
        """The picture; ``title`` is what it is called where it cannot be seen."""
        drawn = "\n".join(self._drawn)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {height:g}"'
            f' width="{self.width:g}" height="{height:g}" font-family="{FONT}"'
            f' xml:space="preserve" role="img">\n<title>{escape(title)}</title>\n'
            f'<rect width="100%" height="100%" fill="{background}"/>\n{drawn}\n</svg>\n'
        )


def leading(size: float) -> float:
    """From a line to the next."""
    return round(size * 1.32, 1)


def _span(run: Run) -> str:
    style = ' font-weight="bold"' if run.bold else ""
    style += ' font-style="italic"' if run.italic else ""
    style += f' fill="{run.colour}"' if run.colour else ""
    style += ' font-family="monospace"' if run.mono else ""
    text = escape(run.text, quote=False)
    return f"<tspan{style}>{text}</tspan>" if style else text
