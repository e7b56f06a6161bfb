"""How answers are given over the wire: by whom, and who sees what went wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

from structlog.testing import capture_logs

from bot.domain.message import Message
from bot.domain.replies import answers as replies
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import payloads
from tests.fakes.discord.people import Asked
from tests.fakes.discord.shown import title

SERVER: dict[str, Any] = {"guild_id": payloads.GUILD}


async def test_what_went_wrong_is_told_to_whoever_asked_alone(bots: Bots) -> None:
    """In a channel a card is for all, but that there is none is no news for them."""
    await bots.start()
    bots.desk.answers["trial"] = (replies.registry_out(),)
    use = await bots.discord.slash("trial", "NCT00902044", **SERVER)
    (answer,) = await use.answered()
    assert not use.ephemeral, "a card was to come"
    assert use.taken_back
    assert answer["flags"] & 64
    bots.desk.answers["trial"] = (replies.help_message(), replies.registry_out())
    use = await bots.discord.slash("trial", "NCT00902044", **SERVER)
    shown = await use.answered(2)
    assert [answer["flags"] & 64 for answer in shown] == [0, 0]


async def test_a_process_that_may_not_send_any_more_leaves_answers_alone(bots: Bots) -> None:
    """Another process answers; nobody is asked, and nothing is said, until it may again."""
    asked: list[bool] = []
    enough = asyncio.Event()

    def may_send() -> bool:
        asked.append(enough.is_set())
        if len(asked) == len(silent):
            enough.set()
        return asked[-1]

    silent: list[Asked | None] = [None, None, None]
    await bots.start(may_send=may_send)
    silent[0] = await bots.discord.slash("forget", **SERVER)
    silent[1] = await bots.discord.types("trial", "number", "nct", **SERVER)
    silent[2] = await bots.discord.press("tb:forget", _card(), **SERVER)
    async with asyncio.timeout(10):
        await enough.wait()
    await (await bots.discord.slash("about", **SERVER)).answered()
    assert [use and use.deferred for use in silent] == [None, None, None]
    assert [request.command for request in bots.desk.asked] == ["about"]
    assert bots.desk.typed == []


async def test_a_process_that_is_frozen_on_its_way_to_the_sign_gives_none(bots: Bots) -> None:
    """It looks once more right before it writes; who has no sign of its own asks nothing."""
    looks: list[bool] = []
    woke = asyncio.Event()

    def may_send() -> bool:
        looks.append(len(looks) != 1)
        if not looks[-1]:
            woke.set()
        return looks[-1]

    await bots.start(may_send=may_send)
    with capture_logs() as logs:
        use = await bots.discord.slash("forget", **SERVER)
        async with asyncio.timeout(10):
            await woke.wait()
        await (await bots.discord.slash("about", **SERVER)).answered()
    assert use.deferred is None
    assert [request.command for request in bots.desk.asked] == ["about"]
    assert "answer not delivered" in [entry["event"] for entry in logs]


async def test_an_answer_that_was_begun_is_given_by_whoever_began_it(bots: Bots) -> None:
    """Nobody else can: Discord takes one sign, and messages from whoever gave it."""
    looks: Iterator[bool] = iter((True, True))
    await bots.start(may_send=lambda: next(looks, False))
    bots.desk.answers["help"] = (Message(title="One"), Message(title="Two"))
    use = await bots.discord.slash("help", **SERVER)
    assert [title(one) for one in await use.answered(2)] == ["One", "Two"]


def _card() -> dict[str, Any]:
    button = {"type": 2, "style": 2, "label": "Forget", "custom_id": "tb:forget"}
    return {"components": [{"type": 1, "components": [button]}]}
