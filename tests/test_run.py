"""The one door, ``./run``: as a newcomer finds it on a machine that has little."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ("sh", "dirname", "cmp", "cp")
OLD = '#!/bin/sh\ncase "$*" in *version_info*) exit 1;; esac\n'
WITHOUT_VENV = '#!/bin/sh\ncase "$*" in *venv*) exit 1;; esac\n'


@pytest.fixture
def door(tmp_path: Path) -> Path:
    """A fresh copy in a folder whose name has a space, beside a PATH of the bare tools."""
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (tmp_path / "bin" / tool).symlink_to(found)
    folder = tmp_path / "a new clone"
    folder.mkdir()
    for name in ("run", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    return folder / "run"


def put(door: Path, name: str, script: str) -> None:
    """A program of that name on the PATH."""
    program = door.parents[1] / "bin" / name
    program.write_text(script)
    program.chmod(0o755)


def call(door: Path) -> subprocess.CompletedProcess[str]:
    """Call it from another folder."""
    path = {"PATH": str(door.parents[1] / "bin")}
    return subprocess.run([door], check=False, cwd="/", env=path, capture_output=True, text=True)


def test_without_python_it_says_which_is_needed(door: Path) -> None:
    """Where there is no Python at all, and where it is too old, a sentence names the version."""
    nothing = call(door)
    put(door, "python3", OLD)
    too_old = call(door)
    for ended in (nothing, too_old):
        assert ended.returncode == 1
        assert "Trialbell needs Python 3.11 or later." in ended.stderr
    assert not (door.parent / ".venv").exists()


def test_without_venv_it_says_what_to_install(door: Path) -> None:
    """Debian's Python comes without venv: the sentence names the package."""
    put(door, "python3.12", WITHOUT_VENV)
    ended = call(door)
    assert ended.returncode == 1
    assert "python3-venv" in ended.stderr


def test_it_is_plain_sh() -> None:
    """It needs no bash: its first line asks for sh, and sh can read it."""
    text = (ROOT / "run").read_text(encoding="utf8")
    assert text.startswith("#!/bin/sh\n")
    subprocess.run(["sh", "-n", ROOT / "run"], check=True)
