"""`trialbell check` says of each part whether it works, and what to do where it does not."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.ctgov.sandbox import SandboxServer
from bot.domain.record import Unreadable
from bot.domain.study import CTGOV
from storage.migrate import migrate
from storage.store import SqlStore
from tests.fakes.ctgov import FORBIDDEN, FakeCtgov, serving
from tests.fakes.discord import FakeDiscord
from tests.fakes.telegram import BOT_NAME, FakeTelegram
from tests.postgres import Postgres
from tests.studies import DAY, NOW, PARSERS, absorb, changed, follower, key, read, study
from tests.studies import telegram as telegram_chat
from tests.trialbell.program import Ended, trialbell
from trialbell.secret import load_secret
from trialbell.settings import Settings

WRONG = "987654321:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
COLUMNS = 80


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """A Bot API on this machine."""
    async with FakeTelegram() as fake:
        yield fake


def nobody_listens() -> str:
    """An address of this machine where nothing answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return f"http://127.0.0.1:{port}"


def said_of(part: str, ended: Ended) -> str:
    """What is said of one part, its lines put together."""
    found: list[str] = []
    for line in ended.out.splitlines():
        if line.startswith(part) or (found and line.startswith(" ")):
            found.append(line)
        elif found:
            break
    return " ".join(" ".join(found).split())


async def test_everything_works(
    tmp_path: Path, registry: SandboxServer, telegram: FakeTelegram
) -> None:
    """With all in order each part works, its own name or date is told, and the code is 0."""
    async with FakeDiscord() as discord:
        ended = await trialbell(
            tmp_path,
            "check",
            REGISTRY_URL=registry.url,
            TELEGRAM_TOKEN=telegram.token,
            TELEGRAM_API_URL=telegram.url,
            DISCORD_TOKEN=discord.token,
            DISCORD_API_URL=discord.api_url,
        )
    assert (ended.code, ended.errors) == (0, "")
    for part in ("key", "registry", "database", "telegram", "discord"):
        assert said_of(part, ended).startswith(f"{part} works ")
    assert "data of 2026-03-02" in said_of("registry", ended)
    assert BOT_NAME in said_of("telegram", ended)
    assert ended.out.endswith("\nAll works.\n")


async def test_nothing_is_sent_and_nothing_is_heard(
    tmp_path: Path, registry: SandboxServer, telegram: FakeTelegram
) -> None:
    """Checking a bot that runs elsewhere takes no update from it and changes nothing."""
    await trialbell(
        tmp_path,
        "check",
        REGISTRY_URL=registry.url,
        TELEGRAM_TOKEN=telegram.token,
        TELEGRAM_API_URL=telegram.url,
    )
    assert {method for method, _ in telegram.calls} == {"getMe"}


async def test_privacy_notice_is_named(tmp_path: Path, registry: SandboxServer) -> None:
    """The operator sees where people are led, and that they are led nowhere."""
    notice = "https://host.example/privacy"
    ended = await trialbell(tmp_path, "check", REGISTRY_URL=registry.url, PRIVACY_URL=notice)
    assert said_of("privacy", ended).endswith(f"lead to {notice}.")
    bare = await trialbell(tmp_path, "check", REGISTRY_URL=registry.url)
    assert said_of("privacy", bare).startswith("privacy off There is no TRIALBELL_PRIVACY_URL")
    assert bare.code == 0


async def test_platform_without_token_is_off(tmp_path: Path, registry: SandboxServer) -> None:
    """What is not wanted is no fault: it is off, and the conclusion says that nobody is told."""
    ended = await trialbell(tmp_path, "check", REGISTRY_URL=registry.url)
    assert ended.code == 0
    assert said_of("telegram", ended) == "telegram off There is no TRIALBELL_TELEGRAM_TOKEN."
    assert "no platform is on" in ended.words


async def test_refused_token_says_to_make_a_new_one(
    tmp_path: Path, registry: SandboxServer, telegram: FakeTelegram
) -> None:
    """A token that is no longer good is told without showing it, and ends with code 1."""
    ended = await trialbell(
        tmp_path,
        "check",
        REGISTRY_URL=registry.url,
        TELEGRAM_TOKEN=WRONG,
        TELEGRAM_API_URL=telegram.url,
    )
    assert ended.code == 1
    assert "does not work" in said_of("telegram", ended)
    assert "Make a new token" in said_of("telegram", ended)
    assert WRONG not in ended.out + ended.errors


async def test_registry_that_refuses_names_what_was_tried(tmp_path: Path) -> None:
    """A lasting 403 tells the ways of asking, so that somebody can compare and act."""
    fake = FakeCtgov()
    fake.rule = lambda _: FORBIDDEN
    async with serving(fake):
        ended = await trialbell(tmp_path, "check", REGISTRY_URL=fake.base_url, REGISTRY_RATE="50")
    assert ended.code == 1
    assert "refuses this machine" in said_of("registry", ended)
    assert "TLS 1.2" in said_of("registry", ended)
    assert said_of("database", ended).startswith("database works ")


async def test_out_of_reach_is_an_outage_and_not_a_traceback(tmp_path: Path) -> None:
    """Where nothing answers at all, each part says so by itself."""
    nowhere = nobody_listens()
    ended = await trialbell(
        tmp_path,
        "check",
        REGISTRY_URL=nowhere,
        REGISTRY_RATE="50",
        DATABASE_URL=nowhere.replace("http", "postgresql") + "/trialbell",
        TELEGRAM_TOKEN=WRONG,
        TELEGRAM_API_URL=nowhere,
        DISCORD_TOKEN="a-made-up-token",
        DISCORD_API_URL=nowhere,
    )
    assert ended.code == 1
    for part in ("registry", "database", "telegram", "discord"):
        assert said_of(part, ended).startswith(f"{part} does not work ")
    assert "TRIALBELL_DATABASE_URL" in said_of("database", ended)
    assert "nobody listens at its address" in said_of("registry", ended)
    assert "Telegram cannot be reached" in said_of("telegram", ended)
    assert "Discord cannot be reached" in said_of("discord", ended)
    for library in ("Traceback", "ConnectError", "httpx", "ClientConnector"):
        assert library not in ended.out + ended.errors
    assert WRONG not in ended.out + ended.errors


async def test_wrong_key_is_the_database_s_fault(tmp_path: Path, registry: SandboxServer) -> None:
    """A key that does not open the database is told before anything is written with it."""
    first = await trialbell(tmp_path, "check", REGISTRY_URL=registry.url)
    other = await trialbell(tmp_path, "check", REGISTRY_URL=registry.url, SECRET_KEY="another" * 9)
    assert (first.code, other.code) == (0, 1)
    assert "The secret key does not open this database" in said_of("database", other)


async def test_short_key_is_told(tmp_path: Path, registry: SandboxServer) -> None:
    """A key that can be guessed does not work, and so the database cannot be looked at."""
    ended = await trialbell(tmp_path, "check", REGISTRY_URL=registry.url, SECRET_KEY="guess me")
    assert ended.code == 1
    assert "too short" in said_of("key", ended)
    assert "without the key" in said_of("database", ended)


async def test_database_that_cannot_be_written_is_told(
    tmp_path: Path, registry: SandboxServer, postgres: Postgres
) -> None:
    """A database that is there for reading only does not work; nor does a folder that is none."""
    url = postgres.new_database()
    assert (await trialbell(tmp_path, "migrate", DATABASE_URL=url)).code == 0
    name = url.partition("?")[0].rpartition("/")[2]
    postgres.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    read_only = await trialbell(tmp_path, "check", REGISTRY_URL=registry.url, DATABASE_URL=url)
    (tmp_path / "a file").touch()
    nowhere = f"sqlite:///{tmp_path / 'a file' / 'trialbell.db'}"
    no_folder = await trialbell(tmp_path, "check", REGISTRY_URL=registry.url, DATABASE_URL=nowhere)
    for ended in (read_only, no_folder):
        assert ended.code == 1
        assert "does not work" in said_of("database", ended)


async def test_misspelt_setting_is_told(tmp_path: Path, registry: SandboxServer) -> None:
    """A name that nothing reads is a fault: what it was to turn on is off."""
    ended = await trialbell(
        tmp_path, "check", REGISTRY_URL=registry.url, TELEGRAM_TOKN="123456:made-up"
    )
    assert ended.code == 1
    assert "TRIALBELL_TELEGRAM_TOKN" in said_of("settings", ended)
    assert "123456:made-up" not in ended.out


async def test_lines_fit_a_narrow_terminal(tmp_path: Path) -> None:
    """Long sentences wrap under their own beginning, at 80 columns."""
    ended = await trialbell(tmp_path, "check", REGISTRY_URL=nobody_listens(), REGISTRY_RATE="50")
    assert max(len(line) for line in ended.out.splitlines()) <= COLUMNS
    start = ended.out.splitlines()[1].index("The registry")
    assert ended.out.splitlines()[2][:start].strip() == ""
    assert ended.out.splitlines()[2][start] != " "


@pytest.mark.parametrize(("mode", "code"), [(0o644, 1), (0o600, 0)])
async def test_settings_that_others_can_read_are_named(
    tmp_path: Path, registry: SandboxServer, mode: int, code: int
) -> None:
    """The bots' tokens are in the file: whoever else can read it could take the bots over."""
    file = tmp_path / ".env"
    file.write_text("TRIALBELL_PAUSE_GRACE_DAYS=30\n")
    file.chmod(mode)
    ended = await trialbell(tmp_path, "check", REGISTRY_URL=registry.url)
    assert ended.code == code
    assert ("chmod 600 .env" in said_of("settings", ended)) is bool(code)


async def test_what_is_held_or_could_not_be_read_is_named(
    tmp_path: Path, registry: SandboxServer
) -> None:
    """Whoever looks whether all is well is told of what people are not told yet, and why."""
    url = f"sqlite:///{tmp_path / 'held.db'}"
    settings = Settings(_env_file=None, database_url=url, secret_key=SecretStr("held" * 9))
    await migrate(url)
    store = await SqlStore.open(url, load_secret(settings), parsers=PARSERS)
    try:
        await absorb(store, read(study(1)), day=DAY - timedelta(days=1))
        await follower(store, telegram_chat(1), 1)
        await absorb(store, changed(1))
        await store.holding.hold(NOW)
        await store.readings.complete(CTGOV, NOW, NOW)
        odd = Unreadable(key=key(2), reason="a date is none", source=b"{}")
        await store.studies.set_aside([odd], NOW.date())
    finally:
        await store.close()
    ended = await trialbell(
        tmp_path, "check", REGISTRY_URL=registry.url, DATABASE_URL=url, SECRET_KEY="held" * 9
    )
    assert "1 messages are held since a restore" in said_of("database", ended)
    assert "--send-pending" in said_of("database", ended)
    assert "1 of their records could not be read" in said_of("database", ended)


async def test_the_operator_s_chat_is_looked_for(
    tmp_path: Path, registry: SandboxServer, telegram: FakeTelegram
) -> None:
    """Seen by its bot or not, or on a platform that is off; nothing is sent there."""
    given = {
        "REGISTRY_URL": registry.url,
        "TELEGRAM_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram.url,
    }
    ended = await trialbell(tmp_path, "check", **given, OPERATOR="telegram:7")
    assert said_of("operator", ended) == "operator works Somebody is told of outages."
    telegram.bad_request("chat not found", method="getChat")
    ended = await trialbell(tmp_path, "check", **given, OPERATOR="telegram:7")
    assert "does not work The bot does not see the chat telegram:7" in said_of("operator", ended)
    assert ended.code == 1
    ended = await trialbell(tmp_path, "check", **given, OPERATOR="discord:7")
    assert "There is no TRIALBELL_DISCORD_TOKEN" in said_of("operator", ended)
    ended = await trialbell(tmp_path, "check", **given)
    assert said_of("operator", ended).startswith("operator off")
    assert telegram.messages == []
