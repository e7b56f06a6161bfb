"""Which changed places concern somebody, and how they are told."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.change import Change, Kind, Op, mask
from bot.domain.change_lines import LINES_SHOWN, leaves_out
from bot.domain.diff.sites import ALL_SITES
from bot.domain.filters import Filter
from bot.domain.hearing import hear
from bot.domain.message import Message
from bot.domain.nearby import EACH, Nearby, Others, Places, Where, places_for
from bot.domain.notice import Event, Match
from bot.domain.paths import LOCATIONS, REMOVED_COUNTRIES, SITE_STATUS
from bot.domain.place import Near, Place
from bot.domain.settings.chat import ChatSettings
from bot.domain.study import Site
from bot.domain.telling import tell
from bot.domain.traits import Spot
from bot.domain.watch import Interest, Subscription
from tests.bot.domain.test_telling import STUDY, by_number, occurrence

PARIS = Place(name="Paris, France", latitude=48.85341, longitude=2.3488, country="France")
NEAR_PARIS = Near(PARIS, 50)
SPOTS = {
    "Clinic, Paris, France": Spot("Paris", "France", 48.855, 2.35),
    "Hospital, Versailles, France": Spot("Versailles", "France", 48.8049, 2.1204),
    "Hospital, Lyon, France": Spot("Lyon", "France", 45.7485, 4.8467),
    "Klinik, Ulm, Germany": Spot("Ulm", "Germany", 48.3984, 9.9916),
}
PARISIAN, VERSAILLES, LYON, ULM = SPOTS


def added(place: str) -> Change:
    """A place that came."""
    return Change(kind=Kind.SITES, path=LOCATIONS, op=Op.ADDED, item=place, new="RECRUITING")


def closed(place: str) -> Change:
    """A place that no longer recruits."""
    return Change(
        kind=Kind.SITES,
        path=SITE_STATUS,
        op=Op.CHANGED,
        item=place,
        old="RECRUITING",
        new="COMPLETED",
    )


def removed(place: str) -> Change:
    """A place that went."""
    return Change(kind=Kind.SITES, path=LOCATIONS, op=Op.REMOVED, item=place, old="RECRUITING")


def told(
    *changes: Change,
    kinds: int = Kind.SITES_NEAR.bit,
    near: Near | None = None,
    wanted: Filter | None = None,
) -> tuple[str, ...] | None:
    """The lines about places that a chat is told; None where it is told nothing."""
    settings = ChatSettings(near=near)
    follows = replace(by_number(), kinds=kinds)
    happened = occurrence(*changes, matches=(Match(7, Event.CHANGED),))
    if wanted is not None:
        interest = Interest(words="sarcoma", phrases=("sarcoma",), filter=wanted)
        follows = replace(follows, study=None, interest_id=7, interest=interest)
    happened = replace(happened, spots=tuple(SPOTS.items()))
    return lines(tell(happened, [follows], STUDY, settings=settings))


def lines(message: Message | None) -> tuple[str, ...] | None:
    """What it says of places."""
    if message is None:
        return None
    return next((one.lines for one in message.sections if one.heading == "Places"), ())


def test_near_places_are_named_with_their_distance_and_others_counted() -> None:
    """Within the radius of the chat's place: the nearest first; what is farther is a number."""
    assert told(
        added(ULM), removed(VERSAILLES), closed(PARISIAN), added(LYON), near=NEAR_PARIS
    ) == (
        (
            "Clinic, Paris, France: was “Recruiting”, is now “Completed”. "
            "This is less than 1 km from Paris."
        ),
        "A place was removed: Hospital, Versailles, France. This is 18 km from Paris.",
        "Besides, 2 places were added (1 in France, 1 in Germany).",
    )


@pytest.mark.parametrize(
    ("changes", "near", "wanted", "expected"),
    [
        ((added(ULM),), NEAR_PARIS, None, None),
        ((added(ULM),), None, Filter(near=NEAR_PARIS), None),
        ((added(PARISIAN),), Near(PARIS, 0), Filter(near=Near(PARIS, 2)), 1),
        ((added(PARISIAN),), NEAR_PARIS, Filter(countries=("Germany",)), 1),
        ((added(ULM),), None, Filter(countries=("France",)), None),
        ((added(ULM), added(LYON)), None, Filter(countries=("FRANCE",)), 2),
        ((added(ULM),), None, None, 1),
        ((added(ULM),), None, Filter(phases=("PHASE2",)), 1),
    ],
)
def test_place_goes_before_country_and_either_before_all(
    changes: tuple[Change, ...], near: Near | None, wanted: Filter | None, expected: int | None
) -> None:
    """The filter's place, else the chat's, else the filter's countries, else counts; None: moot."""
    found = told(*changes, near=near, wanted=wanted)
    assert (None if found is None else len(found)) == expected


def test_country_names_its_places_without_a_distance() -> None:
    """Who asks for a country hears which places are in it, and how many elsewhere."""
    assert told(added(ULM), added(LYON), wanted=Filter(countries=("France",))) == (
        "A place was added: Hospital, Lyon, France (Recruiting).",
        "Besides, one place was added (Germany).",
    )


def test_without_any_place_changes_are_counts_by_country() -> None:
    """Nobody knows what is near: one line for all that happened alike."""
    assert told(added(ULM), added(LYON), added(PARISIAN), removed(VERSAILLES)) == (
        "3 places were added (2 in France, 1 in Germany).",
        "One place was removed (France).",
    )


def test_who_asks_for_all_places_hears_of_all_the_near_ones_first() -> None:
    """With both choices the wider one holds, and the distance is told all the same."""
    kinds = mask([Kind.SITES, Kind.SITES_NEAR])
    assert told(added(ULM), added(VERSAILLES), kinds=kinds, near=NEAR_PARIS) == (
        "A place was added: Hospital, Versailles, France (Recruiting). This is 18 km from Paris.",
        "A place was added: Klinik, Ulm, Germany (Recruiting).",
    )
    assert told(added(ULM), kinds=Kind.SITES.bit, near=NEAR_PARIS) is not None


def test_other_changes_are_told_where_no_place_is_near() -> None:
    """What happened far away is left out of a message that is sent for something else."""
    status = Change(kind=Kind.STATUS, path="protocolSection.statusModule.overallStatus", new="X")
    kinds = mask([Kind.STATUS, Kind.SITES_NEAR])
    assert told(status, added(ULM), kinds=kinds, near=NEAR_PARIS) == ()


def test_what_happens_to_all_places_is_told_where_one_is_near() -> None:
    """Statuses that are gone at all places at once: a line, if any of the trial's is near."""
    wiped = Change(
        kind=Kind.SITES, path=SITE_STATUS, op=Op.CHANGED, item=ALL_SITES, old="RECRUITING"
    )
    for city, latitude, is_told in (("Paris", 48.85, True), ("Lyon", 45.75, False)):
        sites = (
            Site(facility="A", city=city, country="France", latitude=latitude, longitude=2.35),
            Site(facility="B", city="Ulm", country="Germany", latitude=48.4, longitude=9.99),
        )
        study = replace(STUDY, sites=sites)
        follows = by_number(Kind.SITES_NEAR.bit)
        settings = ChatSettings(near=NEAR_PARIS)
        assert bool(hear(occurrence(wiped), [follows], study, settings=settings)) is is_told


def test_country_that_is_left_is_told_where_it_is_the_own() -> None:
    """The registry's list of countries without any place concerns who asked for that country."""
    left = Change(kind=Kind.SITES, path=REMOVED_COUNTRIES, old="Spain", new="Spain; France")
    assert told(left, wanted=Filter(countries=("France",))) is not None
    assert told(left, wanted=Filter(countries=("Italy",))) is None
    assert told(left) is not None


def test_place_whose_spot_was_not_kept_is_found_by_its_names() -> None:
    """In the newest version, else by the city and country in the change itself."""
    change, follows = added(PARISIAN), by_number(Kind.SITES_NEAR.bit)
    settings = ChatSettings(near=NEAR_PARIS)
    assert lines(tell(occurrence(change), [follows], STUDY, settings=settings)) == (
        "A place was added: Clinic, Paris, France (Recruiting). This is in Paris.",
    )
    site = Site(facility="Clinic", city="Paris", country="France", latitude=48.7, longitude=2.4)
    told = tell(occurrence(change), [follows], replace(STUDY, sites=(site,)), settings=settings)
    assert (lines(told) or ("",))[0].endswith("This is 17 km from Paris.")


def test_many_near_places_are_named_up_to_a_number() -> None:
    """The nearest are named and the rest counted; the way to the whole of it is there."""
    spots = {f"Clinic {n}, Paris, France": Spot("Paris", "France", 48.8, 2.3) for n in range(30)}
    changes = tuple(map(added, spots))
    happened = replace(occurrence(*changes), spots=tuple(spots.items()))
    follows = by_number(Kind.SITES_NEAR.bit)
    message = tell(happened, [follows], STUDY, settings=ChatSettings(near=NEAR_PARIS))
    found = lines(message) or ()
    assert len(found) == LINES_SHOWN + 1
    assert found[-1] == "Besides, 22 places were added (France)."
    assert message is not None
    assert any((button.action or "").startswith("whole ") for button in message.buttons)
    near = tuple(Nearby(change) for change in changes[:3])
    assert leaves_out(changes[:4], Places(near, Others.COUNTED))
    assert not leaves_out(changes[:3], Places(near, Others.COUNTED))


wheres = st.builds(
    Where,
    whole=st.booleans(),
    near=st.sampled_from([None, NEAR_PARIS, Near(PARIS, 500)]),
    countries=st.sampled_from([(), ("France",), ("Germany",), ("Italy",)]),
)


@given(
    st.lists(wheres, min_size=1, max_size=3), st.sets(st.sampled_from(sorted(SPOTS)), min_size=1)
)
def test_one_more_subscription_never_hides_a_place(asked: list[Where], places: set[str]) -> None:
    """What one subscription of a chat is told of, is told whatever others the chat has."""
    order = list(Others)
    changes = [added(place) for place in sorted(places)]
    together = places_for(changes, asked, SPOTS, STUDY)
    for where in asked:
        alone = places_for(changes, [where], SPOTS, STUDY)
        assert {one.change for one in alone.near} <= {one.change for one in together.near}
        assert order.index(together.others) <= order.index(alone.others)
    assert EACH.others is Others.EACH


def test_subscription_is_made_on_a_day() -> None:
    """The chat's place is that of today, not that of the day on which it began to follow."""
    follows = Subscription(
        id=1, chat_id=1, study=STUDY.key, kinds=Kind.SITES_NEAR.bit, since=date(2026, 1, 1)
    )
    happened = replace(occurrence(added(ULM)), spots=tuple(SPOTS.items()))
    ulm = Near(Place(name="Ulm, Germany", latitude=48.4, longitude=9.99), 10)
    assert tell(happened, [follows], STUDY, settings=ChatSettings(near=NEAR_PARIS)) is None
    assert tell(happened, [follows], STUDY, settings=ChatSettings(near=ulm)) is not None
