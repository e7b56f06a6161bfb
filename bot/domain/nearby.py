"""Which changed places concern somebody, and in which words: near ones by name, others counted."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from bot.domain.change import Change, Kind
from bot.domain.countries import country_key
from bot.domain.diff.sites import ALL_SITES
from bot.domain.filters import is_near
from bot.domain.paths import REMOVED_COUNTRIES
from bot.domain.place import Near, kilometres
from bot.domain.study import Study
from bot.domain.traits import Spot, spot_of


class Others(enum.Enum):
    """How changed places are told that are not near."""

    EACH = enum.auto()
    """As they are: somebody asks for all places."""
    COUNTED = enum.auto()
    """As counts by country."""
    NOT_TOLD = enum.auto()


class Where(msgspec.Struct, frozen=True):
    """What one subscription asks of changed places.

    ``near`` goes before ``countries``; with neither of them, no place is nearer than another.
    """

    whole: bool
    """All places, or those near only."""
    near: Near | None = None
    countries: tuple[str, ...] = ()


class Nearby(msgspec.Struct, frozen=True):
    """A changed place that is near. ``kilometres`` is None where the record says no more than the
    city; ``place`` is None where it is only in the same country."""

    change: Change
    place: str | None = None
    kilometres: float | None = None


class Places(msgspec.Struct, frozen=True):
    """How the changed places of a trial are told to one chat: the nearest first, then the others.

    ``near`` has each change that is told by name; all other changes of places are ``others``.
    """

    near: tuple[Nearby, ...] = ()
    others: Others = Others.EACH


EACH = Places()
"""Every change of a place, a line each."""


def places_for(
    changes: Iterable[Change],
    wheres: Sequence[Where],
    spots: Mapping[str, Spot],
    study: Study,
) -> Places:
    """How the changes of places among ``changes`` are told to a chat that asks for them so.

    ``spots`` are where they are, by item; one that is not among them is looked for in ``study``.
    """
    of_sites = [change for change in changes if change.kind is Kind.SITES]
    known = {**{site.place: spot_of(site) for site in study.sites}, **spots} if of_sites else {}
    found = [
        best for change in of_sites if (best := _nearest(change, wheres, known, study)) is not None
    ]
    near = tuple(sorted(found, key=_distance))
    if any(where.whole for where in wheres):
        return Places(near, Others.EACH)
    anywhere = any(where.near is None and not where.countries for where in wheres)
    return Places(near, Others.COUNTED if near or anywhere else Others.NOT_TOLD)


def _distance(nearby: Nearby) -> tuple[bool, float, str]:
    return nearby.place is None, nearby.kilometres or 0.0, nearby.change.item or ""


def _nearest(
    change: Change, wheres: Sequence[Where], known: Mapping[str, Spot], study: Study
) -> Nearby | None:
    spots = _spots(change, known, study)
    found = [_nearby(change, where, spot) for where in wheres for spot in spots]
    best = min((one for one in found if one is not None), key=_distance, default=None)
    if best is not None and len(spots) != 1:  # what is about several places has no distance
        return Nearby(change)
    return best


def _spots(change: Change, known: Mapping[str, Spot], study: Study) -> list[Spot]:
    """Where the change happened; of all places at once, each of them."""
    if change.item == ALL_SITES:
        return [spot_of(site) for site in study.sites]
    if change.path == REMOVED_COUNTRIES:
        named = {*(change.old or "").split("; "), *(change.new or "").split("; ")} - {""}
        return [Spot(None, country, None, None) for country in sorted(named)]
    item = change.item or ""
    if item in known:
        return [known[item]]
    *_, city, country = ["", "", *item.split(", ")]
    return [Spot(city, country, None, None)]


def _nearby(change: Change, where: Where, spot: Spot) -> Nearby | None:
    if where.near is None:
        if where.whole:
            return None  # who hears of all places has none that is named before the others
        countries = {country_key(one) for one in where.countries}
        return Nearby(change) if country_key(spot.country or "") in countries else None
    if not is_near(spot, where.near):
        return None
    place = where.near.place
    city = place.name.partition(",")[0]
    if spot.latitude is None or spot.longitude is None:
        return Nearby(change, city)
    return Nearby(change, city, kilometres(spot.latitude, spot.longitude, place))
