"""Every operation of real patches is named by a change, and every change has its operation."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from bot.domain import paths as at
from bot.domain.catalogue import CATALOGUE
from bot.domain.change import Change, Kind
from bot.domain.diff.folding import FOLDED_INTO
from bot.domain.diff.studies import diff
from bot.domain.left_out import left_out
from bot.domain.normal import normal
from bot.domain.study import Study, StudyKey
from tests.bot.domain.comparing import operations_between
from tests.bot.domain.patching import Operation, generic, operations, versions_of
from tests.bot.domain.rewrites import Raw
from tests.bot.domain.trials import parsed
from tests.shared import SHARED, needs_shared, read_jsonl

pytestmark = needs_shared

Case = tuple[list[Operation], Study, Study]


def touches(one: str, other: str) -> bool:
    """Whether one of two paths is the other, or stands in it."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def verdict(operation: Operation, old: Study, new: Study, changes: Sequence[Change]) -> str:
    """How an operation is accounted for: by its own change, by an event, by a rule, or not."""
    path = generic(operation["path"])
    told = {change.path for change in changes if change.kind is not Kind.OTHER}
    if left_out(path):
        return "left out"
    if any(touches(path, one) for one in told):
        return "named"
    for folded, tellers in FOLDED_INTO.items():
        if touches(path, folded) and told & set(tellers):
            return "named by its event"
    return "a no where nothing was stated" if _says_no(path, old, new) else "missed"


def _says_no(path: str, old: Study, new: Study) -> bool:
    """Expanded access that is denied says no more than expanded access that is not spoken of."""
    access = [row for row in CATALOGUE if touches(path, row.path)]
    return path == _ACCESS and all(
        normal(row.read(old), row.how, row.members) == normal(row.read(new), row.how, row.members)
        for row in access
    )


_ACCESS = at.STATUS + "expandedAccessInfo"


def history() -> Iterator[Case]:
    """The registry's own patches; the two versions are made of them."""
    for row in read_jsonl(SHARED / "ctgov" / "history_patches.jsonl.gz"):
        patch = list(operations(row["patch"]))
        old, new = versions_of(row["nctId"], patch)
        yield patch, parsed(old), parsed(new)


def recorded_versions() -> Iterator[Case]:
    """Real versions of a trial, and the operations between them."""
    for line in read_jsonl(SHARED / "ctgov" / "versions.jsonl.gz"):
        records = [version["study"] for version in line["versions"]]
        for old, new in itertools.pairwise(records):
            yield _between(old, new)


def replay_days() -> Iterator[Case]:
    """Trials from one recorded data day to the next one that has them."""
    last: dict[str, Raw] = {}
    for path in sorted((SHARED / "ctgov" / "replay").iterdir()):
        for record in read_jsonl(path):
            number = record["protocolSection"]["identificationModule"]["nctId"]
            if number in last and last[number] != record:
                yield _between(last[number], record)
            last[number] = record


def _between(old: Any, new: Any) -> Case:
    patch = list(operations_between(old, new))
    if all(left_out(generic(one["path"])) for one in patch):
        return patch, _NOTHING, _NOTHING  # thousands of them, that other tests read
    return patch, parsed(old), parsed(new)


_NOTHING = Study(key=StudyKey("ctgov", "NCT99999901"))


@pytest.mark.parametrize(
    ("cases", "least"),
    [(history, 3_000), (recorded_versions, 1_000), (replay_days, 100)],
    ids=["history", "versions", "replay"],
)
def test_every_operation_is_named(cases: Any, least: int, figures: Callable[[str], None]) -> None:
    """Whatever an operation touched is told, by itself or with its event; the share is 100 %."""
    verdicts: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    unbacked: list[Change] = []
    for patch, old, new in cases():
        changes = diff(old, new)
        for operation in patch:
            found = verdict(operation, old, new, changes)
            verdicts[found] += 1
            if found == "missed":
                missed[generic(operation["path"])] += 1
        paths = {path for one in patch if not left_out(path := generic(one["path"]))}
        unbacked += [one for one in changes if not any(touches(one.path, path) for path in paths)]
    told = verdicts["named"] + verdicts["named by its event"]
    share = told / (told + verdicts["missed"])
    figures(f"{cases.__name__}: {share:.1%} named; {dict(verdicts)}")
    assert not missed
    assert not unbacked
    assert told >= least
