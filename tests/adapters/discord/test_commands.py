"""Slash commands and buttons over the wire: what the desk is asked, and who sees the answer."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.domain.address import Address
from bot.domain.commands.request import Request
from bot.domain.message import Button, Message, Section
from bot.domain.words import say
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import Scripted, payloads
from tests.fakes.discord.shown import custom_ids, title

SERVER: dict[str, Any] = {"guild_id": payloads.GUILD}
PRIVATE = "700000000000000077"
THREAD = "700000000000000044"
OFFER = Message(title="A trial", buttons=(Button("Follow", "follow NCT00902044"),))


def asked(command: str, text: str, *, private: bool, thread: str | None = None) -> Request:
    """A request from the local server's channel by a member, or from somebody's private chat."""
    chat = PRIVATE if private else payloads.CHANNEL
    address = Address("discord", payloads.BOT, chat, thread)
    return Request(
        command=command,
        text=text,
        address=address,
        private=private,
        may_manage=private,
        aside=private,
        person=payloads.PERSON,
        server=None if private else Address("discord", payloads.BOT, f"server:{payloads.GUILD}"),
    )


async def test_a_bot_whose_commands_cannot_be_registered_still_starts(bots: Bots) -> None:
    """The commands of before go on serving, and the log says it."""
    bots.discord.script("commands", Scripted(status=503))
    with capture_logs() as logs:
        await bots.start()
    assert [entry["event"] for entry in logs if entry["log_level"] == "error"] == [
        "discord commands not registered"
    ]


async def test_a_command_in_a_channel_is_answered_there(bots: Bots) -> None:
    """The desk is asked with the channel's address, and everybody sees the answer."""
    await bots.start()
    bots.desk.answers["trial"] = (OFFER,)
    use = await bots.discord.slash("trial", "NCT00902044", **SERVER)
    (answer,) = await use.answered()
    assert bots.desk.asked == [asked("trial", "NCT00902044", private=False)]
    assert title(answer) == "A trial"
    assert custom_ids(answer) == ["tb:follow NCT00902044"]
    assert (use.deferred or {})["type"] == 5
    assert not use.ephemeral


async def test_a_personal_answer_is_seen_by_nobody_else(bots: Bots) -> None:
    """What is personal is ephemeral, from the first sign to the last message."""
    await bots.start()
    bots.desk.answers["following"] = (OFFER, OFFER)
    use = await bots.discord.slash("following", **SERVER)
    answers = await use.answered(2)
    assert use.ephemeral
    assert [answer["flags"] & 64 for answer in answers] == [64, 64]
    assert bots.desk.asked == [asked("following", "", private=False)]


async def test_a_private_chat_is_private(bots: Bots) -> None:
    """In a chat with the bot alone, the address is that chat, and no other is opened."""
    await bots.start()
    use = await bots.discord.slash("follow", "sarcoma", channel_id=PRIVATE)
    await use.answered()
    assert bots.desk.asked == [asked("follow", "sarcoma", private=True)]
    assert bots.discord.opened == []


@pytest.mark.parametrize("thread", [THREAD, "700000000000000055"])
async def test_a_thread_is_named_beside_its_channel(bots: Bots, thread: str) -> None:
    """A command in a thread, known from the gateway or not, comes from its channel and thread."""
    await bots.start()
    use = await bots.discord.slash(
        "trial", "NCT00902044", channel_id=thread, parent_id=payloads.CHANNEL, **SERVER
    )
    await use.answered()
    assert bots.desk.asked == [asked("trial", "NCT00902044", private=False, thread=thread)]


@pytest.mark.parametrize(
    "place",
    [{"group": True}, {"guild_id": "700000000000000099", "installed": False}],
    ids=["a chat between people", "a server without the bot"],
)
async def test_where_the_bot_only_visits_it_follows_for_the_person(
    bots: Bots, place: dict[str, Any]
) -> None:
    """Where the bot could not write later, following is for the person's own chat with it."""
    await bots.start()
    use = await bots.discord.slash("follow", "sarcoma", channel_id="700000000000000098", **place)
    await use.answered()
    own = Address("discord", payloads.BOT, f"8{payloads.PERSON[1:]}")
    (request,) = bots.desk.asked
    assert (request.address, request.private, request.may_manage) == (own, True, True)
    assert request.visiting
    assert request.aside
    assert bots.discord.opened == [payloads.PERSON]
    assert use.ephemeral


async def test_looking_up_where_the_bot_only_visits_opens_no_chat(bots: Bots) -> None:
    """Private chats are opened only when something personal needs one."""
    await bots.start()
    use = await bots.discord.slash("trial", "NCT00902044", channel_id=PRIVATE, group=True)
    await use.answered()
    assert bots.discord.opened == []


async def test_a_button_is_its_command(bots: Bots) -> None:
    """A press is asked of the desk as the command it stands for, and personal ones stay so."""
    await bots.start()
    bots.desk.answers["trial"] = (OFFER,)
    (shown,) = await (await bots.discord.slash("trial", "NCT00902044", **SERVER)).answered()
    use = await bots.discord.press("tb:follow NCT00902044", shown, **SERVER)
    await use.answered()
    assert bots.desk.asked[-1] == asked("follow", "NCT00902044", private=False)
    assert use.ephemeral


async def test_a_button_outlives_a_restart(bots: Bots) -> None:
    """A button of a message that an earlier run sent is answered by the next run."""
    first = await bots.start()
    await first.messenger.send(Address("discord", payloads.BOT, payloads.CHANNEL), OFFER, "n1")
    await first.stop()
    await bots.start()
    shown = bots.discord.messages[0].body
    use = await bots.discord.press("tb:follow NCT00902044", shown, **SERVER)
    await use.answered()
    assert bots.desk.asked == [asked("follow", "NCT00902044", private=False)]


async def test_the_answer_to_consent_is_a_button_only(bots: Bots) -> None:
    """What only a button asks for reaches the desk too, and is personal."""
    await bots.start()
    question = Message(title="May this be kept?", buttons=(Button("Yes", "consent"),))
    bots.desk.answers["follow"] = (question,)
    (shown,) = await (await bots.discord.slash("follow", "ALS", channel_id=PRIVATE)).answered()
    use = await bots.discord.press("tb:consent", shown, channel_id=PRIVATE)
    await use.answered()
    assert bots.desk.asked[-1] == asked("consent", "", private=True)
    assert use.ephemeral


async def test_a_button_that_means_nothing_any_more_is_answered(bots: Bots) -> None:
    """A button of an older version gets a sentence, not silence."""
    await bots.start()
    old = Message(title="Old", buttons=(Button("?", "dance NCT00902044"),))
    bots.desk.answers["help"] = (old,)
    (shown,) = await (await bots.discord.slash("help", **SERVER)).answered()
    use = await bots.discord.press("tb:dance NCT00902044", shown, **SERVER)
    (answer,) = await use.answered()
    assert title(answer) == say("button.old.title")
    assert say("button.unknown") in str(answer)
    assert use.ephemeral
    assert [request.command for request in bots.desk.asked] == ["help"]


async def test_a_long_answer_comes_in_several_messages(bots: Bots) -> None:
    """An answer over the limits of one message is given in as many as it takes."""
    await bots.start()
    sections = tuple(Section(f"S{number}", ("x" * 900,)) for number in range(8))
    bots.desk.answers["history"] = (Message(title="History", sections=sections),)
    use = await bots.discord.slash("history", "NCT00902044", **SERVER)
    titles = [title(answer) for answer in await use.answered(2)]
    assert titles == ["History · 1/2", "History · 2/2"]


async def test_a_fault_is_told_to_the_person_and_its_words_to_nobody(bots: Bots) -> None:
    """When the desk breaks, the person hears of it, and the log holds no word that was typed."""
    await bots.start()
    bots.desk.fails = ValueError("sarcoma in 700000000000000077")
    with capture_logs() as logs:
        use = await bots.discord.slash("follow", "sarcoma", channel_id=PRIVATE)
        (answer,) = await use.answered()
    assert title(answer) == say("error.title")
    (entry,) = [entry for entry in logs if entry["event"] == "command failed"]
    assert (entry["command"], entry["why"]) == ("follow", "ValueError")
    assert "sarcoma" not in str(logs)
    assert PRIVATE not in str(logs)


async def test_an_answer_that_comes_too_late_is_dropped(bots: Bots) -> None:
    """When Discord no longer knows the interaction, the bot goes on with the next."""
    await bots.start()
    bots.discord.script("callback", Scripted(status=404, code=10062))
    await bots.discord.slash("help", **SERVER)
    await (await bots.discord.slash("about", **SERVER)).answered()
    assert [request.command for request in bots.desk.asked] == ["about"]


async def test_a_command_of_an_older_table_is_answered_in_words(bots: Bots) -> None:
    """A command that Discord still has and the bot does not gets a sentence, for its giver only."""
    await bots.start()
    bots.discord.commands.append(bots.discord.commands[-1] | {"name": "dance"})
    with capture_logs() as logs:
        use = await bots.discord.slash("dance", **SERVER)
        (answer,) = await use.answered()
    assert use.ephemeral
    assert title(answer) == say("unknown.title")
    assert "command not understood" in [entry["event"] for entry in logs]
    assert bots.desk.asked == []
