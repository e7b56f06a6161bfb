"""Managing what a chat follows: the list, each entry, and muted trials, over a real database."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.domain.change import TOLD_TO_PATIENTS, Kind, mask
from bot.domain.commands import parse_line
from bot.domain.message import Message
from bot.domain.watch import Subscription
from tests.bot.services.support import (
    OTHER,
    YOU,
    day,
    house,
    lines,
    nct,
    next_day,
    old,
    read,
    told,
    with_criteria,
)
from tests.bot.services.talking import ask, begin, follow, following, press
from tests.records import record
from trialbell.wiring import Core

STRANGE = ["0", "99999999", "x", "", "-1", "1 2 3", "²", "9" * 40]


def actions(message: Message, *words: str) -> list[str]:
    """What the buttons of a message ask for, of those that have all these words."""
    found = [button.action for button in message.buttons if button.action]
    return [one for one in found if set(words) <= set(one.split())]


async def followed(core: Core) -> list[Subscription]:
    """What this chat follows, as it is kept."""
    chat = await core.store.chats.find(YOU)
    assert chat is not None
    return list(await core.store.chats.subscriptions(chat.id))


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
        assert "what patients are told" in said
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


async def test_muting_is_said_with_its_way_back_and_listed(file: Path) -> None:
    """The answer has the button that undoes it, and so has the list."""
    async with house(file, [old(1), old(2)]) as (_, core):
        await follow(core, 1)
        done = await ask(core, "mute", nct(1))
        assert f"unmute {nct(1)}" in str(done.lede)
        assert actions(done, "unmute") == [f"unmute {nct(1)}"]
        listed = await ask(core, "following")
        assert "Muted: nothing is told of this trial." in lines(listed)
        hidden = await press(core, actions(listed, "muted")[0])
        assert actions(hidden, "unmute") == [f"unmute {nct(1)}"]
        assert "Muted" not in lines(await ask(core, "following", "", OTHER))
        again = await press(core, f"unmute {nct(1)}")
        assert again.title == f"{nct(1)} is told again"
        assert (await press(core, f"unmute {nct(1)}")).title == f"{nct(1)} is not muted"
        assert "None." in str((await press(core, "following muted")).lede)


async def test_what_is_muted_or_paused_is_not_told_and_after_that_it_is(file: Path) -> None:
    """What happens meanwhile is not told later; what happens then is."""
    days = [[with_criteria(old(1), f"Older than {years}")] for years in (18, 21, 30)]
    async with house(file, [old(1)], *days) as (server, core):
        await follow(core, 1)
        await read(core)
        await ask(core, "mute", nct(1))
        await next_day(server, core)
        assert await told(core) == []
        await ask(core, "unmute", nct(1))
        one = (await followed(core))[0]
        await press(core, f"sub {one.id} pause")
        await next_day(server, core)
        assert await told(core) == []
        await press(core, f"sub {one.id} resume")
        await next_day(server, core)
        (news,) = await told(core)
        assert "30" in lines(news)


async def test_what_cannot_be_muted_is_said(file: Path) -> None:
    """No number, an unknown trial, a chat that follows nothing: no row is made for any of them."""
    async with house(file, [old(1)]) as (_, core):
        assert (await ask(core, "mute", nct(1))).title == "This chat follows nothing"
        assert await core.store.chats.find(YOU) is None
        await follow(core, 1)
        assert (await ask(core, "mute", "it")).title == "Mute which trial?"
        assert (await ask(core, "unmute", "it")).title == "Mute which trial?"
        assert (await ask(core, "mute", nct(9))).title == f"{nct(9)} is not known here"


async def test_muted_trials_have_pages(file: Path) -> None:
    """More of them than a page has buttons for."""
    async with house(file, [old(n) for n in range(1, 12)]) as (_, core):
        for number in range(1, 12):
            await follow(core, number)
            await ask(core, "mute", nct(number))
        first = await press(core, "following muted")
        assert len(actions(first, "unmute")) == 8
        assert len(actions(await press(core, actions(first, "2")[0]), "unmute")) == 3


async def test_a_message_of_a_change_can_be_muted_stopped_and_asked_about(file: Path) -> None:
    """Its buttons do what they say; where two things caused it, they lead to the list."""
    changed = with_criteria(old(1), "Older than 18")
    async with house(file, [old(1)], [changed]) as (server, core):
        await follow(core, 1)
        await read(core)
        await next_day(server, core)
        (news,) = await told(core)
        assert f"trial {nct(1)}" in actions(news)
        (mute,), (stop,), (why,) = (actions(news, w) for w in ("mute", "unfollow", "why"))
        assert (await press(core, mute)).title == f"{nct(1)} is muted"
        answer = await press(core, why)
        assert answer.title == "Why you were told"
        assert "You follow this trial." in lines(answer)
        assert (await press(core, stop)).title == "Stopped"


async def test_a_message_for_two_reasons_leads_to_the_list(file: Path) -> None:
    """Which of them is to be stopped is not guessed."""
    changed = with_criteria(old(1), "Older than 18")
    async with house(file, [old(1)], [changed]) as (server, core):
        await follow(core, 1)
        await begin(core, "sarcoma")
        await core.baselines.run(asyncio.Event())
        await read(core)
        await next_day(server, core)
        (news,) = await told(core)
        assert actions(news, "unfollow") == []
        assert actions(news, "following") == ["following"]


async def test_several_trials_in_one_message_lead_to_the_list_and_to_why(file: Path) -> None:
    """A digest has a card for each trial, and what caused it all."""
    before = [old(n) for n in range(1, 6)]
    after = [with_criteria(record(n, day(1)), "Older") for n in range(1, 6)]
    async with house(file, before, after) as (server, core):
        for number in range(1, 6):
            await follow(core, number)
        await read(core)
        await next_day(server, core)
        (news,) = await told(core)
        assert len(actions(news, "trial")) == 5
        assert actions(news)[-2:] == ["following", "why"]
