"""Taking along what is kept, bringing it, and having it forgotten."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec.structs import replace

from bot.domain.exporting import FORMAT, Export
from bot.domain.importing import LARGEST
from bot.domain.message import Message
from tests.bot.services.support import (
    OTHER,
    YOU,
    anything,
    failing,
    house,
    later,
    lines,
    nct,
    next_day,
    old,
    read,
    sql,
)
from tests.bot.services.talking import ask, asking, begin, follow, following, press
from trialbell.wiring import Core

OPML = f"""<?xml version="1.0"?><opml version="2.0"><body>
<outline text="Mine" xmlUrl="https://clinicaltrials.gov/api/rss?cond=gout&amp;locn=France"/>
<outline text="One" htmlUrl="https://clinicaltrials.gov/study/{nct(2)}"/>
<outline text="News" xmlUrl="https://news.example/feed"/>
</body></opml>"""


async def bring(core: Core, content: bytes, *, private: bool = False) -> Message:
    """What a file is answered with."""
    (answer,) = await core.desk.answer(replace(asking("import", private=private), file=content))
    return answer


async def exported(core: Core) -> tuple[str, bytes]:
    """Both files of what is kept of the chat: the text and the JSON."""
    text, packed = (await ask(core, "export")).files
    assert (text.media_type, packed.media_type) == ("text/plain", "application/json")
    return text.content.decode(), packed.content


async def test_an_export_has_all_that_is_kept(file: Path) -> None:
    """What is followed, chosen, muted and told, in words and in JSON."""
    async with house(file, [old(1)], [old(1, status="TERMINATED")]) as (server, core):
        await read(core)
        await follow(core, 1)
        await begin(core, "sarcoma")
        await ask(core, "feed", "style compact")
        await ask(core, "mute", nct(1))
        await next_day(server, core)
        text, packed = await exported(core)
        export = msgspec.json.decode(packed, type=Export)
        assert [one.trial for one in export.follows] == [nct(1), None]
        assert export.follows[1].condition is not None
        assert (export.muted, export.settings.compact) == ((nct(1),), True)
        assert [one.trial for one in export.messages] == [nct(1)]
        for said in (nct(1), "“sarcoma”", "compact: True", "due"):
            assert said in text


async def test_nothing_kept_is_nothing_exported(file: Path) -> None:
    """An unknown chat stays unknown."""
    async with house(file, [old(1)]) as (_, core):
        assert (await ask(core, "export")).title == "Nothing is kept of this chat"
        assert await core.store.chats.find(YOU) is None


async def test_an_import_that_is_declined_denies_nothing_that_is_kept(file: Path) -> None:
    """To a chat that follows something it is not said that nothing is kept."""
    async with house(file, [old(1)]) as (_, core):
        assert (await ask(core, "import", "no", private=True)).title == "Nothing was kept"
        await ask(core, "follow", nct(1), private=True)
        await ask(core, "consent", private=True)
        assert (await ask(core, "import", "no", private=True)).title == "Nothing was changed"


async def test_an_export_comes_back_as_it_was(file: Path) -> None:
    """Forgotten and imported again, a chat follows the same with the same kinds and choices."""
    async with house(file, [old(1), old(2)]) as (_, core):
        await read(core)
        await follow(core, 1)
        await begin(core, "sarcoma")
        await ask(core, "feed", "style compact")
        await ask(core, "mute", nct(1))
        _, packed = await exported(core)
        await press(core, "forget yes")
        asked = await bring(core, packed)
        assert asked.title == "Follow all of this?"
        assert "take the place" in lines(asked)
        assert (await press(core, asked.buttons[0].action or "")).title == "Imported"
        _, again = await exported(core)
        assert again == packed


async def test_numbers_and_links_are_found_in_any_text(file: Path) -> None:
    """Each once; what is neither is reported."""
    async with house(file, [old(1), old(2)]) as (_, core):
        await read(core)
        text = f"my list\n{nct(1)}, nct 00000002\n{nct(1)} again\nhttps://clinicaltrials.gov/search?cond=Ewing%20Sarcoma&locn=Paris"
        asked = await ask(core, "import", text)
        sections = {one.heading: one.lines for one in asked.sections}
        assert sections["Trials"] == (nct(1), nct(2))
        assert sections["Conditions and searches"] == ("“cond:Ewing Sarcoma locn:Paris”",)
        assert sections["Not understood"] == ("my list",)
        await ask(core, "import", "yes")
        followed = await following(core)
        assert nct(1) in followed
        assert "cond:Ewing Sarcoma" in followed


async def test_a_list_of_feeds_is_understood(file: Path) -> None:
    """OPML, as readers of feeds export it, with what is no feed of the registry's reported."""
    async with house(file, [old(2)]) as (_, core):
        asked = lines(await bring(core, OPML.encode()))
        assert "cond:gout locn:France" in asked
        assert nct(2) in asked
        assert "news.example" in asked
        csv = f"NCT Number,Study Title\n{nct(2)},A trial\n".encode()
        assert "Not understood" not in str(await bring(core, csv))


async def test_an_import_says_before_the_yes_what_it_cannot_do(file: Path) -> None:
    """Numbers that the registry does not have, and words of one line that are neither."""
    async with house(file, [old(1)]) as (_, core):
        await follow(core, 1)
        asked = await ask(core, "import", f"{nct(1)}, {nct(77)} hello")
        sections = {one.heading: one.lines for one in asked.sections}
        assert sections["Trials"] == (nct(1),)
        assert sections["The registry has no such trial"] == (nct(77),)
        assert sections["Not understood"] == ("hello",)
        done = await ask(core, "import", "yes")
        assert "Newly followed: 0." in (done.lede or "")
        assert "Followed before: 1." in (done.lede or "")
        nothing = await ask(core, "import", nct(77))
        assert nothing.title == "There is nothing to follow in this"
        assert nct(77) in lines(nothing)


async def test_an_import_while_the_registry_is_out_asks_it_at_the_yes(file: Path) -> None:
    """What nobody can look up now is offered, and reported then where it is not there."""
    async with house(file, [old(1)]) as (server, core):
        server.fault = failing(anything)
        asked = await ask(core, "import", f"{nct(1)} {nct(77)}")
        assert asked.title == "Follow all of this?"
        server.fault = None
        later(core, 3600)
        done = await ask(core, "import", "yes")
        assert "Newly followed: 1." in (done.lede or "")
        assert nct(77) in lines(done)


async def test_an_import_keeps_to_what_a_chat_can_follow(file: Path) -> None:
    """It says before how much is left out, and leaves it out."""
    async with house(file, [old(number) for number in range(1, 104)]) as (_, core):
        await read(core)
        asked = await ask(core, "import", " ".join(nct(number) for number in range(1, 104)))
        assert "The last 3 of these" in (asked.lede or "")
        done = await ask(core, "import", "yes")
        assert "Newly followed: 100." in (done.lede or "")


async def test_an_import_in_private_asks_for_consent_with_it(file: Path) -> None:
    """A no leaves nothing behind; a yes is the consent too."""
    async with house(file, [old(1)]) as (_, core):
        asked = await ask(core, "import", nct(1), private=True)
        assert "says something about health" in (asked.lede or "")
        await ask(core, "import", "no", private=True)
        assert await core.store.chats.find(YOU) is None
        await ask(core, "import", nct(1), private=True)
        await ask(core, "import", "yes", private=True)
        chat = await core.store.chats.find(YOU)
        assert chat is not None
        assert chat.consented_at is not None
        assert (await ask(core, "import", "yes")).title == "There is nothing to confirm"


async def test_what_cannot_be_imported_is_said(file: Path) -> None:
    """Nothing, too much, and what holds nothing of the registry's."""
    async with house(file, [old(1)]) as (_, core):
        assert (await ask(core, "import")).title == "Import what?"
        assert (await bring(core, b"x" * (LARGEST + 1))).title == "This file is too large"
        nothing = await bring(core, b"\xff\xfe\x00 hello")
        assert nothing.title == "There is nothing to follow in this"
        condition = {"words": "a", "phrases": ["a"]}
        greedy = {"condition": condition, "since": "2026-03-02"}
        export = {"format": FORMAT, "exported": "2026-03-02", "follows": [greedy]}
        assert (
            await bring(core, msgspec.json.encode(export))
        ).title == "There is nothing to follow in this"


async def test_forgetting_asks_and_then_leaves_nothing(file: Path) -> None:
    """Not a row of the chat is left, others keep theirs, and only a count goes up."""
    async with house(file, [old(1)], [old(1, status="TERMINATED")]) as (server, core):
        await read(core)
        await follow(core, 1, OTHER)
        await follow(core, 1)
        await begin(core, "sarcoma")
        await next_day(server, core)
        asked = await ask(core, "forget")
        assert [one.action for one in asked.buttons] == ["forget yes", "forget no"]
        assert (await ask(core, "forget", "no")).title == "Nothing was deleted"
        assert nct(1) in await following(core)
        assert (await ask(core, "forget", "yes")).title == "All of it is deleted"
        for text in ("", "yes"):
            assert (await ask(core, "forget", text)).title == "Nothing is kept of this chat"
        assert sql(file, "SELECT count(*) FROM chats") == [(1,)]
        assert sql(file, "SELECT count(*) FROM interests") == [(0,)]
        assert sql(file, "SELECT count(*) FROM notices") == [(1,)]
        assert (await core.store.notes.all())["forgotten"] == "1"
