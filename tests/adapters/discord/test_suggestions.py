"""Suggestions over the wire: whose they are, and that nothing of them is lost or logged."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.domain.address import Address
from bot.domain.commands.options import Suggests
from bot.domain.suggesting import Suggestion, Typing
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import Scripted, payloads

SERVER: dict[str, Any] = {"guild_id": payloads.GUILD}
ELSEWHERE: dict[str, Any] = {"guild_id": "700000000000000099", "installed": False}
HERE = Address("discord", payloads.BOT, payloads.CHANNEL)
OWN = Address("discord", payloads.BOT, f"8{payloads.PERSON[1:]}")


def typing(suggests: Suggests, text: str, address: Address, *, private: bool) -> Typing:
    """What the core should be asked."""
    return Typing(
        suggests=suggests, text=text, address=address, private=private, person=payloads.PERSON
    )


async def test_what_is_suggested_depends_on_the_option_and_the_place(bots: Bots) -> None:
    """A channel's own is suggested there; where the bot only visits, it is the person's own."""
    await bots.start()
    bots.desk.suggestions = (Suggestion("Paris, France", "Paris, France"),)
    offered = await bots.discord.suggested("search", "near", "par", **SERVER)
    assert offered == [("Paris, France", "Paris, France")]
    await bots.discord.suggested("feed remove", "what", "", **SERVER)
    await bots.discord.suggested("search", "what", "sarc", **ELSEWHERE)
    assert bots.discord.opened == [], "no private chat is opened for a word that is typed"
    await bots.discord.suggested("unfollow", "what", "sarc", **ELSEWHERE)
    assert bots.desk.typed == [
        typing(Suggests.PLACES, "par", HERE, private=False),
        typing(Suggests.FOLLOWED, "", HERE, private=False),
        typing(Suggests.CONDITIONS, "sarc", HERE, private=True),
        typing(Suggests.FOLLOWED, "sarc", OWN, private=True),
    ]


async def test_a_failure_suggests_nothing_and_says_nothing_of_what_was_typed(
    bots: Bots, caplog: pytest.LogCaptureFixture
) -> None:
    """Whether the core fails or nobody waits any more: typing goes on, and no word is logged."""
    await bots.start()
    bots.desk.fails = ValueError("sarcoma")
    with capture_logs() as logs:
        assert await bots.discord.suggested("follow", "what", "sarcoma", **SERVER) == []
        bots.desk.fails = None
        bots.discord.script("callback", Scripted(status=404, code=10062))
        await bots.discord.types("follow", "what", "sarcoma", **SERVER)
        await (await bots.discord.slash("about", **SERVER)).answered()
    events = [entry["event"] for entry in logs if "sugg" in entry["event"]]
    assert events == ["nothing suggested", "suggestions not delivered"]
    assert "sarcoma" not in f"{logs}{caplog.text}"
    assert payloads.PERSON not in f"{logs}{caplog.text}"
