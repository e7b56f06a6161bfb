"""From a message to what a terminal shows: a panel, or plain lines where nobody looks at a screen.

Nothing in a message is markup here: text is laid out as ``rich.text.Text``, which reads none, and
control characters are taken out first, so that a record cannot move the cursor or ring the bell.
"""

from __future__ import annotations

import unicodedata

from rich import box
from rich.cells import cell_len, set_cell_size
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.domain.message import Button, Message, Section, Tone
from bot.domain.outline import bullet_of
from bot.domain.words import say

WIDEST = 100
"""Columns. Longer lines are hard to read, however wide the window is."""

FOLDED_LINES = 3
"""How many lines of a folded section are shown before it is unfolded."""

_COLOURS = {
    Tone.PLAIN: "cyan",
    Tone.GOOD: "green",
    Tone.CAUTION: "yellow",
    Tone.STOPPED: "red",
}


def render(message: Message, *, first_button: int = 1, unfold: bool = False) -> RenderableType:
    """The message as a panel. Its buttons are numbered from ``first_button``."""
    colour = _COLOURS[message.tone]
    title = Text(clean_line(message.title), style=Style(bold=True, color=colour))
    title.stylize(Style(link=_url(message.link)))
    # The title stands inside, where it wraps: half of the registry's are longer than a line.
    blocks: list[RenderableType] = [title]
    if message.lede:
        blocks.append(Text(clean(message.lede)))
    if message.facts:
        blocks.append(_facts(message))
    blocks += [_section(section, colour, unfold=unfold) for section in message.sections]
    if message.buttons:
        blocks.append(_buttons(message.buttons, first_button, colour))
    if foot := _foot(message):
        blocks.append(Group(*foot))
    return Panel(
        Group(*_with_gaps(blocks)),
        border_style=colour,
        box=box.ROUNDED,
        padding=(0, 2),
    )


def plain(message: Message, *, first_button: int = 1) -> str:
    """The message as lines of text without colour, boxes or folds, for a pipe or a file."""
    blocks = [clean_line(message.title)]
    if message.lede:
        blocks.append(clean(message.lede))
    if message.facts:
        blocks.append(
            "\n".join(
                f"{clean_line(fact.label)}: {clean_line(fact.value)}" for fact in message.facts
            )
        )
    for section in message.sections:
        lines = [clean_line(section.heading), *(f"  {line}" for line in _lines(section))]
        blocks.append("\n".join(lines))
    if message.buttons:
        numbered = enumerate(message.buttons, first_button)
        blocks.append("\n".join(f"[{n}] {_labelled(b)}" for n, b in numbered))
    if foot := _foot(message):
        blocks.append("\n".join(part.plain for part in foot))
    return "\n\n".join(blocks)


def folds(message: Message) -> bool:
    """Whether a screen shows less of it than there is, so that unfolding has something to add."""
    return any(_hidden(section) for section in message.sections)


def clean(text: str) -> str:
    """The text without control characters; line breaks stay and tabs become spaces."""
    return "".join(
        "  " if sign == "\t" else sign
        for sign in text.replace("\r\n", "\n")
        if sign in "\n\t" or (unicodedata.category(sign) != "Cc" and sign not in _TURNS)
    )


def clean_line(text: str) -> str:
    """The text as one line, white space folded."""
    return " ".join(clean(text).split())


_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")
"""Signs that turn the direction of writing or break a line unseen: they can make a text read as
something else than it says."""


def _url(link: str | None) -> str | None:
    """An address without anything that could end the escape sequence that carries it."""
    return "".join(clean_line(link).split()) if link else None


def _facts(message: Message) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True, max_width=34)
    grid.add_column(overflow="fold")
    for fact in message.facts:
        grid.add_row(Text(clean_line(fact.label)), Text(clean_line(fact.value)))
    return grid


def _lines(section: Section) -> list[str]:
    """Lines of a section as they are shown: one of several lines of text is several lines."""
    split = (part.rstrip() for line in section.lines for part in clean(line).splitlines())
    return [line for line in split if line]


def _hidden(section: Section) -> int:
    """How many lines a screen leaves out. One line alone is never hidden behind a longer hint."""
    hidden = len(_lines(section)) - FOLDED_LINES
    return hidden if section.folded and hidden > 1 else 0


def _section(section: Section, colour: str, *, unfold: bool) -> RenderableType:
    lines = _lines(section)
    hidden = 0 if unfold else _hidden(section)
    shown = lines[: len(lines) - hidden]
    dim = "dim" if section.folded and not unfold else ""
    if any(bullet_of(line)[0] for line in lines):
        body: list[RenderableType] = [_outlined(line, colour, dim) for line in shown]
    else:
        body = [_marked(shown, colour, dim, alone=len(lines) == 1)]
    if hidden:
        more = Text(say("terminal.more", count=hidden), style=f"{dim} italic")
        body.append(Padding(more, (0, 0, 0, 2)))
    return Group(Text(clean_line(section.heading), style=f"bold {colour}"), *body)


def _marked(lines: list[str], colour: str, style: str, *, alone: bool) -> Table:
    """Lines that bring no bullets: each gets one, unless it is alone or heads those below it."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style=colour, width=1)
    grid.add_column(style=style, overflow="fold")
    for line in lines:
        heads = alone or line.endswith(":")
        grid.add_row("" if heads else "•", Text(line.removeprefix("* ").removeprefix("- ")))
    return grid


def _outlined(line: str, colour: str, style: str) -> RenderableType:
    """A line of a list that says itself what is an item of what; headings stand at the margin."""
    bullet, depth, words = bullet_of(line)
    grid = Table.grid(padding=(0, 1))
    if bullet:
        grid.add_column(style=colour, width=1)
    grid.add_column(style=style, overflow="fold")
    grid.add_row(*([bullet] if bullet else []), Text(words))
    return Padding(grid, (0, 0, 0, 2 * depth))


def _does(button: Button) -> str:
    """What pressing the button does, as somebody would type or open it, behind an arrow.

    Empty where it stands for a question that is kept (``*`` and a mark): nobody would type that.
    """
    if button.action and " *" in button.action:
        return ""
    return f"/{clean_line(button.action)}" if button.action else _url(button.url) or ""


def _labelled(button: Button) -> str:
    does = _does(button)
    return f"{clean_line(button.label)} -> {does}" if does else clean_line(button.label)


def _buttons(buttons: tuple[Button, ...], first: int, colour: str) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style=f"bold {colour}", no_wrap=True, justify="right")
    grid.add_column(overflow="fold")
    labels = [clean_line(button.label) for button in buttons]
    longest = max(map(cell_len, labels))
    for number, (button, label) in enumerate(zip(buttons, labels, strict=True), first):
        does = Style(dim=True, link=_url(button.url))
        said = set_cell_size(label, longest)
        arrow = f" → {_does(button)}" if _does(button) else ""
        grid.add_row(Text(f"[{number}]"), Text.assemble(said, (arrow, does)))
    return grid


def _foot(message: Message) -> list[Text]:
    """Where the title leads, unless a button leads there too, and what stands under it all."""
    parts = []
    link = _url(message.link)
    if link and all(_url(button.url) != link for button in message.buttons):
        parts.append(Text(link, style=Style(dim=True, link=link), overflow="fold"))
    if message.footer:
        parts.append(Text(clean(message.footer), style="dim"))
    return parts


def _with_gaps(blocks: list[RenderableType]) -> list[RenderableType]:
    """One empty line between two blocks."""
    return [*blocks[:1], *(Padding(block, (1, 0, 0, 0)) for block in blocks[1:])]
