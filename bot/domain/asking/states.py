"""States and provinces, which are no places to be near and no countries to be in.

The gazetteer knows cities and countries only. Of a state it finds a city that is called so
elsewhere (Arizona in Honduras) or that goes by that name too (Missouri: Bozeman in Montana). So who
types one is asked for a city in it.
"""

from __future__ import annotations

_NAMES = """
    Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida,
    Hawaii, Idaho, Illinois, Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland,
    Massachusetts, Michigan, Minnesota, Mississippi, Missouri, Montana, Nebraska, Nevada, New
    Hampshire, New Jersey, New Mexico, North Carolina, North Dakota, Ohio, Oklahoma, Oregon,
    Pennsylvania, Rhode Island, South Carolina, South Dakota, Tennessee, Texas, Utah, Vermont,
    Virginia, West Virginia, Wisconsin, Wyoming, Alberta, British Columbia, Manitoba, New
    Brunswick, Nova Scotia, Ontario, Saskatchewan, New South Wales, Queensland, South Australia,
    Tasmania, Western Australia
"""
"""Of the United States, Canada and Australia; not those that people mostly mean a city or a country
by: New York, Washington, Quebec, Victoria, Georgia."""

_STATES = frozenset(" ".join(one.split()).casefold() for one in _NAMES.split(","))


def is_state(typed: str) -> bool:
    """Whether somebody typed the name of a state alone, or ``state of`` before it."""
    name = " ".join(typed.split()).casefold().removeprefix("state of ")
    return name in _STATES
