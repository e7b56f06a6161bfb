"""Suggestions from a real store and the gazetteer that is shipped."""

from __future__ import annotations

from pathlib import Path

from bot.domain.address import Address
from bot.domain.commands.options import Suggests
from bot.domain.suggesting import Typing
from bot.services.suggesting import A_PERSON_AN_HOUR
from tests.bot.services.support import YOU, house, nct
from tests.bot.services.talking import ask, begin, follow
from tests.bot.services.test_searching import trials
from trialbell.wiring import Core

ANOTHER = Address("telegram", "1", "2")


async def offered(
    core: Core, suggests: Suggests, text: str, address: Address = YOU
) -> list[tuple[str, str]]:
    """What is suggested: labels and values."""
    typing = Typing(suggests=suggests, text=text, address=address, private=True, person="7")
    return [(one.label, one.value) for one in await core.suggesting.suggest(typing)]


async def test_trials_are_suggested_by_number_and_by_words(file: Path) -> None:
    """One's own come first; nothing is asked of the registry."""
    async with house(file, trials(4)) as (registry, core):
        for number in (1, 2, 3):
            await ask(core, "trial", nct(number))
        await follow(core, 3)
        registry.requests.clear()
        by_words = await offered(core, Suggests.TRIALS, "trial num")
        assert by_words[0] == (f"{nct(3)} · Trial number 3", nct(3))
        assert {value for _, value in by_words} == {nct(1), nct(2), nct(3)}
        begun = await offered(core, Suggests.TRIALS, nct(2)[:-1])
        assert begun[0][1] == nct(3)
        assert [value for _, value in await offered(core, Suggests.TRIALS, nct(2))] == [nct(2)]
        assert [value for _, value in await offered(core, Suggests.TRIALS, "")] == [nct(3)]
        assert await offered(core, Suggests.TRIALS, "", ANOTHER) == []
        assert not registry.requests


async def test_conditions_are_those_of_kept_trials(file: Path) -> None:
    """Under the names that records have; what nobody keeps a trial of is not suggested."""
    async with house(file, trials(3)) as (_, core):
        assert await offered(core, Suggests.CONDITIONS, "sarc") == []
        await ask(core, "trial", nct(1))
        labels = [label for label, _ in await offered(core, Suggests.CONDITIONS, "sarc")]
        assert labels
        assert all("sarc" in label.lower() for label in labels)
        assert await offered(core, Suggests.CONDITIONS, "asthma") == []
        topics = [value for _, value in await offered(core, Suggests.TOPICS, nct(1))]
        assert topics == [nct(1)]


async def test_only_ones_own_subscriptions_are_suggested(file: Path) -> None:
    """Each by what it is about, with what narrows it; choosing one stops that one."""
    async with house(file, trials(3)) as (_, core):
        await follow(core, 1)
        await begin(core, "sarcoma")
        both = await offered(core, Suggests.FOLLOWED, "")
        assert [label for label, _ in both] == [f"{nct(1)} · Trial number 1", "sarcoma"]
        ((_, value),) = await offered(core, Suggests.FOLLOWED, "sar")
        assert await offered(core, Suggests.FOLLOWED, "", ANOTHER) == []
        await ask(core, "unfollow", value)
        assert [one for one, _ in await offered(core, Suggests.FOLLOWED, "")] == [both[0][0]]


async def test_places_are_those_that_a_search_understands(file: Path) -> None:
    """The largest first; with a comma what it is in."""
    async with house(file, trials(1)) as (_, core):
        assert (await offered(core, Suggests.PLACES, "münch"))[0][1] == "Munich, Germany"
        assert (await offered(core, Suggests.PLACES, "Paris"))[0][1] == "Paris, France"
        texas = [value for _, value in await offered(core, Suggests.PLACES, "paris, t")]
        assert "Paris, Texas, United States" in texas
        assert "Paris, France" not in texas
        assert (await offered(core, Suggests.COUNTRIES, "fra"))[0] == ("France", "France")
        assert await offered(core, Suggests.PLACES, "") == []


async def test_who_types_without_end_is_given_nothing_more(file: Path) -> None:
    """Nor is anything looked for that is longer than what could be chosen."""
    async with house(file, trials(1)) as (_, core):
        assert await offered(core, Suggests.PLACES, "Paris" * 30) == []
        for _ in range(A_PERSON_AN_HOUR):
            await offered(core, Suggests.CONDITIONS, "x")
        assert await offered(core, Suggests.PLACES, "Paris") == []
