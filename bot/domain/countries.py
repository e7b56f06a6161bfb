"""Countries under all the names that the registry has spelled them with over the years."""

from __future__ import annotations

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


def country_key(name: str) -> str:
    """What makes it this country, however it is spelled: compare keys, show names."""
    plain = fold(name).replace("’", "'").casefold()
    return _SAME.get(plain, plain)


def country_spellings(name: str) -> tuple[str, ...]:
    """All the names under which the registry may have this country, in their order."""
    key = country_key(name)
    return tuple(sorted({key, *(other for other, same in _SAME.items() if same == key)}))
