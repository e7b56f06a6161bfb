"""Feeds: who manages them, what they choose, what they are shown, and how they are told."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from bot.domain.address import Address
from bot.domain.change import Kind
from bot.domain.message import Message
from bot.domain.outcome import ChatGone, Sent
from bot.domain.posting import Beneath, Post
from tests.bot.services.support import (
    OTHER,
    YOU,
    house,
    lines,
    nct,
    next_day,
    old,
    read,
    with_criteria,
)
from tests.bot.services.talking import ask, asking, follow, followed, following, press
from tests.end_to_end.house import send_all
from tests.fakes.messenger import RecordingMessenger
from trialbell.wiring import Core

LINK = "https://t.me/trialbell_bot?start="


async def member(core: Core, command: str, text: str = "", link: str | None = LINK) -> Message:
    """What somebody is answered who does not administer the group."""
    request = replace(asking(command, text), may_manage=False, private_link=link)
    (answer,) = await core.desk.answer(request)
    return answer


async def manage(core: Core, text: str, of: Address = OTHER, *, may: bool = True) -> Message:
    """What is answered in a private chat about another one."""
    request = replace(asking("feed", text, private=True), of=of, may_manage=may)
    (answer,) = await core.desk.answer(request)
    return answer


async def test_a_member_is_led_to_a_private_chat(file: Path) -> None:
    """Nothing is followed, chosen or deleted for the group, and the link carries the wish along."""
    async with house(file, [old(1)]) as (_, core):
        answer = await member(core, "follow", f"please {nct(1)}")
        assert [button.url for button in answer.buttons] == [f"{LINK}follow-{nct(1)}"]
        for command, text in (
            ("unfollow", "1"),
            ("feed", "style compact"),
            ("feed", "add sarcoma"),
            ("settings", "daily"),
            ("import", nct(1)),
            ("export", ""),
            ("forget", "yes"),
        ):
            said = (await member(core, command, text)).title
            assert said == "Only administrators choose what is followed here"
        assert (await member(core, "follow", nct(1), link=None)).buttons == ()
        assert await core.store.chats.find(YOU) is None


async def test_a_member_looks_things_up(file: Path) -> None:
    """What changes nothing is for everybody, also the list of what a group follows."""
    async with house(file, [old(1)]) as (_, core):
        await follow(core, 1)
        assert nct(1) in lines(await member(core, "following"))
        assert nct(1) in lines(await member(core, "feed", "list"))
        assert "/follow" in lines(await member(core, "help"))


async def test_a_feed_is_managed_in_its_own_words(file: Path) -> None:
    """Adding, listing, changing and removing are what a chat does with what it follows."""
    async with house(file, [old(1), old(2)]) as (_, core):
        assert (await ask(core, "feed", f"add {nct(1)}")).title == f"You follow {nct(1)}"
        await ask(core, "feed", f"add {nct(2)}")
        assert nct(2) in lines(await ask(core, "feed", "list"))
        assert nct(2) in (await ask(core, "feed", "edit 2")).title
        assert (await ask(core, "feed", "remove 1")).title == "Stopped"
        assert nct(1) not in await following(core)
        assert (await ask(core, "feed", "compact")).lede == (
            "From now on a post is one line for each trial, with a link."
        )
        assert (await ask(core, "feed", "dance")).title == "What about the feed?"


async def test_what_a_feed_chose_is_shown(file: Path) -> None:
    """Style, threads and role, each until it is chosen otherwise; nonsense asks back."""
    async with house(file, [old(1)]) as (_, core):
        for text in ("style compact", "threads on", "role <@&700000000000000009>"):
            assert (await ask(core, "feed", text)).title == "Noted"
        shown = {fact.label: fact.value for fact in (await ask(core, "feed")).facts}
        assert shown["Posts"] == "one line a trial"
        assert shown["A thread for each trial"].startswith("yes")
        assert "700000000000000009" in shown["Mentions"]
        for text in ("style full", "threads off", "role none"):
            await ask(core, "feed", text)
        chat = await core.store.chats.find(YOU)
        assert chat is not None
        settings = chat.settings
        assert (settings.compact, settings.threads, settings.mention_role) == (False, False, None)
        for text in ("style loud", "threads", "role @everyone"):
            assert (await ask(core, "feed", text)).title == "What about the feed?"


async def test_a_private_chat_chooses_nothing_before_it_agreed(file: Path) -> None:
    """A choice is kept, and nothing is kept of a person who did not say yes."""
    async with house(file, [old(1)]) as (_, core):
        answer = await ask(core, "feed", "style compact", private=True)
        assert answer.title == "Follow something first"
        assert await core.store.chats.find(YOU) is None


async def test_a_channel_is_managed_from_elsewhere(file: Path) -> None:
    """What is asked is done for the channel without its consent, and so is what buttons do."""
    async with house(file, [old(1)]) as (_, core):
        of = replace(OTHER, chat="-1009000000001")
        answer = await manage(core, f"add {nct(1)}", of)
        assert answer.title == f"You follow {nct(1)}"
        assert nct(1) in await following(core, of)
        assert await core.store.chats.find(YOU) is None
        actions = [button.action for button in answer.buttons]
        assert f"in -1009000000001 unfollow {nct(1)}" in actions
        refused = await manage(core, "list", of, may=False)
        assert "do not administer" in (refused.lede or "")


async def test_a_preview_shows_the_newest_change_and_posts_nothing(file: Path) -> None:
    """As it would look, mentioning nobody; before any change it says that there is none."""
    async with house(file, [old(1)], [old(1, status="TERMINATED")]) as (server, core):
        await read(core)
        await follow(core, 1)
        await ask(core, "feed", "role <@&5>")
        assert (await ask(core, "feed", "preview")).title == "Nothing to preview yet"
        await next_day(server, core)
        head, shown = await core.desk.answer(asking("feed", "preview"))
        assert head.title == "Preview"
        assert "stopped early" in lines(shown).lower() or "terminated" in lines(shown).lower()
        assert shown.mention_role is None
        await ask(core, "feed", "style compact")
        _, shown = await core.desk.answer(asking("feed", "preview"))
        assert shown.sections == ()
        assert (shown.lede or "").startswith(nct(1))


async def test_a_preview_passes_over_what_is_not_told_here(file: Path) -> None:
    """Of two changes the newer is of a kind that was turned off, or of a trial that was muted."""
    first = old(1, status="TERMINATED")
    days = [first, old(2)], [with_criteria(first, "Older than 18"), old(2, status="SUSPENDED")]
    async with house(file, [old(1), old(2)], *days) as (server, core):
        await read(core)
        await follow(core, 1)
        await ask(core, "feed", f"edit kinds:status {nct(1)}")
        await follow(core, 2)
        await ask(core, "mute", nct(2))
        for _ in range(2):
            await next_day(server, core)
        head, shown = await core.desk.answer(asking("feed", "preview"))
        assert head.title == "Preview"
        assert shown.title == "Trial number 1"
        assert "Who can join" not in lines(shown)
        await ask(core, "mute", nct(1))
        assert (await ask(core, "feed", "preview")).title == "Nothing to preview yet"


async def test_a_kind_that_there_is_not_is_asked_back_by_an_edit(file: Path) -> None:
    """One that is right beside it is not taken alone, and nothing is changed."""
    async with house(file, [old(1)]) as (_, core):
        await follow(core, 1)
        before = (await followed(core))[0].kinds
        asked = await ask(core, "feed", f"edit kinds:results,statsu {nct(1)}")
        assert asked.title == "I do not know the kind of change “statsu”"
        assert (await followed(core))[0].kinds == before
        await press(core, asked.buttons[0].action or "")
        assert (await followed(core))[0].kinds == Kind.RESULTS.bit | Kind.STATUS.bit


async def test_a_test_post_is_posted_and_marked(file: Path) -> None:
    """By whoever sends there, and the asker hears whether it arrived."""
    async with house(file, [old(1)]) as (_, core):
        assert (await ask(core, "feed", "test")).title == "The test could not be posted"
        messenger = RecordingMessenger()
        core.join(messenger)
        assert (await ask(core, "feed", "test")).title == "The test is posted"
        ((address, posted),) = messenger.sent
        assert (address, posted.title) == (YOU, "Test post")
        messenger.script = lambda _address, _message: ChatGone("not there")
        answer = await ask(core, "feed", "test")
        assert "may not write" in (answer.lede or "")


async def test_later_messages_stand_beneath_the_first_post(file: Path) -> None:
    """The first post of a trial is remembered, its thread too; the tag is the status by now."""
    days = [[old(1, status=one)] for one in ("RECRUITING", "SUSPENDED", "TERMINATED")]
    async with house(file, *days) as (server, core):
        await read(core)
        await follow(core, 1)
        await ask(core, "feed", "threads on")
        messenger = RecordingMessenger()
        messenger.script = lambda _address, _message: Sent("17", "170")
        for _ in range(2):
            await next_day(server, core)
            await send_all(core, messenger)
        first, later = messenger.placed
        assert first is not None
        assert first.post == Post()
        assert first.thread_name is not None
        assert later == Beneath(
            post=Post(message_id="17", thread="170"),
            thread_name=first.thread_name,
            tag="Terminated",
        )


async def test_nothing_of_a_person_s_own_posts_is_remembered(file: Path) -> None:
    """A private chat is told each for itself, and where is not kept."""
    days = [[old(1)], [old(1, status="TERMINATED")]]
    async with house(file, *days) as (server, core):
        await read(core)
        await ask(core, "follow", nct(1), private=True)
        await ask(core, "consent", private=True)
        messenger = RecordingMessenger()
        await next_day(server, core)
        await send_all(core, messenger)
        assert messenger.placed == [None]
        chat = await core.store.chats.find(YOU)
        assert chat is not None
        assert (await core.store.chats.kept(chat.id)).posts == ()


async def test_a_feed_is_told_as_it_chose(file: Path) -> None:
    """One line with the role, in place of the whole message."""
    days = [[old(1)], [old(1, status="TERMINATED")]]
    async with house(file, *days) as (server, core):
        await read(core)
        await follow(core, 1)
        await ask(core, "feed", "style compact")
        await ask(core, "feed", "role <@&5>")
        messenger = RecordingMessenger()
        await next_day(server, core)
        await send_all(core, messenger)
        ((_, told),) = messenger.sent
        assert (told.sections, told.facts, told.mention_role) == ((), (), "5")
        assert told.link is not None
