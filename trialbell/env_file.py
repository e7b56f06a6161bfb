"""The settings file: read, changed line by line, and written so that only its owner reads it."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values

from trialbell.mend import Mendable

_LINE = re.compile(r"\s*(?:export\s+)?(\w+)\s*=")
_PLAIN = re.compile(r"[\w@%+=:,./~?&-]*")
"""What needs no quotes: `docker run --env-file` takes quotes for a part of the value."""


def values_in(path: Path) -> dict[str, str]:
    """The settings of a file, by name in capitals; none where there is no file. Raises Mendable."""
    if not path.exists():
        return {}
    try:
        read = dotenv_values(path, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, error) from None
    return {name.upper(): value for name, value in read.items() if value}


def change(path: Path, changes: Mapping[str, str | None]) -> None:
    """Set these names, or take out those that are None; every other line stays as it is.

    The file is there whole, old or new, whatever happens, with mode 0600. Raises Mendable.
    """
    path = path.resolve()  # through a link, which stays one
    try:
        old = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        _write(path, "".join(f"{line}\n" for line in _changed(old, changes)))
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, error) from None


def _changed(old: list[str], changes: Mapping[str, str | None]) -> list[str]:
    left = {name: value for name, value in changes.items() if value is not None}
    lines = []
    for line in old:
        found = _LINE.match(line)
        name = found[1].upper() if found else None
        if name not in changes:
            lines.append(line)
        elif name in left:
            lines.append(f"{name}={_quoted(left.pop(name))}")
    return lines + [f"{name}={_quoted(value)}" for name, value in left.items()]


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    if "${" in value:  # it is replaced in every file of this kind, however it is quoted
        raise Mendable("A value with ${ in it cannot stand in a file; set it in the environment.")
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _write(path: Path, text: str) -> None:
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            fresh.unlink()


def _unusable(path: Path, error: OSError | UnicodeDecodeError) -> Mendable:
    reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
    return Mendable(f"The file {path} cannot be used ({reason}).")
