"""Pushing into the terminal."""

from __future__ import annotations

import pytest

from adapters.terminal.commands import YOU
from adapters.terminal.messenger import REMEMBERED, TerminalMessenger
from adapters.terminal.screen import Screen
from bot.domain.message import Message
from bot.domain.outcome import Sent
from bot.ports.messenger import Messenger
from tests.adapters.terminal.messages import CONSENT, NEWS, pipe, shown, terminal, written


async def test_a_pushed_message_is_shown_under_a_bell() -> None:
    """It rings, and a line marks where it begins."""
    console = terminal()
    messenger: Messenger = TerminalMessenger(Screen(console))
    assert await messenger.send(YOU, NEWS, "a") == Sent(message_id="1")
    output = written(console)
    assert output.startswith("\x07")
    lines = shown(output.replace("\x07", ""))
    assert "🔔" in lines[0]
    assert any("A place opened" in line for line in lines)


async def test_in_a_pipe_the_bell_is_a_line_of_its_own() -> None:
    """And nothing there rings or has a colour."""
    console = pipe()
    await TerminalMessenger(Screen(console)).send(YOU, NEWS, "a")
    assert written(console).startswith("🔔\nA place opened\n")
    assert "\x1b" not in written(console)
    assert "\x07" not in written(console)


async def test_a_resend_is_no_double() -> None:
    """The same nonce is shown once and answered as it was."""
    console = pipe()
    messenger = TerminalMessenger(Screen(console))
    first = await messenger.send(YOU, NEWS, "a")
    assert await messenger.send(YOU, NEWS, "a") == first
    assert await messenger.send(YOU, NEWS, "b") == Sent(message_id="2")
    assert written(console).count("A place opened") == 2


async def test_only_so_many_nonces_are_kept() -> None:
    """A chat that stays open for months does not grow; the latest are still known."""
    console = pipe()
    messenger = TerminalMessenger(Screen(console))
    for nonce in range(REMEMBERED + 1):
        await messenger.send(YOU, Message(title="M"), str(nonce))
    assert await messenger.send(YOU, Message(title="M"), str(REMEMBERED)) == Sent(
        message_id=str(REMEMBERED + 1)
    )
    assert await messenger.send(YOU, Message(title="M"), "0") == Sent(
        message_id=str(REMEMBERED + 2)
    )


@pytest.mark.parametrize("make", [terminal, pipe])
async def test_a_push_does_not_change_what_a_number_means(make: type) -> None:
    """Who is about to press 1 presses what stood at 1 when they read it."""
    screen = Screen(make())
    screen.answer((CONSENT,))
    await TerminalMessenger(screen).send(YOU, NEWS, "a")
    assert screen.buttons[1] == CONSENT.buttons[0]
    assert screen.buttons[3] == NEWS.buttons[0]


async def test_a_push_leaves_what_is_being_typed() -> None:
    """The prompt stands below the message again, with the half line on it."""
    console = terminal()
    screen = Screen(console)
    screen.prompt("/follow sar")
    await TerminalMessenger(screen).send(YOU, NEWS, "a")
    lines = shown(written(console).replace("\x07", ""))
    assert lines[-1] == "> /follow sar"
    assert [line for line in lines if "/follow sar" in line] == ["> /follow sar"]
