"""Who manages the feeds of a server: its administrators, and one role that they choose."""

from __future__ import annotations

from pathlib import Path

from bot.domain.address import Address
from bot.domain.commands.request import Request
from bot.domain.message import Message
from tests.bot.services.support import YOU, house, nct
from tests.bot.services.test_beginning import followed
from tests.bot.services.test_searching import trials
from trialbell.wiring import Core

SERVER = Address(YOU.platform, YOU.bot, "server:1")
OTHER = Address(YOU.platform, YOU.bot, "server:2")
MODS = frozenset({"77"})


async def ask(
    core: Core,
    command: str,
    text: str,
    *,
    admin: bool = False,
    roles: frozenset[str] = frozenset(),
    server: Address | None = SERVER,
) -> Message:
    """The answer to a member of a server, or to who administers it."""
    request = Request(
        command=command,
        text=text,
        address=YOU,
        private=False,
        may_manage=admin,
        server=server,
        roles=roles,
    )
    return (await core.desk.answer(request))[0]


async def test_a_role_that_was_chosen_may_manage(file: Path) -> None:
    """In all feeds of that server and in no other; without the role, or once it is let go, not."""
    async with house(file, trials(2)) as (_, core):
        await ask(core, "follow", nct(1), roles=MODS)
        assert await followed(core) == ()
        shown = await ask(core, "feed", "managers <@&77>", admin=True)
        assert "77" in (shown.lede or "")
        await ask(core, "follow", nct(1), roles=frozenset({"78"}))
        await ask(core, "follow", nct(1), roles=MODS, server=OTHER)
        await ask(core, "follow", nct(1), roles=MODS, server=None)
        assert await followed(core) == ()
        await ask(core, "follow", nct(1), roles=MODS)
        assert len(await followed(core)) == 1
        await ask(core, "feed", "managers none", admin=True)
        await ask(core, "follow", nct(2), roles=MODS)
        assert len(await followed(core)) == 1


async def test_only_who_administers_the_server_chooses_the_role(file: Path) -> None:
    """Who manages by the role can neither pass it on nor take it away; others see nothing."""
    async with house(file, trials(1)) as (_, core):
        await ask(core, "feed", "managers <@&77>", admin=True)
        for roles in (MODS, frozenset[str]()):
            for text in ("managers <@&78>", "managers none", "managers"):
                answer = await ask(core, "feed", text, roles=roles)
                assert "77" not in (answer.lede or "")
        shown = await ask(core, "feed", "managers", admin=True)
        assert "77" in (shown.lede or "")
        elsewhere = await ask(core, "feed", "managers <@&78>", admin=True, server=None)
        assert "Discord" in (elsewhere.lede or "")
