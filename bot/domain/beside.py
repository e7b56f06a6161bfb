"""What stands beside the number of a trial that is to be followed, and is not followed with it."""

from __future__ import annotations

import re

from bot.domain.asking.words import CONNECTING, NOISE
from bot.domain.kinds import NAMED
from bot.domain.nct import without_first

_KINDS = re.compile(r"(?<!\S)kinds:(\S+)", re.IGNORECASE)
_POLITE = frozenset({"please", "follow", "me", "to", "number", "no", "nct", "also", "then"})
_IDLE = CONNECTING | NOISE | _POLITE
_SIGNS = " \t,;:.!?&+/()[]<>\"'-|"


def beside_trial(text: str) -> str:
    """The words that are left over: other trials, conditions, what narrows; empty for none."""
    words = _KINDS.sub(_unless_known, without_first(text)).split()
    while words and _is_idle(words[0]):
        del words[0]
    while words and _is_idle(words[-1]):
        del words[-1]
    return " ".join(words).strip(" ,;&+")


def _unless_known(match: re.Match[str]) -> str:
    return " " if NAMED.intersection(match[1].lower().split(",")) else match[0]


def _is_idle(word: str) -> bool:
    bare = word.lower().strip(_SIGNS)
    return not bare or bare in _IDLE
