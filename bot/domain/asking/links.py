"""Links to a search on ClinicalTrials.gov, said as somebody could type it.

Parameters of such a link: the registry's own fields (``cond=``, ``intr=`` …), a place with how near
(``locStr=``, ``city=``, ``distance=`` in miles), ``country=``, and what is ticked beside the list
(``aggFilters=status:rec not,phase:2 3``). What cannot be said here is named, and so is a parameter
that stands there once more with something else.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

import msgspec

from bot.domain.filters import RegistrySearch
from bot.domain.nct import find_key
from bot.domain.text import fold

_HOSTS = ("clinicaltrials.gov", "www.clinicaltrials.gov", "classic.clinicaltrials.gov")
_LINK = re.compile(
    r"(?:https?://)?([^/?#:]+)(?::\d+)?([^?#]*)\?([^#]*)(?:#.*)?", re.IGNORECASE | re.DOTALL
)
_IN_TEXT = re.compile(
    r"""[<(\["']{0,3}
    (?P<url>
        (?:https?://|(?<![\w.@/-])(?:www\.|classic\.)?clinicaltrials\.gov(?=[/?]))
        (?:[^\s"'<>]|'(?=[\w&+%]))+  # an apostrophe is of it where the link goes on: Crohn's
    )
    [>)\]"'.,;]*""",
    re.IGNORECASE | re.VERBOSE,
)
"""A link with what people put around it, such as the ``<`` and ``>`` that keep previews away."""

_ENTITY = re.compile(r"&(?:#\w{1,7}|[a-z]{2,8});", re.IGNORECASE)
"""How HTML and OPML spell what they keep for themselves: ``&amp;``, ``&#39;``."""

_STOPS = ".,;"
"""What can stand behind a link and is none of it."""

_BRACKETS = {")": "(", "]": "["}

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

_TICKS = "aggFilters"
_SPELT = {one.lower(): one for one in (*RegistrySearch.__struct_fields__, *_WHERE, *_LOOKS, _TICKS)}
"""The parameters that are known, by their names in small letters."""

_STATES_OF = "United States"
"""The country by whose states cities are known here."""

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
    given, again = _given(link[3])
    names = RegistrySearch.__struct_fields__
    search = msgspec.convert({name: given[name] for name in names if name in given}, RegistrySearch)
    where, left = _place(given)
    keys = []
    for one in filter(None, given.get(_TICKS, "").split(",")):
        said = _ticked(one)
        keys += [said] if said else []
        left += [] if said else [one]
    left += [f"{name}={value}" for name, value in given.items() if name.lower() not in _SPELT]
    if not keys and not where and search == RegistrySearch():
        return None
    return Link(keys=" ".join([*keys, *where]), search=search, left=(*left, *again))


def find_links(text: str) -> Iterator[tuple[int, int, Link]]:
    """Each such link in a text: where it and what is put around it begin and end; what it asks."""
    for found in _IN_TEXT.finditer(text):
        url = _ENTITY.sub(lambda entity: html.unescape(entity[0]), found["url"])
        link = read_link(_bare(url))
        if link is not None:
            yield found.start(), found.end(), link


def typed_out(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with its first such link as somebody would type it, and what that leaves out.

    One link is asked at a time: each other is left out.
    """
    links = [*find_links(text)]
    if not links:
        return text, ()
    first = links[0][2]
    ends = [0, *(end for _, end, _ in links)]
    starts = [*(start for start, _, _ in links), len(text)]
    around = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    others = tuple(text[start:end] for start, end, _ in links[1:])
    return fold(" ".join([*_said(around), first.typed])), (*first.left, *others)


_HANDING_OVER = (
    "a at can check follow for hello here hi i is like link look me my please search see this "
    "thanks these to trials watch want would you"
)
_FILLER = frozenset(_HANDING_OVER.split())


def _said(around: list[str]) -> list[str]:
    """What stands around links, but for words that only hand them over."""
    words = re.findall(r"[\w']+", " ".join(around).lower())
    return [] if _FILLER.issuperset(words) else around


def _bare(url: str) -> str:
    """Without what stands behind it; a bracket stays that was opened in the link itself."""
    spare = {one: url.count(one) - url.count(opened) for one, opened in _BRACKETS.items()}
    end = len(url)
    while url[end - 1] in _STOPS or spare.get(url[end - 1], 0) > 0:
        end -= 1
        spare[url[end]] = spare.get(url[end], 0) - 1
    return url[:end]


def _given(query: str) -> tuple[dict[str, str], list[str]]:
    """The parameters that narrow, each once; and those that ask something else once more.

    What is ticked can be in several: each narrows.
    """
    every: dict[str, dict[str, None]] = {}
    for part in query.split("&"):
        name, _, value = part.partition("=")
        name, value = _SPELT.get(name.lower(), name), fold(_decoded(value))
        if value and name not in _LOOKS and not name.startswith("utm_"):
            every.setdefault(name, {})[value] = None
    ticked = ",".join(every.pop(_TICKS, {}))
    given = {name: next(iter(values)) for name, values in every.items()} | {_TICKS: ticked}
    again = [f"{name}={one}" for name, values in every.items() for one in [*values][1:]]
    return given, again


def _ticked(one: str) -> str | None:
    """``status:rec not`` as ``status:recruiting,not_yet_recruiting``; None where it cannot be."""
    name, _, values = one.partition(":")
    key, known = _TICKED.get(name, ("", {}))
    said = [known.get(value, "") for value in values.split()]
    return f"{key}:{','.join(said)}" if said and all(said) else None


def _place(given: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Where it looks: near a city, or in a country; and what of it cannot be said."""
    plain = {name: _unquoted(given[name]) for name in _WHERE if name in given}
    plain = {name: value for name, value in plain.items() if value}
    near, country = _near(plain), plain.get("country")
    if near:
        keys = [f'near:"{near}"', f"mi:{plain.get('distance', _MILES)}"]
        is_told = "," in plain.get("locStr", "") or plain.get("state", "") in near
        unsaid = set() if is_told else {"state"}
    else:
        keys = [f'country:"{country}"'] if country else []
        said = {"country"} | ({"locStr"} if _is_wider(plain) else set())
        unsaid = set(_WHERE) - said if country else set(_WHERE)
    unsaid |= given.keys() - plain.keys()
    return keys, [f"{name}={given[name]}" for name in _WHERE if name in given and name in unsaid]


def _near(plain: Mapping[str, str]) -> str:
    """The city it looks near, and what it is in; empty where it looks near none."""
    spelled, city, country = (plain.get(name, "") for name in ("locStr", "city", "country"))
    if not city and country and (_is_wider(plain) or "distance" not in plain):
        return ""
    place = spelled or city
    if not place or "," in spelled:
        return place
    state = plain.get("state", "") if country == _STATES_OF else ""
    return ", ".join(filter(None, (place, state, country)))


def _is_wider(plain: Mapping[str, str]) -> bool:
    """Whether the place as spelled is the state or country beside it, and no city."""
    head = plain.get("locStr", "").partition(",")[0].casefold()
    return head in {plain.get(name, "").casefold() for name in ("state", "country")}


def _unquoted(value: str) -> str:
    """What stands in quotes; empty where there are others in it, which mean more than a name."""
    quoted = value[1:-1] if value[:1] == value[-1:] == '"' else value
    return "" if '"' in quoted else fold(quoted)


def _decoded(value: str) -> str:
    """A value of a link's query as text."""
    plain = value.replace("+", " ").encode()
    whole = _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), plain)
    return whole.decode("utf-8", "replace")
