"""One event instead of fourteen: what happens to all sites of a trial at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.change import Change, Kind, Op
from bot.domain.paths import LOCATIONS, SITE_CONTACTS, SITE_STATUS
from bot.domain.study import Site, Study
from bot.domain.text import fold

ALL_SITES = "all sites"
"""What stands as ``item`` where something happened to every site."""

NOT_RECRUITING = frozenset(
    {
        "ACTIVE_NOT_RECRUITING",
        "APPROVED_FOR_MARKETING",
        "COMPLETED",
        "ENROLLING_BY_INVITATION",
        "NO_LONGER_AVAILABLE",
        "SUSPENDED",
        "TEMPORARILY_NOT_AVAILABLE",
        "TERMINATED",
        "UNKNOWN",
        "WITHDRAWN",
        "WITHHELD",
    }
)
"""Overall statuses in which a trial takes nobody who asks."""


def fold_sites(old: Study, new: Study, changes: Sequence[Change]) -> list[Change]:
    """Take together what the sponsor did in one stroke.

    When a trial stops recruiting, sponsors often clear the statuses and contacts of all sites, or
    set all to the trial's own status: the overall status says it already. Cleared without such a
    change it is one change of all sites.
    """
    if not any(change.path.startswith(LOCATIONS) for change in changes):
        return list(changes)
    stopped = old.overall_status != new.overall_status and new.overall_status in NOT_RECRUITING
    said = {"", fold(new.overall_status)} if stopped else {""}
    folded = list(changes)
    if all(fold(site.status) in said for site in new.sites):
        folded = _cleared(folded, SITE_STATUS, Kind.SITES, stopped, _statuses(old.sites))
    if not any(site.contacts for site in new.sites):
        folded = _cleared(folded, SITE_CONTACTS, Kind.CONTACTS, stopped, None)
    return folded


def _cleared(
    changes: list[Change], path: str, kind: Kind, stopped: bool, old: str | None
) -> list[Change]:
    """Without the changes at ``path``, and with one for all where nothing else tells of them."""
    lost = [change for change in changes if change.path == path]
    if not lost or (not stopped and len(lost) == 1):
        return changes
    kept = [change for change in changes if change.path != path]
    if not stopped:
        texts = sorted({change.old for change in lost if change.old})
        before = old if old is not None else "; ".join(texts)
        kept.append(Change(kind=kind, path=path, op=Op.CHANGED, item=ALL_SITES, old=before))
    return kept


def _statuses(sites: Sequence[Site]) -> str:
    return ", ".join(sorted({fold(site.status) for site in sites} - {""}))
