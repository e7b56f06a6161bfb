"""A criterion in plainer words, by rules and behind the guard; or as it is written.

Every rule looks at the source alone, so that none sees what another gave. Families come in the
order of ``FAMILIES``: what one has taken, a later one leaves alone.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

import msgspec

from bot.domain.plain.criteria import Criterion
from bot.domain.plain.familiar import rare_share
from bot.domain.plain.grade import grade
from bot.domain.plain.guard import Fired, passes, spliced
from bot.domain.plain.matching import Hit, Matcher
from bot.domain.plain.rules import FAMILIES

HARDER: Final = 0.5
"""By how many grades a line that uses more familiar words may at most be harder."""
EASY: Final = 8.0
"""The school grade up to which a line without unfamiliar words is left as it is."""


class Status(enum.StrEnum):
    """What became of a line."""

    REWORDED = "reworded"
    PLAIN = "plain already"
    NO_RULE = "as written (no rule)"
    GUARD = "as written (guard)"
    HARDER = "as written (harder)"


class Reworded(msgspec.Struct, frozen=True, kw_only=True):
    """A line to show, and where it comes from; ``fired`` is empty unless it was reworded."""

    text: str
    source: Criterion
    status: Status
    fired: tuple[Fired, ...] = ()

    @property
    def line(self) -> Criterion:
        """The line with this text in the place of the source's."""
        return msgspec.structs.replace(self.source, text=self.text)


@cache
def _matcher() -> Matcher:
    """Made when it is first needed: a third of a second, a sixth of a whole start."""
    return Matcher(FAMILIES)


def reword(line: Criterion) -> Reworded:
    """The line in plainer words where the guard lets it pass and it reads easier, else as it is."""
    share = rare_share(line.text)
    written = grade(line.text)
    if share == 0.0 and written <= EASY:
        return Reworded(text=line.text, source=line, status=Status.PLAIN)
    fired = fired_in(line.text)
    if not fired:
        return Reworded(text=line.text, source=line, status=Status.NO_RULE)
    for some in (fired, tuple(one for one in fired if not _lengthens(one))):
        text = spliced(line.text, some)
        if text is None or not some or not _is_easier(text, share, written):
            continue
        made = Reworded(text=text, source=line, status=Status.REWORDED, fired=some)
        if passes(line, made.line, some):
            return made
        return Reworded(text=line.text, source=line, status=Status.GUARD)
    return Reworded(text=line.text, source=line, status=Status.HARDER)


def _lengthens(one: Fired) -> bool:
    return len(one.gift.split()) > len(one.match.split())


def _is_easier(text: str, share: float, written: float) -> bool:
    now = grade(text)
    return now <= written + HARDER and (now < written or rare_share(text) < share)


def fired_in(text: str) -> tuple[Fired, ...]:
    """All rules that match in a text, in its order."""
    return tuple(_widened(text, _matcher().hits(text)))


_ARTICLE = re.compile(r"\b(an?) $", re.IGNORECASE)
_SPOKEN_VOWEL = re.compile(r"(?i:(?!use|uni|uri|one\b|eu)[aeiou])|[FHLMNRSX][A-Z]")
_ENDS_SENTENCE = (".", ":", ";", "!", "?", "\u2022")


def _widened(text: str, hits: Sequence[Hit]) -> Iterator[Fired]:
    """Each hit with the article before it, where that depends on the word that follows."""
    end = 0
    for hit in hits:
        start, gift = hit.start, _cased(text, hit)
        article = _ARTICLE.search(text, end, start)
        if article and article.start() >= end:
            start = article.start()
            gift = f"{article[1][0]}{'n' if _SPOKEN_VOWEL.match(gift) else ''} {gift}"
        if start and (text[start - 1].isalnum() or text[start - 1] in ")%]"):
            gift = f" {gift}"
        if gift[-1].isalnum() and text[hit.end : hit.end + 1].isalnum():
            gift = f"{gift} "
        yield Fired(
            rule=hit.rule.id,
            at=start,
            match=text[start : hit.end],
            gift=gift,
            declares=hit.rule.declares,
        )
        end = hit.end


def _cased(text: str, hit: Hit) -> str:
    """The gift, with a capital where it begins a sentence that began with one."""
    before = text[: hit.start].rstrip()
    begins = not before or before.endswith(_ENDS_SENTENCE)
    first = text[hit.start]
    if begins and (first.isupper() or not (before or first.isalpha())):
        return hit.gift[0].upper() + hit.gift[1:]
    return hit.gift
