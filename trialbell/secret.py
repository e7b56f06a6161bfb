"""The key that seals what people follow: from a setting, or a file made at the first start."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from trialbell.mend import Mendable
from trialbell.settings import Settings, key_file

SHORTEST = 32
"""Characters. Shorter keys are refused: they can be guessed."""


class KeyUnusable(Mendable):
    """The key is missing, unreadable or too short; the message says what to do."""


def load_secret(settings: Settings) -> bytes:
    """The secret. Makes the key file where there is none. Raises KeyUnusable."""
    if settings.secret_key is not None:
        return _checked(settings.secret_key.get_secret_value(), "TRIALBELL_SECRET_KEY")
    path = settings.secret_key_file or key_file()
    try:
        if not path.exists():
            _make(path)
        return _checked(path.read_text(encoding="ascii").strip(), str(path))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise KeyUnusable(
            f"The key file {path} cannot be used ({reason}). Let this user read it and write to "
            "its folder, or name another file with TRIALBELL_SECRET_KEY_FILE."
        ) from error


def _checked(key: str, where: str) -> bytes:
    if len(key) < SHORTEST:
        raise KeyUnusable(
            f"The key in {where} is too short: give at least {SHORTEST} random characters."
        )
    return key.encode()


def _make(path: Path) -> None:
    """Write a new key that only this user can read, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Under a name of its own at first: a start that was killed here must not be in the next one's
    # way. The file is this user's alone (0600) from the beginning.
    descriptor, fresh = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, path)  # refuses where another process was quicker: its key is the one
    except FileExistsError:
        pass
    finally:
        Path(fresh).unlink()
