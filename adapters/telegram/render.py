"""From a message to Telegram's HTML, in as many parts as its limits ask for. Pure.

The tags are those of https://core.telegram.org/bots/api#html-style. A message is seen as blocks
(title, lede, facts, each section, footer) of lines of spans: parts are filled block by block, a
block too large for a part line by line, and only a line too large for a part is cut inside. Since
tags are written around finished spans, no cut can fall into a tag or an escaped character.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from adapters.telegram.pressing import callback_data
from bot.domain.message import Ask, Button, File, Message, Section

LIMIT = 4096
"""Characters of a text after entities are parsed (sendMessage), counted in UTF-16 units."""

CAPTION = 1024
"""The same of what stands beneath a file (sendDocument)."""

ENTITIES = 100
"""Entities of one text; Telegram shows what is beyond without its formatting."""

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
    parts = _pack(_blocks(message))
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


def units(text: str) -> int:
    """The length of a text as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


class _Span(msgspec.Struct, frozen=True):
    """A run of text in one style: ``tag`` is b, i or empty, ``href`` makes it a link."""

    text: str
    tag: str = ""
    href: str | None = None


class _Line(msgspec.Struct, frozen=True):
    spans: tuple[_Span, ...]
    folded: bool = False

    @property
    def size(self) -> int:
        return sum(units(span.text) for span in self.spans)

    @property
    def entities(self) -> int:
        return sum(bool(span.tag) + bool(span.href) for span in self.spans)


_Block = Sequence[_Line]


def _blocks(message: Message) -> Iterator[_Block]:
    """What stands together, in the order of reading; nothing empty."""
    blocks = [
        [_line(_Span(_clean(message.title), "b", _link(message.link)))],
        [_line(_Span(_clean(message.lede or "")))],
        [
            _line(_Span(_clean(fact.label + ":"), "b"), _Span(" " + _clean(fact.value)))
            for fact in message.facts
            if _clean(fact.value)
        ],
        *(
            _section(section, folded=section.folded or (at > 0 and _is_long(section)))
            for at, section in enumerate(message.sections)
        ),
        [_line(_Span(_clean(message.footer or ""), "i"))],
    ]
    for block in blocks:
        kept = [cut for line in block if line.size for cut in _cut(line)]
        if kept:
            yield kept


def _section(section: Section, *, folded: bool) -> list[_Line]:
    heading = _line(_Span(_clean(section.heading), "b"))
    return [heading, *(_line(_Span(text), folded=folded) for text in _items(section.lines))]


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


def _line(*spans: _Span, folded: bool = False) -> _Line:
    return _Line(tuple(span for span in spans if span.text), folded)


def _clean(text: str) -> str:
    """Without what cannot be sent (halves of surrogate pairs) and what Telegram drops itself."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.translate(_CONTROLS).strip()


_CONTROLS = dict.fromkeys(code for code in (*range(32), 127) if chr(code) not in "\n\t")


def _link(link: str | None) -> str | None:
    """The address if Telegram takes it for a link."""
    cleaned = _clean(link or "")
    return cleaned if cleaned.startswith(("https://", "http://")) else None


def _cut(line: _Line) -> Iterator[_Line]:
    """The line itself, or pieces of it that each fit into a part."""
    room = LIMIT
    kept: list[_Span] = []
    for span in line.spans:
        rest = span.text
        while units(rest) > room:
            head = _head(rest, room)
            if head.strip():
                kept.append(msgspec.structs.replace(span, text=head))
            yield _Line(tuple(kept), line.folded)
            rest = rest[len(head) :].lstrip()
            kept, room = [], LIMIT
        if rest:
            kept.append(msgspec.structs.replace(span, text=rest))
            room -= units(rest)
    if kept:
        yield _Line(tuple(kept), line.folded)


def _head(text: str, room: int) -> str:
    """The longest beginning of ``text`` in ``room`` units, up to a blank where one is near."""
    whole = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    blank = max(whole.rfind(" "), whole.rfind("\n"))
    return whole[:blank] if blank > len(whole) // 2 else whole


class _Part:
    """A part that is being filled, with what it has used of both limits."""

    def __init__(self) -> None:
        self.blocks: list[list[_Line]] = []
        self.size = 0
        self.entities = 0

    def takes(self, lines: _Block, *, opens: bool) -> bool:
        size, entities = self._with(lines, opens=opens)
        return size <= LIMIT and entities <= ENTITIES

    def add(self, lines: _Block, *, opens: bool) -> None:
        self.size, self.entities = self._with(lines, opens=opens)
        if opens or not self.blocks:
            self.blocks.append([])
        self.blocks[-1].extend(lines)

    def _with(self, lines: _Block, *, opens: bool) -> tuple[int, int]:
        """Size and entities with these lines, as a block of their own or in the last block."""
        size, entities = self.size, self.entities
        gap = 0 if not self.blocks else 2 if opens else 1
        folding = bool(self.blocks and not opens and self.blocks[-1][-1].folded)
        for line in lines:
            size += gap + line.size
            entities += line.entities + (line.folded and not folding)
            gap, folding = 1, line.folded
        return size, entities


def _pack(blocks: Iterator[_Block]) -> list[_Part]:
    """Fill parts in order, going over to the next one rather than breaking a block."""
    parts = [_Part()]
    for block in blocks:
        if parts[-1].takes(block, opens=True):
            parts[-1].add(block, opens=True)
        elif _Part().takes(block, opens=True):
            parts.append(_Part())
            parts[-1].add(block, opens=True)
        else:
            _pack_lines(parts, block)
    return [part for part in parts if part.blocks]


def _pack_lines(parts: list[_Part], block: _Block) -> None:
    """Spread a block that no part can hold; its heading is not left alone at the foot of a part."""
    opens = True
    if not parts[-1].takes(block[:2], opens=True):
        parts.append(_Part())
    for line in block:
        if not parts[-1].takes([line], opens=opens):
            parts.append(_Part())
        parts[-1].add([line], opens=opens)
        opens = False


def _html(part: _Part) -> str:
    return "\n\n".join(_block_html(block) for block in part.blocks)


def _block_html(block: _Block) -> str:
    pieces = []
    for folded, lines in groupby(block, key=lambda line: line.folded):
        text = "\n".join("".join(_span_html(span) for span in line.spans) for line in lines)
        pieces.append(f"<blockquote expandable>{text}</blockquote>" if folded else text)
    return "\n".join(pieces)


def _span_html(span: _Span) -> str:
    text = html.escape(span.text, quote=False)
    if span.tag:
        text = f"<{span.tag}>{text}</{span.tag}>"
    if span.href:
        text = f'<a href="{html.escape(span.href)}">{text}</a>'
    return text


def _plain(part: _Part) -> str:
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
