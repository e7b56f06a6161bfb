"""The bot in a terminal."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from adapters.terminal.commands import YOU
from bot.domain.outcome import Sent
from bot.domain.replies.feed import test_post as post
from tests.bot.services.support import house, old
from trialbell.chat import Terminal


async def test_a_test_post_can_be_posted_in_a_terminal(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    """What is asked to be posted there is shown there."""
    file = Path(shutil.copy(migrated_sqlite, tmp_path / "store.db"))
    async with house(file, [old(1)]) as (_, core):
        nothing = os.open(os.devnull, os.O_RDONLY)
        try:
            Terminal(core, stdin=nothing)
            assert isinstance(await core.posting.post(YOU, post()), Sent)
        finally:
            os.close(nothing)
