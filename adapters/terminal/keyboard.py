"""Lines from standard input, read beside the loop: from a terminal, a pipe or a file alike.

The reading is done by a daemon thread on the bare file descriptor. The loop's own pipe transport
takes no files and makes a terminal non-blocking for output too; a thread that reads ``sys.stdin``
holds a lock over which the interpreter stumbles at exit. This one waits for the input or for the
word to stop, whichever is first, and so takes nothing that is typed after the chat has ended.
"""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import os
import select
import threading
from collections.abc import AsyncGenerator, Callable, Iterator

from adapters.terminal.editor import Lines, PipedLines, TypedLines

try:
    import termios
    import tty
except ImportError:  # Windows has neither: its console edits the line itself
    termios = None  # type: ignore[assignment]  # elsewhere it is a module
    tty = None  # type: ignore[assignment]  # the same

_CHUNK = 65_536


class Keyboard:
    """Where lines come from: the file descriptor ``fd``.

    ``is_terminal`` tells whether a person sits there. Where ``drawn`` says that the screen can
    redraw a line, that person's keys are taken one by one (``by_keys``); otherwise the terminal
    edits and echoes its line itself.
    """

    def __init__(self, fd: int, *, drawn: bool) -> None:
        self._fd = fd
        self.is_terminal = os.isatty(fd)
        self.by_keys = drawn and self.is_terminal and termios is not None
        self._lines: Lines = TypedLines() if self.by_keys else PipedLines()

    @property
    def typed(self) -> str:
        """What stands on the line that is not complete yet."""
        return self._lines.typed

    async def lines(self, typing: Callable[[str], None]) -> AsyncGenerator[str, None]:
        """Every complete line until the input ends.

        ``typing`` is called with what stands on the unfinished line whenever keys were pressed,
        also while the lines before are still being answered. Close it (``aclosing``) to stop early:
        only then is the terminal as it was.
        """
        complete: asyncio.Queue[str | None] = asyncio.Queue()
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode

        def take(chunk: bytes) -> None:
            for line in self._lines.feed(decode(chunk)):
                complete.put_nowait(line)
            if self.by_keys:
                typing(self.typed)
            elif not chunk and self.typed:
                complete.put_nowait(self.typed)  # the last line of a file may lack its break
            if not chunk or self._lines.ended:
                complete.put_nowait(None)

        with self._keys(), self._reading(asyncio.get_running_loop(), take):
            while (line := await complete.get()) is not None:
                yield line

    @contextlib.contextmanager
    def _reading(
        self, loop: asyncio.AbstractEventLoop, take: Callable[[bytes], None]
    ) -> Iterator[None]:
        """Hand what is read to ``take``, in the loop, while the block runs; ``b""`` at the end."""
        stopped, stop = os.pipe()

        def read() -> None:
            chunk = b"."
            while chunk and self._ready(stopped):
                try:
                    chunk = os.read(self._fd, _CHUNK)
                except OSError:
                    chunk = b""  # a terminal that was closed; for a chat the same as its end
                try:
                    loop.call_soon_threadsafe(take, chunk)
                except RuntimeError:
                    break  # the loop has closed: nobody listens any more

        thread = threading.Thread(target=read, name="keyboard", daemon=True)
        thread.start()
        try:
            yield
        finally:
            os.close(stop)
            if termios is not None:
                thread.join()
            os.close(stopped)

    def _ready(self, stopped: int) -> bool:
        """Wait until there is something to read. Returns False where the chat has ended first."""
        if termios is None:
            return True  # Windows waits for sockets only: there the thread is left behind
        return stopped not in select.select([self._fd, stopped], [], [])[0]

    @contextlib.contextmanager
    def _keys(self) -> Iterator[None]:
        """Key by key and without echo while the block runs; Ctrl-C still interrupts."""
        if not self.by_keys:
            yield
            return
        before = termios.tcgetattr(self._fd)
        try:
            tty.setcbreak(self._fd, termios.TCSADRAIN)
            yield
        finally:
            termios.tcsetattr(self._fd, termios.TCSADRAIN, before)
