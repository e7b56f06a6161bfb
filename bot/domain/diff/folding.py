"""One event instead of many: what a sponsor or the registry does in one stroke."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from bot.domain import paths as at
from bot.domain.change import Change, Op
from bot.domain.dates import DatedFact
from bot.domain.diff.sites import fold_sites
from bot.domain.study import Study
from bot.domain.text import fold

UNKNOWN = "UNKNOWN"
"""The status that the registry itself sets, two years after a record was last verified."""

_COMES_WITH_RESULTS = frozenset(
    {
        at.RESULTS_FIRST_POSTED,
        at.DELAYED_POSTING,
        at.UNPOSTED_EVENTS,
        at.UNPOSTED_BY,
        at.SUBMISSIONS,
        at.ESTIMATED_SUBMITTED,
        at.FIRST_MCP_POSTED,
    }
)
_COMES_WITH_EVENTS = frozenset({at.UNPOSTED_BY, at.SUBMISSIONS, at.ESTIMATED_SUBMITTED})

FOLDED_INTO: dict[str, tuple[str, ...]] = {
    at.LAST_KNOWN_STATUS: (at.OVERALL_STATUS,),
    at.HAS_RESULTS: (at.UNPOSTED_EVENTS,),
    **dict.fromkeys(_COMES_WITH_RESULTS, (at.HAS_RESULTS,)),
    **dict.fromkeys(_COMES_WITH_EVENTS, (at.HAS_RESULTS, at.UNPOSTED_EVENTS)),
    at.SITE_STATUS: (at.OVERALL_STATUS,),
    at.SITE_CONTACTS: (at.OVERALL_STATUS,),
    at.REMOVED_COUNTRIES: (at.LOCATIONS,),
    at.LARGE_DOCS + ".uploadDate": (at.LARGE_DOCS + ".date",),
    at.ARM_GROUPS + ".interventionNames": (
        at.INTERVENTIONS,
        at.INTERVENTIONS + ".name",
        at.INTERVENTIONS + ".type",
    ),
}
"""By which other change of the same version a field's change may be told, instead of by its own."""


def folded(old: Study, new: Study, changes: Sequence[Change]) -> list[Change]:
    """The changes as events. What is left away is told by another one (``FOLDED_INTO``)."""
    kept = _fold_status(old, list(changes))
    kept = _fold_results(old, new, kept)
    kept = _fold_submissions(kept)
    kept = _fold_uploads(kept)
    kept = _fold_interventions(kept)
    kept = _fold_removed_countries(old, new, kept)
    return fold_sites(old, new, kept)


def _fold_status(old: Study, changes: list[Change]) -> list[Change]:
    """UNKNOWN tells what the trial was; the last known status comes and goes with it."""
    status = _at(changes, at.OVERALL_STATUS)
    if status is None:
        return changes
    kept = _without(changes, {at.LAST_KNOWN_STATUS})
    if status.old == UNKNOWN and old.last_known_status:
        kept[kept.index(status)] = replace(status, item=fold(old.last_known_status))
    return kept


def _fold_results(old: Study, new: Study, changes: list[Change]) -> list[Change]:
    """Results posted (added) or withdrawn (removed) is one event, with its date where stated.

    Results that were sent in and returned are not posted, even where a version of the registry's
    history says that it has them: then it is what was sent in that is told.
    """
    event = _at(changes, at.HAS_RESULTS)
    if event is None:
        return changes
    returned = any(_at_step(change) and change.op is Op.ADDED for change in changes)
    if event.new and new.results_first_posted is None and returned:
        return _without(changes, {at.HAS_RESULTS})
    kept = [
        change
        for change in _without(changes, _COMES_WITH_RESULTS - {at.UNPOSTED_EVENTS})
        if not (_at_step(change) and (event.new is None or change.op is not Op.ADDED))
    ]
    if event.new:
        told = replace(event, op=Op.ADDED, new=_day(new.results_first_posted))
    else:
        told = replace(event, op=Op.REMOVED, old=_day(old.results_first_posted))
    kept[kept.index(event)] = told
    return kept


def _at_step(change: Change) -> bool:
    """Whether it is a step of the results on their way, most of which end with their posting."""
    return change.path.startswith(at.UNPOSTED_EVENTS)


def _fold_submissions(changes: list[Change]) -> list[Change]:
    """That results were sent in or returned stands in a record three times over."""
    told = any(change.path.startswith(at.UNPOSTED_EVENTS) for change in changes)
    return _without(changes, _COMES_WITH_EVENTS) if told else changes


def _fold_uploads(changes: list[Change]) -> list[Change]:
    """A document of another day was of course uploaded then."""
    dated = {change.item for change in changes if change.path == at.LARGE_DOCS + ".date"}
    upload = at.LARGE_DOCS + ".uploadDate"
    return [one for one in changes if one.path != upload or one.item not in dated]


def _fold_interventions(changes: list[Change]) -> list[Change]:
    """A treatment that got another name has it in the arms too (there as ``Drug: Aspirin``)."""
    path = at.ARM_GROUPS + ".interventionNames"
    if not any(change.path == path for change in changes):
        return changes
    renamed = {
        change.old: change.new
        for change in changes
        if change.path == at.INTERVENTIONS + ".name" and change.old and change.new
    }
    return [one for one in changes if one.path != path or not _only_renamed(one, renamed)]


def _only_renamed(change: Change, renamed: dict[str, str]) -> bool:
    """Whether the treatments of an arm are the same ones under their new names."""
    before, after = (set((text or "").split("; ")) for text in (change.old, change.new))
    come = {name.partition(": ")[2] for name in after - before}
    return {renamed.get(name.partition(": ")[2]) for name in before - after} == come


def _fold_removed_countries(old: Study, new: Study, changes: list[Change]) -> list[Change]:
    """A country whose last place was removed is told of by that place."""
    change = _at(changes, at.REMOVED_COUNTRIES)
    if change is None:
        return changes
    moved = set(old.removed_countries) ^ set(new.removed_countries)
    before, after = ({site.country for site in study.sites} for study in (old, new))
    return _without(changes, {change.path}) if moved <= before ^ after else changes


def _day(fact: DatedFact | None) -> str | None:
    return None if fact is None else str(fact.date)


def _at(changes: Sequence[Change], path: str) -> Change | None:
    return next((change for change in changes if change.path == path), None)


def _without(changes: Sequence[Change], paths: Collection[str]) -> list[Change]:
    """Without the changes at these paths and below them."""
    return [
        change
        for change in changes
        if not any(change.path == path or change.path.startswith(f"{path}.") for path in paths)
    ]
