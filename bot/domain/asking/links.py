"""Links to a search on ClinicalTrials.gov, said as somebody could type it.

Parameters of such a link: the registry's own fields (``cond=``, ``intr=`` …), a place with how near
(``locStr=``, ``city=``, ``distance=`` in miles), ``country=``, and what is ticked beside the list
(``aggFilters=status:rec not,phase:2 3``). What cannot be said here is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from bot.domain.filters import RegistrySearch
from bot.domain.nct import find_key
from bot.domain.text import fold

_HOSTS = ("clinicaltrials.gov", "www.clinicaltrials.gov", "classic.clinicaltrials.gov")
_LINK = re.compile(r"https?://([^/?#:]+)(?::\d+)?([^?#]*)\?([^#]*)(?:#.*)?", re.IGNORECASE)
_IN_TEXT = re.compile(r"(?<!\S)https?://[^\s\"'<>]+", re.IGNORECASE)
_STOPS = ".,;)"
"""What can stand behind a link and is none of it."""

_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")

_TICKED: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "status": (
        "status",
        {
            "rec": "recruiting",
            "not": "not_yet_recruiting",
            "act": "active_not_recruiting",
            "com": "completed",
            "ter": "terminated",
            "enr": "enrolling_by_invitation",
            "sus": "suspended",
            "wit": "withdrawn",
            "unk": "unknown",
        },
    ),
    "phase": ("phase", {"0": "0", "1": "1", "2": "2", "3": "3", "4": "4", "NA": "na", "na": "na"}),
    "sex": ("sex", {"f": "female", "m": "male"}),
    "healthy": ("healthy", {"y": "yes"}),
    "funderType": ("sponsor", {"nih": "nih", "fed": "federal", "industry": "industry"}),
}
"""What can be ticked and said here: our key, and our value for each of theirs."""

_WHERE = ("locStr", "city", "state", "country", "lat", "lng", "distance")
_LOOKS = frozenset(
    {
        *("page", "limit", "sort", "rank", "tab", "viewType", "view", "pageToken", "pageSize"),
        *("dateField", "count", "rcv_d", "lup_d", "sel_rss", "format"),
    }
)
"""How the list or feed is shown, which narrows nothing."""

_MILES = "50"
"""How near the site's own search looks where the link does not say it."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """What a link asks."""

    keys: str
    """What narrows it, as typed: ``status:recruiting near:"Paris, France" mi:50``."""
    search: RegistrySearch
    left: tuple[str, ...] = ()
    """What it asks besides and cannot be said here, such as ``ages:child``."""

    @property
    def typed(self) -> str:
        """All of it as typed: the fields come last."""
        fields = msgspec.structs.asdict(self.search).items()
        return " ".join(
            [self.keys, *(f"{name}:{value}" for name, value in fields if value)]
        ).strip()


def read_link(url: str) -> Link | None:
    """What a link to the registry's list of results or its feed asks; None where it is none."""
    link = _LINK.fullmatch(url)
    if link is None or link[1].lower() not in _HOSTS or find_key(link[2]) is not None:
        return None
    given: dict[str, str] = {}
    for part in link[3].split("&"):
        name, _, value = part.partition("=")
        given.setdefault(name, " ".join(_decoded(value).split()))
    names = RegistrySearch.__struct_fields__
    fields = {name.lower(): value for name, value in given.items() if value}
    search = msgspec.convert(
        {name: fields[name] for name in names if name in fields}, RegistrySearch
    )
    where, beside = _place(given)
    keys, left = [], [*beside]
    for one in filter(None, given.get("aggFilters", "").split(",")):
        said = _ticked(one)
        keys += [said] if said else []
        left += [] if said else [one]
    known = {*_WHERE, *_LOOKS, "aggFilters"}
    left += [
        f"{name}={value}"
        for name, value in given.items()
        if value and not {name, name.lower()} & {*known, *names} and not name.startswith("utm_")
    ]
    if not keys and not where and search == RegistrySearch():
        return None
    return Link(keys=" ".join([*keys, *where]), search=search, left=tuple(left))


def typed_out(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with its first such link as somebody would type it, and what that leaves out."""
    for found in _IN_TEXT.finditer(text):
        link = read_link(found[0].rstrip(_STOPS))
        if link is not None:
            around = f"{text[: found.start()]} {text[found.end() :]}"
            return fold(f"{around} {link.typed}"), link.left
    return text, ()


def _ticked(one: str) -> str | None:
    """``status:rec not`` as ``status:recruiting,not_yet_recruiting``; None where it cannot be."""
    name, _, values = one.partition(":")
    key, known = _TICKED.get(name, ("", {}))
    said = [known.get(value, "") for value in values.split()]
    return f"{key}:{','.join(said)}" if said and all(said) else None


def _place(given: Mapping[str, str]) -> tuple[list[str], Iterator[str]]:
    """Where it looks: near a city, or in a country; and what of it cannot be said."""
    city, country = given.get("city", ""), given.get("country", "")
    spelled = given.get("locStr", "")
    place = spelled if city or not country else ""
    if (place or city) and '"' not in place + city:
        miles = given.get("distance") or _MILES
        near = place or ", ".join(part for part in (city, country) if part)
        return [f'near:"{near}"', f"mi:{miles}"], iter(())
    unsaid = ("state",) if country else ("locStr", "city", "state", "lat", "lng", "distance")
    beside = (f"{name}={given[name]}" for name in unsaid if given.get(name))
    return ([f'country:"{country}"'] if country and '"' not in country else []), beside


def _decoded(value: str) -> str:
    """A value of a link's query as text."""
    plain = value.replace("+", " ").encode()
    whole = _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), plain)
    return whole.decode("utf-8", "replace")
