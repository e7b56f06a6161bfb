"""`trialbell keys`: a new key takes over from an old one, beside a running Trialbell.

A leaked key is replaced in two steps. ``rotate`` puts a new key before the others in the key file
and seals everything with it, a batch at a time; what runs meanwhile sees the changed file, seals
with the new key and opens with any. ``forget_old`` then takes the other keys out of the file, and
refuses as long as something needs one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from storage.store import SqlStore
from trialbell.mend import Mendable
from trialbell.secret import Keyring, changing, load_secret, new_key
from trialbell.settings import Settings
from trialbell.wiring import open_store

BATCH = 200
"""Rows in one transaction: some ten milliseconds in which a chat that writes has to wait."""

AGAIN_SECONDS = 0.2

BY_SETTING = (
    "The key is set by TRIALBELL_SECRET_KEY, which this program cannot change. Write a file that "
    "only this user can read, with a new key of at least 32 random characters in the first line "
    "and the present key in the second. Name it with TRIALBELL_SECRET_KEY_FILE, remove "
    "TRIALBELL_SECRET_KEY, start Trialbell again, and then call `trialbell keys rotate` again."
)


async def rotate(settings: Settings, say: Callable[[str], None]) -> None:
    """Seal everything with a new key; goes on with a rotation that was broken off.

    Raises StoreError, KeyUnusable, and Mendable where the key is no file's.
    """
    keys = load_secret(settings)
    async with open_store(settings) as store:
        if len(keys()) > 1 and await store.sealing.stale():
            say("Going on with the newest key of the file: not everything is sealed with it yet.")
        else:
            path = _file_of(keys)
            with changing(path) as lines:
                lines.insert(0, new_key())
            say(f"A new key stands first in {path}.")
        await _reseal(store, say)
    say(
        "Everything is sealed with the new key. Backups made before now need the old one: keep a "
        "copy of it apart for as long as you keep them. `trialbell keys forget-old` takes it out "
        "of the key file."
    )


async def forget_old(settings: Settings) -> str:
    """Take all keys but the newest out of the key file. Returns what was done.

    Raises StoreError, KeyUnusable, and Mendable where an old key is still needed.
    """
    keys = load_secret(settings)
    path = _file_of(keys)
    if len(keys()) == 1:
        return f"There is one key in {path}: nothing to forget."
    async with open_store(settings) as store, store.sealing.still() as stale:
        if stale:
            raise Mendable(
                f"{stale} rows are still sealed with an old key: nothing was forgotten. "
                "Call `trialbell keys rotate`, and then this again."
            )
        with changing(path) as lines:
            del lines[1:]
    return f"Only the newest key is left in {path}."


async def _reseal(store: SqlStore, say: Callable[[str], None]) -> None:
    sealed, left = 0, await store.sealing.stale()
    while left:
        whole = sealed + left
        while done := await store.sealing.reseal(BATCH):
            sealed += done
            say(f"Sealed anew: {sealed} of {max(whole, sealed)}.")
        left = await store.sealing.stale()
        if left:  # somebody holds these rows just now
            await asyncio.sleep(AGAIN_SECONDS)


def _file_of(keys: Keyring) -> Path:
    if keys.path is None:
        raise Mendable(BY_SETTING)
    return keys.path
