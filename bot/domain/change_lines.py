"""Changes as lines that people read: one sentence each, with what it was and what it is now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.domain.catalogue import LABELS, OVERALL_STATUS
from bot.domain.change import Change, Kind, Op
from bot.domain.diff_sites import ALL_SITES
from bot.domain.message import Section
from bot.domain.words import kind_label, say, status_label, status_meaning

LINES_SHOWN = 8
"""Lines of one kind in one message before the rest is counted."""

LONGEST_VALUE = 300
"""Characters of one value in a line; a longer one is cut, the record is a tap away."""


def change_sections(changes: Iterable[Change]) -> tuple[Section, ...]:
    """A section for each kind, in the order of kinds, each line one change."""
    ordered = sorted(changes, key=lambda change: list(Kind).index(change.kind))
    return tuple(
        Section(kind_label(kind), tuple(_kind_lines(kind, tuple(of_kind))))
        for kind, of_kind in groupby(ordered, key=lambda change: change.kind)
    )


def _kind_lines(kind: Kind, changes: Sequence[Change]) -> list[str]:
    lines = [change_line(change) for change in changes[:LINES_SHOWN]]
    rest = len(changes) - LINES_SHOWN
    if rest > 0:
        lines.append(
            say("change.sites.more" if kind is Kind.SITES else "change.lines.more", count=rest)
        )
    if kind is Kind.STATUS:
        lines += [
            meaning
            for change in changes
            if change.path == OVERALL_STATUS and (meaning := status_meaning(change.new))
        ]
    return lines


def change_line(change: Change) -> str:
    """One change as one sentence."""
    writer = _WRITERS.get(change.kind)
    line = writer(change) if writer else None
    return line or _plain(change)


def _status(change: Change) -> str | None:
    if change.path != OVERALL_STATUS:
        return None
    old, new = status_label(change.old), status_label(change.new)
    if change.new == "UNKNOWN":
        return say("change.status.UNKNOWN", old=old)
    return say("change.status", old=old, new=new)


def _why_stopped(change: Change) -> str:
    if change.new is None:
        return say("change.why_stopped.removed", old=change.old)
    return say("change.why_stopped", new=_short(change.new))


def _record(change: Change) -> str:
    if change.new is None:
        return say("change.record.removed")
    return say("change.record.merged", new=change.new)


def _results(change: Change) -> str | None:
    if change.op is Op.REMOVED:
        return say("change.results.removed")
    if change.op is not Op.ADDED:
        return None
    return say("change.results", date=change.new) if change.new else say("change.results.undated")


def _site(change: Change) -> str | None:
    if change.item == ALL_SITES:
        return say("change.sites.wiped") if change.new is None else None
    if change.item is None:
        return None
    if change.op is Op.ADDED:
        if change.new is None:
            return say("change.site.added.plain", place=change.item)
        return say("change.site.added", place=change.item, status=status_label(change.new))
    if change.op is Op.REMOVED:
        return say("change.site.removed", place=change.item)
    old, new = status_label(change.old), status_label(change.new)
    return say("change.site.status", place=change.item, old=old, new=new)


def _line(change: Change) -> str | None:
    if change.op is Op.ADDED and change.new is not None:
        return say("change.line.added", new=_short(change.new))
    if change.op is Op.REMOVED and change.old is not None:
        return say("change.line.removed", old=_short(change.old))
    if change.op is Op.CHANGED and change.old is not None and change.new is not None:
        return say("change.line.changed", old=_short(change.old), new=_short(change.new))
    return None


def _plain(change: Change) -> str:
    label = _label(change.path)
    if change.item is not None:
        label = say("field.of", label=label, item=_short(change.item))
    if change.old is None and change.new is None:
        return say(f"change.nameless.{change.op}", label=label)
    if change.old is None:
        return say("change.first", label=label, new=_short(change.new or ""))
    if change.new is None:
        return say("change.unset", label=label, old=_short(change.old))
    return say("change.set", label=label, old=_short(change.old), new=_short(change.new))


def _label(path: str) -> str:
    """The field's word for people; a part of a field goes by the field's."""
    while path and path not in LABELS:
        path = path.rpartition(".")[0]
    label = LABELS.get(path) or say("field.unnamed")
    return label[:1].upper() + label[1:]


def _short(value: str) -> str:
    folded = " ".join(value.split())
    return folded if len(folded) <= LONGEST_VALUE else folded[: LONGEST_VALUE - 1].rstrip() + "…"


_WRITERS = {
    Kind.STATUS: _status,
    Kind.WHY_STOPPED: _why_stopped,
    Kind.RECORD: _record,
    Kind.RESULTS: _results,
    Kind.SITES: _site,
    Kind.ELIGIBILITY: _line,
}
