"""Every command, as people give it, over a real registry and a real database."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.message import Message
from tests.bot.services.support import (
    OTHER,
    YOU,
    Raw,
    day,
    failing,
    house,
    lines,
    nct,
    old,
    read,
    sql,
)
from tests.bot.services.talking import ask, begin, follow, following, press, registered

UNKNOWN_NUMBER = "NCT09999999"


def filed(number: int, mesh: str, term: str, above: tuple[str, str]) -> Raw:
    """A record that is filed under one heading below another."""
    raw = old(number, condition="Sarcoma")
    raw["derivedSection"]["conditionBrowseModule"] = {
        "meshes": [{"id": mesh, "term": term}],
        "ancestors": [{"id": above[0], "term": above[1]}],
    }
    return raw


SARCOMA = ("D012509", "Sarcoma")
KINDS = [("D012512", "Sarcoma, Ewing"), ("D010012", "Osteosarcoma")]


def actions(message: Message) -> list[str]:
    """What the buttons of a message ask for."""
    return [button.action for button in message.buttons if button.action]


async def test_a_first_follow_in_a_private_chat_asks_for_consent(file: Path) -> None:
    """Nothing is followed before the yes; with it what was asked for is, and is not asked again."""
    async with house(file, [old(1), old(2)]) as (_, core):
        asked = await ask(core, "follow", nct(1), private=True)
        assert actions(asked) == ["consent", "decline"]
        assert "Nothing yet" in await following(core)
        assert (await ask(core, "consent", private=True)).title == f"You follow {nct(1)}"
        assert (await ask(core, "follow", nct(2), private=True)).title == f"You follow {nct(2)}"
        assert (await ask(core, "consent", private=True)).title == "There is nothing to confirm"


async def test_a_refused_consent_leaves_nothing_behind(file: Path) -> None:
    """After a no the chat is not kept at all."""
    async with house(file, [old(1)]) as (_, core):
        await ask(core, "follow", nct(1), private=True)
        assert (await ask(core, "decline", private=True)).title == "Nothing was kept"
        assert await core.store.chats.find(YOU) is None
        assert (await ask(core, "consent", private=True)).title == "There is nothing to confirm"


async def test_only_looking_leaves_nothing_behind(file: Path) -> None:
    """Commands that keep nothing do not take the chat in; nor does a follow that comes to none."""
    async with house(file, [old(1)]) as (_, core):
        for command, text in (
            ("trial", nct(1)),
            ("following", ""),
            ("unfollow", "1"),
            ("history", nct(1)),
            ("help", ""),
            ("about", ""),
            ("consent", ""),
            ("follow", UNKNOWN_NUMBER),
            ("follow", "x"),
        ):
            await ask(core, command, text)
        assert await core.store.chats.find(YOU) is None
        assert sql(file, "SELECT count(*) FROM chats") == [(0,)]


async def test_a_group_is_not_asked_for_consent(file: Path) -> None:
    """A group's follow is nobody's own: it is followed at once."""
    async with house(file, [old(1)]) as (_, core):
        assert (await ask(core, "follow", nct(1))).title == f"You follow {nct(1)}"


@pytest.mark.parametrize(
    "typed",
    [
        "NCT00000001",
        "nct00000001",
        "  nct 00000001 ",
        "https://clinicaltrials.gov/study/NCT00000001?tab=history",
        "NCT00000001.",
    ],
)
async def test_a_number_is_understood_however_it_is_typed(file: Path, typed: str) -> None:
    """Case, spaces and links do not matter."""
    async with house(file, [old(1)]) as (_, core):
        assert registered(await ask(core, "trial", typed)) == "Trial number 1"
        assert (await ask(core, "follow", typed)).title == f"You follow {nct(1)}"
        assert (await ask(core, "unfollow", typed)).title == "Stopped"


@pytest.mark.parametrize("command", ["trial", "follow", "unfollow", "history"])
async def test_a_command_without_what_it_needs_says_what_that_is(file: Path, command: str) -> None:
    """Each such answer is a question back, and nothing else happens."""
    async with house(file, [old(1)]) as (_, core):
        await follow(core, 1)
        assert (await ask(core, command)).title.endswith("?")


@pytest.mark.parametrize("typed", ["", "1", "NCT00000001"])
async def test_whoever_follows_nothing_hears_so_and_how_to_begin(file: Path, typed: str) -> None:
    """Stopping is not asked for by a number of a list that is empty."""
    async with house(file, [old(1)]) as (_, core):
        answer = await ask(core, "unfollow", typed)
        assert answer.title == "This chat follows nothing"
        assert "/follow" in str(answer.lede)


async def test_a_number_that_the_registry_does_not_have_is_named(file: Path) -> None:
    """Asked for or followed, the answer names the number; no consent is asked for nothing."""
    async with house(file, [old(1)]) as (_, core):
        title = f"There is no {UNKNOWN_NUMBER}"
        assert (await ask(core, "trial", UNKNOWN_NUMBER)).title == title
        assert (await ask(core, "follow", UNKNOWN_NUMBER)).title == title
        assert (await ask(core, "follow", UNKNOWN_NUMBER, private=True)).title == title
        assert await core.store.chats.find(YOU) is None


@pytest.mark.parametrize("words", ["", "!!", "(", "x", "w" * 500])
async def test_words_that_are_no_condition_are_not_followed(file: Path, words: str) -> None:
    """Too short, too long or no words at all: said so, without asking the registry."""
    async with house(file, [old(1)]) as (server, core):
        answer = await ask(core, "follow", words)
        assert "You follow" not in answer.title
        assert not server.requests


async def test_words_that_are_too_long_are_said_to_be_so(file: Path) -> None:
    """Who gives a whole sentence is asked for the condition's name, not for more letters."""
    async with house(file, [old(1)]) as (_, core):
        answer = await ask(core, "follow", "sarcoma " * 16)
        assert answer.title == "These words are too long to watch"
        assert answer.lede is not None
        assert "120" in answer.lede
        assert (await ask(core, "follow", "x")).title == "These words are too short to watch"


async def test_words_with_signs_in_them_cannot_break_the_question(file: Path) -> None:
    """What the registry's query language would read as its own is only words here."""
    async with house(file, [old(1)]) as (_, core):
        shown = await ask(core, "follow", 'sarcoma") OR AREA[X](')
        assert shown.title.startswith("Follow “sarcoma")
        answer = await press(core, actions(shown)[0])
        assert answer.title.startswith("You follow")


async def test_words_that_the_registry_does_not_understand_are_said_to_be_so(file: Path) -> None:
    """A refused question is the person's to reword, not an outage."""
    async with house(file, [old(1)]) as (server, core):
        server.fault = failing(lambda request: "query.cond" in request.query, 400)
        assert "did not understand" in (await ask(core, "follow", "sarcoma")).title


async def test_a_followed_condition_names_its_heading_and_what_is_below(file: Path) -> None:
    """The reply says what is watched: the registry's term and the narrower ones under it."""
    records = [filed(n, *KINDS[n % 2], SARCOMA) for n in range(1, 8)]
    async with house(file, records) as (_, core):
        shown = lines(await ask(core, "follow", "Sarcoma"))
        said = lines(await begin(core, "Sarcoma"))
        for one in (shown, said):
            assert "under “Sarcoma”, such as “Osteosarcoma” and others." in one
        assert "noted without a message" in said
        assert "already" in lines(await begin(core, "sarcoma"))


async def test_a_condition_without_trials_is_followed_by_its_words(file: Path) -> None:
    """What the registry does not find today may be registered tomorrow."""
    async with house(file, [old(1)]) as (_, core):
        said = lines(await ask(core, "follow", "progeria"))
    assert "no trial for it today" in said


async def test_following_lists_in_order_and_stops_by_place_number_words_or_button(
    file: Path,
) -> None:
    """Every way to say what to stop stops just that."""
    async with house(file, [old(1), old(2), old(3)]) as (_, core):
        for number in (3, 1, 2):
            await follow(core, number)
        await begin(core, "Ewing Sarcoma")
        listed = await ask(core, "following")
        assert [part.heading[:2] for part in listed.sections] == ["1.", "2.", "3.", "4."]
        (button,) = (
            one for one in actions(await press(core, actions(listed)[2])) if "unfollow" in one
        )
        assert nct(2) in str((await press(core, button)).lede)
        assert (await press(core, button)).title == "This chat does not follow that"
        assert nct(3) in str((await ask(core, "unfollow", "1.")).lede)
        assert "Ewing" in str((await ask(core, "unfollow", "ewing  sarcomas")).lede)
        assert nct(1) in str((await ask(core, "unfollow", nct(1).lower())).lede)
        assert "Nothing yet" in await following(core)


async def test_nobody_stops_what_another_chat_follows(file: Path) -> None:
    """A button's number means something only in the chat that it was shown in."""
    async with house(file, [old(1), old(2)]) as (_, core):
        await follow(core, 1, OTHER)
        await follow(core, 2)
        opening = actions(await ask(core, "following", "", OTHER))[0]
        for action in (opening, f"{opening} pause", opening.replace("sub ", "unfollow #")):
            assert (await press(core, action)).title == "This chat does not follow that"
        assert nct(1) in await following(core, OTHER)


async def test_about_says_how_old_the_data_are(file: Path) -> None:
    """The data day of the last complete reading."""
    async with house(file, [old(1)]) as (_, core):
        await read(core)
        assert str(day(0)) in str((await ask(core, "about")).facts)


async def test_an_unknown_command_is_answered_in_words(file: Path) -> None:
    """Nobody is left without an answer."""
    async with house(file, [old(1)]) as (_, core):
        assert (await ask(core, "diagnose")).title == "I do not know this command"


async def test_a_misspelt_command_leads_to_the_nearest(file: Path) -> None:
    """With what stood behind it, on a button."""
    async with house(file, [old(1)]) as (_, core):
        answer = await ask(core, "", f"/trail {nct(1)}")
        assert f"Did you mean /trial {nct(1)}?" in lines(answer)
        assert actions(answer) == [f"trial {nct(1)}"]
        assert (await ask(core, "", "/xyzzyx")).buttons == ()


@pytest.mark.parametrize(
    ("command", "text"),
    [
        *(("", "nct 1234"), ("", "look at NCT123456789"), ("", "/trail NCT1")),
        *(("follow", "NCT12345"), ("follow", "NCT009020444"), ("follow", "NCT no. 0090204")),
        *(("trial", "NCT0090204"), ("history", "nct-009020444")),
    ],
)
async def test_a_number_without_eight_digits_is_said_to_be_none(
    file: Path, command: str, text: str
) -> None:
    """It is neither searched nor followed as a word."""
    async with house(file, [old(1)]) as (_, core):
        assert "NCT and eight digits" in lines(await ask(core, command, text))


async def test_free_words_lead_to_a_search(file: Path) -> None:
    """With an example, and their own words on a button where they fit."""
    async with house(file, [old(1)]) as (_, core):
        answer = await ask(core, "", "lung cancer")
        assert "/search sarcoma" in lines(answer)
        assert actions(answer) == ["search lung cancer"]
        assert (await ask(core, "", "words " * 50)).buttons == ()
