"""The chat in a terminal: lines in, the desk's answers out, until the input ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from pathlib import Path

from msgspec.structs import replace

from adapters.terminal.commands import (
    Ask,
    NoButton,
    Open,
    Quit,
    Unfold,
    Unknown,
    read_line,
)
from adapters.terminal.files import bring_file, keep_file, named_file
from adapters.terminal.keyboard import Keyboard
from adapters.terminal.screen import Screen
from bot.domain.commands.request import Request
from bot.domain.importing import LARGEST
from bot.domain.message import Message
from bot.domain.unheard import unheard
from bot.domain.words import say

Answer = Callable[[Request], Awaitable[tuple[Message, ...]]]
"""The desk: a request in, what is to be said out."""


class TerminalPlatform:
    """One person's chat. ``screen`` is shared with the messenger that pushes into it.

    ``stdin`` is a file descriptor. When a pipe or file at it ends, ``after_eof`` is awaited before
    the chat ends, so that what changes meanwhile is still told; a person's Ctrl-D and ``/quit`` end
    it at once. Files of answers are written into ``folder``, and nothing there is written over.
    """

    def __init__(
        self,
        answer: Answer,
        *,
        screen: Screen,
        stdin: int = 0,
        greeting: tuple[Message, ...] = (),
        after_eof: Callable[[], Awaitable[None]] | None = None,
        folder: Path | None = None,
    ) -> None:
        self._answer = answer
        self._screen = screen
        self._keyboard = Keyboard(stdin, drawn=screen.draws)
        self._greeting = greeting
        self._after_eof = after_eof
        self._folder = folder or Path()

    async def run(self) -> None:
        """Answer every line. Lines that come while one is answered wait for their turn."""
        keyboard, screen = self._keyboard, self._screen
        screen.answer(self._greeting)
        try:
            self._prompt()
            async with aclosing(keyboard.lines(screen.prompt)) as lines:
                async for line in lines:
                    if keyboard.by_keys or not keyboard.is_terminal:
                        screen.entered(line)
                    self._prompt()
                    if not await self._take(line):
                        return
            if self._after_eof is not None and not keyboard.is_terminal:
                await self._after_eof()
        finally:
            screen.close()

    def _prompt(self) -> None:
        if self._keyboard.by_keys:
            self._screen.prompt(self._keyboard.typed)

    async def _take(self, line: str) -> bool:
        """Do what the line asks for. Returns whether the chat goes on."""
        screen = self._screen
        match read_line(line, screen.buttons):
            case Quit():
                return False
            case Ask(request) if request.command == "import":
                await self._import(request)
            case Ask(request):
                await self._ask(request)
            case Open(url):
                screen.line(url)
            case NoButton(number):
                screen.hint(_no_button(number, many=len(screen.buttons)))
            case Unfold() if screen.unfold():
                pass
            case Unknown(line) if line:  # without buttons, so that those above stay
                screen.hint(replace(unheard(line), buttons=()))
            case Unfold() | Unknown():
                screen.hint(Message(title=say("unknown.title"), lede=say("terminal.hint")))
        return True

    async def _ask(self, request: Request) -> None:
        """Show the answer, and keep the files that come with it."""
        answered = await self._answer(request)
        self._screen.answer(answered)
        for file in (one for message in answered for one in message.files):
            self._screen.line(keep_file(file, self._folder))

    async def _import(self, request: Request) -> None:
        """A terminal sends no files: the name of one stands in the place of it."""
        path = named_file(request.text, self._folder)
        if path is None:
            await self._ask(request)
        elif isinstance(brought := bring_file(path, LARGEST), str):
            self._screen.line(brought)
        else:
            await self._ask(replace(request, text="", file=brought))
        if not request.text:
            self._screen.line(say("terminal.import"))


def _no_button(number: int, *, many: int) -> Message:
    """Said where a number was typed that is on no button now, with those that are."""
    title = say("terminal.no_button.title", number=number)
    if not many:
        return Message(title=title, lede=say("terminal.no_button.none"))
    return Message(title=title, lede=say("terminal.no_button.some", last=many))
