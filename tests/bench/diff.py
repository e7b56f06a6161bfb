"""Comparing versions: real pairs of versions of a trial in a second, and a record of 1,148 sites.

The pairs of the first part are all that are known to differ: several versions of 21 trials, and
those that the registry's own patches of the history page lead from and to. The peer is deepdiff on
the same records, as decoded JSON and without results, in its quickest way: it minds the order of
lists, which ours does not. Of the second part (the versions, and twelve data days) most are equal
but for the registry's daily mark, as in use. The floor walks both raw records with ``==`` and
counts what differs, without making anything of it. All sides begin with records that are decoded
and parsed already, and are timed by the processor's clock, so that a busy machine changes little.

The aim: twenty times as fast as deepdiff, at most ten times the floor where something differs, and
under 50 ms for the large record, which has as many sites as the largest one known.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import pairwise, zip_longest
from typing import Any

import msgspec

from adapters.ctgov.parse import parse
from bot.domain.diff.studies import diff
from bot.domain.digest import of_study
from bot.domain.study import Study
from tests.bench.figures import aim, figure, seconds, times, title
from tests.bench.material import Raw, material
from tests.bot.domain.patching import operations, versions_of
from tests.shared import SHARED, read_jsonl

SITES = 1148
ROUNDS = 3
AIM_DEEPDIFF = 20.0
AIM_TIMES = 10.0
AIM_LARGE = 0.05


def main(arguments: list[str]) -> None:
    """Run it."""
    argparse.ArgumentParser(prog="./run bench diff", description=__doc__).parse_args(arguments)
    if SHARED.is_dir():
        _print_beside_deepdiff([*_versions(), *_history()])
        _print_pairs("Real pairs of versions", list(_recorded()))
    else:
        print("\nReal pairs of versions: there are no recorded data beside the repository")
    _print_large()


def _print_beside_deepdiff(pairs: list[tuple[Raw, Raw]]) -> None:
    title(f"All pairs of versions of a trial and of the registry's history: {len(pairs)}")
    studies = [(_parsed(old), _parsed(new)) for old, new in pairs]
    ours = _best(diff, studies)
    peer = _deepdiff()
    if peer is None:
        figure("diff", f"{len(pairs) / ours:.0f}/s")
        figure("deepdiff", "is not installed", "./run test installs it")
        return
    theirs = _best(peer, [(_bare(old), _bare(new)) for old, new in pairs], rounds=1)
    reached = aim(theirs > AIM_DEEPDIFF * ours, f"{AIM_DEEPDIFF:.0f} x")
    figure("diff", f"{len(pairs) / ours:.0f}/s", f"{times(theirs, ours)} as fast, {reached}")
    figure("deepdiff", f"{len(pairs) / theirs:.0f}/s")


def _deepdiff() -> Callable[[Any, Any], object] | None:
    """The peer, or None in an environment that was installed before it was pinned."""
    try:
        found: Callable[[Any, Any], object] = import_module("deepdiff").DeepDiff
    except ModuleNotFoundError:
        return None
    return found


def _bare(record: Raw) -> Raw:
    return {name: part for name, part in record.items() if name != "resultsSection"}


def _history() -> Iterator[tuple[Raw, Raw]]:
    """The two versions of each patch of the history page, as far as the patch tells of them."""
    for row in read_jsonl(SHARED / "ctgov" / "history_patches.jsonl.gz"):
        yield versions_of(row["nctId"], operations(row["patch"]))


def _versions() -> Iterator[tuple[Raw, Raw]]:
    for trial in read_jsonl(SHARED / "ctgov" / "versions.jsonl.gz"):
        yield from pairwise(version["study"] for version in trial["versions"])


def _recorded() -> Iterator[tuple[Raw, Raw]]:
    yield from _versions()
    last: dict[str, Raw] = {}
    for path in sorted((SHARED / "ctgov" / "replay").iterdir()):
        for record in read_jsonl(path):
            number = record["protocolSection"]["identificationModule"]["nctId"]
            if number in last:
                yield last[number], record
            last[number] = record


def _print_pairs(name: str, pairs: list[tuple[Raw, Raw]]) -> None:
    studies = [(_parsed(old), _parsed(new)) for old, new in pairs]
    changed = [at for at, (old, new) in enumerate(studies) if diff(old, new)]
    title(f"{name}: {len(pairs)}, of which {len(changed)} differ in what matters")
    for words, chosen in (("all", range(len(pairs))), ("those that differ", changed)):
        some, raw = [studies[at] for at in chosen], [pairs[at] for at in chosen]
        ours, floor = _best(diff, some), _best(walk, raw)
        beside = f"{times(ours, floor)} the floor"
        if chosen is changed:
            beside += f", {aim(ours < AIM_TIMES * floor, f'{AIM_TIMES:.0f} x')}"
        figure(f"diff, {words}", f"{len(some) / ours:.0f}/s", beside)
        figure(f"floor: walk with ==, {words}", f"{len(some) / floor:.0f}/s")
    digests = _best(lambda _, new: of_study(new), studies)
    figure("digest, all", f"{len(studies) / digests:.0f}/s")


def _print_large() -> None:
    old, new = _large()
    title(f"A record of {SITES} sites, a tenth of which open, close, come or go")
    pair = [(_parsed(old), _parsed(new))]
    ours, floor = _best(diff, pair), _best(walk, [(old, new)])
    figure("changes found", f"{len(diff(*pair[0]))}")
    beside = f"{times(ours, floor)} the floor, {aim(ours < AIM_LARGE, seconds(AIM_LARGE))}"
    figure("diff", seconds(ours), beside)
    figure("floor: walk with ==", seconds(floor))
    figure("digest", seconds(_best(lambda _, new: of_study(new), pair)))


def _large() -> tuple[Raw, Raw]:
    """Two versions with so many sites: the order changes too, as it does in the registry."""
    chance = random.Random(SITES)
    old, new = material(made=False).trial(1), material(made=False).trial(1)
    sites = [_site(number) for number in range(SITES)]
    old["protocolSection"].setdefault("contactsLocationsModule", {})["locations"] = sites
    after = [dict(site) for site in sites if chance.random() > 0.02]
    for site in after:
        if chance.random() < 0.06:
            site["status"] = "COMPLETED"
    after += [_site(SITES + number) for number in range(SITES // 50)]
    chance.shuffle(after)
    new["protocolSection"].setdefault("contactsLocationsModule", {})["locations"] = after
    return old, new


def _site(number: int) -> Raw:
    city = f"City {number % 300}"
    return {
        "facility": f"Hospital {number // 300} of {city}",
        "status": "RECRUITING",
        "city": city,
        "country": "United States",
        "contacts": [{"name": f"Person {number}", "role": "CONTACT", "phone": f"555-{number:04}"}],
    }


def _parsed(record: Raw) -> Study:
    return parse(msgspec.json.encode(record))


def _best(
    function: Callable[[Any, Any], object], pairs: list[tuple[Any, Any]], rounds: int = ROUNDS
) -> float:
    """The shortest time of the processor, of some rounds, for all the pairs."""
    took = []
    for _ in range(rounds):
        began = time.process_time()
        for old, new in pairs:
            function(old, new)
        took.append(time.process_time() - began)
    return min(took)


def walk(old: Any, new: Any) -> int:
    """How many values differ, found in the plainest way."""
    if isinstance(old, dict) and isinstance(new, dict):
        return sum(walk(old.get(key), new.get(key)) for key in old.keys() | new.keys())
    if isinstance(old, list) and isinstance(new, list):
        return sum(walk(mine, theirs) for mine, theirs in zip_longest(old, new))
    return int(old != new)
