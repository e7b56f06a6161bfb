"""Whole cards of recorded trials within what Telegram takes, with nothing left out."""

from __future__ import annotations

import pytest

from adapters.telegram import render as telegram
from bot.domain.message import Message
from tests.bot.domain.cards.sides import sides
from tests.bot.domain.cards.test_recorded import CONTEXT, EVERY, recorded
from tests.fakes.telegram_checks import parse_html
from tests.shared import needs_shared

UNSEEN = "\u200b"
"""What stands in a field that would be empty."""
ALL = 1800.0
"""Seconds for all records; one in twelve takes five."""


def bare(text: str) -> str:
    """What is not white space: that is cut and put in where a text is parted."""
    return "".join(text.replace(UNSEEN, "").split())


def holds(shown: str, message: Message) -> bool:
    """Whether every line of the message stands in what is shown."""
    values = [fact.value for fact in message.facts]
    lines = [line for section in message.sections for line in section.lines]
    return all(bare(text) in shown for text in (message.lede or "", *values, *lines))


def assert_fits_telegram(message: Message) -> None:
    """It is one message that parses, is short enough and says it all."""
    (part,) = telegram.render(message)
    text = parse_html(part.html)
    assert telegram.units(text) <= telegram.LIMIT
    assert telegram.units(part.plain) <= telegram.LIMIT
    entities = sum(part.html.count(tag) for tag in ("<b>", "<i>", "<a ", "<blockquote"))
    assert entities <= telegram.ENTITIES
    assert holds(bare(text), message)
    actions = [button.action for row in part.keyboard for button in row if button.action]
    assert actions == [button.action for button in message.buttons if button.action]


@needs_shared
@pytest.mark.timeout(ALL)
def test_every_part_of_every_card_fits_and_is_whole(request: pytest.FixtureRequest) -> None:
    """Each side of a card is one message, and no line of it is dropped."""
    every = 1 if request.config.getoption("--all-records") else EVERY
    for _, study in recorded(every):
        for message in sides(study, CONTEXT):
            assert_fits_telegram(message)
