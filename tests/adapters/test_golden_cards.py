"""Cards of ten trials as each platform shows them, held against files that a person has read.

``pytest tests/adapters/test_golden_cards.py --golden-write`` renews ``tests/golden/cards`` after a
wording was changed on purpose: read the files then, as somebody who is ill would.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.cards.card import card, card_part
from bot.domain.cards.context import Context
from bot.domain.cards.parts import Part
from bot.domain.message import Message
from bot.domain.study import Study
from tests.adapters.cards_as_text import RENDERINGS
from tests.bot.domain.cards.golden_base import DATA_DAY, TODAY
from tests.bot.domain.cards.golden_ended import EVENTS
from tests.bot.domain.cards.golden_open import SITES
from tests.bot.domain.cards.golden_records import RECORDS

CARDS = Path(__file__).resolve().parents[1] / "golden" / "cards"
CONTEXT = Context(data_day=DATA_DAY, today=TODAY, events=EVENTS)
PARTS = (Part.TESTED, Part.JOIN, Part.LEADS, Part.WHERE, Part.HAPPENED, Part.ASK)
RENEW = "pytest tests/adapters/test_golden_cards.py --golden-write"


def messages(study: Study) -> dict[str, Message]:
    """The head and the parts that are read, by their headings."""
    parts = {part.value: card_part(study, part, 1, CONTEXT) for part in PARTS}
    return {"head": card(study, CONTEXT), **parts}


def rendered(name: str) -> str:
    """One file: each platform after the other, the head and the parts of the card."""
    made = messages(RECORDS[name])
    blocks = [f"# The card of a trial: {name}\n\nRenew with `{RENEW}`, and read it.\n"]
    for platform, render in RENDERINGS.items():
        blocks.append(f"## {platform}\n")
        blocks += [
            f"### {platform}: {heading}\n\n```text\n{render(message)}\n```\n"
            for heading, message in made.items()
        ]
    return "\n".join(blocks)


@pytest.mark.parametrize("name", RECORDS)
def test_cards_are_those_that_were_read(name: str, request: pytest.FixtureRequest) -> None:
    """Whoever changes what a card says or how it looks sees it here, whole, beside what it was."""
    file = CARDS / f"{name}.md"
    if request.config.getoption("--golden-write"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(rendered(name), encoding="utf8")
    assert rendered(name) == file.read_text(encoding="utf8"), (
        f"the card reads otherwise now: if that is meant, renew {file.name} with {RENEW}"
    )


def test_record_of_many_places_has_them() -> None:
    """The file of the largest kind stands for it only if it is as large."""
    assert len(RECORDS["many-sites"].sites) == SITES == 1148
