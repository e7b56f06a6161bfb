"""Countries under all the names that the registry has spelled them with over the years."""

from __future__ import annotations

from difflib import get_close_matches

from bot.domain.text import fold

_SAME = {
    "america": "united states",
    "bolivia, plurinational state of": "bolivia",
    "brunei darussalam": "brunei",
    "burma": "myanmar",
    "cape verde": "cabo verde",
    "congo": "republic of the congo",
    "congo, the democratic republic of the": "democratic republic of the congo",
    "cote d'ivoire": "ivory coast",
    "côte d'ivoire": "ivory coast",
    "czech republic": "czechia",
    "england": "united kingdom",
    "former serbia and montenegro": "serbia",
    "great britain": "united kingdom",
    "holland": "netherlands",
    "hong kong sar": "hong kong",
    "iran, islamic republic of": "iran",
    "korea": "south korea",
    "korea, democratic people's republic of": "north korea",
    "korea, republic of": "south korea",
    "lao people's democratic republic": "laos",
    "libyan arab jamahiriya": "libya",
    "macau": "macao",
    "macedonia": "north macedonia",
    "macedonia, the former yugoslav republic of": "north macedonia",
    "micronesia, federated states of": "micronesia",
    "moldova, republic of": "moldova",
    "palestine": "palestinian territory",
    "palestinian territories, occupied": "palestinian territory",
    "palestinian territory, occupied": "palestinian territory",
    "republic of korea": "south korea",
    "réunion": "reunion",
    "russian federation": "russia",
    "scotland": "united kingdom",
    "swaziland": "eswatini",
    "syrian arab republic": "syria",
    "taiwan, province of china": "taiwan",
    "tanzania, united republic of": "tanzania",
    "the gambia": "gambia",
    "the netherlands": "netherlands",
    "timor-leste": "timor leste",
    "turkey (türkiye)": "turkey",
    "türkiye": "turkey",
    "u.k.": "united kingdom",
    "u.s.": "united states",
    "u.s.a.": "united states",
    "uk": "united kingdom",
    "united states of america": "united states",
    "us": "united states",
    "usa": "united states",
    "venezuela, bolivarian republic of": "venezuela",
    "viet nam": "vietnam",
    "wales": "united kingdom",
}

_OFTEN = """
    Argentina Australia Austria Belgium Brazil Bulgaria Canada Croatia Czechia Denmark Egypt England
    Finland France Germany Greece Hungary Indonesia Ireland Israel Italy Japan Malaysia Mexico
    Netherlands Nigeria Norway Pakistan Philippines Poland Portugal Romania Russia Scotland Serbia
    Singapore Slovakia Spain Sweden Switzerland Taiwan Thailand Turkey Ukraine Vietnam
"""
KNOWN = frozenset({one.casefold() for one in _OFTEN.split()} | _SAME.keys() | set(_SAME.values()))
"""Names by which a country is known without a gazetteer, in small letters: most of them."""

_ALIKE = 0.82
"""How like a country's name a misspelt one must be, of 1: one letter of six is another."""


def country_meant(typed: str) -> str | None:
    """The country with most trials that this may be a misspelling of; its first letter is right."""
    name = typed.casefold()
    names = {one.casefold(): one for one in _OFTEN.split() if one[:1].casefold() == name[:1]}
    near = get_close_matches(name, names, n=1, cutoff=_ALIKE)
    return names[near[0]] if near and near[0] != name else None


def country_key(name: str) -> str:
    """What makes it this country, however it is spelled: compare keys, show names."""
    plain = fold(name).replace("’", "'").casefold()
    return _SAME.get(plain, plain)


def country_spellings(name: str) -> tuple[str, ...]:
    """All the names under which the registry may have this country, in their order."""
    key = country_key(name)
    return tuple(sorted({key, *(other for other, same in _SAME.items() if same == key)}))
