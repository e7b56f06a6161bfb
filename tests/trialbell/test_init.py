"""Setting up by questions, over the wire to a local Telegram and a local Discord."""

from __future__ import annotations

import asyncio
import io
import os
import pty
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.fakes.discord import FakeDiscord, payloads
from tests.fakes.telegram import BOT_NAME, TOKEN, FakeTelegram
from tests.trialbell.program import PATIENCE, environment
from trialbell.env_file import values_in
from trialbell.init import Init, Talk
from trialbell.mend import Mendable

USED = {
    "view_channel": 10,
    "send_messages": 11,
    "embed_links": 14,
    "send_messages_in_threads": 38,
    "create public threads": 35,
    "attach files": 15,
    "read message history": 16,
}
"""Discord's permissions by their bits, from its documentation."""

BAD_TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQx"


class SetUp:
    """Somebody who sets up a bot in a folder of their own."""

    def __init__(self, folder: Path, telegram: FakeTelegram, discord: FakeDiscord) -> None:
        self.folder, self.telegram, self.discord = folder, telegram, discord
        self.path = folder / ".env"

    def environment(self) -> dict[str, str]:
        """Where the platforms are, and nothing else."""
        urls = {
            "TELEGRAM_API_URL": self.telegram.url,
            "DISCORD_API_URL": self.discord.api_url,
            "DATABASE_URL": "",
        }
        return environment(self.folder, urls)

    async def answer(self, *answers: str) -> str:
        """Give these answers, one a line. Returns all that was said, in one line."""
        screen = io.StringIO()
        await Init(self.path, Talk(io.StringIO("".join(f"{a}\n" for a in answers)), screen)).run()
        return " ".join(screen.getvalue().split())

    def values(self) -> dict[str, str]:
        """What was written, without the prefix."""
        return {name.removeprefix("TRIALBELL_"): v for name, v in values_in(self.path).items()}


@pytest.fixture
async def set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SetUp]:
    """A folder without settings, and both platforms, which the environment names."""
    async with FakeTelegram() as telegram, FakeDiscord() as discord:
        monkeypatch.setenv("TRIALBELL_TELEGRAM_API_URL", telegram.url)
        monkeypatch.setenv("TRIALBELL_DISCORD_API_URL", discord.api_url)
        yield SetUp(tmp_path, telegram, discord)


async def test_what_botfather_has_to_set_is_said_with_the_token(set_up: SetUp) -> None:
    """Inline mode is off for a new bot, and only its owner can turn it on."""
    set_up.telegram.inline = False
    said = await set_up.answer(TOKEN, "", "", "", "")
    assert "/setinline" in said
    assert set_up.values()["TELEGRAM_TOKEN"] == TOKEN


async def test_answers_are_tried_and_written_and_the_links_are_given(set_up: SetUp) -> None:
    """Everything given: a private file, both bots' names, and the two links."""
    said = await set_up.answer(
        TOKEN, set_up.discord.token, "me@example.org", "", f"telegram:{2**33}"
    )
    assert set_up.values() == {
        "TELEGRAM_TOKEN": TOKEN,
        "DISCORD_TOKEN": set_up.discord.token,
        "OPERATOR_CONTACT": "me@example.org",
        "OPERATOR": f"telegram:{2**33}",
    }
    assert set_up.path.stat().st_mode & 0o777 == 0o600
    assert f"https://t.me/{BOT_NAME}" in said
    assert TOKEN not in said


async def test_discord_is_asked_for_no_more_than_is_used(set_up: SetUp) -> None:
    """The link names the application, both scopes, and exactly the seven permissions."""
    said = await set_up.answer("", set_up.discord.token, "", "", "")
    (link,) = [word for word in said.split() if "oauth2" in word]
    query = parse_qs(urlsplit(link).query)
    assert link.startswith("https://discord.com/oauth2/authorize?")
    assert query["client_id"] == [payloads.APPLICATION]
    assert query["scope"] == ["bot applications.commands"]
    assert int(query["permissions"][0]) == sum(1 << bit for bit in USED.values())


async def test_a_bad_token_is_told_as_it_is_typed(set_up: SetUp) -> None:
    """It is asked for again, and the good one is what is kept."""
    said = await set_up.answer(BAD_TOKEN, TOKEN, "", "", "", "")
    assert "Make a new token and set it." in said
    assert set_up.values() == {"TELEGRAM_TOKEN": TOKEN}


async def test_a_setting_that_cannot_be_used_is_asked_for_again(set_up: SetUp) -> None:
    """The sentence says what it must be."""
    said = await set_up.answer("", "", "", "mysql://x", "", "chat 7", "discord:7")
    assert "postgresql://" in said
    assert "telegram:<chat id>" in said
    assert set_up.values() == {"OPERATOR": "discord:7"}


async def test_a_database_that_does_not_answer_is_told_as_it_is_typed(set_up: SetUp) -> None:
    """It is asked for again, unless it is wanted all the same; one that answers is kept."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    away = f"postgresql://me:secret@127.0.0.1:{port}/trials"
    there = f"sqlite:///{set_up.folder / 'trials.db'}"
    said = await set_up.answer("", "", "", away, "n", there, "")
    assert "Check TRIALBELL_DATABASE_URL" in said
    assert "The database answers." in said
    assert "secret" not in said
    assert set_up.values() == {"DATABASE_URL": there}
    await set_up.answer("y", "", "", "", away, "y", "")
    assert set_up.values() == {"DATABASE_URL": away}


async def test_a_contact_that_nobody_could_write_to_is_asked_for_again(set_up: SetUp) -> None:
    """The registry is told who asks: a name alone tells it nothing."""
    said = await set_up.answer("", "", "me", "n", "https://example.org/trials", "", "")
    assert "neither an e-mail address nor a URL" in said
    assert set_up.values() == {"OPERATOR_CONTACT": "https://example.org/trials"}


async def test_the_operator_s_chat_is_looked_for(set_up: SetUp) -> None:
    """With the bot that is to write there; nothing is sent to anybody."""
    set_up.telegram.bad_request("chat not found", method="getChat")
    said = await set_up.answer(TOKEN, "", "", "", "telegram:7", "n", "telegram:8")
    assert "does not see the chat telegram:7: write /start" in said
    assert "The bot sees that chat: Somebody." in said
    assert set_up.values() == {"TELEGRAM_TOKEN": TOKEN, "OPERATOR": "telegram:8"}
    assert set_up.telegram.messages == []
    said = await set_up.answer("y", "", set_up.discord.token, "", "", "discord:7", "y")
    assert "does not see the channel discord:7" in said
    assert set_up.values()["OPERATOR"] == "discord:7"


async def test_a_platform_that_is_out_is_kept_untried_if_wanted(set_up: SetUp) -> None:
    """An outage is no reason to type everything again."""
    set_up.telegram.failing(500, method="getMe", times=20)
    await set_up.answer(TOKEN, "y", "", "", "", "")
    assert set_up.values() == {"TELEGRAM_TOKEN": TOKEN}


async def test_it_can_be_run_again_and_overwrites_nothing_silently(set_up: SetUp) -> None:
    """Without a yes nothing changes; with it, what is not answered and what is unknown stays."""
    before = f"# mine\nTRIALBELL_TELEGRAM_TOKEN={TOKEN}\nTRIALBELL_LOG_LEVEL=DEBUG\n"
    set_up.path.write_text(before)
    said = await set_up.answer("")
    assert set_up.path.read_text() == before
    assert "Nothing was changed" in said
    await set_up.answer("y", "", set_up.discord.token, "", "", "")
    assert set_up.path.read_text() == (before + f"TRIALBELL_DISCORD_TOKEN={set_up.discord.token}\n")
    await set_up.answer("y", "-", "", "", "", "")
    assert set_up.values() == {"LOG_LEVEL": "DEBUG", "DISCORD_TOKEN": set_up.discord.token}


async def test_answers_that_end_too_early_write_nothing(set_up: SetUp) -> None:
    """Half of the settings would look like all of them."""
    with pytest.raises(Mendable, match="Nothing was written"):
        await set_up.answer(TOKEN)
    assert not set_up.path.exists()


async def test_it_takes_its_answers_from_a_pipe(set_up: SetUp) -> None:
    """As a script would run it: the program itself, in the folder that it is called in."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "trialbell", "init"),
        cwd=set_up.folder,
        env=set_up.environment(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await asyncio.wait_for(child.communicate(f"{TOKEN}\n\n\n\n\n".encode()), PATIENCE)
    assert (child.returncode, errors) == (0, b"")
    assert f"https://t.me/{BOT_NAME}" in out.decode()
    assert set_up.values() == {"TELEGRAM_TOKEN": TOKEN}


async def test_a_token_is_not_shown_on_a_terminal(set_up: SetUp) -> None:
    """Whoever looks over a shoulder, or at the scrollback, sees no token."""
    leader, follower = pty.openpty()
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "trialbell", "init"),
        cwd=set_up.folder,
        env=set_up.environment(),
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
    )
    os.close(follower)
    screen = Screen(leader)
    answers = {"Telegram's token": TOKEN, "Discord's token": "", "contact": ""}
    for asked in ("Telegram's token", "Discord's token", "e-mail", "database", "outages"):
        await screen.until(asked)
        os.write(leader, f"{answers.get(asked, '')}\n".encode())
    await screen.until("Next:")
    assert await asyncio.wait_for(child.wait(), PATIENCE) == 0
    os.close(leader)
    assert TOKEN not in screen.shown
    assert set_up.values() == {"TELEGRAM_TOKEN": TOKEN}


class Screen:
    """What a terminal shows."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.shown = ""

    async def until(self, words: str) -> None:
        """Read on until these words, and the rest of their question, are shown."""
        async with asyncio.timeout(PATIENCE):
            while words not in self.shown:
                raw = await asyncio.to_thread(os.read, self._descriptor, 4096)
                self.shown += raw.decode()
