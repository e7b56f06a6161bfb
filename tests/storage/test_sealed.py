"""Sealing: what opens, what does not, and what the file gives away."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from bot.domain.study import MeshTerm
from bot.domain.watch import Interest
from storage.engine import make_engine
from storage.sealed import LEAST_SECRET, Vault, WrongSecret
from storage.store import SqlStore
from storage.tables import seals
from tests.studies import (
    ALL,
    DAY,
    NOW,
    PARSERS,
    SECRET,
    absorb,
    changed,
    discord,
    follower,
    read,
    study,
    telegram,
)

VAULT = Vault(SECRET)


@given(st.text(), st.text())
def test_what_was_sealed_opens(text: str, purpose: str) -> None:
    """Any text comes back from its seal, for its own purpose."""
    assert VAULT.open(VAULT.seal(text, purpose), purpose) == text


@given(st.text(), st.data())
def test_changed_byte_does_not_open(text: str, data: st.DataObject) -> None:
    """A seal of which any byte was changed is refused."""
    sealed = bytearray(VAULT.seal(text, "chat"))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(WrongSecret):
        VAULT.open(bytes(sealed), "chat")


@given(st.binary(max_size=40))
def test_what_was_never_sealed_does_not_open(junk: bytes) -> None:
    """Bytes that are no seal are refused in the same words."""
    with pytest.raises(WrongSecret, match="secret key"):
        VAULT.open(junk, "chat")


def test_seal_opens_for_its_purpose_and_key_only() -> None:
    """A value moved to another column, or read with another key, is refused."""
    sealed = VAULT.seal("-1001", "chat")
    with pytest.raises(WrongSecret):
        VAULT.open(sealed, "thread")
    with pytest.raises(WrongSecret):
        Vault(SECRET + b"!").open(sealed, "chat")


def test_seals_of_equal_texts_differ() -> None:
    """Who sees the database cannot tell that two chats typed the same."""
    assert VAULT.seal("sarcoma", "asked") != VAULT.seal("sarcoma", "asked")


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_marks_are_equal_exactly_for_equal_values(one: list[str], other: list[str]) -> None:
    """Marks find a value again, and no two values run into one another."""
    assert (VAULT.mark("address", one) == VAULT.mark("address", other)) == (one == other)


def test_marks_need_the_key() -> None:
    """Without the secret nobody can compute the mark of a guessed chat id."""
    assert VAULT.mark("address", ("1",)) != Vault(SECRET + b"!").mark("address", ("1",))


def test_short_secret_is_refused() -> None:
    """A secret that can be guessed is none."""
    with pytest.raises(ValueError, match=str(LEAST_SECRET)):
        Vault(b"x" * (LEAST_SECRET - 1))
    assert SECRET.decode() not in repr(VAULT)


async def test_engine_without_keys_opens_nothing(migrated_sqlite: Path, tmp_path: Path) -> None:
    """A sealed column on an engine that no vault hangs on is an error, not plain text."""
    engine = make_engine(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'store.db')}")
    async with engine.begin() as connection:
        with pytest.raises(StatementError, match="without a secret"):
            await connection.execute(seals.insert().values(name="x", sealed="x"))
    await engine.dispose()


async def test_file_holds_neither_chats_nor_typed_words(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    """After use, no file of the database has a chat id, a thread or what somebody typed in it."""
    file = Path(shutil.copy(migrated_sqlite, tmp_path / "store.db"))
    store = await SqlStore.open(f"sqlite:///{file}", SECRET, parsers=PARSERS)
    told = Interest(
        words="Chronic zebra syndrome",
        terms=(MeshTerm("D099999", "Zebra Syndrome"),),
        phrases=("chronic zebra syndrome",),
        narrower=("Striped zebra syndrome",),
    )
    await absorb(store, read(study(1)))
    chat_id = await follower(store, telegram(-1009007199254740993, 480217), 1)
    await store.chats.ask_consent(chat_id, "purple quagga fever")
    await store.chats.follow_interest(chat_id, told, kinds=ALL, since=DAY)
    await follower(store, discord(1234567890123456789), 1)
    await absorb(store, changed(1))
    before = await asyncio.to_thread(everything, tmp_path)
    await store.chats.consent(chat_id, NOW)
    await store.chats.move(chat_id, telegram(-1007777777777777))
    await store.close()
    for written in (before, await asyncio.to_thread(everything, tmp_path)):
        assert b"nct00000001" in written
        for secret in (b"9007199254740993", b"480217", b"1234567890123456789", b"777777777777"):
            assert secret not in written
        for typed in (b"zebra", b"d099999", b"quagga", b"purple"):
            assert typed not in written


async def test_what_was_forgotten_is_not_in_the_log_either(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    """Once what is done was let go of, no file has the chat's mark, while the database is open."""
    file = Path(shutil.copy(migrated_sqlite, tmp_path / "store.db"))
    store = await SqlStore.open(f"sqlite:///{file}", SECRET, parsers=PARSERS)
    await absorb(store, read(study(1)))
    chat_id = await follower(store, telegram(7), 1)
    with closing(sqlite3.connect(file)) as connection:
        (mark,) = connection.execute("SELECT mark FROM chats").fetchone()
    await store.chats.erase(chat_id)
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM chats").fetchone()
        assert await store.keeping.prune(NOW, 10) == 0  # and does not wait for the reader
    assert mark in await asyncio.to_thread(whole, tmp_path)
    assert await store.keeping.prune(NOW, 10) == 0
    assert mark not in await asyncio.to_thread(whole, tmp_path)
    await store.close()


def whole(folder: Path) -> bytes:
    """All bytes of all files."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


def everything(folder: Path) -> bytes:
    """The same in lower case."""
    return whole(folder).lower()
