"""Managing what a chat follows: the list, each entry, and muted trials, over a real database."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.change import TOLD_TO_PATIENTS, Kind, mask
from bot.domain.commands.request import parse_line
from bot.domain.filters import Filter
from bot.domain.message import Message
from tests.bot.services.support import (
    OTHER,
    house,
    lines,
    nct,
    old,
)
from tests.bot.services.talking import actions, ask, begin, follow, followed, following, press
from trialbell.wiring import Core

STRANGE = ["0", "99999999", "x", "", "-1", "1 2 3", "²", "9" * 40]


async def opened(core: Core, position: int = 0) -> Message:
    """The page of an entry of the list."""
    listed = await ask(core, "following")
    return await press(core, actions(listed, "sub")[position])


async def test_a_long_list_has_pages_and_one_position_over_all_of_them(file: Path) -> None:
    """Eight entries a page, and the number before a name stops it from any page."""
    async with house(file, [old(n) for n in range(1, 20)]) as (_, core):
        for number in range(1, 20):
            await follow(core, number)
        first = await ask(core, "following")
        assert first.title == "What this chat follows, page 1 of 3"
        assert len(actions(first, "sub")) == 8
        second = await press(core, "following 2")
        assert second.sections[0].heading.startswith(f"9. {nct(9)}")
        assert actions(second, "following") == ["following 1", "following 3"]
        last = await press(core, "following 3")
        assert len(actions(last, "sub")) == 3
        for beyond in ("following 99", "following 0", "following ²", "following all"):
            assert (await press(core, beyond)).title.startswith("What this chat follows, page ")
        await ask(core, "unfollow", "19")
        assert nct(19) not in lines(await press(core, "following 3"))


async def test_every_button_of_every_page_fits_and_is_understood(file: Path) -> None:
    """At most 64 bytes, a command of the table, at most 25 on a page, and answered."""
    async with house(file, [old(n) for n in range(1, 12)]) as (_, core):
        for number in range(1, 11):
            await follow(core, number)
        words = (
            "metastatic sarcoma of the soft tissue near Paris 50 km in France recruiting phase 2"
        )
        shown = await ask(core, "follow", words)
        await press(core, actions(shown, "confirm")[0])
        await ask(core, "mute", nct(3))
        waiting, seen = ["following", "following 2"], set[str]()
        while waiting:
            action = waiting.pop()
            if action in seen:
                continue
            seen.add(action)
            page = await press(core, action)
            assert page.title not in ("I do not know this command", "Something went wrong here")
            assert len(page.buttons) <= 25
            for one in actions(page):
                assert len(one.encode()) <= 64
                assert parse_line(one) is not None
                if one.split()[0] in ("following", "sub", "narrow"):
                    waiting.append(one)
        assert {one.split()[0] for one in seen} == {"following", "sub", "narrow"}


async def test_an_entry_says_its_filter_its_kinds_and_whether_it_rests(file: Path) -> None:
    """In the list and on its page, in words."""
    async with house(file, [old(1)]) as (_, core):
        await begin(core, "sarcoma")
        shown = await ask(core, "follow", "gout in France recruiting")
        await press(core, actions(shown, "confirm")[0])
        said = await following(core)
        assert "1. “sarcoma”" in said
        assert "With a place in France." in said
        assert "With the status “Recruiting”" in said or "Recruiting" in said
        assert "what is usual for patients" in said
        page = await opened(core, 1)
        assert "With a place in France." in lines(page)
        await press(core, actions(page, "pause")[0])
        assert "Paused: nothing of it is told." in await following(core)


async def test_pausing_and_going_on_are_heard_once_however_often_pressed(file: Path) -> None:
    """An old button that is pressed again answers with the same page."""
    async with house(file, [old(1)]) as (_, core):
        await follow(core, 1)
        page = await opened(core)
        (pause,) = actions(page, "pause")
        rests = await press(core, pause)
        assert rests == await press(core, pause)
        assert (await followed(core))[0].paused
        (resume,) = actions(rests, "resume")
        assert await press(core, resume) == page == await press(core, resume)
        assert not (await followed(core))[0].paused


async def test_kinds_are_turned_on_and_off_one_by_one_or_by_a_preset(file: Path) -> None:
    """A tick shows what is told; pressing the same button twice does it once."""
    async with house(file, [old(1)]) as (_, core):
        await begin(core, "sarcoma")
        kinds = await press(core, actions(await opened(core), "kinds")[0])
        labels = {button.label for button in kinds.buttons}
        assert {"✓ Status", "○ Dates", "✓ New trial"} <= labels
        (on,) = actions(kinds, "dates", "on")
        turned = await press(core, on)
        assert "✓ Dates" in {button.label for button in turned.buttons}
        assert await press(core, on) == turned
        assert (await followed(core))[0].kinds == mask([*TOLD_TO_PATIENTS, Kind.DATES])
        await press(core, actions(turned, "dates", "off")[0])
        assert (await followed(core))[0].kinds == mask(TOLD_TO_PATIENTS)
        await press(core, actions(turned, "professionals")[0])
        assert "professionals" in await following(core)
        assert "○ Contacts" in {button.label for button in (await press(core, on)).buttons}


async def test_of_a_followed_trial_nothing_is_told_that_only_conditions_have(file: Path) -> None:
    """A trial that is followed by itself is never new, and has no filter to leave."""
    async with house(file, [old(1)]) as (_, core):
        await follow(core, 1)
        kinds = await press(core, actions(await opened(core), "kinds")[0])
        assert not actions(kinds, "new") + actions(kinds, "left")
        one = (await followed(core))[0]
        await press(core, f"sub {one.id} kind new off")
        assert (await followed(core))[0] == one
        assert not actions(await opened(core), "edit")


async def test_all_kinds_turned_off_is_said(file: Path) -> None:
    """Somebody who turns off everything reads that nothing will come."""
    async with house(file, [old(1)]) as (_, core):
        await follow(core, 1)
        one = (await followed(core))[0]
        for kind in Kind:
            page = await press(core, f"sub {one.id} kind {kind} off")
        assert "nothing, as no kind of change is chosen" in lines(page)


async def test_narrowing_anew_leads_to_the_question_and_keeps_the_old(file: Path) -> None:
    """The filter stands there as it would be typed, and a button offers what can be added."""
    async with house(file, [old(1)]) as (_, core):
        shown = await ask(core, "follow", "sarcoma in France")
        await press(core, actions(shown, "confirm")[0])
        page = await press(core, actions(await opened(core), "edit")[0])
        assert "/follow sarcoma country:France" in lines(page)
        offered = await press(core, actions(page, "narrow")[0])
        assert offered.title == "Narrow it down to what?"
        assert len(await followed(core)) == 1
        await press(core, actions(page, "unfollow")[0])
        assert not await followed(core)


@pytest.mark.parametrize("what", STRANGE)
async def test_ids_that_are_none_of_this_chats_change_nothing(file: Path, what: str) -> None:
    """Guessed, mistyped and broken ones alike."""
    async with house(file, [old(1)]) as (_, core):
        await follow(core, 1)
        before = await followed(core)
        for rest in ("", " pause", " kinds", " kind status off", " preset patients", " edit"):
            answer = await ask(core, "sub", f"{what}{rest}")
            if what != "1 2 3":
                assert answer.title == "This chat does not follow that"
        assert await followed(core) == before


@pytest.mark.parametrize("what", ["1 2", "1, 2", "1 and 2", "#1 #2", "all"])
async def test_several_are_not_stopped_at_once(file: Path, what: str) -> None:
    """It is said that one is stopped at a time, not that they are not followed."""
    async with house(file, [old(1), old(2)]) as (_, core):
        await follow(core, 1)
        await follow(core, 2)
        answer = await ask(core, "unfollow", what)
        assert answer.title == "One is stopped at a time"
        assert len(await followed(core)) == 2


async def test_what_another_chat_follows_cannot_be_touched(file: Path) -> None:
    """A button of one chat does nothing in another one."""
    async with house(file, [old(1), old(2)]) as (_, core):
        await follow(core, 1)
        await follow(core, 2, OTHER)
        (mine,) = await followed(core)
        for rest in ("pause", "kind status off", "preset patients"):
            answer = await ask(core, "sub", f"{mine.id} {rest}", OTHER)
            assert answer.title == "This chat does not follow that"
        assert await followed(core) == [mine]


async def test_of_several_of_the_same_words_it_is_asked_which_to_stop(file: Path) -> None:
    """What narrows each stands beside it; a part of the words is enough to be asked."""
    async with house(file, [old(1)]) as (_, core):
        for words in ("gout", "lung cancer", "gout in France"):
            shown = await ask(core, "follow", words)
            await press(core, actions(shown, "confirm")[0])
        for typed, count in (("gout", 2), ("lung", 1)):
            asked = await ask(core, "unfollow", typed)
            assert asked.title == "Stop which one?"
            assert len(asked.buttons) == count
            assert ("With a place in France." in lines(asked)) == (typed == "gout")
        stopped = await press(core, str((await ask(core, "unfollow", "gout")).buttons[1].action))
        assert "With a place in France." in lines(stopped)  # the other one is followed still
        assert [one.interest.filter for one in await followed(core) if one.interest] == [
            Filter(),
            Filter(),
        ]


async def test_a_place_in_the_list_is_no_word(file: Path) -> None:
    """A number stops what stands there, be it in the words of others too, and so does a button."""
    async with house(file, [old(1)]) as (_, core):
        for words in ("gout", "type 2 diabetes", "factor 2 deficiency", "hemophilia 2"):
            shown = await ask(core, "follow", words)
            await press(core, actions(shown, "confirm")[0])
        (*_, last) = await followed(core)
        for typed in ("2", f"#{last.id}"):
            assert (await ask(core, "unfollow", typed)).title == "Stopped"
        left = [one.interest.words for one in await followed(core) if one.interest]
        assert left == ["gout", "factor 2 deficiency"]


async def test_what_was_stopped_can_be_followed_again(file: Path) -> None:
    """By a button that carries it, so that nothing of it is kept here."""
    async with house(file, [old(1)]) as (_, core):
        shown = await ask(core, "follow", "gout in France recruiting")
        await press(core, actions(shown, "confirm")[0])
        stopped = await ask(core, "unfollow", "1")
        again = await press(core, str(stopped.buttons[0].action))
        assert "With a place in France." in lines(again)
        assert not await followed(core)
        await follow(core, 1)
        stopped = await ask(core, "unfollow", "1")
        assert (await press(core, str(stopped.buttons[0].action))).title == f"You follow {nct(1)}"


async def test_an_entry_names_what_is_usual(file: Path) -> None:
    """On its own page, where there is room."""
    async with house(file, [old(1)]) as (_, core):
        await begin(core, "gout")
        (one,) = await followed(core)
        assert "That is: Status, " in lines(await ask(core, "sub", str(one.id)))
        await press(core, f"sub {one.id} kind results off")
        assert "That is:" not in lines(await ask(core, "sub", str(one.id)))
