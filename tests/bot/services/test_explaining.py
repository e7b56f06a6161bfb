"""Why something was told or not, and where everything stands, as people ask for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.message import Message
from tests.bot.services.support import (
    OTHER,
    YOU,
    anything,
    day,
    failing,
    gone,
    house,
    later,
    lines,
    nct,
    next_day,
    old,
    read,
    sql,
    told,
    unfiled,
    with_criteria,
)
from tests.bot.services.talking import ask, begin, facts, follow, follow_words, press
from tests.records import record
from trialbell.wiring import Core

CHANGED = with_criteria(old(1), "Older than 18")


def actions(message: Message) -> list[str]:
    """What the buttons of a message ask for."""
    return [button.action for button in message.buttons if button.action]


async def why(core: Core, text: str = "") -> str:
    """The whole answer."""
    return lines(await ask(core, "why", text))


async def one_subscription(core: Core) -> int:
    """The id of the only thing that the chat follows."""
    chat = await core.store.chats.find(YOU)
    assert chat is not None
    (one,) = await core.store.chats.subscriptions(chat.id)
    return one.id


async def test_why_names_what_caused_the_last_messages(file: Path) -> None:
    """Which subscription and which change, the newest first, with the moment on the own clock."""
    second = [CHANGED, record(2, day(2), status="TERMINATED")]
    async with house(file, [old(1), old(2)], [CHANGED], second) as (server, core):
        assert "told nothing" in await why(core)
        await follow_words(core, "sarcoma")
        await follow(core, 2)
        await ask(core, "settings", "zone Europe/Paris")
        await read(core)
        for _ in range(2):
            await next_day(server, core)
            assert len(await told(core)) == 1
            later(core, 3600)
        answer = await ask(core, "why")
        assert [part.heading for part in answer.sections] == [
            f"{nct(2)}, data of {day(2)}",
            f"{nct(1)}, data of {day(1)}",
        ]
        newest, first = (list(part.lines) for part in answer.sections)
        assert "You follow “sarcoma”." in newest
        assert "You follow this trial." in newest
        assert any(line.startswith("Status: ") for line in newest)
        assert "You follow this trial." not in first
        assert "Sent on 2026-03-02 at 17:00 (Europe/Paris)." in newest
        assert len([one for one in actions(answer) if one.startswith("sub ")]) == 2
        assert "told nothing" in lines(await ask(core, "why", "", OTHER))


async def test_what_was_told_for_something_that_was_stopped_says_so(file: Path) -> None:
    """The message stays, its reason is gone."""
    async with house(file, [old(1)], [CHANGED]) as (server, core):
        await follow(core, 1)
        await read(core)
        await next_day(server, core)
        await told(core)
        await ask(core, "unfollow", "1")
        assert "no longer followed" in await why(core)
        assert "follows neither" in await why(core, nct(1))


async def test_why_of_a_message_is_of_its_own_day(file: Path) -> None:
    """The button under an older message explains that message."""
    again = with_criteria(old(1), "Older than 21")
    async with house(file, [old(1)], [CHANGED], [again]) as (server, core):
        await follow(core, 1)
        await read(core)
        for _ in range(2):
            await next_day(server, core)
            (news,) = await told(core)
            (asked,) = [one for one in actions(news) if one.startswith("why ")]
            answer = await press(core, asked)
            assert len(answer.sections) == 1
            assert str(server.sandbox.day) in answer.sections[0].heading


async def test_why_names_only_the_changes_that_were_told(file: Path) -> None:
    """A kind that the chat does not ask for was no part of the message, and is none of its why."""
    both = with_criteria(old(1, status="TERMINATED"), "Older than 18")
    async with house(file, [old(1)], [both]) as (server, core):
        await follow(core, 1)
        await press(core, f"sub {await one_subscription(core)} kind eligibility off")
        await read(core)
        await next_day(server, core)
        (news,) = await told(core)
        assert "Who can join" not in lines(news)
        for text in ("", nct(1), f"{nct(1)} {day(1)}"):
            said = await why(core, text)
            assert "Status: " in said
            assert "Who can join" not in said
        await press(core, f"sub {await one_subscription(core)} pause")
        assert "Status: " in await why(core)


@pytest.mark.parametrize("text", ["sarcoma", "everything"])
async def test_why_of_what_is_no_trial_asks_for_the_number(file: Path, text: str) -> None:
    """Nobody is told something about another thing than they asked for."""
    async with house(file, [old(1)]) as (_, core):
        answer = await ask(core, "why", text)
        assert answer.title == "Which trial?"
        assert "/why NCT00902044" in lines(answer)


async def test_why_not_of_what_is_not_followed_or_not_there(file: Path) -> None:
    """A number that the registry does not have, and a trial that nothing here belongs to."""
    async with house(file, [old(1), unfiled(old(2))]) as (server, core):
        await follow_words(core, "sarcoma")
        assert (await ask(core, "why", nct(99))).title == f"There is no {nct(99)}"
        answer = await ask(core, "why", nct(2))
        assert "follows neither" in str(answer.lede)
        assert f"follow {nct(2)}" in actions(answer)
        later(core)
        server.fault = failing(anything)
        assert "the registry does not answer now" in await why(core, nct(98))


async def test_why_not_says_each_stage_and_offers_the_way_on(file: Path) -> None:
    """Nothing changed, a kind turned off, paused, muted, in the order in which they stop it."""
    async with house(file, [old(1)], [CHANGED]) as (server, core):
        await follow(core, 1)
        await read(core)
        assert "Nothing changed" in await why(core, nct(1))
        one = await one_subscription(core)
        await press(core, f"sub {one} kind eligibility off")
        await next_day(server, core)
        assert await told(core) == []
        answer = await ask(core, "why", nct(1))
        assert "turned off: Who can join" in str(answer.lede)
        assert f"sub {one} kinds" in actions(answer)
        await press(core, f"sub {one} pause")
        answer = await ask(core, "why", nct(1))
        assert "is paused" in str(answer.lede)
        assert f"sub {one} resume" in actions(answer)
        await ask(core, "mute", nct(1))
        answer = await ask(core, "why", nct(1))
        assert "muted" in str(answer.lede)
        assert f"unmute {nct(1)}" in actions(answer)


async def test_why_not_names_the_part_of_the_filter(file: Path) -> None:
    """A trial of the condition that is somewhere else, or has another status."""
    async with house(file, [old(1, status="COMPLETED")]) as (_, core):
        shown = await ask(core, "follow", "sarcoma recruiting")
        await press(core, actions(shown)[0])
        answer = await ask(core, "why", nct(1))
        assert "is narrowed to statuses, and it has another one: Completed" in str(answer.lede)


async def test_why_not_of_what_is_on_its_way_and_of_what_was_told(file: Path) -> None:
    """Before it is sent and after; then with what was told."""
    async with house(file, [old(1)], [CHANGED]) as (server, core):
        await follow(core, 1)
        await read(core)
        await next_day(server, core)
        assert "on its way" in await why(core, nct(1))
        assert "on their way to this chat: 1" in lines(await ask(core, "status"))
        await told(core)
        answer = await ask(core, "why", nct(1))
        assert answer.title == f"{nct(1)} was told"
        assert "You follow this trial." in lines(answer)


async def test_why_not_of_a_trial_that_the_registry_lost(file: Path) -> None:
    """A record that was removed is still known here."""
    async with house(file, [old(1)], [gone(1)], [], []) as (server, core):
        await follow(core, 1)
        await read(core)
        for _ in range(3):
            await next_day(server, core)
        answer = await ask(core, "why", nct(1))
        assert "Something went wrong" not in answer.title
        assert nct(1) in answer.title


async def test_status_says_how_old_the_data_are_and_what_is_followed(file: Path) -> None:
    """Before the first reading it is not said that the registry can be read; after it, it is."""
    async with house(file, [old(1), old(2)]) as (_, core):
        before = await ask(core, "status")
        assert "not read yet" in str(before.facts)
        assert "Nothing was read from the registry yet." in lines(before)
        assert "can be read" not in lines(before)
        await follow(core, 1)
        await begin(core, "sarcoma")
        await ask(core, "mute", nct(1))
        await press(core, f"sub {(await first_of(core))} pause")
        await read(core)
        answer = await ask(core, "status")
        shown = {fact.label: fact.value for fact in answer.facts}
        assert shown["Data of the registry"] == str(day(0))
        assert shown["Read to the end"] == "2026-03-02 at 15:00 (UTC)"
        assert (shown["Trials you follow"], shown["Conditions you follow"]) == ("1", "1")
        assert (shown["Of them paused"], shown["Muted trials"]) == ("1", "1")
        assert "can be read" in lines(answer)
        assert "Nothing waits" in lines(answer)


async def test_status_says_when_newer_data_were_last_asked_for(file: Path) -> None:
    """Beside the day of the last that were new: they may be days old, and the newest there are."""
    async with house(file, [old(1)]) as (_, core):
        await read(core)
        label = "Last asked for newer data"
        assert label not in facts(await ask(core, "status"))
        for time in ("15:10", "15:20"):
            later(core)
            await read(core)
            shown = facts(await ask(core, "status"))
            assert f"{label}: 2026-03-02 at {time} (UTC)" in shown
            assert "Read to the end: 2026-03-02 at 15:00 (UTC)" in shown


async def first_of(core: Core) -> int:
    """The id of the first thing that the chat follows."""
    chat = await core.store.chats.find(YOU)
    assert chat is not None
    return (await core.store.chats.subscriptions(chat.id))[0].id


async def test_status_says_since_when_the_registry_is_out(file: Path) -> None:
    """In plain words and on the own clock; and that nothing is lost for it."""
    async with house(file, [old(1)], []) as (server, core):
        await read(core)
        server.sandbox.step()
        later(core)
        server.fault = failing(anything)
        assert await core.reader.look() is None
        said = lines(await ask(core, "status"))
        assert "could not be read since 2026-03-02 at 15:10 (UTC)" in said


async def test_nothing_of_a_chat_is_made_by_asking(file: Path) -> None:
    """Whoever only asks is not written down, and needs no registry for what stands here."""
    async with house(file, [old(1)]) as (server, core):
        server.fault = failing(anything)
        for command in ("status", "why", "following"):
            await ask(core, command, private=True)
        assert await core.store.chats.find(YOU) is None
        assert sql(file, "SELECT count(*) FROM chats") == [(0,)]
