"""Beginning to follow: what is shown before the yes, and what comes of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import web

from bot.domain.change import TOLD_TO_PATIENTS, TOLD_TO_PROFESSIONALS, mask
from bot.domain.commands.request import Request
from bot.domain.filters import Filter, RegistrySearch
from bot.domain.message import Message
from bot.domain.settings.chat import Audience, ChatSettings, Rhythm
from bot.domain.watch import Subscription
from bot.services.desk import Desk
from tests.bot.services.support import YOU, failing, house, lines, nct, old, sql
from tests.bot.services.talking import ask, begin, press
from tests.bot.services.test_searching import buttons, trials
from trialbell.wiring import Core

PRIVATE: dict[str, Any] = {"private": True}


async def followed(core: Core) -> tuple[Subscription, ...]:
    """What the chat follows."""
    chat = await core.store.chats.find(YOU)
    return await core.store.chats.subscriptions(chat.id) if chat else ()


async def settings(core: Core) -> ChatSettings:
    """What the chat chose."""
    return (await core.store.chats.chat(YOU)).settings


async def limited(core: Core, most: int, command: str, text: str) -> Message:
    """What a desk answers where a chat can follow so much."""
    desk = Desk(msgspec.structs.replace(core.means, subscriptions_per_chat=most))
    request = Request(command=command, text=text, address=YOU, private=False)
    return (await desk.answer(request))[0]


def many(total: int) -> Any:
    """A registry that says that so many trials fit, whatever is asked."""

    def answer(request: web.Request) -> web.Response | None:
        if "countTotal" not in request.query or "query.cond" not in request.query:
            return None
        return web.json_response({"studies": [], "totalCount": total})

    return answer


async def test_what_was_understood_is_shown_before_the_yes(file: Path) -> None:
    """The terms watched, the filters in words, how many there are today, and the newest three."""
    async with house(file, trials(7)) as (_, core):
        shown = await ask(core, "follow", "sarcoma in France recruiting phase 2")
        said = lines(shown)
        assert shown.title == "Follow “sarcoma”?"
        assert "All that the registry files under “Sarcoma”." in said
        assert "With the status “Recruiting”." in said
        assert "Of this phase: Phase 2." in said
        assert "With a place in France." in said
        assert "The registry finds 5 trials for it." in said
        newest = next(one.lines for one in shown.sections if one.heading == "The newest")
        assert [nct(int(line.split()[2])) for line in newest] == [nct(7), nct(5), nct(4)]
        assert newest[0] == f"Trial number 7 ({nct(7)}, first posted 2025-01-07): Recruiting."
        assert await followed(core) == ()


async def test_a_yes_follows_all_that_was_shown(file: Path) -> None:
    """The condition with its filter is one thing that is followed; another filter is another."""
    async with house(file, trials(3)) as (_, core):
        shown = await ask(core, "follow", "sarcoma recruiting")
        done = await press(core, buttons(shown)["Follow"])
        assert done.title == "You follow “sarcoma”"
        assert "With the status “Recruiting”." in lines(done)
        shown = await press(
            core, buttons(await ask(core, "follow", "sarcoma"))["Status: Recruiting"]
        )
        assert "already" in lines(await press(core, buttons(shown)["Follow"]))
        await begin(core, "sarcoma")
        first, second = await followed(core)
        assert first.interest is not None
        assert first.interest.filter == Filter(statuses=("RECRUITING",))
        assert second.interest is not None
        assert second.interest.filter.is_empty
        assert {term.term for term in first.interest.terms} == {"Sarcoma"}


async def test_it_is_narrowed_by_buttons_before_the_yes(file: Path) -> None:
    """Each press shows again what would be followed."""
    async with house(file, trials(3)) as (_, core):
        shown = await ask(core, "follow", "sarcoma")
        choices = await press(core, buttons(shown)["Narrow it down"])
        shown = await press(core, buttons(choices)["Phase 2"])
        assert shown.title == "Follow “sarcoma”?"
        assert "Of this phase: Phase 2." in lines(shown)
        assert (await press(core, buttons(shown)["No"])).title == "Nothing was changed"
        assert await followed(core) == ()


async def test_in_private_the_yes_is_a_consent_the_first_time_only(file: Path) -> None:
    """What happens after a no or a stop is said with the question."""
    async with house(file, trials(3)) as (_, core):
        shown = await ask(core, "follow", "sarcoma recruiting", **PRIVATE)
        assert shown.buttons[0].action == "consent"
        assert "If you say no, nothing is kept" in lines(shown)
        assert (await ask(core, "consent", **PRIVATE)).title == "You follow “sarcoma”"
        (one,) = await followed(core)
        assert one.interest is not None
        assert one.interest.filter == Filter(statuses=("RECRUITING",))
        again = await ask(core, "follow", "gout", **PRIVATE)
        assert again.buttons[0].action == "confirm gout"
        assert "If you say no" not in lines(again)
        assert (await ask(core, "decline", **PRIVATE)).title == "Nothing was changed"


async def test_a_pressed_yes_without_consent_asks_for_it(file: Path) -> None:
    """A button that was forwarded, or a consent that was taken back, does not go round it."""
    async with house(file, trials(3)) as (_, core):
        asked = await ask(core, "confirm", "sarcoma", **PRIVATE)
        assert asked.buttons[0].action == "consent"
        assert await followed(core) == ()
        assert (await ask(core, "decline", **PRIVATE)).title == "Nothing was kept"
        assert sql(file, "SELECT count(*) FROM chats") == [(0,)]


async def test_nothing_is_asked_for_what_does_not_exist(file: Path) -> None:
    """Neither a consent nor a row in the database."""
    async with house(file, trials(3)) as (_, core):
        for text in ("NCT09999999", "sarcoma near Xqzzy", "recruiting", 'cond:"x', "x"):
            answer = await ask(core, "follow", text, **PRIVATE)
            assert "consent" not in buttons(answer).values()
        assert await core.store.chats.find(YOU) is None


async def test_a_registry_search_is_followed_with_its_fields(file: Path) -> None:
    """It is checked with the registry when it is made, and kept as it was typed."""
    async with house(file, trials(3)) as (server, core):
        shown = await ask(core, "follow", 'recruiting cond:sarcoma OR "gout" locn:France')
        assert 'All that the registry finds for this: cond:sarcoma OR "gout" locn:France.' in lines(
            shown
        )
        assert "The registry finds 2 trials for it." in lines(shown)
        await press(core, buttons(shown)["Follow"])
        (one,) = await followed(core)
        assert one.interest is not None
        assert one.interest.search == RegistrySearch(cond='sarcoma OR "gout"', locn="France")
        assert one.interest.filter == Filter(statuses=("RECRUITING",))
        refused = await ask(core, "follow", "cond:(sarcoma")
        assert refused.title == "The registry did not understand this search"
        server.fault = failing(lambda request: "query.cond" in request.query)
        assert (await ask(core, "follow", "cond:gout")).title == "The registry does not answer now"


async def test_a_wide_condition_becomes_a_daily_digest_and_says_so(file: Path) -> None:
    """Before the yes and after it; a chat with a rhythm of its own keeps that."""
    async with house(file, [old(1)]) as (server, core):
        server.fault = many(1251)
        shown = await ask(core, "follow", "cancer")
        assert "about 11 of them change on a working day" in lines(shown)
        assert (await settings(core)).rhythm is Rhythm.AT_ONCE
        done = await press(core, buttons(shown)["Follow"])
        assert "told once a day, at 8:00 (UTC)" in lines(done)
        assert (await settings(core)).rhythm is Rhythm.DAILY
        chat = await core.store.chats.chat(YOU)
        await core.store.chats.configure(chat.id, ChatSettings(rhythm=Rhythm.WEEKLY))
        assert "working day" not in lines(await begin(core, "neoplasms"))
        assert (await settings(core)).rhythm is Rhythm.WEEKLY


async def test_a_condition_that_is_not_wide_is_told_at_once(file: Path) -> None:
    """The bound is ten changes a day, reckoned from the registry's count."""
    async with house(file, [old(1)]) as (server, core):
        server.fault = many(1250)
        assert "working day" not in lines(await begin(core, "gout"))
        assert (await settings(core)).rhythm is Rhythm.AT_ONCE


async def test_a_chat_follows_at_most_so_many_things(file: Path) -> None:
    """Said before anything is asked; what it follows already can be asked for again."""
    async with house(file, trials(3)) as (_, core):
        for number in (1, 2):
            await limited(core, 2, "follow", nct(number))
        for text in (nct(3), "sarcoma"):
            full = await limited(core, 2, "follow", text)
            assert full.title == "This chat follows as much as it can"
            assert "It follows 2" in str(full.lede)
        assert (await limited(core, 2, "confirm", "sarcoma")).title == full.title
        assert (await limited(core, 2, "follow", nct(1))).title == f"You follow {nct(1)}"
        assert len(await followed(core)) == 2


@pytest.mark.parametrize(
    ("audience", "kinds"),
    [(Audience.PATIENT, TOLD_TO_PATIENTS), (Audience.PROFESSIONAL, TOLD_TO_PROFESSIONALS)],
)
async def test_what_is_told_at_first_is_for_whom_the_chat_is(
    file: Path, audience: Audience, kinds: Any
) -> None:
    """Of trials and of conditions."""
    async with house(file, trials(3)) as (_, core):
        chat = await core.store.chats.chat(YOU)
        await core.store.chats.configure(chat.id, ChatSettings(audience=audience))
        await begin(core, "sarcoma")
        await ask(core, "follow", nct(1))
        assert [one.kinds for one in await followed(core)] == [mask(kinds)] * 2


async def test_an_undated_trial_is_shown_too(file: Path) -> None:
    """The registry may not say when a trial was first posted."""
    raw = trials(1)[0]
    raw["protocolSection"]["statusModule"].pop("studyFirstPostDateStruct")
    async with house(file, [raw]) as (_, core):
        shown = await ask(core, "follow", "sarcoma")
        assert f"Trial number 1 ({nct(1)}): Recruiting." in lines(shown)
        assert str(date(2025, 1, 1)) not in lines(shown)


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("left", [nct(2), "asthma", "asthma near Lyon"])
async def test_what_stands_beside_a_number_is_said_to_be_left_out(
    file: Path, left: str, *, private: bool
) -> None:
    """With the question of consent and without it; another number is a press away."""
    async with house(file, trials(3)) as (_, core):
        answer = await ask(core, "follow", f"{nct(1)} and {left}", private=private)
        assert f"This was left out: “{left}”." in lines(answer)
        assert ("follow " + nct(2) in buttons(answer).values()) == (left == nct(2))


@pytest.mark.parametrize("rhythm", ["daily", "every week"])
async def test_a_rhythm_beside_a_number_is_led_to_the_settings(file: Path, rhythm: str) -> None:
    """It is nothing to follow: how often is chosen for the chat."""
    async with house(file, trials(1)) as (_, core):
        said = lines(await ask(core, "follow", f"{nct(1)} {rhythm}"))
        assert f"“{rhythm}” was left out" in said
        assert "/settings daily 9" in said
        assert "/import" not in said


@pytest.mark.parametrize("typed", ["lupus, gout", "lupus and gout", "lupus or gout"])
async def test_a_list_of_conditions_is_said_to_be_watched_as_one(file: Path, typed: str) -> None:
    """Each of them is a press away, with what narrows it."""
    async with house(file, trials(1)) as (_, core):
        shown = await ask(core, "follow", f"{typed} in France")
        assert "Watched as one" in lines(shown)
        assert buttons(shown)["Only “lupus”"] == "follow lupus country:France"
        assert buttons(shown)["Only “gout”"] == "follow gout country:France"
        assert "Watched as one" not in lines(await ask(core, "follow", "bone sarcoma"))


async def test_a_misspelt_country_is_a_press_away(file: Path) -> None:
    """Before anything is followed, where the words find nothing."""
    async with house(file, trials(1)) as (_, core):
        offered = buttons(await ask(core, "follow", "asthma in Frence"))
        assert offered["I meant in France"] == "follow asthma country:France"


@pytest.mark.parametrize(
    "text",
    [
        nct(1),
        f"the trial {nct(1)}, please",
        f"{nct(1)} kinds:results",
        f"https://clinicaltrials.gov/study/{nct(1)}?cond=gout&rank=1",
        f"{nct(1)} ({nct(1)})",
    ],
)
async def test_nothing_is_said_to_be_left_out_where_nothing_was(file: Path, text: str) -> None:
    """A link, a polite word and the kinds to be told of are taken whole."""
    async with house(file, trials(3)) as (_, core):
        answer = await ask(core, "follow", text)
        assert answer.title == f"You follow {nct(1)}"
        assert "left out" not in lines(answer)


@pytest.mark.parametrize(
    ("typed", "takes"),
    [
        ("phase 7", "phases are 1 to 4"),
        ("age 500", "up to 120"),
        ("status banana", "a status is one such as recruiting"),
    ],
)
async def test_what_narrows_nothing_is_said_before_the_yes(
    file: Path, typed: str, takes: str
) -> None:
    """It is looked for as words, and what the narrowing takes is said beside it."""
    async with house(file, trials(1)) as (_, core):
        said = lines(await ask(core, "follow", f"sarcoma {typed}"))
        assert f"“{typed}” was read as words" in said
        assert takes in said


@pytest.mark.parametrize("command", ["follow", "search"])
@pytest.mark.parametrize(
    "key",
    ["kinds", "phase", "age", "status", "sex", "type", "sponsor", "healthy", "page", "km", "mi"],
)
async def test_a_value_that_cannot_be_is_asked_back(file: Path, command: str, key: str) -> None:
    """Nothing is searched or followed; it is left out, or looked for as words, by one press."""
    async with house(file, trials(1)) as (_, core):
        asked = await ask(core, command, f"sarcoma recruiting {key}:banana")
        assert "“banana”" in asked.title
        pressed = {one.label: one for one in asked.buttons}
        left_out = await press(core, pressed["Leave it out"].action or "")
        assert "“sarcoma”" in left_out.title
        words = await press(core, pressed["Look for it as words"].action or "")
        assert f"sarcoma {key} banana" in words.title
        assert not await followed(core)


async def test_a_misspelt_value_beside_a_good_one_is_offered_as_it_is_spelt(file: Path) -> None:
    """The good one is not taken alone in silence."""
    async with house(file, trials(3)) as (_, core):
        asked = await ask(core, "follow", "sarcoma status: recruiting, complete")
        assert asked.title == "I do not know the status “complete”"
        shown = await press(core, buttons(asked)["I meant completed"])
        assert "one of these statuses: Completed, Recruiting" in lines(shown)
