"""From the words that somebody typed to the MeSH terms that the registry files them under."""

from __future__ import annotations

import msgspec

from bot.domain.study import MeshTerm


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """What one hit of the registry's search is filed under."""

    conditions: tuple[str, ...] = ()
    meshes: tuple[MeshTerm, ...] = ()
    ancestors: tuple[MeshTerm, ...] = ()
