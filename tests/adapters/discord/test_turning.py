"""Buttons that turn the message they stand under, over the wire."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.discord.layout import ALIKE
from bot.domain.address import Address
from bot.domain.message import Button, File, Message, Section
from bot.domain.words import say
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import Asked, Scripted, payloads
from tests.fakes.discord.shown import custom_ids, title

SERVER: dict[str, Any] = {"guild_id": payloads.GUILD}
PRIVATE: dict[str, Any] = {"channel_id": "700000000000000077"}
SOMEBODY_ELSE = "700000000000000088"
WHERE = "tbt:trial NCT00902044 where"
CARD = Message(
    title="A trial",
    buttons=(
        Button("Where", "trial NCT00902044 where", turns=True),
        Button("Follow", "follow NCT00902044"),
    ),
)
SIDE = Message(title="Places", buttons=(Button("Back", "trial NCT00902044", turns=True),))
SETTINGS = Message(title="Settings", buttons=(Button("Place", "settings place", turns=True),))
UPDATE = 6
"""The first sign that changes nothing yet of the message that was pressed."""


async def shown(bots: Bots, command: str, message: Message, **place: Any) -> dict[str, Any]:
    """The message that answers a command."""
    await bots.start()
    bots.desk.answers[command.split(maxsplit=1)[0]] = (message,)
    text = "NCT00902044" if command == "trial" else None
    (answer,) = await (await bots.discord.slash(command, text, **place)).answered()
    return answer


async def turned(bots: Bots, answer: Message, **place: Any) -> tuple[Asked, dict[str, Any]]:
    """A press of "Where" under a card, and what the message says then."""
    card = await shown(bots, "trial", CARD, **place)
    bots.desk.answers["trial"] = (answer,)
    use = await bots.discord.press(WHERE, card, **place)
    return use, await use.edited()


async def test_a_side_takes_the_place_of_the_one_before(bots: Bots) -> None:
    """The message changes where it stands, and nothing new is sent."""
    use, side = await turned(bots, SIDE, **SERVER)
    assert (use.deferred or {})["type"] == UPDATE
    assert (title(side), custom_ids(side)) == ("Places", ["tbt:trial NCT00902044"])
    assert use.answers == []
    assert (bots.desk.asked[-1].command, bots.desk.asked[-1].text) == (
        "trial",
        "NCT00902044 where",
    )


async def test_what_does_not_turn_is_answered_anew(bots: Bots) -> None:
    """Only buttons that say so turn; the others stand under the same card as before."""
    card = await shown(bots, "trial", CARD, **SERVER)
    assert custom_ids(card) == [WHERE, "tb:follow NCT00902044"]
    use = await bots.discord.press("tb:follow NCT00902044", card, **SERVER)
    await use.answered()
    assert use.edits == []


async def test_anybody_may_turn_a_card_that_all_see(bots: Bots) -> None:
    """A card in a channel is everybody's."""
    card = await shown(bots, "trial", CARD, **SERVER)
    bots.desk.answers["trial"] = (SIDE,)
    use = await bots.discord.press(WHERE, card, person=SOMEBODY_ELSE, **SERVER)
    assert title(await use.edited()) == "Places"
    assert bots.desk.asked[-1].person == SOMEBODY_ELSE


async def test_a_message_of_an_earlier_run_turns(bots: Bots) -> None:
    """Nothing of a message is kept in memory, so a restart loses nothing of it."""
    first = await bots.start()
    await first.messenger.send(Address("discord", payloads.BOT, payloads.CHANNEL), CARD, "n1")
    await first.stop()
    await bots.start()
    bots.desk.answers["trial"] = (SIDE,)
    use = await bots.discord.press(WHERE, bots.discord.messages[0].body, **SERVER)
    assert title(await use.edited()) == "Places"


async def test_a_message_of_an_older_version_is_answered(bots: Bots) -> None:
    """Its buttons stand under an embed, and say nothing of turning: the answer comes below."""
    await bots.start()
    button = {"type": 2, "style": 2, "label": "Where", "custom_id": "tb:trial NCT00902044 where"}
    old = {
        "embeds": [{"title": "A trial"}],
        "components": [{"type": 1, "components": [button]}],
    }
    bots.desk.answers["trial"] = (SIDE,)
    use = await bots.discord.press("tb:trial NCT00902044 where", old, **SERVER)
    (answer,) = await use.answered()
    assert (title(answer), use.edits) == ("Places", [])


async def test_a_choice_in_a_list_is_a_press(bots: Bots) -> None:
    """It turns the sheet that the list stands on, also after a restart."""
    kinds = tuple(
        Button(f"Kind {at}", f"sub 7 kind k{at} on", turns=True) for at in range(ALIKE + 1)
    )
    sheet = Message(title="What you are told", buttons=kinds)
    first = await bots.start()
    await first.messenger.send(Address("discord", payloads.BOT, PRIVATE["channel_id"]), sheet, "n")
    await first.stop()
    await bots.start()
    bots.desk.answers["sub"] = (sheet,)
    sent = bots.discord.messages[0].body
    use = await bots.discord.press("tbt:sub 7 kind k3 on", sent, **PRIVATE)
    assert title(await use.edited()) == "What you are told"
    assert (bots.desk.asked[-1].command, bots.desk.asked[-1].text) == ("sub", "7 kind k3 on")


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png"])
async def test_a_button_under_a_file_is_answered(bots: Bots, media_type: str) -> None:
    """The library finds the button among files and pictures, too."""
    page = Message(
        title="A page",
        files=(File("NCT00902044", media_type, b"%PDF"),),
        buttons=(Button("Follow", "follow NCT00902044"),),
    )
    sent = await shown(bots, "trial", page, **SERVER)
    use = await bots.discord.press("tb:follow NCT00902044", sent, **SERVER)
    await use.answered()
    assert bots.desk.asked[-1].command == "follow"


@pytest.mark.parametrize(
    "answer",
    [
        (SIDE, SIDE),
        (Message(title="Page", files=(File("a.pdf", "application/pdf", b"%PDF"),)),),
        (Message(title="The registry is out"),),
        (
            Message(
                title="Long",
                sections=tuple(Section("S", ("x" * 900,)) for _ in range(8)),
                buttons=SIDE.buttons,
            ),
        ),
    ],
    ids=["several", "a file", "no way back", "too long"],
)
async def test_what_is_no_other_side_is_sent_below(bots: Bots, answer: tuple[Message, ...]) -> None:
    """The card stays, and only the one who pressed sees what could not take its place."""
    card = await shown(bots, "trial", CARD, **SERVER)
    bots.desk.answers["trial"] = answer
    use = await bots.discord.press(WHERE, card, **SERVER)
    answers = await use.answered()
    assert use.edits == []
    assert answers[0]["flags"] & 64
    assert title(answers[0]).startswith(answer[0].title)


async def test_nothing_to_say_leaves_the_card(bots: Bots) -> None:
    """The card is not taken away either."""
    card = await shown(bots, "trial", CARD, **SERVER)
    bots.desk.answers["trial"] = ()
    use = await bots.discord.press(WHERE, card, **SERVER)
    await use.acknowledged()
    bots.desk.answers["help"] = (SIDE,)
    await (await bots.discord.slash("help", **SERVER)).answered()
    assert (use.edits, use.answers, use.taken_back) == ([], [], False)


async def test_a_fault_leaves_the_card(bots: Bots) -> None:
    """What went wrong is said to the one who pressed."""
    card = await shown(bots, "trial", CARD, **SERVER)
    bots.desk.fails = ValueError("no")
    use = await bots.discord.press(WHERE, card, **SERVER)
    (answer,) = await use.answered()
    assert (title(answer), use.edits) == (say("error.title"), [])


async def test_a_card_that_was_deleted_meanwhile_is_sent_anew(bots: Bots) -> None:
    """Who pressed gets an answer, though the message that was pressed is gone."""
    card = await shown(bots, "trial", CARD, **SERVER)
    bots.desk.answers["trial"] = (SIDE,)
    bots.discord.script("edit", Scripted(status=404, code=10008))
    use = await bots.discord.press(WHERE, card, **SERVER)
    (answer,) = await use.answered()
    assert title(answer) == "Places"


async def test_personal_settings_turn_where_only_one_sees_them(bots: Bots) -> None:
    """In a server the sheet is ephemeral; who presses is asked of the desk each time."""
    sheet = await shown(bots, "settings show", SETTINGS, **SERVER)
    assert sheet["flags"] & 64
    use = await bots.discord.press("tbt:settings place", sheet, manages=True, **SERVER)
    assert title(await use.edited()) == "Settings"
    assert [request.may_manage for request in bots.desk.asked] == [False, True]


async def test_personal_settings_turn_in_a_private_chat(bots: Bots) -> None:
    """There nobody else sees them."""
    sheet = await shown(bots, "settings show", SETTINGS, **PRIVATE)
    use = await bots.discord.press("tbt:settings place", sheet, **PRIVATE)
    assert title(await use.edited()) == "Settings"


async def test_what_is_somebodys_own_is_not_shown_to_all(bots: Bots) -> None:
    """Under a message that all see, the answer goes to the one who pressed alone."""
    bot = await bots.start()
    await bot.messenger.send(Address("discord", payloads.BOT, payloads.CHANNEL), SETTINGS, "n1")
    bots.desk.answers["settings"] = (SETTINGS,)
    sheet = bots.discord.messages[0].body
    use = await bots.discord.press("tbt:settings place", sheet, **SERVER)
    await use.answered()
    assert (use.ephemeral, use.edits) == (True, [])


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (400, 40060)])
async def test_a_press_that_is_late_or_taken_is_dropped(bots: Bots, status: int, code: int) -> None:
    """An unknown interaction, or one that another process answered, asks nothing of the desk."""
    card = await shown(bots, "trial", CARD, **SERVER)
    bots.desk.answers["trial"] = (SIDE,)
    bots.discord.script("callback", Scripted(status=status, code=code))
    asked = len(bots.desk.asked)
    with capture_logs() as logs:
        await bots.discord.press(WHERE, card, **SERVER)
        use = await bots.discord.press(WHERE, card, **SERVER)
        await use.edited()
    assert len(bots.desk.asked) == asked + 1
    assert "answer not delivered" in [entry["event"] for entry in logs]
