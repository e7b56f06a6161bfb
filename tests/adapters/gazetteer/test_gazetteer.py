"""Cities as people type them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from adapters.gazetteer.gazetteer import OfflineGazetteer
from bot.domain.place import kilometres


@pytest.fixture(scope="module")
def gazetteer() -> OfflineGazetteer:
    """The gazetteer that is shipped."""
    return OfflineGazetteer()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Houston", ["Houston, Texas, United States"]),
        ("houston tx", ["Houston, Texas, United States"]),
        ("Paris, France", ["Paris, France"]),
        ("Paris, TX", ["Paris, Texas, United States"]),
        ("paris texas", ["Paris, Texas, United States"]),
        ("Munich", ["Munich, Germany"]),
        ("münchen", ["Munich, Germany"]),
        ("Sao Paulo", ["São Paulo, Brazil"]),
        ("Wien", ["Vienna, Austria"]),
        ("Seoul, Republic of Korea", ["Seoul, South Korea"]),
        ("Ankara, Turkey (Türkiye)", ["Ankara, Turkey"]),
        ("London, UK", ["London, United Kingdom"]),
        ("New York", ["New York City, New York, United States"]),
        ("Mineapolis", ["Minneapolis, Minnesota, United States"]),
        ("Tbilisi, Georgia", ["Tbilisi, Georgia"]),
        ("Atlanta, Georgia", ["Atlanta, Georgia, United States"]),
        ("Łódź", ["Łódź, Poland"]),
        ("Paris, Nowhere", []),
        ("xqzzy", []),
        ("", []),
        (", ,", []),
    ],
)
def test_city_is_found_as_people_type_it(
    gazetteer: OfflineGazetteer, typed: str, names: list[str]
) -> None:
    """Case, marks, other names, a slip of the finger, a state or a country behind it."""
    assert [place.name for place in gazetteer.find(typed)] == names


def test_name_of_several_cities_gives_them_all_the_largest_first(
    gazetteer: OfflineGazetteer,
) -> None:
    """So that it can be asked back which Paris is meant."""
    names = [place.name for place in gazetteer.find("paris")]
    assert names[:2] == ["Paris, France", "Paris, Texas, United States"]


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("france", "France"),
        ("USA", "United States"),
        ("Korea, Republic of", "South Korea"),
        ("Czech Republic", "Czechia"),
        ("Türkiye", "Turkey"),
        ("Atlantis", None),
    ],
)
def test_country_is_known_under_its_spellings(
    gazetteer: OfflineGazetteer, typed: str, country: str | None
) -> None:
    """The registry's own spellings of other years are among them."""
    assert gazetteer.country(typed) == country


def test_spot_is_named_after_the_nearest_city(gazetteer: OfflineGazetteer) -> None:
    """A shared location keeps its own coordinates, with the zone of the city."""
    spot = gazetteer.nearest(48.20, 16.40)
    assert (spot.latitude, spot.longitude) == (48.20, 16.40)
    assert (spot.country, spot.time_zone) == ("Austria", "Europe/Vienna")


def test_every_city_has_a_zone_that_is_known(gazetteer: OfflineGazetteer) -> None:
    """No city would leave a chat without a clock."""
    zones = {place.time_zone for place in gazetteer._places()}
    assert all(zone and ZoneInfo(zone) for zone in zones)
    assert len(zones) > 300


def test_places_are_where_they_are(gazetteer: OfflineGazetteer) -> None:
    """Paris and London are 344 km apart."""
    (london,), (paris, *_) = gazetteer.find("London, UK"), gazetteer.find("Paris")
    assert kilometres(london.latitude, london.longitude, paris) == pytest.approx(344, abs=2)
