"""Looking up the trials that are named in somebody's message, over the wire."""

from __future__ import annotations

from typing import Any

from bot.domain.message import Message
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import payloads
from tests.fakes.discord.shown import title

SERVER: dict[str, Any] = {"guild_id": payloads.GUILD}
NAME = "Look up trials here"


def written(content: str = "", **parts: Any) -> dict[str, Any]:
    """A message of somebody in the channel."""
    message = payloads.message(payloads.CHANNEL, {"content": content}) | parts
    return message | {"author": payloads.user(payloads.PERSON)}


async def test_the_trials_of_a_message_are_shown_to_whoever_asks(bots: Bots) -> None:
    """In all places; of the message only the numbers are handed on, and others see nothing."""
    await bots.start()
    bots.desk.answers["mentioned"] = (Message(title="One"), Message(title="Two"))
    message = written(
        "My aunt is in nct 00902044, see https://clinicaltrials.gov/study/NCT01234567"
    )
    use = await bots.discord.choose(NAME, message, **SERVER)
    answers = await use.answered(2)
    assert use.ephemeral
    assert [title(one) for one in answers] == ["One", "Two"]
    assert [bool(one["flags"] & 64) for one in answers] == [True, True]
    (request,) = bots.desk.asked
    assert (request.command, request.text) == ("mentioned", "NCT00902044 NCT01234567")
    use = await bots.discord.choose(NAME, message, group=True)
    await use.answered(2)
    assert bots.discord.opened == [], "nothing personal is asked, so no private chat is needed"


async def test_numbers_in_embeds_components_and_forwarded_messages_count(bots: Bots) -> None:
    """So do links under a word; one trial alone is its card, and who wrote it does not matter."""
    await bots.start()
    embed = {"title": "News", "type": "rich", "fields": [{"name": "A", "value": "NCT00000001"}]}
    text = {
        "type": 10,
        "id": 1,
        "content": "[a trial](https://clinicaltrials.gov/study/NCT00000002)",
    }
    box = {"type": 17, "id": 2, "accent_color": None, "spoiler": False, "components": [text]}
    forwarded = {"message": payloads.message(payloads.CHANNEL, {"content": "NCT00000003"})}
    for parts, number in (
        ({"embeds": [embed]}, "NCT00000001"),
        ({"components": [box], "flags": 1 << 15}, "NCT00000002"),
        ({"message_snapshots": [forwarded]}, "NCT00000003"),
    ):
        use = await bots.discord.choose(NAME, written(**parts), **SERVER)
        await use.answered()
        assert use.ephemeral
        request = bots.desk.asked.pop()
        assert (request.command, request.text) == ("trial", number)


async def test_a_message_without_a_trial_is_answered_too(bots: Bots) -> None:
    """The core says that there is none."""
    await bots.start()
    use = await bots.discord.choose(NAME, written("hello"), **SERVER)
    await use.answered()
    assert [(one.command, one.text) for one in bots.desk.asked] == [("mentioned", "")]
