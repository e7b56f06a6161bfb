"""The key file: made once, for this user alone, and never silently another one."""

from __future__ import annotations

import asyncio
import stat
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.forked import ROOT
from tests.trialbell.program import environment
from trialbell.secret import SHORTEST, KeyUnusable, load_secret
from trialbell.settings import Settings

ASK = """
from pathlib import Path
from trialbell.secret import load_secret
from trialbell.settings import Settings
print(flush=True)
input()
print(load_secret(Settings())()[0].decode())
"""
"""A process that says when it is ready, waits for a line, and then asks for the key."""


def settings(file: Path | None = None, key: str | None = None) -> Settings:
    """Settings of the key alone."""
    secret = None if key is None else SecretStr(key)
    return Settings(_env_file=None, secret_key_file=file, secret_key=secret)


def test_key_is_made_for_this_user_alone(tmp_path: Path) -> None:
    """The first start makes a file and a folder that nobody else reads, and nothing beside it."""
    file = tmp_path / "of its own" / "secret.key"
    (key,) = load_secret(settings(file))()
    assert len(key) >= SHORTEST
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert list(file.parent.iterdir()) == [file]


def test_second_start_finds_the_same_key(tmp_path: Path) -> None:
    """What was sealed before a restart is opened after it."""
    given = settings(tmp_path / "secret.key")
    assert load_secret(given)() == load_secret(given)()


def test_two_keys_are_not_alike(tmp_path: Path) -> None:
    """Each installation has a key of its own."""
    one, other = settings(tmp_path / "one"), settings(tmp_path / "other")
    assert load_secret(one)() != load_secret(other)()


async def test_processes_that_start_at_once_get_one_key(tmp_path: Path) -> None:
    """However many ask at the same moment, all get the key that is in the file."""
    file = tmp_path / "new" / "secret.key"
    env = environment(tmp_path, {"SECRET_KEY_FILE": str(file)})
    del env["TRIALBELL_SECRET_KEY"]
    pipe = asyncio.subprocess.PIPE
    processes = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", ASK), cwd=ROOT, env=env, stdin=pipe, stdout=pipe
        )
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"\n"
    answers = await asyncio.gather(*(process.communicate(b"\n") for process in processes))
    assert {out.strip() for out, _ in answers} == {file.read_bytes().strip()}
    assert list(file.parent.iterdir()) == [file]


def test_what_a_killed_start_left_is_not_in_the_way(tmp_path: Path) -> None:
    """A half-made file of an earlier start does not keep the next one from making the key."""
    (tmp_path / "secret.key.abcdefgh").touch()
    assert load_secret(settings(tmp_path / "secret.key"))()


def test_setting_goes_before_the_file(tmp_path: Path) -> None:
    """A key that is set is used as it is, and no file is made."""
    file = tmp_path / "secret.key"
    key = "0123456789" * 4
    assert load_secret(settings(file, key))() == (key.encode(),)
    assert not file.exists()


def test_short_key_is_refused(tmp_path: Path) -> None:
    """A key that can be guessed is refused, from the setting as from the file, and not shown."""
    with pytest.raises(KeyUnusable, match=r"TRIALBELL_SECRET_KEY is too short.* 32 ") as caught:
        load_secret(settings(key="opensesame"))
    assert "opensesame" not in str(caught.value)
    file = tmp_path / "secret.key"
    file.write_text("opensesame\n")
    with pytest.raises(KeyUnusable, match=r"secret\.key is too short"):
        load_secret(settings(file))


def test_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """Bytes of another file are not taken for a key."""
    file = tmp_path / "secret.key"
    file.write_bytes(b"\xff" * 64)
    with pytest.raises(KeyUnusable, match="it is not text"):
        load_secret(settings(file))


def test_folder_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    """Where no key can be made the sentence names the file and the setting that helps."""
    (tmp_path / "a file").touch()
    with pytest.raises(KeyUnusable) as caught:
        load_secret(settings(tmp_path / "a file" / "secret.key"))
    assert "a file/secret.key" in str(caught.value)
    assert "TRIALBELL_SECRET_KEY_FILE" in str(caught.value)
