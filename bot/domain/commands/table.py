"""The table of commands: every platform registers from it and help is written from it."""

from __future__ import annotations

import msgspec

from bot.domain.commands import taken as given
from bot.domain.commands.forms import FEED, SETTINGS
from bot.domain.commands.options import Form, Option, Suggests
from bot.domain.words import say


class CommandSpec(msgspec.Struct, frozen=True, kw_only=True):
    """One command, as it is typed and, where a platform has types, as it is filled in."""

    name: str
    argument: Option | None = None
    """All that can stand behind it, as one text."""
    options: tuple[Option, ...] = ()
    """What can be chosen beside that text, each by itself."""
    forms: tuple[Form, ...] = ()
    """The commands within it, in place of the argument, where a platform has such."""
    personal: bool = False
    """Whether the answer is for the one who asked only (ephemeral on Discord)."""
    shared: bool = False
    """Whether whoever asks may choose who sees the answer."""
    takes_file: bool = False
    """Whether a file may be sent along in place of the argument."""

    @property
    def help(self) -> str:
        """What it does; at most 100 characters (Discord's limit)."""
        return say(f"command.{self.name}")


COMMANDS: tuple[CommandSpec, ...] = (
    CommandSpec(
        name="trial",
        argument=given.number("trial"),
        options=(given.PART,),
        shared=True,
    ),
    CommandSpec(
        name="search",
        argument=given.words("search", suggests=Suggests.CONDITIONS),
        options=given.NARROWING,
        personal=True,
        shared=True,
    ),
    CommandSpec(
        name="follow",
        argument=given.words("follow", required=True, suggests=Suggests.TOPICS),
        options=(*given.NARROWING, given.KINDS),
        personal=True,
    ),
    CommandSpec(
        name="following",
        options=(given.MUTED, given.PAGE),
        personal=True,
        shared=True,
    ),
    CommandSpec(
        name="unfollow",
        argument=given.words("unfollow", required=True, suggests=Suggests.FOLLOWED),
        personal=True,
    ),
    CommandSpec(
        name="history",
        argument=given.number("history"),
        options=(given.PAGE,),
        shared=True,
    ),
    CommandSpec(
        name="print",
        argument=given.number("print"),
        options=(given.PAPER,),
        shared=True,
    ),
    CommandSpec(
        name="settings",
        argument=given.words("settings"),
        forms=SETTINGS,
        personal=True,
    ),
    CommandSpec(
        name="why",
        argument=given.number("why", required=False),
        personal=True,
        shared=True,
    ),
    CommandSpec(name="status", personal=True, shared=True),
    CommandSpec(name="feed", argument=given.words("feed"), forms=FEED, personal=True),
    CommandSpec(name="export", personal=True),
    CommandSpec(name="import", argument=given.words("import"), personal=True, takes_file=True),
    CommandSpec(name="forget", personal=True),
    CommandSpec(name="help", personal=True, shared=True),
    CommandSpec(name="privacy", personal=True, shared=True),
    CommandSpec(name="about", personal=True, shared=True),
)
