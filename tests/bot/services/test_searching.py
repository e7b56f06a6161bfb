"""Searching as people do it: typed and pressed, over a real registry and a real database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.domain.commands.request import parse_line
from bot.domain.message import Message
from bot.domain.place import Near
from bot.domain.settings.chat import ChatSettings
from bot.services.commands.shelf import KEPT, LONGEST
from bot.services.spelling import conditions_like
from tests.adapters.ctgov.sandbox_records import HOUSTON, PARIS, located
from tests.bot.services.support import LONG_AGO, YOU, Raw, anything, failing, house, lines, nct, sql
from tests.bot.services.talking import ask, press, registered
from tests.records import record
from trialbell.wiring import Core

LYON = {"lat": 45.74846, "lon": 4.84671}
LONG = "sarcoma in France, Germany, Spain, Italy or Kenya near Houston recruiting phase 2"


def trials(count: int) -> list[Raw]:
    """Trials in Paris, and every other one in Houston and Lyon; every third has ended."""
    found = []
    for number in range(1, count + 1):
        status = "COMPLETED" if number % 3 == 0 else "RECRUITING"
        raw = record(number, LONG_AGO, status=status, first_posted=date(2025, 1, number))
        here = [("Paris", "France", "RECRUITING", PARIS)]
        there = [
            ("Houston", "United States", "RECRUITING", HOUSTON),
            ("Lyon", "France", "RECRUITING", LYON),
        ]
        sites = located(*(here if number % 2 else there))
        raw["protocolSection"]["contactsLocationsModule"] = sites
        found.append(raw)
    return found


def buttons(message: Message) -> dict[str, str]:
    """What each button asks, by its label."""
    return {button.label: button.action or "" for button in message.buttons}


def found(message: Message) -> tuple[str, ...]:
    """The hits, each with what stands beneath its title."""
    hits = [one for one in message.sections if one.heading[:1].isdigit()]
    return tuple(f"{one.heading}\n{line}" for one in hits for line in one.lines)


async def live_in(core: Core, name: str, kilometres: int) -> None:
    """The chat says where it is."""
    chat = await core.store.chats.chat(YOU)
    place = Near(core.gazetteer.find(name)[0], kilometres)
    await core.store.chats.configure(chat.id, ChatSettings(near=place))


async def test_a_page_has_a_line_and_a_button_for_each_hit(file: Path) -> None:
    """Title, status and place stand in the line; the button leads to the card."""
    async with house(file, trials(7)) as (_, core):
        page = await ask(core, "search", "sarcoma")
        assert page.title == "Trials for “sarcoma”"
        assert "7 trials; these are 1 to 5" in str(page.lede)
        assert found(page)[0] == f"1. Trial number 1\n{nct(1)}: Recruiting. Paris, France."
        assert "Houston, United States, and one more place" in found(page)[1]
        assert buttons(page)[f"1. {nct(1)}"] == f"trial {nct(1)}"
        assert registered(await press(core, buttons(page)[f"2. {nct(2)}"])) == "Trial number 2"
        assert await core.store.chats.find(YOU) is None, "only looking keeps nothing"


async def test_pages_are_turned_by_buttons_to_the_end_and_back(file: Path) -> None:
    """Each trial stands on exactly one page."""
    async with house(file, trials(12)) as (_, core):
        page, seen = await ask(core, "search", "sarcoma phase 2"), list[str]()
        while True:
            seen += [line.split(". ", 1)[1] for line in found(page)]
            if "Next page" not in buttons(page):
                break
            page = await press(core, buttons(page)["Next page"])
        assert len(seen) == len(set(seen)) == 12
        assert "11 to 12" in str(page.lede)
        back = await press(core, buttons(page)["Previous page"])
        assert "6 to 10" in str(back.lede)
        beyond = await ask(core, "search", "sarcoma page:9")
        assert beyond.lede == "There are no more."


async def test_what_fits_on_a_page_is_told_to_be_all(file: Path) -> None:
    """Nobody looks for a second page; and where there is none, a button finds more."""
    async with house(file, trials(3)) as (_, core):
        page = await ask(core, "search", "sarcoma")
        assert page.lede == "The registry finds 3 trials, which are all shown here."
        none = await ask(core, "search", "sarcoma phase 7 age 3")
        assert "Narrow it down" not in buttons(none)
        assert (await press(core, buttons(none)["Without any of this"])).title.endswith("phase 7”")
        fewer = await press(core, buttons(none)["Without “phase 7”"])
        assert fewer.title == "Trials for “sarcoma”"
        assert "Taking people who are 3 years old." in lines(fewer)


async def test_near_a_place_what_is_open_comes_first(file: Path) -> None:
    """Each from near to far, over all pages; those outside of the radius are not there."""
    async with house(file, trials(6)) as (_, core):
        page = await ask(core, "search", "sarcoma near Lyon 500 km")
        assert "first those that are open" in str(page.lede)
        rest = await press(core, buttons(page)["Next page"])
        assert "first those that are open" in str(rest.lede)
        shown = [line.split(": ")[-1] for line in (*found(page), *found(rest))]
        assert shown == [
            *(["Recruiting. Lyon, France, less than 1 km away."] * 2),
            *(["Recruiting. Paris, France, 393 km away."] * 2),
            "Completed. Lyon, France, less than 1 km away.",
            "Completed. Paris, France, 393 km away.",
        ]
        near = await ask(core, "search", "sarcoma near Lyon 50 km")
        assert "3 trials" in str(near.lede)


async def test_near_a_place_where_all_are_open_the_nearest_come_first(file: Path) -> None:
    """Nothing is said of others where there are none."""
    async with house(file, trials(6)) as (_, core):
        page = await ask(core, "search", "sarcoma near Lyon 500 km recruiting")
        assert "nearest first" in str(page.lede)
        assert [line.rsplit(". ", 1)[1] for line in found(page)] == (
            ["Lyon, France, less than 1 km away."] * 2 + ["Paris, France, 393 km away."] * 2
        )


async def test_buttons_narrow_a_search_one_after_another(file: Path) -> None:
    """Each adds a part that is said in words, and a search can be had without any again."""
    async with house(file, trials(6)) as (_, core):
        page = await ask(core, "search", "sarcoma")
        page = await press(core, buttons(page)["Status: Recruiting"])
        assert "4 trials" in str(page.lede)
        choices = await press(core, buttons(page)["Narrow it down"])
        assert "With the status “Recruiting”." in lines(choices)
        page = await press(core, buttons(choices)["Phase 2"])
        assert "Of this phase: Phase 2." in lines(page)
        choices = await press(core, buttons(page)["Narrow it down"])
        none = await press(core, buttons(choices)["Phase 3"])
        assert "Of one of these phases: Phase 2, Phase 3." in lines(none)
        page = await press(core, buttons(choices)["Without any of this"])
        assert "6 trials" in str(page.lede)


async def test_near_me_is_offered_to_who_said_where_they_are(file: Path) -> None:
    """By the chat's own place and radius, by a button and typed."""
    async with house(file, trials(6)) as (_, core):
        assert "Near me" not in buttons(await ask(core, "search", "sarcoma"))
        assert (await ask(core, "search", "sarcoma near me")).title == "Near where?"
        await live_in(core, "Lyon", 30)
        page = await press(core, buttons(await ask(core, "search", "sarcoma"))["Near me"])
        assert "With a place within 30 km of Lyon, France." in lines(page)
        assert "3 trials" in str(page.lede)
        assert lines(await ask(core, "search", "sarcoma near me")) == lines(page)


@pytest.mark.parametrize("places", ["near Lyon and Paris", "in Lyon or Paris"])
async def test_near_two_places_is_asked_back(file: Path, places: str) -> None:
    """The second one is not looked for as a word."""
    async with house(file, trials(6)) as (_, core):
        assert (await ask(core, "search", f"sarcoma {places}")).title == "Near which one?"
        words = await ask(core, "search", "sarcoma near Lyon and bone")
        assert words.title == "Trials for “sarcoma and bone”"


async def test_a_name_of_several_places_is_asked_back_with_a_button_each(file: Path) -> None:
    """Pressing one searches there."""
    async with house(file, trials(6)) as (_, core):
        which = await ask(core, "search", "sarcoma near Paris")
        assert which.title == "Which Paris?"
        assert list(buttons(which)) == ["Paris, France", "Paris, Texas, United States"]
        page = await press(core, buttons(which)["Paris, France"])
        assert "3 trials" in str(page.lede)
        nobody = await press(core, buttons(which)["Paris, Texas, United States"])
        assert "none that fits what narrows them" in str(nobody.lede)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("", "Search for what?"),
        ("sarcoma near Xqzzy", "I do not know the place “Xqzzy”"),
        ('cond:"sarcoma', "The registry did not understand this search"),
        ("*0123456789ab", "This button is too old"),
        ("NCT00000001", "Trial number 1"),
        ("https://clinicaltrials.gov/study/NCT00000001", "Trial number 1"),
        ("NCT09999999", "There is no NCT09999999"),
        ("cond:sarcoma AND phase", "Trials for “cond:sarcoma AND phase”"),
        ("recruiting", "Trials that fit"),
    ],
)
async def test_what_cannot_be_searched_for_is_said(file: Path, typed: str, title: str) -> None:
    """Each in its own words; a number is a trial, and a search in the registry's words is one."""
    async with house(file, [*trials(2)]) as (_, core):
        assert registered(await ask(core, "search", typed)) == title


async def test_every_button_fits_and_long_ones_go_on_working(file: Path) -> None:
    """What does not fit into 64 bytes is kept sealed with the chat, the last few only."""
    async with house(file, trials(6)) as (_, core):
        page = await ask(core, "search", LONG)
        choices = await press(core, buttons(page)["Narrow it down"])
        for action in [*buttons(page).values(), *buttons(choices).values()]:
            assert len(action.encode()) <= LONGEST
            assert parse_line(action)
        again = await press(core, buttons(choices)["Back"])
        assert (again.title, lines(again)) == (page.title, lines(page))
        for number in range(KEPT):
            await ask(core, "search", f"{LONG} age {number}")
        assert (await press(core, buttons(choices)["Phase 3"])).title == "This button is too old"
        chat = await core.store.chats.find(YOU)
        assert chat is not None
        assert len(chat.searches) == KEPT
        assert b"Houston" not in b"".join(sql(file, "SELECT searches FROM chats")[0])


async def test_a_search_leads_to_following_it(file: Path) -> None:
    """With all that narrows it; nothing but filters cannot be followed."""
    async with house(file, trials(6)) as (_, core):
        page = await ask(core, "search", "sarcoma in France recruiting")
        shown = await press(core, buttons(page)["Follow this search"])
        assert shown.title == "Follow “sarcoma”?"
        assert "With a place in France." in lines(shown)
        assert "Follow this search" not in buttons(await ask(core, "search", "recruiting"))


async def test_an_outage_is_said(file: Path) -> None:
    """No hit is made up, and none is said to be missing."""
    async with house(file, trials(2)) as (server, core):
        server.fault = failing(anything)
        answer = await ask(core, "search", "sarcoma")
        assert answer.title == "The registry does not answer now"


async def test_what_narrows_nothing_is_said_beside_what_was_found(file: Path) -> None:
    """A search looks for it as words, and says so, on every page."""
    async with house(file, trials(1)) as (_, core):
        said = lines(await ask(core, "search", "sarcoma phase 7"))
        assert "“phase 7” was read as words: phases are 1 to 4" in said
        assert "was read as words" not in lines(await ask(core, "search", "sarcoma phase 2"))


@pytest.mark.parametrize(
    "typed", ["in children", "stage 4", "outside France", "without placebo", "not near Paris"]
)
async def test_what_no_filter_knows_is_named_before_the_yes_and_can_be_left_out(
    file: Path, typed: str
) -> None:
    """Nothing is dropped: it stays in the words until somebody presses the button."""
    async with house(file, trials(1)) as (_, core):
        (line,) = [
            line
            for one in (await ask(core, "follow", f"gout {typed}")).sections
            for line in one.lines
            if "was read as words" in line
        ]
        assert line.partition("”")[0].removeprefix("“") in typed
        none = await ask(core, "search", f"gout {typed}")
        assert none.title == f"Trials for “gout {typed}”"
        (fewer,) = [action for label, action in buttons(none).items() if label.startswith("With")]
        assert fewer == "search gout"


async def test_miles_are_told_beside_kilometres(file: Path) -> None:
    """On a button too, and in all that follows from it."""
    async with house(file, trials(8)) as (_, core):
        page = await ask(core, "search", "sarcoma within 20 miles of Houston")
        told = "With a place within 20 miles (32 km) of Houston, Texas, United States."
        assert told in lines(page)
        assert told in lines(await press(core, buttons(page)["Follow this search"]))


async def test_a_link_to_a_search_is_searched_and_followed(file: Path) -> None:
    """With what was ticked beside it; what cannot be asked here is said, and never as words."""
    link = "https://clinicaltrials.gov/search?cond=sarcoma&aggFilters=status:rec,ages:child"
    async with house(file, trials(6)) as (_, core):
        page = await ask(core, "search", link)
        assert page.title == "Trials for “cond:sarcoma”"
        assert "With the status “Recruiting”." in lines(page)
        assert "“ages:child” in the link narrows nothing here." in lines(page)
        twice = await ask(core, "search", f"{link} {link}")
        assert twice.title == page.title
        assert "was left out: one link is asked at a time." in lines(twice)
        shown = await ask(core, "follow", link)
        assert "All that the registry finds for this: cond:sarcoma." in lines(shown)
        done = await press(core, buttons(shown)["Follow"])
        assert "With the status “Recruiting”." in lines(done)
        trial = await ask(
            core, "follow", f"https://clinicaltrials.gov/study/{nct(1)}?cond=x&rank=2"
        )
        assert trial.title == f"You follow {nct(1)}"


async def test_a_misspelt_condition_is_offered_as_trials_spell_it(file: Path) -> None:
    """To a search and to a follow that find nothing, from the trials that are kept."""
    (raw,) = trials(1)
    raw["protocolSection"]["conditionsModule"] = {"conditions": ["Asthma", "Breast Cancer"]}
    async with house(file, [raw]) as (_, core):
        await ask(core, "trial", nct(1))
        for command in ("search", "follow"):
            for typed, meant in (("brest cancer", "Breast Cancer"), ("astma", "Asthma")):
                none = await ask(core, command, f"{typed} recruiting")
                pressed = buttons(none)[f"I meant “{meant}”"]
                assert pressed == f"{command} {meant} status:recruiting"
                assert "if you meant what a button says, press it" in str(none)
            nothing = str(await ask(core, command, "nothing like it"))
            assert "I meant" not in nothing
            assert "corrects no misspellings" in nothing
            assert "if you meant" not in nothing


@pytest.mark.parametrize("command", ["search", "follow"])
async def test_no_other_illness_is_offered_where_the_narrowing_leaves_nothing(
    file: Path, command: str
) -> None:
    """The words find trials by themselves: that is said, and they are a press away."""
    (raw,) = trials(1)
    raw["protocolSection"]["conditionsModule"] = {"conditions": ["Sarcomas", "Myosarcoma"]}
    async with house(file, [raw]) as (_, core):
        await ask(core, "trial", nct(1))
        none = await ask(core, command, "sarcoma phase 4")
        assert "none that fits what narrows them" in str(none).replace("none yet", "none")
        assert "I meant" not in str(none)
        assert buttons(none)["Without any of this"] == f"{command} sarcoma"


async def test_a_condition_as_trials_spell_it_is_not_corrected(file: Path) -> None:
    """Although another is spelt nearly so."""
    (raw,) = trials(1)
    raw["protocolSection"]["conditionsModule"] = {"conditions": ["Liposarcoma", "Lipsarcoma"]}
    async with house(file, [raw]) as (_, core):
        await ask(core, "trial", nct(1))
        assert await conditions_like("liposarcomo", core.store)
        assert await conditions_like("liposarcoma", core.store) == ()


@pytest.mark.parametrize(
    ("typed", "kept", "left_out"),
    [
        ("sarcoma age 12 age 40", "who are 12 years old", "age 40"),
        ("sarcoma 12 years old age:40", "who are 40 years old", "12 years old"),
        ("sarcoma age:12 age:40", "who are 12 years old", "age:40"),
        ("sarcoma near Lyon 50 km 20 km", "50 km", "20 km"),
        ("sarcoma near Lyon km:50 mi:20", "50 km", "mi:20"),
    ],
)
@pytest.mark.parametrize("command", ["search", "follow"])
async def test_a_second_age_or_distance_is_named_as_left_out(
    file: Path, command: str, typed: str, kept: str, left_out: str
) -> None:
    """One of each narrows: the other is not dropped in silence."""
    async with house(file, trials(2)) as (_, core):
        said = lines(await ask(core, command, typed))
        assert kept in said
        assert f"“{left_out}” was left out" in said
        once = lines(await ask(core, command, typed.replace(left_out, "")))
        assert "was left out" not in once
