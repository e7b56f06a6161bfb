"""Finding cities by name, forgiving their spelling, and by coordinates."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Final

import zstandard

from adapters.gazetteer.spelling import spelled
from bot.domain.countries import country_key
from bot.domain.place import Place, kilometres

CUT: Final = Path(__file__).with_name("cities.zst")

MOST: Final = 5
"""Places among which somebody is asked to choose."""

SUGGESTED: Final = 50
"""Places that are suggested while a name is typed."""

ALIKE: Final = 85.0
"""How like a city's name a misspelled one must be, of 100; below it people mean something else."""

STATES: Final = {
    "al": "alabama", "ak": "alaska", "az": "arizona", "ar": "arkansas", "ca": "california",
    "co": "colorado", "ct": "connecticut", "de": "delaware", "dc": "district of columbia",
    "fl": "florida", "ga": "georgia", "hi": "hawaii", "id": "idaho", "il": "illinois",
    "in": "indiana", "ia": "iowa", "ks": "kansas", "ky": "kentucky", "la": "louisiana",
    "me": "maine", "md": "maryland", "ma": "massachusetts", "mi": "michigan", "mn": "minnesota",
    "ms": "mississippi", "mo": "missouri", "mt": "montana", "ne": "nebraska", "nv": "nevada",
    "nh": "new hampshire", "nj": "new jersey", "nm": "new mexico", "ny": "new york",
    "nc": "north carolina", "nd": "north dakota", "oh": "ohio", "ok": "oklahoma", "or": "oregon",
    "pa": "pennsylvania", "ri": "rhode island", "sc": "south carolina", "sd": "south dakota",
    "tn": "tennessee", "tx": "texas", "ut": "utah", "vt": "vermont", "va": "virginia",
    "wa": "washington", "wv": "west virginia", "wi": "wisconsin", "wy": "wyoming",
}  # fmt: skip
"""The codes that letters to the United States carry (USPS), and what they stand for."""

Part = Callable[[Place], bool]


class _Lines:
    """Lines of text that stay one piece of memory: half a million words would be fifty times it."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        starts = array("I", [0])
        at = text.find(b"\n")
        while at >= 0:
            starts.append(at + 1)
            at = text.find(b"\n", at + 1)
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, row: int) -> bytes:
        start = self._starts[row]
        end = self._text.find(b"\n", start)
        return self._text[start:] if end < 0 else self._text[start:end]

    def first_from(self, key: bytes) -> int:
        """The first row that does not come before ``key``; the rows are sorted."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self[middle].partition(b"\t")[0] < key:
                low = middle + 1
            else:
                high = middle
        return low


class OfflineGazetteer:
    """Implements ``bot.ports.gazetteer.Gazetteer`` over the cut; it is read at the first need."""

    def __init__(self, path: Path = CUT) -> None:
        self._path = path

    def find(self, text: str, *, exact: bool = False) -> tuple[Place, ...]:
        """The cities that somebody may mean, the largest first; a few at most, () for none.

        ``exact`` looks for no misspelling, which takes a thousand times as long (0.3 s).
        """
        for city, part in self._readings(text):
            found = self._named(city, part)
            if found:
                return found
        for city, part in () if exact else self._readings(text):
            found = self._alike(city, part)
            if found:
                return found
        return ()

    def beginning(self, text: str) -> tuple[Place, ...]:
        """The cities that somebody may be typing, the largest first; a few dozen at most."""
        city, comma, _ = text.partition(",")
        start = spelled(city)
        if not start:
            return ()
        rows = sorted(self._beginning(start.encode(), whole=bool(comma)))
        if not comma:
            return self._fitting(rows[:SUGGESTED], None, most=SUGGESTED)
        told = spelled(text)
        return self._fitting(
            rows, lambda place: spelled(place.name).startswith(told), most=SUGGESTED
        )

    def countries(self) -> tuple[str, ...]:
        """All countries by their names, in the order of the alphabet."""
        return tuple(sorted(self._countries.values()))

    def country(self, text: str) -> str | None:
        """The country's name where ``text`` is one, under any of its spellings."""
        return self._countries.get(spelled(country_key(text)))

    def nearest(self, latitude: float, longitude: float) -> Place:
        """The spot itself (degrees), named after the nearest city, with its country and zone."""
        city = min(self._places(), key=lambda place: kilometres(latitude, longitude, place))
        return Place(
            name=city.name,
            latitude=latitude,
            longitude=longitude,
            country=city.country,
            time_zone=city.time_zone,
        )

    @cached_property
    def _tables(self) -> tuple[_Lines, _Lines]:
        text = zstandard.ZstdDecompressor().decompress(self._path.read_bytes())
        cities, _, names = text.partition(b"\n\n")
        return _Lines(cities), _Lines(names)

    @cached_property
    def _countries(self) -> dict[str, str]:
        names = {place.country for place in self._places() if place.country}
        return {spelled(country_key(name)): name for name in sorted(names)}

    @cached_property
    def _states(self) -> frozenset[str]:
        return frozenset(STATES.values())

    def _readings(self, text: str) -> Iterator[tuple[str, Part | None]]:
        """The ways to read it: all of it a city, or its last words a state or country."""
        head, comma, tail = text.rpartition(",")
        if comma:
            part = self._part(tail)
            if part is not None:
                yield spelled(head.replace(",", " ")), part
            return
        words = spelled(text).split()
        if words:
            yield " ".join(words), None
        for split in range(1, len(words)):
            part = self._part(" ".join(words[split:]))
            if part is not None:
                yield " ".join(words[:split]), part

    def _part(self, text: str) -> Part | None:
        """What a place has to be in, where ``text`` is a state or a country."""
        name = spelled(text)
        state = STATES.get(name, name if name in self._states else None)
        country = self.country(text)
        if state is not None and country is None:
            return lambda place: spelled(place.name.split(", ")[1]) == state
        if state is not None:  # Georgia is both
            return lambda place: (
                place.country == country or spelled(place.name.split(", ")[1]) == state
            )
        return None if country is None else lambda place: place.country == country

    def _named(self, city: str, part: Part | None) -> tuple[Place, ...]:
        """Those of this very name; where there are none, those that are also called so."""
        _, names = self._tables
        row = names.first_from(city.encode())
        name, _, entries = (names[row] if row < len(names) else b"").partition(b"\t")
        if name != city.encode():
            return ()
        rows = entries.decode().split(",")
        own = [int(one) for one in rows if not one.endswith("~")]
        other = [int(one.rstrip("~")) for one in rows if one.endswith("~")]
        return self._fitting(own, part) or self._fitting(other, part)[:1]

    def _alike(self, city: str, part: Part | None) -> tuple[Place, ...]:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - 6 MB that most instances never need

        cities, _ = self._tables
        names = (spelled(cities[row].partition(b"\t")[0].decode()) for row in range(len(cities)))
        found = process.extract(city, names, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST)
        return self._fitting(sorted(row for _, _, row in found), part)[:1]

    def _beginning(self, start: bytes, *, whole: bool) -> set[int]:
        """The rows of cities with a name that begins so, or that is just this (``whole``)."""
        _, names = self._tables
        rows: set[int] = set()
        for row in range(names.first_from(start), len(names)):
            name, _, entries = names[row].partition(b"\t")
            if not name.startswith(start) or (whole and name != start):
                break
            rows.update(int(one.rstrip(b"~")) for one in entries.split(b","))
        return rows

    def _fitting(self, rows: list[int], part: Part | None, most: int = MOST) -> tuple[Place, ...]:
        """The places of these rows, one for each way to tell it to people."""
        told: dict[str, Place] = {}
        for row in rows:
            place = self._place(row)
            if part is None or part(place):
                told.setdefault(place.name, place)
        return tuple(told.values())[:most]

    def _places(self) -> Iterator[Place]:
        cities, _ = self._tables
        return (self._place(row) for row in range(len(cities)))

    def _place(self, row: int) -> Place:
        cities, _ = self._tables
        name, country, state, latitude, longitude, zone = cities[row].decode().split("\t")
        return Place(
            name=", ".join(part for part in (name, state, country) if part),
            latitude=float(latitude),
            longitude=float(longitude),
            country=country,
            time_zone=zone,
        )
