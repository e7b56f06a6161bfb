"""Following with a choice of what is told: said with the follow, or later of a feed's own."""

from __future__ import annotations

from pathlib import Path

from bot.domain.change import TOLD_TO_PROFESSIONALS, Kind, mask
from tests.bot.services.support import house, lines, nct
from tests.bot.services.talking import ask, press
from tests.bot.services.test_beginning import followed
from tests.bot.services.test_searching import buttons, trials

ASKED = "kinds:results,status"
MASK = Kind.RESULTS.bit | Kind.STATUS.bit


async def test_a_trial_is_followed_for_the_kinds_that_were_named(file: Path) -> None:
    """At once in a group, and after the question in a private chat; named again they change."""
    async with house(file, trials(2)) as (_, core):
        await ask(core, "follow", f"{ASKED} {nct(1)}")
        shown = await ask(core, "follow", f"{ASKED} {nct(2)}", private=True)
        await ask(core, "consent", private=True)
        assert "consent" in [one.action for one in shown.buttons]
        assert [one.kinds for one in await followed(core)] == [MASK, MASK]
        again = await ask(core, "follow", f"kinds:professionals {nct(1)}")
        assert "What is told of it" in lines(again)
        assert (await followed(core))[0].kinds == mask(TOLD_TO_PROFESSIONALS)
        await ask(core, "follow", nct(1))
        assert (await followed(core))[0].kinds == mask(TOLD_TO_PROFESSIONALS)


async def test_a_condition_is_followed_for_the_kinds_that_were_shown(file: Path) -> None:
    """They are said before the yes, and go along with what narrows it further."""
    async with house(file, trials(3)) as (_, core):
        shown = await ask(core, "follow", f"{ASKED} sarcoma")
        assert "Results\nStatus" in lines(shown)
        narrower = await press(core, buttons(shown)["Status: Recruiting"])
        await press(core, buttons(narrower)["Follow"])
        assert [one.kinds for one in await followed(core)] == [MASK]


async def test_a_feeds_own_is_edited_by_kinds(file: Path) -> None:
    """What is told of one thing is chosen with it; alone it is shown as it stands."""
    async with house(file, trials(1)) as (_, core):
        await ask(core, "feed", f"add {nct(1)}")
        await ask(core, "feed", f"edit {ASKED} {nct(1)}")
        assert [one.kinds for one in await followed(core)] == [MASK]
        await ask(core, "feed", f"edit {nct(1)}")
        assert [one.kinds for one in await followed(core)] == [MASK]


async def test_what_was_stopped_is_followed_again_for_the_same_kinds(file: Path) -> None:
    """A condition and a trial: the button that takes the stop back takes all of it back."""
    async with house(file, trials(3)) as (_, core):
        await press(core, buttons(await ask(core, "follow", f"{ASKED} sarcoma"))["Follow"])
        await ask(core, "follow", f"{ASKED} {nct(1)}")
        stopped = await ask(core, "unfollow", "1")
        again = await press(core, buttons(stopped)["Follow it again"])
        await press(core, buttons(again)["Follow"])
        stopped = await ask(core, "unfollow", nct(1))
        await press(core, buttons(stopped)["Follow it again"])
        assert [one.kinds for one in await followed(core)] == [MASK, MASK]
