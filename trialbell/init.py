"""`trialbell init`: ask for what is needed, try each token as it is typed, and write `.env`.

Answers may come from a keyboard or a pipe, one a line. An empty line keeps what is set (or leaves
it out), and a hyphen takes it out. Nothing is written before the last answer.
"""

from __future__ import annotations

import os
import re
import sys
from getpass import getpass
from pathlib import Path
from typing import TextIO

from pydantic import ValidationError

from bot.domain.words import say
from bot.ports.platform import StartFailed
from bot.ports.store_errors import StoreError
from storage.trying import try_database
from trialbell.bots import ADVISE, IDENTIFY, INVITE, REACH
from trialbell.env_file import change, values_in
from trialbell.mend import Mendable, sentence
from trialbell.settings import ENV_FILE, PREFIX, Settings

TOKENS = ("telegram", "discord")
QUESTIONS = ("OPERATOR_CONTACT", "DATABASE_URL", "OPERATOR")
"""What is asked besides the tokens, by the setting's name."""

URLS = tuple(f"{PREFIX}{platform.upper()}_API_URL" for platform in TOKENS)

TAKE_OUT = "-"

_CONTACT = re.compile(r"(?:mailto:)?[^@\s]+@[^@\s]+\.[^@\s.]+|https?://\S+", re.IGNORECASE)


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
            raise Mendable(say("init.ended"))
        return line.strip()

    def agree(self, question: str) -> bool:
        """Whether the answer is yes; it is no where nothing is said."""
        return self.ask(say("init.ask.yes", question=question)).lower() in ("y", "yes")


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
        if self._path.exists() and not talk.agree(say("init.ask.change", path=self._path)):
            talk.say(say("init.unchanged"))
            return
        for platform in TOKENS:
            await self._ask_token(platform)
        for name in QUESTIONS:
            await self._ask_setting(name)
        change(self._path, {PREFIX + name: value for name, value in self._changes.items()})
        talk.say(say("init.written", path=self._path))
        self._say_links()

    async def _ask_token(self, platform: str) -> None:
        name = f"{platform.upper()}_TOKEN"
        while True:
            token = self._ask(name, secret=True)
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
            self._note(sentence(error))
            return not error.token_refused and self._talk.agree(say("init.ask.untried"))
        except ValidationError:
            raise Mendable(say("init.urls", names=", ".join(URLS))) from None
        self._note(say("init.token", bot=bot))
        for one in advice:
            self._note(one)
        return True

    async def _ask_setting(self, name: str) -> None:
        while True:
            value = self._ask(name)
            if value is None:
                return
            try:
                self._settings(**{name.lower(): value})
            except ValidationError as error:
                wrong = error.errors()[0]["msg"].removeprefix("Value error, ")
                self._note(say("init.wrong", why=wrong))
                continue
            if name not in self._changes or await self._try_setting(name, value):
                return

    async def _try_setting(self, name: str, value: str) -> bool:
        """Whether a new value is to be kept: it is good, or wanted all the same."""
        match name:
            case "DATABASE_URL":
                return await self._try_database(value)
            case "OPERATOR":
                return await self._try_operator(value)
        if _CONTACT.fullmatch(value):
            return True
        self._note(say("init.contact"))
        return self._talk.agree(say("init.ask.all_the_same"))

    async def _try_database(self, url: str) -> bool:
        try:
            await try_database(url)
        except StoreError as error:
            self._note(sentence(error))
            return self._talk.agree(say("init.ask.all_the_same"))
        self._note(say("init.database"))
        return True

    async def _try_operator(self, value: str) -> bool:
        """Whether the platform's bot sees the chat; nothing is sent there."""
        platform, _, chat = value.partition(":")
        name = f"{platform.upper()}_TOKEN"
        token = self._changes[name] if name in self._changes else self._old.get(PREFIX + name)
        if not token:
            self._note(say("init.operator.no_token", platform=platform.capitalize()))
            return True
        try:
            seen = await REACH[platform](self._settings(), token, chat)
        except StartFailed as error:
            self._note(sentence(error))
            return self._talk.agree(say("init.ask.untried"))
        if seen is None:
            self._note(say(f"check.operator.unseen.{platform}", chat=value))
            return self._talk.agree(say("init.ask.all_the_same"))
        self._note(say("init.operator", name=seen))
        return True

    def _note(self, words: str) -> None:
        """Say something to the answer above."""
        self._talk.say(f"  {words}")

    def _ask(self, name: str, *, secret: bool = False) -> str | None:
        """The value that counts from now on: a new one, the old one, or none."""
        old = self._old.get(PREFIX + name)
        question = say(f"init.ask.{name}")
        if old:
            shown = say("init.ask.set") if secret or name == "DATABASE_URL" else old
            question = say("init.ask.old", question=question, old=shown, out=TAKE_OUT)
        answer = self._talk.ask(question, secret=secret)
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
        for platform, link in self._links.items():
            self._note(say("init.link", platform=platform.capitalize(), link=link))
        if not self._links and any(name.endswith("_TOKEN") for name in self._changes):
            self._note(say("init.untried"))
        elif not self._links:
            self._note(say("init.nobody"))
        self._talk.say(say("init.next"))
