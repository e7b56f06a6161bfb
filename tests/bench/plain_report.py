"""Plain words over all recorded trials: what became of the lines, and how hard they are to read.

``./run plain-report`` rewords the criteria of every recorded trial, prints what the guard held, the
reading grades before and after and the time it took, and then puts faults into the reworded lines
to count those that are caught; ``--one-in N`` does the last part for every Nth trial alone.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from bot.domain.cards.short import in_short
from bot.domain.plain.criteria import Criteria, criteria_of
from bot.domain.plain.familiar import rare_share
from bot.domain.plain.grade import grade
from bot.domain.plain.guard import passes, violations
from bot.domain.plain.rewrite import HARDER, Reworded, Status, reword
from bot.domain.plain.rules import RULES
from bot.domain.study import Study
from tests.bench.figures import aim, figure, seconds, title
from tests.bot.domain.plain.faults import in_gift, of_line, of_text
from tests.shared import SHARED
from tests.studies_recorded import recorded_studies

EASY = 8.0
MOST_HELD = 0.02
MOST_SECONDS = 0.02
MOST_HARD_SHORT = 0.01
SEED = 6


class Record(msgspec.Struct, frozen=True):
    """A trial's criteria, what became of each line, and the processor's seconds for that."""

    criteria: Criteria
    lines: tuple[Reworded, ...]
    seconds: float

    def grades(self) -> tuple[float, float]:
        """How hard the list is, before and after."""
        before = "\n".join(one.source.text for one in self.lines)
        return grade(before), grade("\n".join(one.text for one in self.lines))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print it."""
    parser = argparse.ArgumentParser(prog="./run plain-report", description=__doc__)
    parser.add_argument("--one-in", type=int, default=1, help="trials that get faults (default: 1)")
    given = parser.parse_args(arguments)
    if not SHARED.is_dir():
        print("There are no recorded trials beside the repository.")
        return
    studies = recorded_studies()
    records = [_record(study) for study in studies]
    _print_lines(records)
    _print_grades([one for one in records if one.lines])
    _print_short(studies)
    _print_speed(records)
    _print_faults([one for record in records[:: given.one_in] for one in record.lines])


def _record(study: Study) -> Record:
    criteria = criteria_of(study.eligibility.criteria)
    begun = time.process_time()
    lines = tuple(map(reword, criteria.lines))
    return Record(criteria, lines, time.process_time() - begun)


def _print_lines(records: Sequence[Record]) -> None:
    lines = [one for record in records for one in record.lines]
    apart = sum(record.criteria.told_apart for record in records)
    title(f"Criteria of {len(records)} trials: {len(lines)} lines, {len(RULES)} rules")
    figure("trials whose two sides are told apart", _share(apart, len(records)))
    seen = Counter(one.status for one in lines)
    for status in Status:
        held = status is Status.GUARD
        reached = aim(seen[status] <= MOST_HELD * len(lines), f"at most {MOST_HELD:.0%}")
        figure(status, _share(seen[status], len(lines)), reached if held else "")
    wrong = sum(bool(violations(one.source, one.line, one.fired)) for one in lines)
    figure("lines shown with a violation", str(wrong), aim(not wrong, "none"))
    harder = sum(grade(one.text) > grade(one.source.text) + HARDER for one in lines)
    figure(f"lines harder by more than {HARDER}", str(harder), aim(not harder, "none"))
    other = sum(reword(one.source) != one for one in lines)
    figure("lines that come out otherwise a second time", str(other), aim(not other, "none"))


def _print_grades(records: Sequence[Record]) -> None:
    title("Reading grades of the lists of criteria, before and after")
    before, after = zip(*(record.grades() for record in records), strict=True)
    figure("median", f"{statistics.median(before):.1f}", f"-> {statistics.median(after):.1f}")
    for most in (EASY, EASY + 2, EASY + 4):
        figure(f"at most grade {most:.0f}", _easy(before, most), f"-> {_easy(after, most)}")
    lower = sum(new < old for old, new in zip(before, after, strict=True))
    figure("lists that got easier", _share(lower, len(records)))
    lines = [one for record in records for one in record.lines]
    reworded = [one for one in lines if one.status is Status.REWORDED]
    for name, some in (("all lines", lines), ("reworded lines", reworded)):
        old = statistics.fmean(rare_share(one.source.text) for one in some)
        new = statistics.fmean(rare_share(one.text) for one in some)
        less = f"-> {new:.1%} ({new / old - 1:+.0%})"
        figure(f"words not everybody knows, {name}", f"{old:.1%}", less)
        hard = statistics.median(grade(one.source.text) for one in some)
        easy = statistics.median(grade(one.text) for one in some)
        figure(f"median grade, {name}", f"{hard:.1f}", f"-> {easy:.1f}")


def _print_short(studies: Sequence[Study]) -> None:
    title("The paragraph in short")
    grades = [grade(in_short(study)) for study in studies]
    figure("median grade", f"{statistics.median(grades):.1f}")
    hard = sum(one > EASY for one in grades)
    reached = aim(hard <= MOST_HARD_SHORT * len(grades), f"{1 - MOST_HARD_SHORT:.0%}")
    figure(f"at most grade {EASY:.0f}", _share(len(grades) - hard, len(grades)), reached)


def _print_speed(records: Sequence[Record]) -> None:
    title("Time to reword the criteria of one trial")
    spent = sorted(record.seconds for record in records)
    middle = statistics.fmean(spent)
    figure("mean", seconds(middle), aim(middle < MOST_SECONDS, f"under {seconds(MOST_SECONDS)}"))
    figure("95 of 100 are under", seconds(spent[int(0.95 * len(spent))]))
    figure("the longest list", seconds(spent[-1]))


def _print_faults(lines: Sequence[Reworded]) -> None:
    reworded = [one for one in lines if one.status is Status.REWORDED]
    title(f"Faults put into {len(reworded)} reworded lines: caught of those tried")
    chance, tried, caught = random.Random(SEED), Counter[str](), Counter[str]()
    for place, made in enumerate(reworded):
        for name, is_caught in _tries(made, reworded[place - 1], chance):
            tried[name] += 1
            caught[name] += is_caught
    for name in sorted(tried):
        reached = aim(caught[name] == tried[name], "all")
        figure(name, f"{caught[name]}/{tried[name]}", reached)
    figure("all", f"{caught.total()}/{tried.total()}")


def _tries(made: Reworded, other: Reworded, chance: random.Random) -> Iterator[tuple[str, bool]]:
    for name, wrong in (*of_text(made, chance), *of_line(made, other.source)):
        yield name, not passes(made.source, wrong, made.fired)
    for name, wrong, fired in in_gift(made, chance):
        yield name, not passes(made.source, wrong, fired)


def _share(count: int, of: int) -> str:
    return f"{count} ({count / max(1, of):.1%})"


def _easy(grades: Sequence[float], most: float) -> str:
    return f"{sum(one <= most for one in grades) / len(grades):.1%}"


if __name__ == "__main__":
    main()
