"""Cards of all recorded trials: none fails, none changes, and no number comes from nowhere."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from adapters.ctgov.parse import parse
from bot.domain.cards.card import card, card_part
from bot.domain.cards.context import Context
from bot.domain.cards.parts import LAST_PAGE, Part
from bot.domain.cards.tested import MIDDLE
from bot.domain.message import Message
from bot.domain.place import Near, Place
from bot.domain.study import Study
from tests.bot.domain.cards.test_card import words_of
from tests.shared import SHARED, needs_shared

PARIS = Place(name="Paris, France", latitude=48.85341, longitude=2.3488, country="France")
CONTEXT = Context(data_day=date(2026, 3, 2), today=date(2026, 3, 3), near=Near(PARIS, 100))
BANNED = ("you qualify", "you should", "proven", "breakthrough", "last hope", "best option")
EVERY = 12
"""One record in so many, unless all are asked for."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DISTANCE = re.compile(r"\d+(?= km away)")
_PAGE = re.compile(r": page \d+ of \d+\.")
_OURS = {"911", "112", "988", "2,539", "2026", "03", "02", "0", "100"}
"""Emergency numbers, the size of the sample behind the middle values, the data day, and
the ends of Karnofsky's scale among the words explained."""


def recorded(every: int) -> Iterator[tuple[str, Study]]:
    """The records as text and as studies."""
    with gzip.open(SHARED / "ctgov" / "studies.jsonl.gz", "rb") as lines:
        for row, line in enumerate(lines):
            if row % every == 0:
                text = json.dumps(json.loads(line), ensure_ascii=False)
                yield text.replace("\\\\", ""), parse(line)


def whole(study: Study) -> list[Message]:
    """The head and all parts; of one with pages the first and the last."""
    shown = [card(study, CONTEXT)]
    for part in Part:
        shown.append(card_part(study, part, 1, CONTEXT))
        if shown[-1].lede is not None:
            shown.append(card_part(study, part, LAST_PAGE, CONTEXT))
    return shown


def declared(study: Study) -> set[str]:
    """Numbers that a card may bring: counts of the record's own lists, and middle values."""
    lists = (study.conditions, study.interventions, study.sites, study.arm_groups)
    counts = {str(number) for one in lists for number in range(len(one) + 1)}
    countries = Counter(site.country for site in study.sites)
    counts |= {str(count) for count in countries.values()}
    return (
        counts | _OURS | {str(MIDDLE[study.phases])} if study.phases in MIDDLE else counts | _OURS
    )


@needs_shared
def test_every_record_has_a_card_with_no_number_from_nowhere(
    request: pytest.FixtureRequest,
) -> None:
    """Each number stands in the record, counts its lists, or has a source that is declared."""
    every = 1 if request.config.getoption("--all-records") else EVERY
    for text, study in recorded(every):
        stated = set(_NUMBER.findall(text))
        stated |= {part for number in stated for part in re.findall(r"\d+", number)}
        for message in whole(study):
            said = _PAGE.sub("", _DISTANCE.sub("", words_of(message)))
            numbers = set(_NUMBER.findall(said))
            loose = {
                number
                for number in numbers - stated - declared(study)
                if not set(re.findall(r"\d+", number)) <= stated | declared(study)
            }
            assert not loose, (study.key.number, loose)


@needs_shared
def test_cards_are_the_same_twice_and_never_promise_anything() -> None:
    """The same record gives the same words, and none of those that no card may hold."""
    for _, study in recorded(EVERY * 4):
        first = [words_of(message) for message in whole(study)]
        assert first == [words_of(message) for message in whole(study)]
        ours = "\n".join(
            words_of(card_part(study, part, 1, CONTEXT))
            for part in (Part.LEADS, Part.ASK, Part.ANSWERS, Part.SOURCES)
        ).lower()
        assert not [
            word for word in BANNED if word in ours.replace((study.why_stopped or "").lower(), "")
        ]
