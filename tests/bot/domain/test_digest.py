"""Digests: blind to what is never a change, and to nothing else."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.diff.studies import diff
from bot.domain.digest import of_glimpse, of_study
from bot.domain.study import Study, glimpse_of
from bot.domain.submission import ResultsTracking
from tests.bot.domain.trials import (
    fact,
    parsed,
    recorded,
    shuffled,
    site,
    spaced,
    touched,
    trial,
)
from tests.pace import slowness
from tests.shared import SHARED, needs_shared, read_jsonl

studies = st.sampled_from((trial(), *recorded(60)))


@given(studies, st.integers())
@settings(deadline=None)
def test_noise_keeps_the_digest(study: Study, seed: int) -> None:
    """Order, white space and what is never a change leave the digest as it is."""
    assert of_study(spaced(shuffled(touched(study), seed))) == of_study(study)


def test_sixteen_bytes() -> None:
    """The store gives a digest a column of this width."""
    assert len(of_study(trial())) == len(of_glimpse(glimpse_of(trial()))) == 16


@needs_shared
def test_equal_digests_mean_no_change() -> None:
    """In the recorded versions no change hides behind an equal digest."""
    pairs = 0
    for line in read_jsonl(SHARED / "ctgov" / "versions.jsonl.gz"):
        versions = [parsed(version["study"]) for version in line["versions"]]
        for old in versions:
            for new in versions:
                pairs += 1
                assert diff(old, new) == () or of_study(old) != of_study(new)
    assert pairs > 40


@needs_shared
def test_recorded_noise_keeps_the_digest() -> None:
    """Records that the registry only stamped anew are the same content."""
    for line in read_jsonl(SHARED / "ctgov" / "noise.jsonl.gz"):
        assert len({of_study(parsed(version)) for version in line["versions"]}) == 1


@needs_shared
def test_digests_are_cheap() -> None:
    """A reading of 3,000 records spends less than 1.5 seconds of the processor on digests."""
    sample = recorded(300)
    began = time.process_time()
    for study in sample:
        of_study(study)
    assert (time.process_time() - began) / len(sample) * 3000 < 1.5 * slowness()


@given(studies, st.integers())
@settings(deadline=None)
def test_glimpses_ignore_the_order_of_sites(study: Study, seed: int) -> None:
    """The projection of a record whose lists were shuffled is the same projection."""
    assert of_glimpse(glimpse_of(shuffled(study, seed))) == of_glimpse(glimpse_of(study))


def test_glimpses_see_what_moves_silently() -> None:
    """Each field of the projection counts, the status of a single site too."""
    base = trial()
    others = [
        replace(base, overall_status="UNKNOWN"),
        replace(base, why_stopped="Money"),
        replace(base, has_results=True),
        replace(base, results_first_posted=fact("2026-01-01")),
        replace(base, last_update_posted=fact("2026-03-03")),
        replace(base, completion=fact("2030")),
        replace(base, results_tracking=ResultsTracking()),
        replace(base, sites=(site("Bell Clinic", "COMPLETED"), base.sites[1])),
    ]
    digests = {of_glimpse(glimpse_of(one)) for one in (base, *others)}
    assert len(digests) == len(others) + 1
