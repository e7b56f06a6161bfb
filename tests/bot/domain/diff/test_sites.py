"""Sites that open, close, come, go and are spelled anew; and what happens to all at once."""

from __future__ import annotations

from msgspec.structs import replace

from bot.domain.change import Kind, Op
from bot.domain.diff.sites import ALL_SITES
from bot.domain.diff.studies import diff
from bot.domain.study import Contact, Site, Study
from tests.bot.domain.trials import site, trial

A, B = site("Bell Clinic"), site("Chime Hospital", city="Dallas")


def cleared(sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """The sites as sponsors leave them when recruitment is over."""
    return tuple(replace(one, status=None, contacts=()) for one in sites)


def kinds(old: Study, new: Study) -> list[tuple[Kind, Op, str | None, str | None, str | None]]:
    """The changes without their paths."""
    return [(one.kind, one.op, one.item, one.old, one.new) for one in diff(old, new)]


def test_a_site_closes() -> None:
    """A site's own status is a change of that site, named by its place."""
    after = trial(sites=(replace(A, status="COMPLETED"), B))
    assert kinds(trial(), after) == [
        (Kind.SITES, Op.CHANGED, A.place, "RECRUITING", "COMPLETED"),
    ]


def test_sites_come_and_go() -> None:
    """Added and removed sites carry their status, and nothing where none is stated."""
    new = site("New House", None, city="Austin")
    assert kinds(trial(), trial(sites=(A, new))) == [
        (Kind.SITES, Op.REMOVED, B.place, "RECRUITING", None),
        (Kind.SITES, Op.ADDED, new.place, None, None),
    ]


def test_sites_of_one_identity() -> None:
    """The registry lists some places twice: one that goes is one removed, not both."""
    twin = replace(A, zip="77031", status="COMPLETED")
    before = trial(sites=(A, twin, A))
    assert kinds(before, trial(sites=(twin, A))) == [
        (Kind.SITES, Op.REMOVED, A.place, "RECRUITING", None)
    ]
    assert kinds(before, trial(sites=(A, replace(twin, status="SUSPENDED"), A))) == [
        (Kind.SITES, Op.CHANGED, A.place, "COMPLETED", "SUSPENDED")
    ]


def test_a_site_is_spelled_anew() -> None:
    """A nearly equal name in the same town is a rename, and its status is compared all the same."""
    renamed = replace(A, facility="The Bell Clinic, Building B", city="HOUSTON")
    assert {(one.kind, one.old, one.new) for one in diff(trial(), trial(sites=(renamed, B)))} == {
        (Kind.CONTACTS, "Bell Clinic", "The Bell Clinic, Building B"),
        (Kind.CONTACTS, "Houston", "HOUSTON"),
    }
    closed = replace(renamed, status="COMPLETED")
    assert (Kind.SITES, Op.CHANGED, closed.place, "RECRUITING", "COMPLETED") in kinds(
        trial(), trial(sites=(closed, B))
    )


def test_another_town_is_another_site() -> None:
    """The same name elsewhere is a site that went and one that came."""
    moved = replace(A, city="Austin")
    assert [one.op for one in diff(trial(), trial(sites=(moved, B)))] == [Op.ADDED, Op.REMOVED]


def test_site_contacts_are_contacts() -> None:
    """Who answers at a site is a change of contacts, not of sites."""
    after = trial(sites=(replace(A, contacts=(Contact(name="Z", phone="1"),)), B))
    assert kinds(trial(), after) == [
        (Kind.CONTACTS, Op.CHANGED, A.place, "Contact of Bell Clinic, CONTACT, 555-0100", "Z, 1")
    ]


def test_closing_clears_all_sites_in_one_event() -> None:
    """Recruitment that closes and every site that is cleared with it are one change."""
    after = trial(overall_status="COMPLETED", sites=cleared((A, B)))
    assert kinds(trial(), after) == [(Kind.STATUS, Op.SET, None, "RECRUITING", "COMPLETED")]


def test_closing_still_tells_of_sites_that_went() -> None:
    """A site that was removed on the same day is told of beside the status."""
    after = trial(overall_status="ACTIVE_NOT_RECRUITING", sites=cleared((A,)))
    assert [one.kind for one in diff(trial(), after)] == [Kind.STATUS, Kind.SITES]


def test_closing_does_not_hide_single_sites() -> None:
    """Where one site keeps a status, the sites were not cleared: each is told of."""
    after = trial(overall_status="SUSPENDED", sites=(replace(A, status=None), B))
    assert kinds(trial(), after)[1:] == [(Kind.SITES, Op.CHANGED, A.place, "RECRUITING", None)]


def test_cleared_without_a_status_is_one_change() -> None:
    """Statuses that vanish everywhere while the trial goes on are one change of all sites."""
    bare = tuple(replace(one, status=None) for one in (A, B))
    assert kinds(trial(), trial(sites=bare)) == [
        (Kind.SITES, Op.CHANGED, ALL_SITES, "RECRUITING", None)
    ]


def test_contacts_of_all_sites_vanish_in_one_change() -> None:
    """So are their contacts."""
    bare = tuple(replace(one, contacts=()) for one in (A, B))
    ((kind, _, item, old, new),) = kinds(trial(), trial(sites=bare))
    assert (kind, item, new) == (Kind.CONTACTS, ALL_SITES, None)
    assert old is not None


def test_an_only_site_is_named() -> None:
    """A trial with a single site has no "all sites": the site is named."""
    after = trial(sites=(replace(A, status=None),))
    assert kinds(trial(sites=(A,)), after) == [
        (Kind.SITES, Op.CHANGED, A.place, "RECRUITING", None)
    ]


def test_cleared_after_the_end_is_one_change() -> None:
    """Sites that are cleared long after the trial closed are told of: no status tells it then."""
    before = trial(overall_status="COMPLETED")
    bare = tuple(replace(one, status=None) for one in (A, B))
    assert kinds(before, replace(before, sites=bare)) == [
        (Kind.SITES, Op.CHANGED, ALL_SITES, "RECRUITING", None)
    ]
