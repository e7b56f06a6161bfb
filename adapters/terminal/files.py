"""Files of answers: written where the person is, and only for them to read."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

from bot.domain.message import File
from bot.domain.words import say


def keep_file(file: File, folder: Path) -> str:
    """Write it under its name, or a numbered one where that is taken. What to say about it."""
    name = Path(file.name)
    names = (
        name.name if not number else f"{name.stem}-{number}{name.suffix}"
        for number in itertools.count()
    )
    for one in names:
        path = folder / one
        try:
            # Made for the owner alone from the start: it says what somebody follows.
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        except OSError as error:
            return say("terminal.file.failed", name=one, why=error.strerror or "?")
        with os.fdopen(handle, "wb") as opened:
            opened.write(file.content)
        return say("terminal.file", path=path)
    raise AssertionError("numbers do not end")
