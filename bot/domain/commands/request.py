"""What somebody asks of the bot: a command or a button, and who may give it."""

from __future__ import annotations

import msgspec

from bot.domain.address import Address
from bot.domain.commands.table import COMMANDS
from bot.domain.message import Ask

ACTIONS = (
    *("consent", "decline", "confirm", "narrow", "whole", "sub", "mute", "unmute", "show"),
    *("locate", "spot", "channel", "joined", "mentioned"),
)
"""What buttons ask for beside commands: the answers to the questions before something is followed,
what a search can be narrowed to, what changed in a trial on a data day in full
(``bot.domain.whole``), what becomes of one thing that is followed, and of one trial, what a
discreet line stands for, which trials are named in a
text, and to be asked for a position or a channel. What is given then, and that
the bot was taken into a chat, comes from the platform under the names ``spot``, ``channel`` and
``joined``.
"""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One command as somebody gave it. ``text`` is everything behind the command's name."""

    command: str
    """Its name; empty where somebody typed a line that is none, which then is all of ``text``."""
    text: str = ""
    address: Address
    private: bool
    """Whether the chat is one person's own, so that consent is asked before the first follow."""
    may_manage: bool = True
    """Whether whoever asks may change what the chat follows: they administer it, or it is their
    own."""
    person: str | None = None
    """Who asks, by the platform's id, to count their commands; it is neither logged nor kept. None
    where there can be one person only."""
    of: Address | None = None
    """The chat that is managed, where it is not the one that is asked from and answered in."""
    private_link: str | None = None
    """What leads to a private chat with the bot once a payload is added (``bot.domain.start``)."""
    file: bytes | None = None
    """What was sent along as a file."""
    server: Address | None = None
    """Under what the choices for a whole server are kept; no message goes there. Those who may
    manage only by a role that was chosen there are not handed on with it: they choose no role."""
    roles: frozenset[str] = frozenset()
    """The roles of whoever asks there, by the platform's ids; they are neither logged nor kept."""
    visiting: bool = False
    """Whether somebody brought the bot along to where it is no member: that they ask proves nothing
    of whether it may write there."""
    aside: bool = False
    """Whether it is a person's own chat in which answers arrive although messages may not: they are
    given another way, so that somebody asks there does not show that the chat can be reached."""
    taps: frozenset[Ask] = frozenset()
    """What the person can give with one tap here."""


def needs_manager(command: str) -> bool:
    """Whether in a group or channel only those who administer it may give this command."""
    return command not in _ANYBODYS


def parse_line(line: str) -> tuple[str, str] | None:
    """Split ``/trial nct 902044`` into the command and the rest; None where it is no command.

    The slash may be missing (a terminal, a button's action), a bot's name may follow the command
    (``/trial@trialbell_bot``), and case does not matter.
    """
    head, _, rest = line.strip().partition(" ")
    name = head.removeprefix("/").partition("@")[0].lower()
    if name in _NAMES:
        return name, rest.strip()
    return None


_NAMES = frozenset([spec.name for spec in COMMANDS]) | frozenset(ACTIONS)

_ANYBODYS = frozenset(
    {
        *("trial", "search", "narrow", "history", "whole", "show", "print", "mentioned"),
        *("following", "why", "status", "help", "privacy", "about"),
        "joined",
    }
)
"""What changes nothing. A command or button that is not named here is for administrators."""
