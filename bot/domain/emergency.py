"""Somebody who writes of an emergency is told at once where help is: this bot gives none."""

from __future__ import annotations

import re

from bot.domain.message import Message
from bot.domain.words import say

_SIGNS = re.compile(
    r"\b(?:suicid\w*|kill(?:ing)? myself|end my life|want to die|hurt(?:ing)? myself|self[- ]?harm"
    r"|overdos\w+|can(?:no|')?t breathe|not breathing|emergency|call (?:911|112|an ambulance)"
    r"|heart attack now|having a (?:stroke|heart attack|seizure)|bleeding (?:badly|to death)"
    r"|dying now|passed out|unconscious)\b",
    re.IGNORECASE,
)


def speaks_of_emergency(text: str) -> bool:
    """Whether words stand in it by which people call for help; it may be a study's subject too."""
    return bool(_SIGNS.search(text))


def help_line() -> Message:
    """Whom to call. It goes before the answer, never in its place."""
    return Message(title=say("emergency.title"), lede=say("answers.emergency.text"))
