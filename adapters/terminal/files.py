"""Files of answers, written for the person alone to read; and files that they bring along."""

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


_ENDS = (".json", ".txt", ".csv", ".opml", ".xml", ".md")


def named_file(text: str, folder: Path) -> Path | None:
    """The file that somebody names behind /import: one that is there, or that looks like a file."""
    typed = text.strip().strip("'\"")
    if not typed or "://" in typed or "\n" in typed:
        return None
    try:
        path = folder / Path(typed).expanduser()
        there = path.is_file()
    except (OSError, RuntimeError, ValueError):  # too long, nobody's home, a null in it
        return None
    return path if there or typed.lower().endswith(_ENDS) else None


def bring_file(path: Path, most: int) -> bytes | str:
    """What is in it, a little more than ``most`` bytes at most; or what to say where it is not."""
    try:
        with path.open("rb") as opened:
            return opened.read(most + 1)
    except OSError as error:
        return say("terminal.import.failed", path=path, why=error.strerror or "?")
