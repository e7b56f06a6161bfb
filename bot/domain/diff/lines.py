"""What changed between two texts that are lists, line by line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from bot.domain.change import Change, Op
from bot.domain.fields import Field
from bot.domain.text import Line, lines, pair_alike, shared_words

ALIKE = 0.5
"""Half of the words in common make two lines the same line, reworded: a limit that was moved or a
drug that was added to a list keeps more, two criteria on different things share less."""


def diff_lines(field: Field, old: str | None, new: str | None) -> Iterator[Change]:
    """Lines added, removed and changed; ``item`` is the part (inclusion or exclusion criteria).

    A line that only moved within its part is none of these; one that moved from one part to the
    other is. A text that only was wrapped anew changes nothing.
    """
    before, after = list(lines(old)), list(lines(new))
    if _run_on(before) == _run_on(after):
        return
    gone, come = _left_over(before, after), _left_over(after, before)
    _drop_moved_without_heading(gone, come)
    for part in sorted({line.part for line in gone} | {line.part for line in come}):
        mine = sorted(line for line in gone if line.part == part)
        theirs = sorted(line for line in come if line.part == part)
        yield from _diff_part(field, part, mine, theirs)


def _run_on(text: list[Line]) -> str:
    return " ".join(line.key for line in text)


def _left_over(mine: list[Line], theirs: list[Line]) -> list[Line]:
    """Lines of ``mine`` that ``theirs`` has not, as often as it has not."""
    known = Counter((line.part, line.key) for line in theirs)
    left = []
    for line in mine:
        if known[line.part, line.key] > 0:
            known[line.part, line.key] -= 1
        else:
            left.append(line)
    return left


def _drop_moved_without_heading(gone: list[Line], come: list[Line]) -> None:
    """A line that stands under a heading now and under none before (or the reverse) stayed.

    The heading came or went around it. What moved from inclusion to exclusion is kept.
    """
    waiting: defaultdict[str, list[Line]] = defaultdict(list)
    for line in come:
        waiting[line.key].append(line)
    for line in list(gone):
        for other in waiting[line.key]:
            if not line.part or not other.part:
                gone.remove(line)
                come.remove(other)
                waiting[line.key].remove(other)
                break


def _diff_part(field: Field, part: str, gone: list[Line], come: list[Line]) -> Iterator[Change]:
    def likeness(mine: Line, theirs: Line) -> float:
        return shared_words(mine.key, theirs.key)

    item = part or None
    pairs = pair_alike(gone, come, likeness, ALIKE)
    for mine, theirs in pairs:
        yield _change(field, Op.CHANGED, item, mine, theirs)
        gone.remove(mine)
        come.remove(theirs)
    for line in gone:
        yield _change(field, Op.REMOVED, item, line, None)
    for line in come:
        yield _change(field, Op.ADDED, item, None, line)


def _change(field: Field, op: Op, item: str | None, old: Line | None, new: Line | None) -> Change:
    return Change(
        kind=field.kind,
        path=field.path,
        op=op,
        item=item,
        old=old.shown if old else None,
        new=new.shown if new else None,
    )
