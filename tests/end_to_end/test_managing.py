"""Managing in a terminal: what is followed, settings and reasons, typed and pressed by numbers."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from adapters.terminal.platform import TerminalPlatform
from adapters.terminal.screen import Screen
from tests.adapters.terminal.messages import pipe, written
from tests.bot.services.support import house, nct, next_day, old, read, with_criteria
from tests.end_to_end.house import send_all
from tests.fakes.messenger import RecordingMessenger
from trialbell.wiring import Core


async def typed(core: Core, *lines: str) -> str:
    """A chat over a pipe with these lines; all that it shows."""
    console = pipe()
    out, into = os.pipe()
    os.write(into, "".join(f"{line}\n" for line in lines).encode())
    os.close(into)
    await TerminalPlatform(core.desk.answer, screen=Screen(console), stdin=out).run()
    os.close(out)
    return written(console)


async def test_a_person_manages_all_of_it_from_a_terminal(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    """The numbers under an answer press its buttons, and what is chosen holds from then on."""
    file = Path(shutil.copy(migrated_sqlite, tmp_path / "store.db"))
    async with house(file, [old(1)], [with_criteria(old(1), "Older")]) as (server, core):
        said = await typed(core, f"/follow {nct(1)}", "yes", "/following", "1", "2", "/following")
        assert f"1. {nct(1)}: Trial number 1" in said
        assert said.count("Paused: nothing of it is told.") == 1
        said = await typed(core, "/following", "1", "2", "/settings place Lyon", "/settings", "7")
        assert "It is Lyon, France; near is within 100 km." in said
        assert "There is no button 7 now" in said
        assert "Time zone: Europe/Paris" in said
        await read(core)
        await next_day(server, core)
        assert await send_all(core, RecordingMessenger()) == 1
        said = await typed(core, "/why", f"/why {nct(1)}", "/status", f"mute {nct(1)}", "1")
        assert f"{nct(1)}, data of {server.sandbox.day}" in said
        assert f"{nct(1)} was told" in said
        assert "Nothing waits to be told to this chat." in said
        assert f"{nct(1)} is muted" in said
        assert f"{nct(1)} is told again" in said
