"""Kinds of change as somebody names them: each by itself, or those that a preset stands for."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.change import TOLD_TO_PATIENTS, TOLD_TO_PROFESSIONALS, Kind, mask

PRESETS = {"patients": TOLD_TO_PATIENTS, "professionals": TOLD_TO_PROFESSIONALS}

NAMED = frozenset(PRESETS) | frozenset(Kind)
"""All that can stand behind ``kinds:``."""


def kinds_named(names: Iterable[str]) -> int | None:
    """The mask of all that is named; None where nothing is."""
    chosen = 0
    for name in names:
        chosen |= mask(PRESETS[name]) if name in PRESETS else Kind(name).bit
    return chosen or None


def kinds_typed(names: Iterable[str]) -> str:
    """As it is typed."""
    return f"kinds:{','.join(names)}"
