"""Files of answers, in the folder where the chat was begun."""

from __future__ import annotations

import stat
from pathlib import Path

from adapters.terminal.files import keep_file
from adapters.terminal.platform import TerminalPlatform
from adapters.terminal.screen import Screen
from bot.domain.commands.request import Request
from bot.domain.importing import LARGEST
from bot.domain.message import File, Message
from tests.adapters.terminal.messages import pipe, written
from tests.adapters.terminal.test_platform import input_of

KEPT = File("kept.json", "application/json", b"{}")


def test_a_file_is_for_its_owner_and_takes_nobody_s_place(tmp_path: Path) -> None:
    """A second one gets a number, and nobody else on the machine can read them."""
    said = [keep_file(KEPT, tmp_path) for _ in range(3)]
    names = ["kept.json", "kept-1.json", "kept-2.json"]
    assert said == [f"Written to {tmp_path / name}" for name in names]
    for name in names:
        assert (tmp_path / name).read_bytes() == b"{}"
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_a_name_leads_nowhere_else(tmp_path: Path) -> None:
    """Whatever a file is called, it stays in the folder."""
    inside = tmp_path / "inside"
    inside.mkdir()
    keep_file(File("../../kept.json", "text/plain", b""), inside)
    assert [one.name for one in inside.iterdir()] == ["kept.json"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    """In words, and the chat goes on."""
    assert "cannot be written here" in keep_file(KEPT, tmp_path / "missing")


async def test_an_answer_s_files_are_written_and_named(tmp_path: Path) -> None:
    """Under the answer that brought them."""

    async def answer(_: Request) -> tuple[Message, ...]:
        return (Message(title="All of it", files=(KEPT,)),)

    console = pipe()
    with input_of("/export\n") as stdin:
        platform = TerminalPlatform(answer, screen=Screen(console), stdin=stdin, folder=tmp_path)
        await platform.run()
    assert f"Written to {tmp_path / 'kept.json'}" in written(console)


async def _asked(line: str, folder: Path) -> tuple[list[Request], str]:
    """What the desk is asked for a line, and what is shown."""
    asked: list[Request] = []

    async def answer(request: Request) -> tuple[Message, ...]:
        asked.append(request)
        return (Message(title="Follow all of this?"),)

    console = pipe()
    with input_of(f"{line}\n") as stdin:
        await TerminalPlatform(answer, screen=Screen(console), stdin=stdin, folder=folder).run()
    return asked, written(console)


async def test_a_file_is_brought_by_its_name(tmp_path: Path) -> None:
    """Beside the chat or by its whole path, in quotes or not; only a little too much is read."""
    (tmp_path / "my trials.txt").write_text("NCT00902044")
    for line in ("/import my trials.txt", f"import '{tmp_path}/my trials.txt'"):
        (request,), _ = await _asked(line, tmp_path)
        assert (request.text, request.file) == ("", b"NCT00902044")
    (tmp_path / "large.csv").write_bytes(b"x" * (LARGEST + 10))
    (request,), _ = await _asked("/import large.csv", tmp_path)
    assert len(request.file or b"") == LARGEST + 1


async def test_what_names_no_file_is_read_as_it_is_typed(tmp_path: Path) -> None:
    """A number, a link and an answer are no files; one that is missing is said to be."""
    for typed in ("NCT00902044", "yes", "https://clinicaltrials.gov/search?cond=a.txt", "x" * 5000):
        (request,), _ = await _asked(f"/import {typed}", tmp_path)
        assert (request.text, request.file) == (typed, None)
    asked, said = await _asked("/import missing.json", tmp_path)
    assert not asked
    assert "missing.json cannot be read: No such file or directory." in said
    _, said = await _asked("/import", tmp_path)
    assert "name the file: /import trialbell-2026-11-21.json" in said
