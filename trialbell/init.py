"""`trialbell init`: ask for what is needed, try each token as it is typed, and write `.env`.

Answers may come from a keyboard or a pipe, one a line. An empty line keeps what is set (or leaves
it out), and a hyphen takes it out. Nothing is written before the last answer.
"""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path
from typing import TextIO

from pydantic import ValidationError

from bot.ports.platform import StartFailed
from trialbell.env_file import change, values_in
from trialbell.mend import Mendable, sentence
from trialbell.settings import ENV_FILE, PREFIX, Settings
from trialbell.wiring import ADVISE, IDENTIFY, INVITE

QUESTIONS = {
    "OPERATOR_CONTACT": "An e-mail address or URL of yours; the registry is told who asks",
    "DATABASE_URL": "The database, postgresql://user:password@host/name; empty: an SQLite file",
    "OPERATOR": (
        "The chat that hears of outages: telegram:<your numeric id> or discord:<channel id>; "
        "docs/operating.md, Setting up, says where to find the number"
    ),
}
"""What is asked besides the tokens, by the setting's name."""

TOKENS = {
    "telegram": "Telegram's token (write /newbot to @BotFather)",
    "discord": "Discord's token (discord.com/developers/applications, Bot)",
}

URLS = tuple(f"{PREFIX}{platform.upper()}_API_URL" for platform in TOKENS)

TAKE_OUT = "-"


async def init(folder: Path) -> None:
    """Ask, try and write. Raises Mendable where the answers end or the file cannot be written."""
    await Init(folder / ENV_FILE, Talk(sys.stdin, sys.stdout)).run()


class Talk:
    """Questions to a keyboard, where a token is not shown, or to a pipe."""

    def __init__(self, answers: TextIO, screen: TextIO) -> None:
        self._answers = answers
        self._screen = screen

    def say(self, line: str = "") -> None:
        """One line."""
        self._screen.write(f"{line}\n")
        self._screen.flush()

    def ask(self, question: str, *, secret: bool = False) -> str:
        """The answer, without blanks around it. Raises Mendable where there are no more answers."""
        if secret and self._answers.isatty():
            return getpass(f"{question}: ").strip()
        self._screen.write(f"{question}: ")
        self._screen.flush()
        line = self._answers.readline()
        if not self._answers.isatty():
            self.say()
        if not line:
            raise Mendable("The answers ended before the last question. Nothing was written.")
        return line.strip()

    def agree(self, question: str) -> bool:
        """Whether the answer is yes; it is no where nothing is said."""
        return self.ask(f"{question} [y/N]").lower() in ("y", "yes")


class Init:
    """One round of questions over a settings file."""

    def __init__(self, path: Path, talk: Talk) -> None:
        self._path = path
        self._talk = talk
        self._old = values_in(path)
        self._changes: dict[str, str | None] = {}
        self._links: dict[str, str] = {}

    async def run(self) -> None:
        """All questions, then the file, then what to do next."""
        talk = self._talk
        if self._path.exists() and not talk.agree(f"There is a file {self._path}. Change it?"):
            talk.say("Nothing was changed.")
            return
        for platform in TOKENS:
            await self._ask_token(platform)
        for name in QUESTIONS:
            self._ask_setting(name)
        change(self._path, {PREFIX + name: value for name, value in self._changes.items()})
        talk.say(f"Written to {self._path}; only you can read it.")
        self._say_links()

    async def _ask_token(self, platform: str) -> None:
        name = f"{platform.upper()}_TOKEN"
        while True:
            token = self._ask(name, TOKENS[platform], secret=True)
            if token is None or await self._try_token(platform, token):
                return

    async def _try_token(self, platform: str, token: str) -> bool:
        """Whether the token is to be kept: it is good, or cannot be tried now and is wanted."""
        try:
            settings = self._settings()
            bot = await IDENTIFY[platform](settings, token)
            self._links[platform] = await INVITE[platform](settings, token)
            advice = await ADVISE[platform](settings, token) if platform in ADVISE else ()
        except StartFailed as error:
            self._talk.say(f"  {sentence(error)}")
            return not error.token_refused and self._talk.agree("Keep it untried?")
        except ValidationError:
            raise Mendable(f"One of these is no address: {', '.join(URLS)}.") from None
        self._talk.say(f"  The token is good; the bot is {bot}.")
        for one in advice:
            self._talk.say(f"  {one}")
        return True

    def _ask_setting(self, name: str) -> None:
        while True:
            value = self._ask(name, QUESTIONS[name])
            if value is None:
                return
            try:
                self._settings(**{name.lower(): value})
            except ValidationError as error:
                wrong = error.errors()[0]["msg"].removeprefix("Value error, ")
                self._talk.say(f"  This {wrong}.")
            else:
                return

    def _ask(self, name: str, question: str, *, secret: bool = False) -> str | None:
        """The value that counts from now on: a new one, the old one, or none."""
        old = self._old.get(PREFIX + name)
        shown = "set" if secret or name == "DATABASE_URL" else old
        hint = f" [{shown}; {TAKE_OUT} takes it out]" if old else ""
        answer = self._talk.ask(question + hint, secret=secret)
        if answer == TAKE_OUT:
            self._changes[name] = None
            return None
        if answer:
            self._changes[name] = answer
            return answer
        self._changes.pop(name, None)
        return old

    def _settings(self, **tried: str) -> Settings:
        """Settings with what is to be tried, and where the platforms are; nothing else counts.

        So a mistake elsewhere in the file is not in the way of mending it. Raises ValidationError.
        """
        urls = {name: os.environ.get(name) or self._old.get(name) for name in URLS}
        given = {name.removeprefix(PREFIX).lower(): url for name, url in urls.items() if url}
        return Settings.model_validate({**given, **tried})

    def _say_links(self) -> None:
        talk = self._talk
        for platform, link in self._links.items():
            talk.say(f"  {platform.capitalize()}: {link}")
        if not self._links and any(name.endswith("_TOKEN") for name in self._changes):
            talk.say(
                "  The token was kept untried: run `trialbell check` once the network is there."
            )
        elif not self._links:
            talk.say("  No platform is on yet: set a token before the bot can hear or send.")
        talk.say("Next: `trialbell check` tries everything, `trialbell run` starts it.")
