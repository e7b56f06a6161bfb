"""Making cards: the head and every part of all recorded trials, and of a record of 1,148 sites.

The floor is reading the same record: decoding its JSON and making a study of it. The aim: a card
in under 50 ms, and that of the large record in under 200 ms, without the registry's answer time.
All is timed by the processor's clock, so that a busy machine changes little.
"""

from __future__ import annotations

import argparse
import gzip
import time
from datetime import date

import msgspec

from adapters.ctgov.parse import parse
from adapters.printing.printer import TypstPrinter
from bot.domain.cards.card import card, card_part
from bot.domain.cards.context import Context
from bot.domain.cards.parts import Part
from bot.domain.cards.sheet import sheet
from bot.domain.place import Near, Place
from bot.domain.study import Site, Study
from tests.bench.figures import aim, figure, seconds, times, title
from tests.shared import SHARED

SITES = 1148
AIM_CARD = 0.05
AIM_LARGE = 0.2
PAGES = 50
"""Trials of which a page is printed."""

PARIS = Place(name="Paris, France", latitude=48.85341, longitude=2.3488, country="France")
CONTEXT = Context(data_day=date(2026, 3, 2), today=date(2026, 3, 3), near=Near(PARIS, 100))


def main(arguments: list[str]) -> None:
    """Run it."""
    argparse.ArgumentParser(prog="./run bench card", description=__doc__).parse_args(arguments)
    if not SHARED.is_dir():
        print("\nThere are no recorded data beside the repository")
        return
    with gzip.open(SHARED / "ctgov" / "studies.jsonl.gz", "rb") as lines:
        raw = lines.readlines()
    began = time.process_time()
    studies = [parse(line) for line in raw]
    floor = (time.process_time() - began) / len(raw)
    _print_all(studies, floor)
    _print_large(max(studies, key=lambda study: len(study.sites)))
    _print_pages(studies)


def _print_all(studies: list[Study], floor: float) -> None:
    title(f"Cards of {len(studies)} recorded trials")
    heads = [_timed_head(study) for study in studies]
    parts = {part: [_timed_part(study, part) for study in studies] for part in Part}
    figure("reading a record (the floor)", seconds(floor))
    figure("head of a card, mean", seconds(_mean(heads)), times(_mean(heads), floor))
    worst = max(heads)
    figure("head of a card, slowest", seconds(worst), aim(worst < AIM_CARD, "50 ms"))
    for part, taken in parts.items():
        worst = max(taken)
        figure(f"{part}, mean", seconds(_mean(taken)), times(_mean(taken), floor))
        figure(f"{part}, slowest", seconds(worst), aim(worst < AIM_LARGE, "200 ms"))


def _print_large(study: Study) -> None:
    sites = tuple(
        Site(
            facility=f"Hospital {number}",
            city="Lyon",
            country="France",
            latitude=45.0 + number / SITES,
            longitude=4.8,
            status="RECRUITING",
        )
        for number in range(SITES)
    )
    large = msgspec.structs.replace(study, sites=sites)
    title(f"A record of {SITES:,} sites")
    head, where = _timed_head(large), _timed_part(large, Part.WHERE)
    figure("head", seconds(head), aim(head < AIM_LARGE, "200 ms"))
    figure("where", seconds(where), aim(where < AIM_LARGE, "200 ms"))


def _print_pages(studies: list[Study]) -> None:
    title(f"Pages to print, of {PAGES} trials")
    printer = TypstPrinter()
    printer.pdf(sheet(studies[0], CONTEXT))  # the fonts are read once
    began = time.process_time()
    sizes = [len(printer.pdf(sheet(study, CONTEXT))) for study in studies[:PAGES]]
    figure("a page, mean", seconds((time.process_time() - began) / PAGES))
    figure("its size, mean", f"{sum(sizes) / PAGES / 1024:.0f} KB")


def _timed_head(study: Study) -> float:
    began = time.process_time()
    card(study, CONTEXT)
    return time.process_time() - began


def _timed_part(study: Study, part: Part) -> float:
    began = time.process_time()
    card_part(study, part, 1, CONTEXT)
    return time.process_time() - began


def _mean(taken: list[float]) -> float:
    return sum(taken) / len(taken)
