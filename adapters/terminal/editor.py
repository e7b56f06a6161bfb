"""From typed characters to lines: by keys where a person types, by line breaks where a pipe does.

A terminal's own line editing is not used while somebody types, because it hides what stands on the
line so far: a message that arrives in between could not put it back.
"""

from __future__ import annotations

import re
from typing import Protocol

KEPT = 100
"""How many lines can be called back with the arrow keys."""

_KEY = re.compile(r"\x1b[\[O][0-?]*[ -/]*[@-~]|\x1b[^\[O]|[^\x1b]", re.DOTALL)
_UP, _DOWN = ("\x1b[A", "\x1bOA"), ("\x1b[B", "\x1bOB")
_ENTER, _BACKSPACE, _END = ("\r", "\n"), ("\x7f", "\x08"), "\x04"
_ERASE_LINE, _ERASE_WORD = "\x15", "\x17"


class Lines(Protocol):
    """Takes what was read and gives the lines that are complete."""

    typed: str
    """What stands on the line that is not complete yet."""
    ended: bool
    """Whether the person said that nothing more will come (Ctrl-D on an empty line)."""

    def feed(self, text: str) -> list[str]:
        """Take this text; the lines that it completes."""
        ...


class PipedLines:
    """Lines from a pipe or a file."""

    def __init__(self) -> None:
        self.typed = ""
        self.ended = False

    def feed(self, text: str) -> list[str]:
        """Cut at line breaks; what stands behind the last one waits for more."""
        *lines, self.typed = (self.typed + text).replace("\r\n", "\n").split("\n")
        return lines


class TypedLines:
    """Lines from the keys of a terminal that neither echoes nor edits.

    Backspace, Ctrl-U (line), Ctrl-W (word), arrow up and down (earlier lines) and Ctrl-D on an
    empty line do what they do in a shell; other control keys and sequences do nothing.
    """

    def __init__(self) -> None:
        self.typed = ""
        self.ended = False
        self._unread = ""
        self._earlier: list[str] = []
        self._back = 0
        """How many lines back in ``_earlier`` the arrow keys have gone; 0 is the line itself."""

    def feed(self, text: str) -> list[str]:
        """Take these keys. A sequence that is cut in two waits for its second half."""
        self._unread += text
        lines: list[str] = []
        while not self.ended and (key := _KEY.match(self._unread)):
            self._unread = self._unread[key.end() :]
            if key[0] in _ENTER:
                lines.append(self._enter())
            else:
                self._press(key[0])
        return lines

    def _enter(self) -> str:
        line, self.typed, self._back = self.typed, "", 0
        if line.strip() and self._earlier[-1:] != [line]:
            self._earlier = [*self._earlier, line][-KEPT:]
        return line

    def _press(self, key: str) -> None:
        if key in _BACKSPACE:
            self.typed = self.typed[:-1]
        elif key == _ERASE_LINE:
            self.typed = ""
        elif key == _ERASE_WORD:
            self.typed = re.sub(r"\S*\s*\Z", "", self.typed)
        elif key in _UP:
            self._recall(self._back + 1)
        elif key in _DOWN:
            self._recall(self._back - 1)
        elif key == _END:
            self.ended = not self.typed
        elif key == "\t" or key.isprintable():
            self.typed += key.replace("\t", " ")

    def _recall(self, back: int) -> None:
        self._back = max(0, min(back, len(self._earlier)))
        self.typed = self._earlier[-self._back] if self._back else ""
