"""Databases that were sealed while there was one key, which seals did not name."""

from __future__ import annotations

import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import LargeBinary, type_coerce, update

from storage.engine import open_database
from storage.sealed import WrongSecret, _subkey
from storage.sealing import CHECK, sealed_columns
from storage.store import SqlStore
from storage.tables import bots, chats, seals
from tests.studies import PARSERS, SECRET, telegram

NEW = b"another made-up secret of tests, 32"


def sealed_of_old(text: str, purpose: str) -> bytes:
    """A seal as it was made then."""
    nonce = os.urandom(12)
    cipher = AESGCM(_subkey(SECRET, b"trialbell seal 1"))
    return b"\x01" + nonce + cipher.encrypt(nonce, text.encode(), purpose.encode())


async def as_of_old(url: str) -> None:
    """A database with one chat, as it was kept then."""
    database = open_database(url, SECRET)
    mark = database.vault.mark("address", ("telegram", "7000000001", "42", None))
    async with database.write() as connection:
        check = {"name": CHECK, "sealed": "x"}
        await connection.execute(seals.insert(), check)
        raw = {seals.c.sealed: type_coerce(sealed_of_old(CHECK, "seal"), LargeBinary)}
        await connection.execute(update(seals).values(raw))
        await connection.execute(
            bots.insert(), {"id": 1, "platform": "telegram", "bot": "7000000001"}
        )
        chat = {"id": 1, "bot_id": 1, "mark": mark, "chat": "x"}
        await connection.execute(chats.insert(), chat)
        old = {chats.c.chat: type_coerce(sealed_of_old("42", "chat"), LargeBinary)}
        await connection.execute(update(chats).values(old))
    await database.close()


async def test_database_of_one_key_goes_on_and_can_be_rotated(store_url: str) -> None:
    """Its chats are found by the marks that they have, and its seals come under a new key."""
    await as_of_old(store_url)
    store = await SqlStore.open(store_url, lambda: (NEW, SECRET), parsers=PARSERS)
    assert await store.chats.find(telegram(42)) is not None
    assert await store.sealing.stale() == 2
    assert await store.sealing.reseal(10) == 2
    assert await store.sealing.stale() == 0
    await store.close()
    with pytest.raises(WrongSecret):
        await SqlStore.open(store_url, SECRET, parsers=PARSERS)
    store = await SqlStore.open(store_url, NEW, parsers=PARSERS)
    assert await store.chats.find(telegram(42)) is not None
    await store.close()


async def test_old_database_is_not_opened_with_another_key(store_url: str) -> None:
    """A wrong key is told before a key of marks is made with it."""
    await as_of_old(store_url)
    with pytest.raises(WrongSecret):
        await SqlStore.open(store_url, NEW, parsers=PARSERS)
    store = await SqlStore.open(store_url, SECRET, parsers=PARSERS)
    assert await store.chats.find(telegram(42)) is not None
    await store.close()


def test_every_sealed_column_is_rotated() -> None:
    """A rotation knows each column that holds what may not be read."""
    named = {
        f"{column.table.name}.{column.name}" for row in sealed_columns().values() for column in row
    }
    assert {
        "chats.chat",
        "chats.thread",
        "chats.asked",
        "interests.interest",
        "seals.sealed",
    } <= named
