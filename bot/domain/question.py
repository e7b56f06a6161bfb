"""What somebody searches for or wants to follow: words, what narrows them, or a registry search."""

from __future__ import annotations

import msgspec

from bot.domain.filters import NO_FILTER, Filter, RegistrySearch

DEFAULT_KILOMETRES = 100
"""Near, where nobody says how near: about an hour and a half by road."""

FARTHEST = 20_000
"""Kilometres: half the way around the Earth, so anywhere."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """All of it understood, its places too. ``words`` are empty where only filters were given."""

    words: str = ""
    filter: Filter = NO_FILTER
    search: RegistrySearch | None = None
    page: int = 1
    miles: float | None = None
    """How near in miles, where it was typed so: told beside the kilometres of the filter."""
    left: tuple[str, ...] = ()
    """What a link asked besides, which narrows nothing here: it is said once."""
    again: tuple[str, ...] = ()
    """A second age or distance, as typed, which narrows nothing: it is said once."""
    kinds: tuple[str, ...] = ()
    """What is to be told of it where it is followed, as ``bot.domain.kinds`` names it."""

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return not self.words and self.search is None and self.filter.is_empty

    @property
    def name(self) -> str:
        """What it is about, as typed, without what narrows it."""
        if self.search is None:
            return self.words
        fields = msgspec.structs.asdict(self.search).items()
        return " ".join(f"{key}:{value}" for key, value in fields if value)

    def narrowed(self, **parts: object) -> Question:
        """With these parts of the filter set, from the first page."""
        narrower = msgspec.structs.replace(self.filter, **parts)
        return msgspec.structs.replace(self, filter=narrower, page=1)

    def on_page(self, page: int) -> Question:
        """Another page of what it finds."""
        return msgspec.structs.replace(self, page=page)
