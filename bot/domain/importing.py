"""Reading what somebody brings along: an export, or any text with NCT numbers and search links.

Whatever the file is (text, CSV, OPML), what stands in it as a number or as a link to a search is
found; a line in which there is neither was not understood, and is reported.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import msgspec

from bot.domain.asking.asked import PartKind
from bot.domain.asking.links import Link, find_links
from bot.domain.asking.parsing import read as read_words
from bot.domain.change import mask
from bot.domain.exporting import FORMAT, Export
from bot.domain.filters import RegistrySearch
from bot.domain.nct import find_key, find_keys, without_any
from bot.domain.settings.chat import ChatSettings
from bot.domain.study import StudyKey
from bot.domain.watch import Interest

LARGEST = 1_000_000
"""Bytes of a file that is taken."""

SHORTEST_PHRASE = 3
LONGEST_SEARCH = 500
MOST_WATCHED = 200
"""What a condition of an export can have: characters of what is watched for, and how much of it."""

LONGEST_LINE = 80
"""Characters shown of a line that was not understood."""

_STOPS = ".,;)"
"""What can stand behind a word and is none of it."""

_WORD = re.compile(r"\w{2}")
_OPML = re.compile(r"<\s*opml\b", re.IGNORECASE)
_OUTLINE = re.compile(r"<outline\b[^>]*>", re.IGNORECASE | re.DOTALL)
_HEADER = re.compile(r"\bNCT Number\b.*,")
"""The head of the registry's own CSV."""

_TAG = re.compile(r"\s*</?(?![^>]*(?:clinicaltrials\.gov|nct\d))[?!\w][^>]*>\s*", re.IGNORECASE)


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """A trial to be followed. Without kinds those that the chat chose for new ones."""

    key: StudyKey
    kinds: int | None = None
    paused: bool = False


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """A condition to be followed, or a search of the registry's."""

    interest: Interest
    kinds: int | None = None
    paused: bool = False


class Import(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is to be followed, each once, in its order."""

    trials: tuple[Trial, ...] = ()
    conditions: tuple[Condition, ...] = ()
    muted: tuple[StudyKey, ...] = ()
    settings: ChatSettings | None = None
    left: tuple[str, ...] = ()
    """Lines that were not understood, shortened."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that could be followed."""
        return not self.trials and not self.conditions

    def first(self, most: int) -> Import:
        """No more than so many of it, trials before conditions, for a chat that can follow few."""
        trials = self.trials[:most]
        conditions = self.conditions[: max(0, most - len(trials))]
        return msgspec.structs.replace(self, trials=trials, conditions=conditions)

    def __len__(self) -> int:
        """How many things there are to follow."""
        return len(self.trials) + len(self.conditions)


def read(content: bytes | str) -> Import:
    """Take it apart. Text in another encoding than UTF-8 keeps what is ASCII in it."""
    text = content if isinstance(content, str) else content.decode("utf-8-sig", "replace")
    return _exported(text) or _of_text(text)


def read_typed(text: str) -> Import:
    """Take apart what somebody typed. In a single line each word counts, not only the line."""
    plan = read(text)
    if plan.is_empty or text.lstrip()[:1] == "{" or _TAG.match(text) or len(text.splitlines()) > 1:
        return plan
    rest = " ".join(_beside_links(text))
    words = [word.strip(_STOPS) for word in without_any(rest).split()]
    left = " ".join(word for word in words if _WORD.search(word))
    beside = (left[:LONGEST_LINE],) if left else ()
    return msgspec.structs.replace(plan, left=(*beside, *plan.left))


def _exported(text: str) -> Import | None:
    """An export of ours; None where it is none, or one that a later release made otherwise."""
    if not text.lstrip().startswith("{") or FORMAT not in text:
        return None
    try:
        export = msgspec.json.decode(text.encode(), type=Export)
    except msgspec.MsgspecError:
        return None
    trials, conditions, left = [], [], []
    for one in export.follows:
        kinds = mask(one.kinds)
        key = find_key(one.trial or "")
        if key is not None:
            trials.append(Trial(key=key, kinds=kinds, paused=one.paused))
        elif one.condition is not None and _is_sound(one.condition):
            conditions.append(Condition(interest=one.condition, kinds=kinds, paused=one.paused))
        else:
            words = one.condition.words if one.condition else one.trial or ""
            left.append(words[:LONGEST_LINE])
    return Import(
        trials=tuple(trials),
        conditions=tuple(conditions),
        muted=tuple(key for number in export.muted if (key := find_key(number))),
        settings=export.settings,
        left=tuple(left),
    )


def _is_sound(interest: Interest) -> bool:
    """Whether it could have come from here: a file can ask to match everything."""
    if interest.search is not None:
        return len(interest.words) <= LONGEST_SEARCH
    watched = (*interest.phrases, *(one.term for one in interest.terms))
    short = any(len(one) < SHORTEST_PHRASE for one in watched)
    return bool(watched) and not short and len(watched) <= MOST_WATCHED


def _of_text(text: str) -> Import:
    trials: dict[StudyKey, None] = {}
    links: dict[Link, None] = {}
    left = []
    for line in _lines(text):
        keys, found = find_keys(line), [one for *_, one in find_links(line) if _is_followed(one)]
        trials.update(dict.fromkeys(keys))
        links.update(dict.fromkeys(found))
        if not keys and not found and _WORD.search(line):
            left.append(html.unescape(line).strip()[:LONGEST_LINE])
    left += [one[:LONGEST_LINE] for link in links for one in _left_of(link)]
    return Import(
        trials=tuple(Trial(key=key) for key in trials),
        conditions=tuple(_condition(one) for one in links),
        left=tuple(left),
    )


def _is_followed(link: Link) -> bool:
    """Whether it asks for something, and does not only narrow it."""
    return link.search != RegistrySearch()


def _beside_links(text: str) -> Iterator[str]:
    """What stands before, between and behind the links that are followed."""
    at = 0
    for start, end, link in find_links(text):
        if _is_followed(link):
            yield text[at:start]
            at = end
    yield text[at:]


def _condition(link: Link) -> Condition:
    """What a link's search follows, with what narrows it; a place is left, as nobody is asked."""
    asked = read_words(link.keys)
    fields = msgspec.structs.asdict(link.search).items()
    words = " ".join(f"{name}:{value}" for name, value in fields if value)
    countries = tuple(one.text for one in asked.parts if one.kind is PartKind.COUNTRY)
    narrowed = msgspec.structs.replace(asked.filter, countries=countries)
    return Condition(interest=Interest(words=words, search=link.search, filter=narrowed))


def _left_of(link: Link) -> Iterator[str]:
    """What of a link is not followed with it."""
    yield from link.left
    for one in read_words(link.keys).parts:
        if one.kind is PartKind.NEAR:
            yield f"near {one.text}"


def _lines(text: str) -> Iterator[str]:
    """What can be understood or not: lines, and in OPML its outlines."""
    if _OPML.search(text):
        yield from (found[0] for found in _OUTLINE.finditer(text))
        return
    for line in text.splitlines():
        if not _TAG.fullmatch(line) and not _HEADER.search(line):
            yield line
