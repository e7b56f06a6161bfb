"""Whole cards of recorded trials within what Telegram takes, with nothing left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from adapters.telegram.packing import ENTITIES, LIMIT, units
from adapters.telegram.pressing import callback_data, read_press
from adapters.telegram.render import BULLET, Rendered, render
from bot.domain.commands.request import parse_line
from bot.domain.message import Button, Message
from bot.domain.study import Study
from bot.domain.turning import turning
from tests.bot.domain.cards.golden_records import RECORDS
from tests.bot.domain.cards.sides import sides
from tests.bot.domain.cards.test_recorded import CONTEXT, recorded
from tests.fakes.telegram_checks import check_keyboard, check_text
from tests.fakes.telegram_html import length, read_html
from tests.shared import needs_shared

EVERY = 60
"""One record in so many, unless all are asked for."""
ALL = 3600.0
"""Seconds for all records."""


def bare(text: str) -> str:
    """What is neither white space nor a bullet: those are put in and taken out for the looks."""
    return "".join(text.replace(BULLET.strip(), "").split())


def whole(message: Message) -> str:
    """All that a side says, in the order of reading."""
    facts = [f"{fact.label}:{fact.value}" for fact in message.facts]
    sections = [text for one in message.sections for text in (one.heading, *one.lines)]
    said = (message.title, message.lede or "", *facts, *sections, message.footer or "")
    return bare("".join(said))


def keyboard(part: Rendered) -> dict[str, Any]:
    """The buttons as they go over the wire."""
    rows = [[_button(button) for button in row] for row in part.keyboard]
    return {"reply_markup": {"inline_keyboard": rows}}


def _button(button: Button) -> dict[str, str]:
    leads = {"url": button.url} if button.url else {"callback_data": callback_data(button) or ""}
    return {"text": button.label, **leads}


def shown(study: Study) -> Iterator[Message]:
    """Every side as the desk hands it over."""
    for side in sides(study, CONTEXT):
        yield from turning("trial", (side,))


def assert_fits(message: Message) -> Rendered:
    """It is one message that Telegram parses, formats and takes, and it says everything."""
    (part,) = render(message)
    check_text({"text": part.html, "parse_mode": "HTML"})
    check_text({"text": part.plain})
    check_keyboard(keyboard(part))
    read = read_html(part.html)
    assert units(read.text) == length(read.text) <= LIMIT
    assert len(read.entities) <= ENTITIES
    for entity in read.entities:
        assert entity.length > 0
        assert (entity.kind == "text_link") == (entity.href is not None)
        assert (entity.href or "https://").startswith("https://")
        assert entity.expandable == (entity.kind == "blockquote")
    assert bare(read.text) == whole(message)
    assert bare(part.plain).startswith(bare(read.text))
    assert_buttons(message, part)
    return part


def assert_buttons(message: Message, part: Rendered) -> None:
    """All are there, read on a phone, and are understood when they are pressed."""
    buttons = [button for row in part.keyboard for button in row]
    assert [one.label for one in buttons] == [one.label for one in message.buttons]
    for row in part.keyboard:
        assert len(row) == 1 or len(row) * max(len(one.label) for one in row) <= 44
    for button, meant in zip(buttons, message.buttons, strict=True):
        data = callback_data(button)
        if data is not None:
            assert read_press(data).line == meant.action
            assert read_press(data).turns == meant.turns
            assert parse_line(read_press(data).line) is not None


@pytest.mark.parametrize("name", RECORDS)
def test_every_side_of_every_kind_of_card_fits(name: str) -> None:
    """A trial of each kind, to the last of 1,148 places."""
    for message in shown(RECORDS[name]):
        assert_fits(message)


@needs_shared
@pytest.mark.timeout(ALL)
def test_every_side_of_every_recorded_card_fits(
    request: pytest.FixtureRequest, figures: Callable[[str], None]
) -> None:
    """Each part and page is one message of valid HTML, and no line of it is dropped."""
    every = 1 if request.config.getoption("--all-records") else EVERY
    count: Counter[str] = Counter()
    most = {"units": 0, "entities": 0, "buttons": 0, "callback bytes": 0}
    for _, study in recorded(every):
        count["cards"] += 1
        for message in shown(study):
            part = assert_fits(message)
            read = read_html(part.html)
            data = [callback_data(one) or "" for row in part.keyboard for one in row]
            sizes = (length(read.text), len(read.entities), len(data))
            found = (*sizes, max(len(one.encode()) for one in data))
            most = {name: max(most[name], size) for name, size in zip(most, found, strict=True)}
            count["sides"] += 1
    largest = ", ".join(f"{size} {name}" for name, size in most.items())
    figures(f"{count['cards']} cards on {count['sides']} sides; at most {largest} on one")
    assert count["sides"] > 10 * count["cards"]
