"""Who goes first where a platform lets only so many messages through."""

from __future__ import annotations

import enum


class Precedence(enum.IntEnum):
    """The lower goes first: an answer never stands behind what is owed to thousands."""

    ANSWER = 0
    """Somebody asked and waits for it."""
    NOTICE = 1
    """Nobody knows of it yet: it goes when no answer waits."""
