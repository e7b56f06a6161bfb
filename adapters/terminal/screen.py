"""What the chat and the messenger both write on, so that neither writes over the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import TextIOWrapper

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.control import Control
from rich.rule import Rule
from rich.segment import ControlType
from rich.text import Text

from adapters.terminal.render import WIDEST, clean, clean_line, folds, plain, render
from bot.domain.message import Button, Message

PROMPT = "> "

_BELL = "🔔"
_ERASE = Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2))


def as_it_is(message: Message) -> Message:
    """The message, unchanged."""
    return message


class Screen:
    """A terminal, or the file or pipe that stands where one would be.

    ``retouch`` is applied to every message before it is shown.

    ``buttons`` are those that can be pressed by their number now: the ones of the last answer, and
    behind them, with higher numbers, the ones of what was pushed since. So a message that arrives
    while somebody types ``1`` does not change what ``1`` does.
    """

    def __init__(self, console: Console, retouch: Callable[[Message], Message] = as_it_is) -> None:
        self._retouch = retouch
        self.console = console
        self.buttons: dict[int, Button] = {}
        self._folded: tuple[Message, int] | None = None
        """The last message of which not all was shown, and the number of its first button."""
        self._line: str | None = None
        """What is typed on the prompt's line, or None while there is no prompt to keep."""
        if isinstance(console.file, TextIOWrapper):
            # A terminal or file that cannot show a sign of a record gets "?", not an exception.
            console.file.reconfigure(errors="replace")

    def answer(self, messages: Sequence[Message]) -> None:
        """Show what the desk answered."""
        self.buttons = {}
        for message in messages:
            self._show(message)

    def push(self, message: Message) -> None:
        """Show what nobody asked for just now, under a bell so that it is not lost."""
        if self.console.is_terminal:
            self.console.bell()
            self._print(Rule(_BELL, style="yellow"))
        else:
            self._print(Text(_BELL))
        self._show(message)

    def hint(self, message: Message) -> None:
        """Show something of the chat's own; what can be pressed stays."""
        self._show(message)

    def unfold(self) -> bool:
        """Show the last folded message again in full. Returns whether there was one."""
        if self._folded is None:
            return False
        message, first = self._folded
        self._print(render(message, first_button=first, unfold=True))
        return True

    def line(self, text: str) -> None:
        """Print one line of text."""
        self._print(Text(clean_line(text)))

    @property
    def draws(self) -> bool:
        """Whether a line that was drawn can be drawn again."""
        return self.console.is_terminal and not self.console.is_dumb_terminal

    def prompt(self, typed: str) -> None:
        """Draw the prompt with what is typed so far; the end of it, where it is too long."""
        self._line = typed
        self.console.control(_ERASE)
        room = self.console.width - cell_len(PROMPT) - 1
        while cell_len(typed) > room:
            typed = typed[1:]
        self.console.print(self._prompted(typed), end="", soft_wrap=True)

    def entered(self, line: str) -> None:
        """Leave a complete line standing, as if typed here where it came by a pipe."""
        if self._line is not None:
            self.console.control(_ERASE)
        self._line = None
        self.console.print(self._prompted(line), soft_wrap=True)

    def close(self) -> None:
        """Take the prompt away, leaving the cursor at the head of its line."""
        if self._line is not None:
            self._line = None
            self.console.control(_ERASE)

    @staticmethod
    def _prompted(typed: str) -> Text:
        return Text.assemble((PROMPT, "bold cyan"), clean(typed))

    def _show(self, message: Message) -> None:
        message = self._retouch(message)
        first = max(self.buttons, default=0) + 1
        self.buttons.update(enumerate(message.buttons, first))
        if self.console.is_terminal:
            if folds(message):
                self._folded = (message, first)
            self._print(render(message, first_button=first))
        else:
            self._print(Text(f"{plain(message, first_button=first)}\n"))

    def _print(self, what: RenderableType) -> None:
        """Print above the prompt and put the prompt back with what is typed."""
        typed = self._line
        if typed is not None:
            self.console.control(_ERASE)
        wide = not self.console.is_terminal
        width = None if wide else min(self.console.width, WIDEST)
        self.console.print(what, width=width, soft_wrap=wide)
        if typed is not None:
            self.prompt(typed)
