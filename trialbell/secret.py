"""The keys that seal what people follow: from a setting, or a file made at the first start.

The file holds one key a line, the newest first. More than one are in it while a new key takes over
from an old one (``trialbell.keys``).
"""

from __future__ import annotations

import fcntl
import os
import secrets
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import structlog

from trialbell.mend import Mendable
from trialbell.settings import Settings, key_file

SHORTEST = 32
"""Characters. Shorter keys are refused: they can be guessed."""

log = structlog.get_logger()


class KeyUnusable(Mendable):
    """The key is missing, unreadable or too short; the message says what to do."""


class Keyring:
    """All keys, the newest first; a changed file is noticed at the next call.

    ``path`` is the file, None where the only key is a setting. Raises KeyUnusable when it is made,
    and not when it is called: a running program goes on with what it has.
    """

    def __init__(self, keys: Sequence[bytes], path: Path | None = None) -> None:
        self.path = path
        self._keys = tuple(keys)
        self._seen = _stamp(path)

    def __call__(self) -> tuple[bytes, ...]:
        """The keys as they are now. As long as the file is the same this costs one look at it."""
        stamp = _stamp(self.path)
        if self.path is not None and stamp is not None and stamp != self._seen:
            self._seen = stamp
            try:
                self._keys = _read(self.path)
            except KeyUnusable:
                log.error("key file cannot be read again", file=str(self.path))
        return self._keys


def load_secret(settings: Settings) -> Keyring:
    """The keys. Makes the key file where there is none. Raises KeyUnusable."""
    if settings.secret_key is not None:
        key = _checked(settings.secret_key.get_secret_value(), "TRIALBELL_SECRET_KEY")
        return Keyring([key])
    path = settings.secret_key_file or key_file()
    try:
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make(path)
    except OSError as error:
        raise _unusable(path, error) from error
    return Keyring(_read(path), path)


@contextmanager
def changing(path: Path) -> Iterator[list[str]]:
    """The lines of a key file, written back whole when the block ends without an error.

    Whoever else changes it waits. Raises KeyUnusable.
    """
    try:
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError as error:
        raise _unusable(path, error) from error
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        lines = [key.decode() for key in _read(path)]
        yield lines
        try:
            fresh = _written(path, lines)
            fresh.replace(path)
            os.fsync(folder)
        except OSError as error:
            raise _unusable(path, error) from error
    finally:
        os.close(folder)


def new_key() -> str:
    """A key that nobody can guess."""
    return secrets.token_urlsafe(48)


def _read(path: Path) -> tuple[bytes, ...]:
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, error) from error
    keys = [line.strip() for line in lines if line.strip()]
    return tuple(_checked(key, str(path)) for key in keys or [""])


def _checked(key: str, where: str) -> bytes:
    if len(key) < SHORTEST:
        raise KeyUnusable(
            f"The key in {where} is too short: give at least {SHORTEST} random characters."
        )
    return key.encode()


def _unusable(path: Path, error: Exception) -> KeyUnusable:
    reason = getattr(error, "strerror", None) or "it is not text"
    return KeyUnusable(
        f"The key file {path} cannot be used ({reason}). Let this user read it and write to "
        "its folder, or name another file with TRIALBELL_SECRET_KEY_FILE."
    )


def _stamp(path: Path | None) -> tuple[int, int, int] | None:
    """What is different once a file was changed; None where it cannot be looked at."""
    if path is None:
        return None
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _make(path: Path) -> None:
    """Write a new key that only this user can read, whole or not at all."""
    fresh = _written(path, [new_key()])
    try:
        os.link(fresh, path)  # refuses where another process was quicker: its key is the one
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _written(path: Path, keys: Sequence[str]) -> Path:
    """A file beside ``path`` that holds these keys, on the disk.

    Under a name of its own at first: a start that was killed here must not be in the next one's
    way. The file is this user's alone (0600) from the beginning.
    """
    descriptor, fresh = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.writelines(f"{key}\n" for key in keys)
        file.flush()
        os.fsync(file.fileno())
    return Path(fresh)
