"""A trial's history as pages: what was seen of it, and before that the registry's own list.

The latest version comes first. Links to the registry's comparison of two versions stand here and in
no other message: a record does not carry its version's number, and a request for each change would
be too many. Here the registry's list is at hand, and a version that was seen is found in it by the
day on which it was sent in. Where that day is not known, or stands twice, there is no such link.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from bot.domain.change_lines import change_sections, leaves_out
from bot.domain.message import Button, Message, Section
from bot.domain.nct import comparison_link, history_link
from bot.domain.paging import grouped, room_in, split, weight_of
from bot.domain.study import Study, StudyKey
from bot.domain.version import RegistryVersion, VersionSeen
from bot.domain.whole import whole_action
from bot.domain.words import known, say, status_label

VERSIONS_ON_A_PAGE = 6
"""Of which most have a button beside the page's own: on a phone a screen of them."""

LAST_PAGE = 999

_PAGE = re.compile(r"\s(?:page\s+)?(\d{1,3})\s*\Z", re.IGNORECASE)
"""Behind a trial's number, which has more digits."""


def page_asked(text: str) -> int:
    """Which page somebody wants who typed this behind the command, from 1."""
    found = _PAGE.search(text)
    return max(1, int(found[1])) if found else 1


def history(
    key: StudyKey,
    seen: Sequence[VersionSeen],
    listed: Sequence[RegistryVersion] | None,
    *,
    day: date,
    page: int = 1,
    study: Study | None = None,
) -> Message:
    """One page of the history of a trial. A page beyond the last is the last.

    ``seen`` is what this instance saw and ``listed`` the registry's own list, or None where that
    could not be had; both oldest first. ``day`` is that of the data, or of the list where there is
    one. ``study`` (any version) tells where places lie.
    """
    entries = tuple(_entries(seen, listed or (), study))
    if not entries:
        lede = say("history.none" if listed is not None else "history.none.alone")
        return Message(title=say("history.title", number=key.number), lede=lede)
    bare = Message(
        title=_title(key, LAST_PAGE, LAST_PAGE),
        lede=_lede(seen, listed),
        footer=say("footer" if not listed else "footer.history", day=day),
        link=history_link(key),
    )
    pages = tuple(_pages(entries, room_in(bare)))
    page = min(page, len(pages))
    shown, sections = pages[page - 1]
    return msgspec.structs.replace(
        bare,
        title=_title(key, page, len(pages)),
        sections=sections,
        buttons=(
            *_turning(key, page, len(pages)),
            *_leading(key),
            *_unfolding(key, shown),
            *_comparing(key, shown),
        ),
    )


class _Entry(msgspec.Struct, frozen=True):
    """One version: what is said of it, and where more of it is."""

    heading: str
    lines: tuple[str, ...]
    pair: tuple[int, int] | None = None
    """The two of the registry's versions that show it side by side."""
    shortened: date | None = None
    """The data day that says more than these lines do."""

    @property
    def section(self) -> Section:
        """As it is shown."""
        return Section(self.heading, self.lines)


def _entries(
    seen: Sequence[VersionSeen], listed: Sequence[RegistryVersion], study: Study | None
) -> Iterator[_Entry]:
    """Every version, the latest first; the registry's list from the first that was seen back."""
    numbers = _numbers(listed)
    for place in reversed(range(len(seen))):
        yield _seen(seen[place], seen[place - 1] if place else None, numbers, study)
    before = listed
    if seen:
        last = seen[0].submitted or seen[0].data_day
        before = [version for version in listed if version.submitted <= last]
    for place in reversed(range(len(before))):
        yield _listed(before[place], before[place - 1] if place else None)


def _numbers(listed: Iterable[RegistryVersion]) -> dict[date, int]:
    """The version of each day on which exactly one was sent in."""
    listed = tuple(listed)
    counts = Counter(version.submitted for version in listed)
    return {
        version.submitted: version.number for version in listed if counts[version.submitted] == 1
    }


def _seen(
    version: VersionSeen,
    before: VersionSeen | None,
    numbers: dict[date, int],
    study: Study | None,
) -> _Entry:
    lines = tuple(line for part in change_sections(version.changes, study) for line in part.lines)
    if before is None and not version.changes:
        lines = (say("history.first"),)
    number = _number(version, numbers)
    old = _number(before, numbers)
    heading = (
        say("history.seen", day=version.data_day)
        if number is None
        else say("history.seen.numbered", day=version.data_day, number=number)
    )
    pair = (old, number) if old is not None and number is not None and old < number else None
    shortened = version.data_day if leaves_out(version.changes) else None
    return _Entry(heading, lines or (say("history.quiet"),), pair, shortened)


def _number(version: VersionSeen | None, numbers: dict[date, int]) -> int | None:
    if version is None or version.submitted is None:
        return None
    return numbers.get(version.submitted)


def _listed(version: RegistryVersion, before: RegistryVersion | None) -> _Entry:
    heading = say("history.listed", number=version.number, day=version.submitted)
    if before is None and version.number == 1:
        return _Entry(heading, (_registered(version.status),))
    lines = []
    if before is not None and before.status and version.status not in (None, before.status):
        old, new = status_label(before.status), status_label(version.status)
        lines.append(say("history.status", old=old, new=new))
    if version.sections:
        sections = ", ".join(dict.fromkeys(map(_section, version.sections)))
        lines.append(say("history.sections", sections=sections))
    pair = None if before is None else (before.number, version.number)
    return _Entry(heading, tuple(lines) or (say("history.unnamed"),), pair)


def _registered(status: str | None) -> str:
    if status is None:
        return say("history.registered.plain")
    return say("history.registered", status=status_label(status))


def _section(label: str) -> str:
    """A part of the record in plain words; one that is not known, as the registry has it."""
    return known(f"history.section.{label}") or label


def _pages(
    entries: Iterable[_Entry], room: int
) -> Iterator[tuple[tuple[_Entry, ...], tuple[Section, ...]]]:
    """The versions of each page, and what it says of them."""
    for shown in grouped(entries, lambda one: weight_of(one.section), room, VERSIONS_ON_A_PAGE):
        for sections in split((entry.section for entry in shown), room):
            yield shown, sections


def _title(key: StudyKey, page: int, pages: int) -> str:
    if pages == 1:
        return say("history.title", number=key.number)
    return say("history.title.page", number=key.number, page=page, pages=pages)


def _lede(seen: Sequence[VersionSeen], listed: Sequence[RegistryVersion] | None) -> str:
    if listed is None:
        return say("history.lede.alone")
    if not seen:
        return say("history.lede.listed")
    return say("history.lede.both" if listed else "history.lede")


def _turning(key: StudyKey, page: int, pages: int) -> Iterator[Button]:
    """To the pages beside this one."""
    if page > 1:
        yield Button(say("button.later"), action=_action(key, page - 1), apart=True)
    if page < pages:
        yield Button(say("button.earlier"), action=_action(key, page + 1), apart=True)


def _action(key: StudyKey, page: int) -> str:
    return f"history {key.number} {page}" if page > 1 else f"history {key.number}"


def _leading(key: StudyKey) -> tuple[Button, ...]:
    return (
        Button(say("button.trial"), action=f"trial {key.number}"),
        Button(say("button.registry"), url=history_link(key)),
    )


def _unfolding(key: StudyKey, shown: Iterable[_Entry]) -> Iterator[Button]:
    """To the changes of a data day in full, where a page shortens them."""
    for entry in shown:
        if entry.shortened is not None:
            label = say("button.whole.of", day=entry.shortened)
            yield Button(label, action=whole_action(key.number, entry.shortened))


def _comparing(key: StudyKey, shown: Iterable[_Entry]) -> Iterator[Button]:
    """To the registry's comparison of each version with the one before."""
    for entry in shown:
        if entry.pair is not None:
            old, new = entry.pair
            label = say("button.compare", old=old, new=new)
            yield Button(label, url=comparison_link(key, old, new))
