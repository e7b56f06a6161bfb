"""What somebody means who types something, for the tests of how it is read."""

from __future__ import annotations

from functools import partial

from adapters.gazetteer.gazetteer import OfflineGazetteer
from bot.domain.asking.parsing import read
from bot.domain.asking.placing import Atlas, Settled, settle
from bot.domain.place import Near
from bot.domain.question import Question

GAZETTEER = OfflineGazetteer()
ATLAS = Atlas(
    named=partial(GAZETTEER.find, exact=True), alike=GAZETTEER.find, country=GAZETTEER.country
)
PARIS = 'near:"Paris, France"'
HOUSTON = 'near:"Houston, Texas, United States"'


def settled(text: str, here: Near | None = None) -> Settled:
    """What somebody means who types this."""
    return settle(read(text), ATLAS, here)


def question(text: str, here: Near | None = None) -> Question:
    """The one thing that it can mean."""
    found = settled(text, here)
    assert isinstance(found, Question), found
    return found
