"""All trials that are named in a text, answered by the desk."""

from __future__ import annotations

from pathlib import Path

from bot.domain.replies.mentioned import LISTED
from tests.bot.services.support import house, nct
from tests.bot.services.talking import ask, asking
from tests.bot.services.test_searching import trials


async def test_a_few_trials_are_cards_and_one_that_is_none_is_said_to_be(file: Path) -> None:
    """In the order in which they were named, each once."""
    async with house(file, trials(2)) as (_, core):
        text = f"{nct(2)} {nct(1)} {nct(2)} {nct(7)}"
        answer = await core.desk.answer(asking("mentioned", text))
        assert [one.title for one in answer[:2]] == [
            (await ask(core, "trial", nct(2))).title,
            (await ask(core, "trial", nct(1))).title,
        ]
        assert nct(7) in f"{answer[2].title}{answer[2].lede}"


async def test_many_trials_are_a_list_to_choose_from(file: Path) -> None:
    """With the titles that are known; what does not fit is counted, and nothing is looked up."""
    async with house(file, trials(1)) as (registry, core):
        await ask(core, "trial", nct(1))
        registry.requests.clear()
        numbers = [nct(number) for number in range(1, LISTED + 6)]
        shown = await ask(core, "mentioned", " ".join(numbers))
        lines = shown.sections[0].lines
        assert lines[0] == f"{nct(1)}: Trial number 1"
        assert lines[1] == nct(2)
        assert lines[-1] == "And 5 more."
        assert [one.action for one in shown.buttons] == [f"trial {one}" for one in numbers[:LISTED]]
        assert not registry.requests


async def test_no_trial_is_said_in_words(file: Path) -> None:
    """And what to do instead."""
    async with house(file, trials(1)) as (_, core):
        assert (await ask(core, "mentioned")).title == "No trial is named there"
