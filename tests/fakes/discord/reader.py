"""How a Discord client reads a text: its markdown as lines of spans.

Written from https://support.discord.com/hc/en-us/articles/210298617 and
https://discord.com/developers/docs/reference#message-formatting, and from nothing in the bot. Where
these leave open what is markup, it is: text that is plain here is plain there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec


class Span(msgspec.Struct, frozen=True):
    """A run of text, ``kind`` being empty for plain text. ``inner`` are the spans within it."""

    kind: str
    text: str
    inner: tuple[Span, ...] = ()
    href: str = ""


class Line(msgspec.Struct, frozen=True):
    """A line: ``kind`` is h1 to h3, small, quote, item, or empty."""

    kind: str
    spans: tuple[Span, ...]
    depth: int = 0
    """How far it is set in, two blanks being one."""


_LINES = (
    ("h", re.compile(r"\s*(?P<mark>#{1,3})\s+(?P<text>.+)")),
    ("small", re.compile(r"\s*-#\s+(?P<text>.+)")),
    ("quote", re.compile(r"\s*>(?:>>)?\s(?P<text>.*)")),
    ("item", re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?P<text>.+)")),
)
_BODY = r"(?P<text>(?:\\.|[^\\])+?)"
_SPANS = (
    ("escaped", re.compile(r"\\(?P<text>[^0-9A-Za-z\s])")),
    ("code", re.compile(r"(?P<mark>`+)(?P<text>.*?[^`])(?P=mark)(?!`)")),
    ("url", re.compile(r"(?P<text>(?:https?|steam)://[^\s<]+[^<.,:;\"'\]\s])")),
    ("url", re.compile(r"<(?P<text>\w+:[^\s>]+)>")),
    (
        "link",
        re.compile(
            r"\[(?P<text>(?:\[[^\]]*\]|\\.|[^\[\]])*)\]\(\s*<?(?P<href>[^\s<>()]*)>?[^)]*\)"
        ),
    ),
    ("mention", re.compile(r"(?P<text><[@#/:a-zA-Z+][^\s<>]*>|@everyone|@here)")),
    ("command", re.compile(r"(?P<text></[^>]+:\d+>)")),
    ("emoji", re.compile(r"(?P<text>:[\w+~-]+:)")),
    ("strong", re.compile(rf"\*\*{_BODY}\*\*(?!\*)")),
    ("underlined", re.compile(rf"__{_BODY}__(?!_)")),
    ("slanted", re.compile(rf"_{_BODY}_|\*(?=\S)(?P<starred>(?:\\.|[^\\*])+?)\*(?!\*)")),
    ("struck", re.compile(rf"~~{_BODY}~~")),
    ("spoiler", re.compile(rf"\|\|{_BODY}\|\|")),
)
_NESTED = frozenset(("link", "strong", "underlined", "slanted", "struck", "spoiler"))


def read(text: str) -> tuple[Line, ...]:
    """The text as a client shows it."""
    if "```" in text:
        return (Line("code", (Span("code", text),)),)
    return tuple(
        _line(line) for line in re.split(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", text)
    )


def plain(text: str) -> str:
    """What can be read, without any markup."""
    return "\n".join("".join(map(_words, line.spans)) for line in read(text))


def markup(text: str) -> set[str]:
    """The kinds of markup in it."""
    found = set()
    for line in read(text):
        found |= {line.kind} | {one.kind for span in line.spans for one in _within(span)}
    return found - {""}


def _line(line: str) -> Line:
    depth = (len(line) - len(line.lstrip(" "))) // 2
    for kind, pattern in _LINES:
        if found := pattern.fullmatch(line):
            size = str(len(found["mark"])) if kind == "h" else ""
            return Line(kind + size, _spans(found["text"]), depth)
    return Line("", _spans(line), depth)


def _spans(text: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    place = 0
    while place < len(text):
        kind, found = _first(text, place)
        if found is None or kind == "escaped":
            sign = text[place] if found is None else found["text"]
            if spans and not spans[-1].kind:
                sign = spans.pop().text + sign
            spans.append(Span("", sign))
        else:
            said = found["text"] or found.groupdict().get("starred") or ""
            inner = _spans(said) if kind in _NESTED else ()
            spans.append(Span(kind, said, inner, found.groupdict().get("href") or ""))
        place = found.end() if found else place + 1
    return tuple(spans)


def _first(text: str, place: int) -> tuple[str, re.Match[str] | None]:
    for kind, pattern in _SPANS:
        if found := pattern.match(text, place):
            return kind, found
    return "", None


def _words(span: Span) -> str:
    return "".join(map(_words, span.inner)) if span.inner else span.text


def _within(span: Span) -> Iterator[Span]:
    yield span
    for inner in span.inner:
        yield from _within(inner)
