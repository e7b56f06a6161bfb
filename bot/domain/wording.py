"""One change as one sentence: which words it is said in follows from its row in the catalogue."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.catalogue import CATALOGUE
from bot.domain.change import Change, Kind, Op
from bot.domain.dates import Moved, PartialDate, moved_by
from bot.domain.diff_sites import ALL_SITES
from bot.domain.fields import Field, Part, walk
from bot.domain.marking import Span, marked
from bot.domain.words import known, say, status_label, value_label

LONGEST_VALUE = 300
"""Characters of one value in a line; a longer one is cut, the record is a tap away."""

AROUND = 5
"""Words left standing on each side of what changed in a long text."""

ROWS: dict[str, Field | Part] = {path: one for row in CATALOGUE for path, one in walk(row)}
"""Every row and part by its whole path."""


def change_line(change: Change) -> str:
    """One change as one sentence, with what it was and what it is now."""
    if change.kind is Kind.RECORD and change.path not in ROWS:
        return _record(change)
    row = ROWS.get(change.path)
    says = row.says if row else "change.set"
    return _WRITERS.get(says, _set)(change, says)


def label_of(change: Change) -> str:
    """The field's word for people, with the member that it belongs to: “Time frame of Survival”."""
    row = ROWS.get(change.path)
    label = row.label if row else say("field.unnamed")
    if change.item is None:
        return capital(label)
    return say("field.of", label=capital(label), item=short(change.item))


def capital(text: str) -> str:
    """With a capital at the head, for the head of a sentence."""
    return text[:1].upper() + text[1:]


def short(value: str) -> str:
    """At most so many characters, without breaks."""
    folded = " ".join(value.split())
    return folded if len(folded) <= LONGEST_VALUE else folded[: LONGEST_VALUE - 1].rstrip() + "…"


def _record(change: Change) -> str:
    if change.new is None:
        return say("change.record.removed")
    return say("change.record.merged", new=change.new)


def _aliases(change: Change, says: str) -> str:
    """Another record was merged into this one: its number leads here from now on."""
    if change.op is Op.REMOVED or change.new is None:
        return _set(change, says)
    return say("change.record.aliases", new=short(change.new))


def _set(change: Change, says: str) -> str:
    """A value that was set, changed or taken away."""
    label = label_of(change)
    old, new = _shown(says, change.old), _shown(says, change.new)
    if old is None and new is None:
        return say(f"change.nameless.{change.op}", label=label)
    if old is None:
        return say("change.first", label=label, new=new)
    if new is None:
        return say("change.unset", label=label, old=old)
    return say("change.set", label=label, old=old, new=new)


def _shown(says: str, value: str | None) -> str | None:
    """A value in people's words, where the field has some."""
    if value is None:
        return None
    word = known(f"{says}.value.{value}")
    return word or short(value_label(value))


def _status(change: Change, _: str) -> str:
    old, new = status_label(change.old), status_label(change.new)
    if change.new == "UNKNOWN":
        return say("change.status.UNKNOWN", old=old)
    if change.old is None:
        return say("change.status.first", new=new)
    if change.old == "UNKNOWN" and change.item:
        return say("change.status.known", new=new, last=status_label(change.item))
    return say("change.status", old=old, new=new)


def _why_stopped(change: Change, _: str) -> str:
    if change.new is None:
        return say("change.why_stopped.removed", old=short(change.old or ""))
    if change.old is None:
        return say("change.why_stopped", new=short(change.new))
    return say("change.why_stopped.other", old=short(change.old), new=short(change.new))


def _results(change: Change, _: str) -> str:
    if change.op is Op.REMOVED or change.new == "false":
        return say("change.results.removed")
    dated = change.new and change.new != "true"
    return say("change.results", date=change.new) if dated else say("change.results.undated")


def _unposted(change: Change, _: str) -> str:
    """What the registry says of results before they are posted: sent in, taken back, returned."""
    event = known(f"change.unposted.{change.item}") or value_label(change.item or "")
    if change.op is Op.REMOVED:
        return say("change.unposted.gone", event=event)
    if change.new is None:
        return say("change.unposted.undated", event=event)
    return say("change.unposted", event=event, date=change.new)


def _site(change: Change, _: str) -> str:
    place = short(change.item or "")
    if change.op is Op.REMOVED:
        return say("change.site.removed", place=place)
    if change.new is None:
        return say("change.site.added.plain", place=place)
    return say("change.site.added", place=place, status=status_label(change.new))


def _site_status(change: Change, _: str) -> str:
    if change.item == ALL_SITES:
        return say("change.sites.wiped")
    place, new = short(change.item or ""), status_label(change.new)
    if change.old is None:
        return say("change.site.status.first", place=place, new=new)
    if change.new is None:
        return say("change.site.status.gone", place=place, old=status_label(change.old))
    return say("change.site.status", place=place, old=status_label(change.old), new=new)


def _line(change: Change, _: str) -> str:
    """One of the criteria: which side it stands on is said where the record says it."""
    part = known(f"part.{change.item}") or say("part.none")
    if change.old is None:
        return say("change.line.added", part=part, new=short(change.new or ""))
    if change.new is None:
        return say("change.line.removed", part=part, old=short(change.old))
    old, new = _marked(change.old, change.new)
    return say("change.line.changed", part=part, old=old, new=new)


def _text(change: Change, says: str) -> str:
    """A long text shortens to what changed in it."""
    if change.old is None or change.new is None:
        return _set(change, says)
    old, new = _marked(change.old, change.new)
    return say("change.text", label=label_of(change), old=old, new=new)


def _date(change: Change, says: str) -> str:
    if change.old is None or change.new is None:
        return _set(change, says)
    moved = moved_by(PartialDate.parse(change.old), PartialDate.parse(change.new))
    if moved is None:
        return _set(change, says)
    key = "change.date.later" if moved.later else "change.date.earlier"
    return say(key, label=label_of(change), old=change.old, new=change.new, span=_span(moved))


def _span(moved: Moved) -> str:
    """How far, in the unit that says it well."""
    count, unit = moved.rounded
    return say(f"span.{unit}" if count == 1 else f"span.{unit}s", count=count)


def _yes(change: Change, says: str) -> str:
    """Something that is stated only where it is so; a change is that it came or went."""
    came = change.new is not None and change.new != "false"
    own = known(f"{says}.came" if came else f"{says}.gone")
    return own or say("change.yes.came" if came else "change.yes.gone", label=label_of(change))


def _member(change: Change, says: str) -> str:
    """Something of a list: a treatment, an outcome, a contact."""
    label = capital(ROWS[change.path].label)
    if change.op is Op.ADDED:
        return say("change.member.added", label=label, item=short(change.item or change.new or ""))
    if change.op is Op.REMOVED:
        return say("change.member.removed", label=label, item=short(change.item or ""))
    return _set(change, says)


def _renamed(change: Change, _: str) -> str:
    return say("change.renamed", old=short(change.old or ""), new=short(change.new or ""))


def _words(change: Change, says: str) -> str:
    """A list of words: what came and what went."""
    if change.op is Op.ADDED:
        return say("change.words.added", label=label_of(change), item=short(change.new or ""))
    if change.op is Op.REMOVED:
        return say("change.words.removed", label=label_of(change), item=short(change.old or ""))
    return _set(change, says)


def _marked(old: str, new: str) -> tuple[str, str]:
    """Both texts with the changed words marked, and long stretches that stayed left out."""
    before, after = marked(old, new)
    return short(_with_marks(before)), short(_with_marks(after))


def _with_marks(spans: tuple[Span, ...]) -> str:
    last = len(spans) - 1
    return " ".join(
        say("mark", words=span.text)
        if span.changed
        else _edge(span.text, index == 0, index == last)
        for index, span in enumerate(spans)
    )


def _edge(kept: str, is_first: bool, is_last: bool) -> str:
    """What stayed between two changes, or before or behind them, without its middle."""
    words = kept.split()
    head = [] if is_first else words[:AROUND]
    tail = [] if is_last else words[-AROUND:]
    if len(words) <= len(head) + len(tail) + 1:
        return kept
    return " ".join([*head, "…", *tail])


_WRITERS: dict[str, Callable[[Change, str], str]] = {
    "change.access": _yes,
    "change.date": _date,
    "change.document": _member,
    "change.line": _line,
    "change.member": _member,
    "change.publication": _member,
    "change.record.aliases": _aliases,
    "change.renamed": _renamed,
    "change.results": _results,
    "change.site": _site,
    "change.site.status": _site_status,
    "change.status": _status,
    "change.text": _text,
    "change.unposted": _unposted,
    "change.why_stopped": _why_stopped,
    "change.words": _words,
    "change.yes": _yes,
}
