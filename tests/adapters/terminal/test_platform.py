"""The chat as a person, a pipe or a file meets it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import termios
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from adapters.terminal.commands import YOU
from adapters.terminal.messenger import TerminalMessenger
from adapters.terminal.platform import TerminalPlatform
from adapters.terminal.screen import Screen
from bot.domain.commands.request import Request
from bot.domain.message import Message
from tests.adapters.terminal.messages import CONSENT, NEWS, pipe, shown, terminal, written


class Desk:
    """Answers with what it was asked; a follow asks for consent first."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def __call__(self, request: Request) -> tuple[Message, ...]:
        """Note the request and answer it."""
        self.asked.append(f"{request.command} {request.text}".strip())
        await self.may_answer.wait()
        if request.command == "follow":
            return (CONSENT,)
        return (Message(title=f"Answer to {request.command} {request.text}"),)


@contextlib.contextmanager
def input_of(text: str) -> Iterator[int]:
    """A pipe with this in it, and nothing more to come."""
    out, into = os.pipe()
    os.write(into, text.encode())
    os.close(into)
    yield out
    os.close(out)


async def chat(text: str, console: Console, desk: Desk) -> None:
    """A whole chat over a pipe."""
    with input_of(text) as stdin:
        await TerminalPlatform(desk, screen=Screen(console), stdin=stdin).run()


async def test_every_line_of_a_pipe_is_answered_in_order() -> None:
    """What is typed ahead is not lost, and each line stands above its answer."""
    console, desk = pipe(), Desk()
    await chat("/trial NCT00902044\n/follow sarcoma\nyes\n", console, desk)
    assert desk.asked == ["trial NCT00902044", "follow sarcoma", "consent"]
    output = written(console)
    assert output.index("> /trial") < output.index("Answer to trial") < output.index("> /follow")
    assert "\x1b" not in output


async def test_the_last_line_may_lack_its_line_break() -> None:
    """As ``printf`` without one leaves it, and files from Windows have two."""
    desk = Desk()
    await chat("/help\r\n\r\n/about", pipe(), desk)
    assert desk.asked == ["help", "about"]


async def test_signs_that_are_cut_by_the_reading_arrive_whole() -> None:
    """A long line in UTF-8, longer than one read."""
    desk = Desk()
    words = "肉腫" * 9_000
    out, into = os.pipe()
    platform = TerminalPlatform(desk, screen=Screen(pipe()), stdin=out)
    running = asyncio.create_task(platform.run())
    with os.fdopen(into, "wb") as writing:
        await asyncio.to_thread(writing.write, f"/trial {words}\n".encode())
    await running
    os.close(out)
    assert desk.asked == [f"trial {words}"]


async def test_a_file_is_read_as_a_pipe_is(tmp_path: Path) -> None:
    """``trialbell demo < commands.txt`` works."""
    commands = tmp_path / "commands.txt"
    commands.write_text("/help\n")
    desk = Desk()
    with commands.open() as file:
        await TerminalPlatform(desk, screen=Screen(pipe()), stdin=file.fileno()).run()
    assert desk.asked == ["help"]


async def test_leaving_leaves_the_rest_unanswered_and_waits_for_nothing() -> None:
    """After /quit nothing is done any more, not even what is done after the end of a pipe."""
    desk = Desk()

    async def never() -> None:
        raise AssertionError("waited after /quit")

    with input_of("/quit\n/help\n") as stdin:
        await TerminalPlatform(desk, screen=Screen(pipe()), stdin=stdin, after_eof=never).run()
    assert desk.asked == []


async def test_what_is_pushed_after_the_end_of_a_pipe_still_shows() -> None:
    """The caller says how long the chat stays open then."""
    console = pipe()
    screen = Screen(console)

    async def until_news() -> None:
        await TerminalMessenger(screen).send(YOU, NEWS, "a")

    with input_of("/help\n") as stdin:
        platform = TerminalPlatform(Desk(), screen=screen, stdin=stdin, after_eof=until_news)
        await platform.run()
    output = written(console)
    assert output.index("Answer to help") < output.index("A place opened")


async def test_a_line_that_is_not_understood_gets_a_hint_and_the_question_stays() -> None:
    """A slip of the finger before "yes" does not take the question away."""
    console, desk = pipe(), Desk()
    await chat("/follow sarcoma\nyess\n/more\nyes\n", console, desk)
    assert desk.asked == ["follow sarcoma", "consent"]
    assert written(console).count("I do not know this command") == 2


async def test_a_misspelt_command_is_told_the_nearest_and_the_question_stays() -> None:
    """It presses nothing and asks nothing."""
    console, desk = pipe(), Desk()
    await chat("/follow sarcoma\n/trail NCT90000101\nyes\n", console, desk)
    assert desk.asked == ["follow sarcoma", "consent"]
    assert "Did you mean /trial NCT90000101?" in written(console)


async def test_a_greeting_comes_first_and_its_buttons_work() -> None:
    """A number presses a button of what was shown before anybody typed."""
    desk = Desk()
    with input_of("1\n") as stdin:
        await TerminalPlatform(desk, screen=Screen(pipe()), stdin=stdin, greeting=(NEWS,)).run()
    assert desk.asked == ["trial NCT90000101"]


async def test_a_number_that_is_on_no_button_says_which_are() -> None:
    """Numbers begin anew with each answer: an old one is not taken for a wrong command."""
    console, desk = pipe(), Desk()
    await chat("/follow sarcoma\n3\n/help\n1\n", console, desk)
    assert desk.asked == ["follow sarcoma", "help"]
    output = written(console)
    assert "There is no button 3 now" in output
    assert "Buttons 1 to 2 can be pressed" in output
    assert "There is no button 1 now" in output
    assert "I do not know this command" not in output


class Seat:
    """A person's end of a real pseudo-terminal."""

    def __init__(self) -> None:
        self.person, self.program = os.openpty()
        self.before = termios.tcgetattr(self.program)
        self.console = terminal(os.fdopen(os.dup(self.program), "w"))
        self.seen = ""

    def type(self, keys: str) -> None:
        """Press these keys."""
        os.write(self.person, keys.encode())

    async def until(self, text: str) -> None:
        """Look at the terminal until this can be read on it."""
        loop = asyncio.get_running_loop()
        while text not in "\n".join(self.lines):
            readable = asyncio.Event()
            loop.add_reader(self.person, readable.set)
            try:
                await asyncio.wait_for(readable.wait(), 5)
            finally:
                loop.remove_reader(self.person)
            self.seen += os.read(self.person, 65_536).decode()

    @property
    def lines(self) -> list[str]:
        """What the terminal shows."""
        return shown(self.seen.replace("\r\n", "\n").replace("\x07", ""))

    def leave(self) -> None:
        """Let go of both ends."""
        self.console.file.close()
        os.close(self.program)
        os.close(self.person)


@pytest.fixture
def seat() -> Iterator[Seat]:
    """A real pseudo-terminal."""
    seat = Seat()
    yield seat
    seat.leave()


async def test_a_person_types_and_is_not_disturbed(seat: Seat) -> None:
    """Keys are shown, a push comes between, the rest is typed, the whole line is answered."""
    desk, screen = Desk(), Screen(seat.console)
    running = asyncio.create_task(TerminalPlatform(desk, screen=screen, stdin=seat.program).run())
    await seat.until("> ")
    seat.type("/trial NCT009")
    await seat.until("> /trial NCT009")
    await TerminalMessenger(screen).send(YOU, NEWS, "a")
    await seat.until("A place opened")
    seat.type("02045\x7f4\r")
    await seat.until("Answer to trial NCT00902044")
    seat.type("\x04")
    await asyncio.wait_for(running, 5)
    assert desk.asked == ["trial NCT00902044"]
    assert [line for line in seat.lines if line.startswith("> /")] == ["> /trial NCT00902044"]
    assert termios.tcgetattr(seat.program) == seat.before


async def test_what_is_typed_while_an_answer_is_awaited_waits_on_the_prompt(seat: Seat) -> None:
    """A slow registry does not freeze the keyboard."""
    desk, screen = Desk(), Screen(seat.console)
    desk.may_answer.clear()
    running = asyncio.create_task(TerminalPlatform(desk, screen=screen, stdin=seat.program).run())
    await seat.until("> ")
    seat.type("/help\r/abo")
    await seat.until("> /abo")
    desk.may_answer.set()
    await seat.until("Answer to help")
    seat.type("ut\r")
    await seat.until("Answer to about")
    seat.type("/quit\r")
    await asyncio.wait_for(running, 5)
    assert desk.asked == ["help", "about"]


async def test_a_person_who_leaves_does_not_wait_for_the_demonstration(seat: Seat) -> None:
    """What comes after the end of a pipe is not for Ctrl-D, and the terminal is as it was."""

    async def never() -> None:
        raise AssertionError("waited after Ctrl-D")

    platform = TerminalPlatform(
        Desk(), screen=Screen(seat.console), stdin=seat.program, after_eof=never
    )
    running = asyncio.create_task(platform.run())
    await seat.until("> ")
    seat.type("\x04")
    await asyncio.wait_for(running, 5)
    assert termios.tcgetattr(seat.program) == seat.before


PROGRAM = """
    import asyncio
    import signal
    from rich.console import Console
    from adapters.terminal.platform import TerminalPlatform
    from adapters.terminal.screen import Screen

    async def desk(request):
        return ()

    # Who runs the tests in the background has the signal ignored in all that they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        asyncio.run(TerminalPlatform(desk, screen=Screen(Console())).run())
    except KeyboardInterrupt:
        print("interrupted")
"""


def test_a_program_that_waits_for_a_key_ends_at_once_when_interrupted() -> None:
    """The thread that reads does not hold the interpreter, and the terminal is put back."""
    person, program = os.openpty()
    before = termios.tcgetattr(program)
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PROGRAM)],
        stdin=program,
        stdout=program,
        stderr=subprocess.PIPE,
        env={**os.environ, "TERM": "xterm-256color"},
        cwd=Path(__file__).resolve().parents[3],
    ) as running:
        seen = b""
        while b"> " not in seen:
            seen += os.read(person, 65_536)
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=10)
    assert (running.returncode, errors) == (0, b"")
    assert termios.tcgetattr(program) == before
    assert b"interrupted" in os.read(person, 65_536)
    os.close(person)
    os.close(program)
