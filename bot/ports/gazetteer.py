"""Where places are: cities and countries, known offline."""

from __future__ import annotations

from typing import Protocol

from bot.domain.place import Place


class Gazetteer(Protocol):
    """Knows cities with their coordinates, country and time zone."""

    def find(self, text: str, *, exact: bool = False) -> tuple[Place, ...]:
        """The cities that somebody may mean, the largest first; a few at most, () for none.

        ``text`` is a city with or without its state or country (``paris``, ``Paris, TX``,
        ``Munchen``). Several mean that it has to be asked back which one. ``exact`` forgives case
        and accents only, and is quick: without it a name that nobody knows can take a second.
        """
        ...

    def beginning(self, text: str) -> tuple[Place, ...]:
        """The cities that somebody may be typing, the largest first; a few dozen at most.

        ``text`` is the beginning of a city's name, or a whole one and the beginning of its state or
        country behind a comma. It takes some milliseconds.
        """
        ...

    def countries(self) -> tuple[str, ...]:
        """All countries by their names, in the order of the alphabet."""
        ...

    def country(self, text: str) -> str | None:
        """The country's name where ``text`` is one, under any of its spellings."""
        ...

    def nearest(self, latitude: float, longitude: float) -> Place:
        """The spot itself (degrees), named after the nearest city, with its country and zone."""
        ...
