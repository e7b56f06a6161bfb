"""What was found, applied to the old version, gives the new one: nothing is lost or made up."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.catalogue import CATALOGUE
from bot.domain.diff.folding import FOLDED_INTO
from bot.domain.diff.studies import diff, differences
from bot.domain.study import Study
from tests.bot.domain.applying import applied
from tests.bot.domain.trials import parsed, recorded, shuffled, spaced, trial
from tests.shared import SHARED, needs_shared, read_jsonl
from tests.studies_recorded import ONE_PROCESS, replayed_studies

studies = st.sampled_from((trial(), *recorded(120)))


def holds(old: Study, new: Study) -> None:
    """The law for every row of the catalogue."""
    changes = differences(old, new)
    for row in CATALOGUE:
        found, stated = applied(row, old, new, changes)
        assert found == stated, row.path


@given(studies, studies, st.integers())
@settings(max_examples=100, deadline=None)
def test_what_was_found_gives_the_new(old: Study, new: Study, seed: int) -> None:
    """Between any two trials, which differ in all there is, and written in any way."""
    holds(old, new)
    holds(old, spaced(shuffled(new, seed)))


def test_the_law_needs_every_change() -> None:
    """With any one change left away the new version does not come out: none is made up."""
    old, new = trial(has_results=True), Study(key=trial().key)
    changes = differences(old, new)
    assert len(changes) > 70
    for left in range(len(changes)):
        fewer = changes[:left] + changes[left + 1 :]
        results = [applied(row, old, new, fewer) for row in CATALOGUE]
        assert any(found != stated for found, stated in results), changes[left]


@functools.cache
def real_pairs() -> tuple[tuple[Study, Study], ...]:
    """Two versions of one trial after another, as they were recorded."""
    return tuple(_real_pairs())


def _real_pairs() -> Iterator[tuple[Study, Study]]:
    for line in read_jsonl(SHARED / "ctgov" / "versions.jsonl.gz"):
        yield from itertools.pairwise(parsed(one["study"]) for one in line["versions"])
    last: dict[str, Study] = {}
    for _, studies in replayed_studies():
        for study in studies:
            known = last.get(study.key.number)
            if known is not None and known != study:
                yield known, study
            last[study.key.number] = study


@needs_shared
@ONE_PROCESS
def test_real_versions_follow_from_what_was_found() -> None:
    """The recorded versions of a trial and all that moved in the replay days, there and back."""
    assert len(real_pairs()) > 50
    for old, new in real_pairs():
        holds(old, new)
        holds(new, old)


@needs_shared
def test_what_is_folded_away_is_told_by_its_event() -> None:
    """A difference that is not told by its own change is told by the one that it belongs to."""
    folded = 0
    for old, new in real_pairs():
        told = diff(old, new)
        paths = {change.path for change in told}
        for change in differences(old, new):
            if change.path in paths:
                continue
            folded += 1
            tellers = FOLDED_INTO.get(change.path) or FOLDED_INTO[change.path.rpartition(".")[0]]
            assert paths & set(tellers), change.path
    assert folded > 0
