"""Changes of lists as sentences: places, contacts, criteria, treatments and what else has a name.

A change of a part of a member (a time frame, a description) is worded in ``bot.domain.wording``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bot.domain.change import Change, Op
from bot.domain.diff.sites import ALL_SITES
from bot.domain.labels import ROWS, capital, item_of, label_of
from bot.domain.shortening import reworded, short
from bot.domain.words import say, status_label, value_label


def _place(change: Change, room: int) -> str:
    return item_of(change, room) if change.item else say("place.unnamed")


def _site(change: Change, _: str, room: int) -> str:
    place = _place(change, room)
    if change.op is Op.REMOVED:
        return say("change.site.removed", place=place)
    if change.new is None:
        return say("change.site.added.plain", place=place)
    return say("change.site.added", place=place, status=status_label(change.new))


def _site_status(change: Change, _: str, room: int) -> str:
    if change.item == ALL_SITES:
        return say("change.sites.wiped")
    place, new = _place(change, room), status_label(change.new)
    place = place if change.item else capital(place)  # a name is left as it is written
    if change.old is None:
        return say("change.site.status.first", place=place, new=new)
    if change.new is None:
        return say("change.site.status.gone", place=place, old=status_label(change.old))
    return say("change.site.status", place=place, old=status_label(change.old), new=new)


def _site_contacts(change: Change, says: str, room: int) -> str:
    """Who came and who went; those who stayed are left away."""
    if change.item == ALL_SITES:
        return say("change.site.contacts.wiped")
    place = _place(change, room)
    come, gone = _moved(_people(change.new), _people(change.old))
    new, old = short("; ".join(come), room), short("; ".join(gone), room)
    if come and gone:
        return say(f"{says}.both", place=place, old=old, new=new)
    if come:
        return say(f"{says}.added", place=place, new=new)
    if gone:
        return say(f"{says}.removed", place=place, old=old)
    return say(f"{says}.changed", place=place)


_ROLE = re.compile(r", (CONTACT|[A-Z]+_[A-Z]+)(?=[,;]|$)")
"""The role of a contact, as it stands behind the name."""


def _people(text: str | None) -> list[str]:
    return [_person(one) for one in text.split("; ")] if text else []


def _person(text: str) -> str:
    """Somebody with the role in words; that a contact is a contact need not be said."""
    return _ROLE.sub(lambda role: "" if role[1] == "CONTACT" else f", {value_label(role[1])}", text)


def _moved(new: list[str], old: list[str]) -> tuple[list[str], list[str]]:
    """What came, and what went."""
    return [one for one in new if one not in old], [one for one in old if one not in new]


def _line(change: Change, _: str, room: int) -> str:
    """One of the criteria: which side it stands on is said where the record says it."""
    part = {"inclusion criteria": "inclusion", "exclusion criteria": "exclusion"}
    side = part.get(change.item or "", "other")
    if change.old is None:
        return say(f"change.line.added.{side}", new=short(change.new or "", room))
    if change.new is None:
        return say(f"change.line.removed.{side}", old=short(change.old, room))
    old, new = reworded(change.old, change.new, room)
    return say(f"change.line.changed.{side}", old=old, new=new)


def _member(change: Change, says: str, room: int) -> str:
    """Something of a list that came or went; of people, with how to reach them."""
    way = "added" if change.op is Op.ADDED else "removed"
    label = ROWS[change.path].label
    said = change.item
    if says == "change.member.value":
        said = change.new or change.old or change.item
    if not said:
        return say(f"change.member.{way}.nameless", label=label)
    item = short(value_label(_person(said)), room)
    return say(f"change.member.{way}", label=label, item=item)


def _part(change: Change, _: str, room: int) -> str:
    """What a member has of its own, as a list: what came and what went."""
    return _words(change, "change.words", room)


def _words(change: Change, _: str, room: int) -> str:
    """A list of words: what came and what went."""
    label = label_of(change, room)
    come, gone = _moved(_split(change.new), _split(change.old))
    added, removed = short(_quoted(come), room), short(_quoted(gone), room)
    if come and gone:
        return say("change.words", label=label, words=added, gone=removed)
    if come:
        return say("change.words.added", label=label, words=added)
    if gone:
        return say("change.words.removed", label=label, words=removed)
    return say("change.nameless", label=capital(label))


def _split(text: str | None) -> list[str]:
    return text.split("; ") if text else []


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(say("quote", words=value_label(word)) for word in words)


LIST_WRITERS: dict[str, Callable[[Change, str, int], str]] = {
    "change.document": _member,
    "change.line": _line,
    "change.member": _member,
    "change.member.value": _member,
    "change.parts": _part,
    "change.publication": _member,
    "change.site": _site,
    "change.site.contacts": _site_contacts,
    "change.site.status": _site_status,
    "change.words": _words,
}
"""By the key that the row of the catalogue names."""
