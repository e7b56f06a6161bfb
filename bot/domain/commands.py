"""The table of commands: every platform registers from it and help is written from it."""

from __future__ import annotations

import msgspec

from bot.domain.address import Address


class Argument(msgspec.Struct, frozen=True):
    """What can stand behind a command. ``help`` is at most 100 characters (Discord's limit)."""

    name: str
    help: str
    required: bool = True


class CommandSpec(msgspec.Struct, frozen=True):
    """One command. ``help`` is at most 100 characters (Discord's limit)."""

    name: str
    help: str
    argument: Argument | None = None
    personal: bool = False
    """Whether the answer is for the one who asked only (ephemeral on Discord)."""
    takes_file: bool = False
    """Whether a file may be sent along in place of the argument."""


COMMANDS: tuple[CommandSpec, ...] = (
    CommandSpec(
        "trial",
        "Show a trial: status, who can join, where",
        Argument("number", "The trial's NCT number, such as NCT00902044, or a link to it"),
    ),
    CommandSpec(
        "search",
        "Find trials: a condition, and what narrows it",
        Argument("what", "Such as: sarcoma near Paris 100 km recruiting phase 2; asthma in France"),
        personal=True,
    ),
    CommandSpec(
        "follow",
        "Be told when a trial changes, or when a condition has news",
        Argument("what", "An NCT number, or what /search takes: sarcoma in France recruiting"),
        personal=True,
    ),
    CommandSpec("following", "List what this chat follows", personal=True),
    CommandSpec(
        "unfollow",
        "Stop following something",
        Argument("what", "An NCT number, the words, or the number in the list of /following"),
        personal=True,
    ),
    CommandSpec(
        "history",
        "Show what changed in a trial, version by version, the latest first",
        Argument("number", "The trial's NCT number, and a page's number for what is further back"),
    ),
    CommandSpec(
        "print",
        "Get a trial on paper for the appointment, as a PDF",
        Argument("number", "The trial's NCT number; letter behind it for that size of paper"),
    ),
    CommandSpec(
        "settings",
        "Choose where you are, when and how you are told",
        Argument("what", "Such as: place Paris; quiet 22 7; nothing shows all", required=False),
        personal=True,
    ),
    CommandSpec(
        "why",
        "Show what you were told for, or why you were not told of a trial",
        Argument("number", "A trial's NCT number; nothing for what was told last", required=False),
        personal=True,
    ),
    CommandSpec("status", "Show how old the data are and what waits for you", personal=True),
    CommandSpec(
        "feed",
        "Manage what a channel or group is told, and how it looks",
        Argument("what", "add, list, remove, edit, style, threads, role, preview or test", False),
        personal=True,
    ),
    CommandSpec("export", "Get all that is kept of this chat, as two files", personal=True),
    CommandSpec(
        "import",
        "Follow what is in a file or text: NCT numbers, registry searches, an export",
        Argument("what", "NCT numbers or links to searches, unless you send a file", False),
        personal=True,
        takes_file=True,
    ),
    CommandSpec("forget", "Delete all that is kept of this chat", personal=True),
    CommandSpec("help", "Show what can be asked", personal=True),
    CommandSpec("privacy", "Show what is kept of you, and who runs this bot", personal=True),
    CommandSpec("about", "Show where the data come from and what this bot is", personal=True),
)

ACTIONS = ("consent", "decline", "confirm", "narrow", "whole", "sub", "mute", "unmute", "show")
"""What buttons ask for beside commands: the answers to the questions before something is followed,
what a search can be narrowed to, what changed in a trial on a data day in full
(``bot.domain.whole``), what becomes of one thing that is followed, and of one trial, and what a
discreet line stands for.
"""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One command as somebody gave it. ``text`` is everything behind the command's name."""

    command: str
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
        *("trial", "search", "narrow", "history", "whole", "show", "print"),
        *("following", "why", "status", "help", "privacy", "about"),
    }
)
"""What changes nothing. A command or button that is not named here is for administrators."""
