"""Whole cards of recorded trials within what Discord takes, with nothing left out."""

from __future__ import annotations

import re

import pytest

from adapters.discord.layout import ACTION_PREFIX
from adapters.discord.render import render
from bot.domain.message import Message
from tests.adapters.discord.sent import body
from tests.bot.domain.cards.sides import sides
from tests.bot.domain.cards.test_recorded import CONTEXT, recorded
from tests.fakes.discord.limits import message_faults
from tests.fakes.discord.reader import markup, plain
from tests.fakes.discord.shown import custom_ids, texts
from tests.fakes.discord.spec import PATH, spec_faults
from tests.shared import needs_shared

EVERY = 150
"""One record in so many, unless all are asked for."""
DESCRIBED = 10
"""One side in so many is held against the whole description, which takes the longest."""
ALL = 3600.0
"""Seconds for all records; one in a hundred and fifty takes two."""
OURS = {"h2", "h3", "item", "link", "url", "strong", "small"}
"""What our own rendering writes; all else would have come from a record."""


def bare(text: str) -> str:
    """What is neither white space nor the sign of a point: a client draws those itself."""
    return "".join(re.sub("[\u200b•◦▪]", "", text).split())


def words(message: Message) -> str:
    """All that must be there, in order."""
    said = [message.title, message.lede or ""]
    said += [f"{fact.label}: {fact.value}" for fact in message.facts]
    for section in message.sections:
        said += [section.heading, *section.lines]
    return bare("".join([*said, message.footer or ""]))


async def faults(message: Message, *, described: bool) -> list[str]:
    """What Discord would refuse, and what is missing or shown otherwise than it was written."""
    parts = render(message)
    if len(parts) != 1:
        return [f"{len(parts)} messages"]
    sent = await body(parts[0])
    found = message_faults(sent)
    found += spec_faults(sent, "MessageCreateRequest") if described else []
    found += [f"{kind} is live" for text in texts(sent) for kind in markup(text) - OURS]
    said = "\n".join(map(plain, texts(sent)))
    if said.split("\n")[1] == message.link:  # below a title that cannot be a link itself
        said = said.replace(message.link, "", 1)
    if bare(said) != words(message):
        found.append("other words")
    if custom_ids(sent) != [ACTION_PREFIX + one.action for one in message.buttons if one.action]:
        found.append("other buttons")
    return found


@needs_shared
@pytest.mark.timeout(ALL)
async def test_every_side_of_every_card_is_one_whole_message(
    request: pytest.FixtureRequest,
) -> None:
    """Each part and page fits, says every word of the card, and nothing in a record is markup."""
    every = 1 if request.config.getoption("--all-records") else EVERY
    count = 0
    for _, study in recorded(every):
        for message in sides(study, CONTEXT):
            count += 1
            described = PATH.is_file() and count % DESCRIBED == 0
            found = await faults(message, described=described)
            assert found == [], (study.key.number, message.buttons[:2])
    assert count
