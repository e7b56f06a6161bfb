"""From a message to Telegram's HTML, in as many parts as its limits ask for. Pure.

The tags are those of https://core.telegram.org/bots/api#html-style. A message is seen as blocks
(title, lede, facts, each section, footer) of lines of spans, which ``packing`` spreads over parts.
Since tags are written around finished spans, no cut can fall into a tag or an escaped character.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from adapters.telegram.packing import LIMIT, Block, Line, Part, Span, cut, pack, units
from adapters.telegram.pressing import callback_data
from bot.domain.message import Ask, Button, File, Message, Section

CAPTION = 1024
"""Units of what stands beneath a file (sendDocument), after entities are parsed."""

IN_A_ROW = ((3, 12), (2, 22))
"""So many buttons stand side by side as long as no label has more characters: else a narrow phone
cuts the label. A longer one has a row to itself."""

LONG = 700
"""Units of a section from which on it is collapsed, where another stands before it."""

BULLET = "• "
INDENT = "\u00a0" * 3
"""Blanks that no client takes away at the beginning of a line."""

_ITEM = re.compile(r"[*•◦▪+\-\u2013]|\(?\w{1,2}[.)]\s")
"""How a line begins that has a sign or a number of its own."""


class Rendered(msgspec.Struct, frozen=True):
    """One part, ready to send: HTML, the same without any markup, and rows of buttons.

    The buttons hang on the last part. Each has an ``action`` that fits into callback data, or a
    ``url``.
    """

    html: str
    plain: str
    keyboard: tuple[tuple[Button, ...], ...] = ()
    asks: Ask | None = None


def render(message: Message) -> tuple[Rendered, ...]:
    """The message in parts to be sent in this order; none where it has no visible character."""
    parts = pack(_blocks(message))
    link = _link(message.link)
    rendered = [Rendered(_html(part), _plain(part)) for part in parts]
    if rendered:
        first = _with_link(rendered[0], link)
        rendered[0] = first
        # Of several messages none can be turned: the others would stay as they are.
        keyboard = _keyboard(message.buttons, turn=len(rendered) == 1)
        asks = message.asks
        rendered[-1] = msgspec.structs.replace(rendered[-1], keyboard=keyboard, asks=asks)
    return tuple(rendered)


class Filed(msgspec.Struct, frozen=True):
    """A file ready to send, and what stands beneath it."""

    file: File
    caption: Rendered | None = None


def parts_of(message: Message) -> tuple[Rendered | Filed, ...]:
    """All that is to be sent of a message, in this order; none where it has no visible character.

    What is short stands beneath its only file; else the text comes first and the files follow.
    """
    texts = render(message)
    match texts, message.files:
        case (only,), (file,) if units(only.plain) <= CAPTION:
            return (Filed(file, only),)
        case (), _:
            return ()
    return (*texts, *map(Filed, message.files))


def _blocks(message: Message) -> Iterator[Block]:
    """What stands together, in the order of reading; nothing empty."""
    blocks = [
        [_line(Span(_clean(message.title), "b", _link(message.link)))],
        [_line(Span(_clean(message.lede or "")))],
        [
            _line(Span(_clean(fact.label + ":"), "b"), Span(" " + _clean(fact.value)))
            for fact in message.facts
            if _clean(fact.value)
        ],
        *(
            _section(section, folded=section.folded or (at > 0 and _is_long(section)))
            for at, section in enumerate(message.sections)
        ),
        [_line(Span(_clean(message.footer or ""), "i"))],
    ]
    for block in blocks:
        kept = [piece for line in block if line.size for piece in cut(line)]
        if kept:
            yield kept


def _section(section: Section, *, folded: bool) -> list[Line]:
    heading = _line(Span(_clean(section.heading), "b"))
    return [heading, *(_line(Span(text), folded=folded) for text in _items(section.lines))]


def _items(lines: Sequence[str]) -> Iterator[str]:
    """Lines of a list with their bullets: on a phone most go over into a second line.

    A list has more than one line and no signs of its own, such as those in a record's own words.
    What is indented belongs to the line before.
    """
    tops = [line for line in lines if line[:1].strip()]
    bullets = len(tops) > 1 and not any(map(_ITEM.match, tops))
    for line in lines:
        text = _clean(line)
        if text and not line[:1].strip():
            yield INDENT * max(1, (len(line) - len(line.lstrip())) // 2) + text
        else:
            yield BULLET + text if text and bullets else text


def _is_long(section: Section) -> bool:
    return sum(map(units, section.lines)) >= LONG


def _line(*spans: Span, folded: bool = False) -> Line:
    return Line(tuple(span for span in spans if span.text), folded)


def _clean(text: str) -> str:
    """Without what cannot be sent (halves of surrogate pairs) and what Telegram drops itself."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.translate(_CONTROLS).strip()


_CONTROLS = dict.fromkeys(code for code in (*range(32), 127) if chr(code) not in "\n\t")


def _link(link: str | None) -> str | None:
    """The address if Telegram takes it for a link."""
    cleaned = _clean(link or "")
    return cleaned if cleaned.startswith(("https://", "http://")) else None


def _html(part: Part) -> str:
    return "\n\n".join(_block_html(block) for block in part.blocks)


def _block_html(block: Block) -> str:
    pieces = []
    for folded, lines in groupby(block, key=lambda line: line.folded):
        text = "\n".join("".join(_span_html(span) for span in line.spans) for line in lines)
        pieces.append(f"<blockquote expandable>{text}</blockquote>" if folded else text)
    return "\n".join(pieces)


def _span_html(span: Span) -> str:
    text = html.escape(span.text, quote=False)
    if span.tag:
        text = f"<{span.tag}>{text}</{span.tag}>"
    if span.href:
        text = f'<a href="{html.escape(span.href)}">{text}</a>'
    return text


def _plain(part: Part) -> str:
    return "\n\n".join(
        "\n".join("".join(span.text for span in line.spans) for line in block)
        for block in part.blocks
    )


def _with_link(part: Rendered, link: str | None) -> Rendered:
    """Plain text has nothing to hang the link on: it stands at the end, where there is room."""
    if link is None or units(part.plain) + units(link) + 2 > LIMIT:
        return part
    return msgspec.structs.replace(part, plain=f"{part.plain}\n\n{link}")


def _keyboard(buttons: Sequence[Button], *, turn: bool) -> tuple[tuple[Button, ...], ...]:
    """Rows of the buttons that Telegram would take; one refused button refuses the message."""
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        usable = _usable(button, turn=turn)
        if usable is None:
            continue
        if rows and _fit_beside((*rows[-1], usable)):
            rows[-1] += (usable,)
        else:
            rows.append((usable,))
    return tuple(rows)


def _fit_beside(row: Sequence[Button]) -> bool:
    if len({button.apart for button in row}) > 1:
        return False
    longest = max(len(button.label) for button in row)
    return any(len(row) <= most and longest <= characters for most, characters in IN_A_ROW)


def _usable(button: Button, *, turn: bool) -> Button | None:
    label, url = _clean(button.label), _link(button.url)
    acting = msgspec.structs.replace(
        button,
        label=label,
        action=_clean(button.action or ""),
        url=None,
        turns=turn and button.turns,
    )
    if label and callback_data(acting) is not None:
        return acting
    if label and url:
        return Button(label, url=url, apart=button.apart)
    return None
