"""One change as one sentence: which words it is said in follows from its row in the catalogue."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.change import Change, Kind, Op
from bot.domain.dates import Moved, PartialDate, moved_by
from bot.domain.labels import ROWS, capital, label_of
from bot.domain.shortening import ROOM, reworded, short
from bot.domain.wording_members import LIST_WRITERS
from bot.domain.words import known, phase_label, say, status_label, value_label


def change_line(change: Change, room: int = ROOM) -> str:
    """One change as one sentence, with what it was and what it is now.

    ``room`` is how many characters a value may have before it is shortened to what changed.
    """
    if change.kind is Kind.RECORD and change.path not in ROWS:
        return _record(change)
    row = ROWS.get(change.path)
    says = row.says if row else "change.set"
    return _WRITERS.get(says, _set)(change, says, room)


def enrollment_line(count: Change, type_: Change) -> str:
    """The number of participants and whether it is planned or counted, which changed together."""
    old, new = (
        _counted(number, kind) for number, kind in ((count.old, type_.old), (count.new, type_.new))
    )
    return _three("change.enrollment", old, new)


def said_value(path: str, value: str) -> str:
    """One value of a field in people's words, shortened."""
    row = ROWS.get(path)
    says = row.says if row else "change.set"
    if says in {"change.status", "change.site.status"}:
        return status_label(value)
    return _shown(says, value, ROOM) or value


def _record(change: Change) -> str:
    if change.op is Op.ADDED:
        return say("change.record.back")
    if change.new is None:
        return say("change.record.removed")
    return say("change.record.merged", new=change.new)


def _aliases(change: Change, says: str, room: int) -> str:
    """Another record was merged into this one: its number leads here from now on."""
    if change.new is None:
        return _set(change, says, room)
    known_before = (change.old or "").split("; ")
    come = [number for number in change.new.split("; ") if number not in known_before]
    return say("change.record.aliases", new=short(", ".join(come) or change.new, room))


def _set(change: Change, says: str, room: int) -> str:
    """A value that was set, changed or taken away, in quotes."""
    return _stated("change.set", change, says, room)


def _plain(change: Change, says: str, room: int) -> str:
    """The same of dates and numbers, which need no quotes."""
    return _stated("change.plain", change, says, room)


def _age(change: Change, says: str, room: int) -> str:
    """A limit that is not stated is none."""
    return _stated("change.age", change, says, room)


def _stated(key: str, change: Change, says: str, room: int) -> str:
    label = capital(label_of(change, room))
    old, new = _shown(says, change.old, room), _shown(says, change.new, room)
    if old == new:  # both absent, or a difference that the words for people do not make
        return say("change.nameless", label=label)
    if old is None:
        return say(f"{key}.first", label=label, new=new)
    if new is None:
        return say(f"{key}.unset", label=label, old=old)
    return say(key, label=label, old=old, new=new)


def _shown(says: str, value: str | None, room: int) -> str | None:
    """A value in people's words, where the field has some."""
    if value is None:
        return None
    if says in _STATUSES:
        return status_label(value)
    if says == "change.phases":
        return phase_label(tuple(value.split("; ")))
    if says == "change.age":
        return value.lower()
    return known(f"{says}.value.{value}") or short(value_label(value), room)


_STATUSES = frozenset({"change.access.status", "change.last_known"})


def _status(change: Change, _: str, __: int) -> str:
    old, new = status_label(change.old), status_label(change.new)
    if change.new is None:
        return say("change.status.gone", old=old)
    if change.old is None:
        return say("change.status.first", new=new)
    if change.new == "UNKNOWN":
        return say("change.status.UNKNOWN", old=old)
    if change.old == "UNKNOWN" and change.item:
        return say("change.status.known", new=new, last=status_label(change.item))
    return say("change.status", old=old, new=new)


def _why_stopped(change: Change, _: str, room: int) -> str:
    if change.new is None:
        return say("change.why_stopped.removed", old=short(change.old or "", room))
    if change.old is None:
        return say("change.why_stopped", new=short(change.new, room))
    old, new = short(change.old, room), short(change.new, room)
    return say("change.why_stopped.other", old=old, new=new)


def _results(change: Change, _: str, __: int) -> str:
    if change.op is Op.REMOVED or (change.op is Op.SET and change.new in {None, "false"}):
        return say("change.results.removed")
    dated = change.new and change.new != "true"
    return say("change.results", date=change.new) if dated else say("change.results.undated")


def _unposted(change: Change, _: str, __: int) -> str:
    """What the registry says of results before they are posted: sent in, taken back, returned."""
    other = capital(value_label(change.item)) if change.item else say("change.unposted.other")
    event = known(f"change.unposted.{change.item}") or other
    if change.op is Op.REMOVED:
        return say("change.unposted.gone", event=event)
    if change.new is None:
        return say("change.unposted.undated", event=event)
    return say("change.unposted", event=event, date=change.new)


def _healthy(change: Change, _: str, __: int) -> str:
    if change.new is None:
        return say("change.healthy.none")
    if change.new == "true":
        return say("change.healthy.true")
    return say("change.healthy.false" if change.old else "change.healthy.false.first")


def _enrollment(change: Change, _: str, __: int) -> str:
    return _three("change.enrollment", change.old, change.new)


def _enrollment_type(change: Change, says: str, room: int) -> str:
    return _three(says, _shown(says, change.old, room), _shown(says, change.new, room))


def _three(key: str, old: str | None, new: str | None) -> str:
    if old is None:
        return say(f"{key}.first", new=new)
    return say(f"{key}.unset", old=old) if new is None else say(key, old=old, new=new)


def _counted(count: str | None, kind: str | None) -> str | None:
    key = {"ACTUAL": "fact.participants.actual", "ESTIMATED": "fact.participants.estimated"}
    if count is None or kind not in key:
        return count
    return say(key[kind], count=count)


def _text(change: Change, says: str, room: int) -> str:
    """A long text shortens to what changed in it."""
    if change.old is None or change.new is None:
        return _set(change, says, room)
    old, new = reworded(change.old, change.new, room)
    return say("change.text", label=capital(label_of(change, room)), old=old, new=new)


def _renamed(change: Change, says: str, room: int) -> str:
    if change.old is None or change.new is None:
        return _set(change, says, room)
    if says == "change.renamed.outcome":
        old, new = reworded(change.old, change.new, room)
    else:
        old, new = short(change.old, room), short(change.new, room)
    return say(says, old=old, new=new)


def _date(change: Change, says: str, room: int) -> str:
    if change.old is None or change.new is None:
        return _plain(change, says, room)
    moved = moved_by(PartialDate.parse(change.old), PartialDate.parse(change.new))
    if moved is None:
        return _plain(change, says, room)
    key = "change.date.later" if moved.later else "change.date.earlier"
    label = capital(label_of(change, room))
    return say(key, label=label, old=change.old, new=change.new, span=_span(moved))


def _span(moved: Moved) -> str:
    """How far, and that it is about so far where days are left over."""
    count, unit = moved.rounded
    if unit == "day":
        return _amount(count, unit)
    span = _amount(count, unit) if unit == "year" else _months(count)
    return say("span.about", span=span) if moved.days else span


def _months(count: int) -> str:
    """In years where it is whole ones, and beyond two years in years and months."""
    years, months = divmod(count, 12)
    if years and not months:
        return _amount(years, "year")
    if years < _MANY_YEARS:
        return _amount(count, "month")
    return say("span.and", years=_amount(years, "year"), months=_amount(months, "month"))


_MANY_YEARS = 2


def _amount(count: int, unit: str) -> str:
    return say(f"span.{unit}" if count == 1 else f"span.{unit}s", count=count)


def _yes(change: Change, says: str, room: int) -> str:
    """Something that is stated only where it is so; a change is that it came or went."""
    way = "came" if change.new is not None and change.new != "false" else "gone"
    if own := known(f"{says}.{way}"):
        return own
    label = ROWS[change.path].label
    if change.item is None:
        return say(f"change.said.{way}", label=label)
    return say(f"change.said.{way}.of", label=label, item=short(value_label(change.item), room))


_WRITERS: dict[str, Callable[[Change, str, int], str]] = {
    **LIST_WRITERS,
    "change.access": _yes,
    "change.age": _age,
    "change.date": _date,
    "change.enrollment": _enrollment,
    "change.enrollment.type": _enrollment_type,
    "change.healthy": _healthy,
    "change.number": _plain,
    "change.record.aliases": _aliases,
    "change.renamed": _renamed,
    "change.renamed.arm": _renamed,
    "change.renamed.document": _renamed,
    "change.renamed.outcome": _renamed,
    "change.renamed.place": _renamed,
    "change.renamed.treatment": _renamed,
    "change.results": _results,
    "change.status": _status,
    "change.text": _text,
    "change.unposted": _unposted,
    "change.why_stopped": _why_stopped,
    "change.yes": _yes,
}
