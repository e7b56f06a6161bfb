"""Telegram's HTML read as Telegram reads it: the text that is shown, and the entities over it.

The rules are those of https://core.telegram.org/bots/api#html-style and #formatting-options.
"""

from __future__ import annotations

import re

import msgspec

KINDS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
"""The entity that each tag makes."""

LITERAL = {"code", "pre"}
"""What cannot contain other entities."""

ONCE = {"text_link", "blockquote"}
"""What cannot contain its own kind."""

_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)((?:\s+[a-z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'))?)*)\s*>")
_ATTRIBUTE = re.compile(r"([a-z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'))?")
_CHARACTER = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|lt|gt|amp|quot);")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TAKES = {"a": {"href"}, "blockquote": {"expandable"}, "code": {"class"}}


class Refusal(Exception):
    """Telegram would answer 400 with this description.

    ``ours`` says that the bot called wrongly, whatever the state of the chat.
    """

    def __init__(self, words: str, *, ours: bool = True) -> None:
        super().__init__(words)
        self.ours = ours


class Entity(msgspec.Struct, frozen=True):
    """A stretch of the text in a style; ``offset`` and ``length`` in UTF-16 units."""

    kind: str
    offset: int
    length: int
    href: str | None = None
    expandable: bool = False


class Shown(msgspec.Struct, frozen=True):
    """What people see."""

    text: str
    entities: tuple[Entity, ...]


class _Open(msgspec.Struct):
    tag: str
    offset: int
    attributes: dict[str, str]


def read_html(html: str) -> Shown:
    """The text and its entities, in the order of their beginning. Raises Refusal on other HTML."""
    text, units, at = list[str](), 0, 0
    open_tags: list[_Open] = []
    entities: list[Entity] = []
    while at < len(html):
        if html[at] == "<":
            tag = _TAG.match(html, at)
            if tag is None or tag[2] not in KINDS:
                raise _unparsed(f"Unsupported start tag at byte offset {at}")
            if tag[1]:
                entities.append(_closed(open_tags, tag[2], units))
            else:
                _nested(open_tags, tag[2])
                open_tags.append(_Open(tag[2], units, _attributes(tag[2], tag[3])))
            at = tag.end()
            continue
        named = _CHARACTER.match(html, at)
        text.append(_character(named[1]) if named else html[at])
        at = named.end() if named else at + 1
        units += length(text[-1])
    if open_tags:
        raise _unparsed(f"Can't find end tag corresponding to start tag {open_tags[-1].tag}")
    return Shown("".join(text), tuple(sorted(entities, key=lambda one: (one.offset, -one.length))))


def length(text: str) -> int:
    """As Telegram counts: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _closed(open_tags: list[_Open], tag: str, units: int) -> Entity:
    if not open_tags or open_tags[-1].tag != tag:
        raise _unparsed(f'Unmatched end tag "{tag}"')
    opened = open_tags.pop()
    given = opened.attributes
    return Entity(
        KINDS[tag], opened.offset, units - opened.offset, given.get("href"), "expandable" in given
    )


def _nested(open_tags: list[_Open], tag: str) -> None:
    kind, within = KINDS[tag], {KINDS[one.tag] for one in open_tags}
    if within & LITERAL:
        raise _unparsed(f"{kind} cannot stand within code")
    if kind in ONCE & within:
        raise _unparsed(f"{kind} cannot be nested")


def _attributes(tag: str, text: str) -> dict[str, str]:
    given = {found[1]: found[2] or found[3] or "" for found in _ATTRIBUTE.finditer(text)}
    if unknown := given.keys() - _TAKES.get(tag, set()):
        raise _unparsed(f"{tag} takes no {', '.join(sorted(unknown))}")
    return given


def _character(name: str) -> str:
    if not name.startswith("#"):
        return _NAMED[name]
    return chr(int("0" + name[1:], 0) if name[1] == "x" else int(name[1:]))


def _unparsed(why: str) -> Refusal:
    return Refusal(f"can't parse entities: {why}")
