"""Each platform's rendering of a message as text that a person can read from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from adapters.discord import render as discord
from adapters.discord.layout import Choice, rows_of
from adapters.telegram import render as telegram
from adapters.terminal import render as terminal
from bot.domain.message import Button, Message
from tests.adapters.terminal.messages import pipe

NEXT_MESSAGE = "\n(next message)\n"
COLUMNS = 100


def as_telegram(message: Message) -> str:
    """The HTML of each message, and the rows of buttons under the last."""
    parts = telegram.render(message)
    rows = (_buttons(row) for part in parts for row in part.keyboard)
    return "\n".join([NEXT_MESSAGE.join(part.html for part in parts), "", *rows])


def as_discord(message: Message) -> str:
    """The texts of each message in markdown, and below them what can be pressed."""
    return NEXT_MESSAGE.join("\n".join(_card(part)) for part in discord.render(message))


def as_terminal(message: Message) -> str:
    """The panel as a window of a hundred columns shows it, without its colours."""
    console = pipe()
    console.width = COLUMNS
    with console.capture() as shown:
        console.print(terminal.render(message))
    return "\n".join(line.rstrip() for line in shown.get().splitlines())


RENDERINGS: Mapping[str, Callable[[Message], str]] = {
    "Telegram": as_telegram,
    "Discord": as_discord,
    "Terminal": as_terminal,
}


def _card(part: discord.Part) -> Iterator[str]:
    yield from part.head
    yield from part.body
    if part.footer:
        yield part.footer
    for row in rows_of(part.buttons):
        yield f"{{{_buttons(row.options)}}}" if isinstance(row, Choice) else _buttons(row)


def _buttons(buttons: Iterable[Button]) -> str:
    return " ".join(f"[{button.label}]" for button in buttons)
