"""What people are told about what is kept of them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from bot.domain.commands.request import Request
from bot.domain.message import Button, Message
from bot.services.desk import Desk
from tests.bot.services.support import YOU, house, lines, nct, old
from tests.bot.services.talking import ask
from trialbell.wiring import Core

NOTICE = "https://host.example/privacy"
LINK = Button("What is promised", url=NOTICE)


async def answers(core: Core, command: str, text: str = "") -> Message:
    """What a desk with an operator who says who they are answers in a private chat."""
    means = msgspec.structs.replace(core.means, privacy_url=NOTICE, contact="you@example.org")
    request = Request(command=command, text=text, address=YOU, private=True)
    (answer,) = await Desk(means).answer(request)
    return answer


async def test_privacy_says_what_is_kept_and_by_whom(file: Path) -> None:
    """What the program keeps, whom to ask, and where the operator's own promise stands."""
    async with house(file, [old(1)]) as (_, core):
        answer = await answers(core, "privacy")
        assert answer.buttons == (LINK,)
        said = lines(answer)
        assert "encrypted" in said
        assert "/forget" in said
        assert "waits for 90 days" in said
        assert "you@example.org" in said
        bare = await ask(core, "privacy")
        assert bare.buttons == ()
        assert "has not said how to be reached" in lines(bare)


async def test_the_question_before_the_first_follow_leads_to_the_promise(file: Path) -> None:
    """Who is asked whether it may be kept can read by whom and how."""
    async with house(file, [old(1)]) as (_, core):
        asked = await answers(core, "follow", "sarcoma")
        assert "something about health" in lines(asked)
        assert asked.buttons[-1] == LINK
        number = await answers(core, "follow", nct(1))
        assert number.title == "May this be kept?"
        assert number.buttons[-1] == LINK
        unset = await ask(core, "follow", "sarcoma", private=True)
        assert {button.url for button in unset.buttons} == {None}
