"""Settings, from the environment or a file ``.env``; every name begins with ``TRIALBELL_``."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from platformdirs import user_config_path, user_data_path
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.services.tenure import LEASE_SECONDS
from trialbell.mend import Mendable

PREFIX = "TRIALBELL_"
ENV_FILE = ".env"


def _as_url(text: str) -> str:
    wrong = "must be an address such as https://host.example/path"
    try:
        parts = urlsplit(text)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        raise ValueError(wrong) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_fits:
        raise ValueError(wrong)
    if parts.query or parts.fragment or re.search(r"\s", text):
        raise ValueError(wrong + ", without a query or spaces")
    return text.rstrip("/")


def _as_webhook(text: str) -> str:
    url = _as_url(text)
    if not url.startswith("https://"):
        raise ValueError("must begin with https://, as Telegram calls nothing else")
    return url


def _as_database_url(text: str) -> str:
    if re.match(r"(sqlite|postgres(ql)?)(\+\w+)?://", text) is None:
        raise ValueError(
            "must begin with sqlite:/// (and a file's path) or postgresql:// (user@host/name)"
        )
    return text


def _as_chat(text: str) -> str:
    if re.fullmatch(r"(telegram|discord):-?\d+", text) is None:
        raise ValueError("must be telegram:<chat id> or discord:<channel id>")
    return text


def _as_shards(text: str, info: ValidationInfo) -> str:
    """A range of shards, of the count that is set as well."""
    match = re.fullmatch(r"(\d+)(?:-(\d+))?", text)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if first > last:
        raise ValueError("must be a shard or a range of them, such as 0-3")
    count = info.data.get("discord_shard_count")
    if count is None:
        raise ValueError(f"needs {PREFIX}DISCORD_SHARD_COUNT beside it")
    if last >= count:
        raise ValueError(f"must lie between 0 and {count - 1}, as there are {count} shards")
    return f"{first}-{last}"


Url = Annotated[str, AfterValidator(_as_url)]
"""An http(s) address without a slash at its end, because paths are appended to it."""

Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]

Level = Annotated[
    Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"],
    BeforeValidator(lambda text: str(text).upper()),
]


class Settings(BaseSettings):
    """All that an operator can set. A platform without a token is off."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        extra="ignore",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    database_url: Annotated[str, AfterValidator(_as_database_url)] = Field(
        default_factory=lambda: f"sqlite:///{data_file()}"
    )
    registry_url: Url = "https://clinicaltrials.gov/api/v2"
    registry_rate: Annotated[float, Field(gt=0, le=50)] = 1.0
    """Requests a second. The registry's robots.txt asks for at most one."""
    poll_interval: Seconds = 900.0
    """Seconds between looks at the registry's data date."""
    lease_seconds: Annotated[float, Field(ge=1, le=300)] = LEASE_SECONDS
    """How long the work of a process that died waits before another one takes it over."""

    mass_change_share: Annotated[float, Field(gt=0, le=100)] = 5.0
    """Percent of the records of one reading: when so many change in the same field in the same way,
    those changes are held and the operator is asked."""
    mass_change_at_least: int = Field(default=50, ge=1)
    """Nothing is held below so many records, whatever their share."""

    telegram_token: SecretStr | None = None
    telegram_api_url: Url = "https://api.telegram.org"
    telegram_webhook_url: Annotated[str, AfterValidator(_as_webhook)] | None = None
    """Where Telegram is to call, in place of being asked for updates. Off by default."""
    telegram_webhook_host: str = "127.0.0.1"
    telegram_webhook_port: int = Field(default=8443, ge=0, le=65535)
    """Where this process listens for it, behind whatever ends HTTPS."""
    telegram_paid_broadcast: bool = False
    """Notices go at up to 1,000 a second in place of 30, for 0.1 Telegram Stars each beyond 30 a
    second, taken from the bot's balance. Source: https://core.telegram.org/bots/api#sendmessage."""
    discord_token: SecretStr | None = None
    discord_api_url: Url = "https://discord.com/api/v10"
    discord_shard_count: int | None = Field(default=None, ge=1)
    """How many shards the bot has over all its processes. Default: what Discord recommends."""
    discord_shards: Annotated[str, AfterValidator(_as_shards)] | None = None
    """Those that this process hears, such as ``0-3``, where others hear the rest."""

    operator: Annotated[str, AfterValidator(_as_chat)] | None = None
    """The chat that hears of outages: ``telegram:<chat id>`` or ``discord:<channel id>``."""
    operator_contact: str | None = None
    """An e-mail address or a URL, named to the registry in the User-Agent and to people."""
    privacy_url: Url | None = None

    secret_key: SecretStr | None = None
    secret_key_file: Path | None = None
    """Default: ``secret.key`` in the user's configuration folder, made at the first start."""

    subscriptions_per_chat: int = Field(default=100, ge=1)
    """How many trials and conditions one chat can follow."""
    pause_grace_days: int = Field(default=90, ge=1)
    """How long the debts of a chat that cannot be reached are kept."""
    commands_per_hour: int = Field(default=60, ge=1)
    """How many commands one person in a chat may give; a group as a whole five times as many."""
    operator_daily: int | None = Field(default=None, ge=0, le=23)
    """The hour (UTC) from which the operator is told each day how it went. Off by default."""
    metrics_port: int | None = Field(default=None, ge=0, le=65535)
    """Serves ``/metrics``, ``/healthz``, ``/readyz``; 0 takes a free one. Off by default."""
    metrics_host: str = "127.0.0.1"
    alive_file: Path | None = None
    """Touched while all is well, for the health check. Default: in the user's data folder."""
    log_level: Level = "INFO"


class SettingsUnusable(Mendable):
    """A setting cannot be used; the message names each one and what it must be, not its value."""


def load_settings() -> Settings:
    """The settings of this process and its folder. Raises SettingsUnusable."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = (
            f"  {PREFIX}{str(e['loc'][0]).upper()}: {e['msg'].removeprefix('Value error, ')}"
            for e in error.errors()
        )
        raise SettingsUnusable("\n".join(("These settings cannot be used:", *wrong))) from None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise SettingsUnusable(f"The file {ENV_FILE} here cannot be read ({reason}).") from None


def unknown_names() -> tuple[str, ...]:
    """Names that begin as ours do and are none of ours, so misspelt; after ``load_settings``."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    given = set(os.environ)
    if Path(ENV_FILE).is_file():
        lines = Path(ENV_FILE).read_text(encoding="utf-8")
        given.update(re.findall(r"^\s*(?:export\s+)?(\w+)\s*=", lines, re.MULTILINE))
    ours = {name.upper() for name in given if name.upper().startswith(PREFIX)}
    return tuple(sorted(ours - known))


def open_to_others() -> bool:
    """Whether the settings file of this folder can be read by more than its owner."""
    file = Path(ENV_FILE)
    return file.is_file() and stat.S_IMODE(file.stat().st_mode) & 0o077 != 0


def shards_here(settings: Settings) -> tuple[int, ...] | None:
    """The Discord shards that this process hears, where others hear the rest."""
    if settings.discord_shards is None:
        return None
    first, _, last = settings.discord_shards.partition("-")
    return tuple(range(int(first), int(last) + 1))


def data_file() -> Path:
    """The embedded database, in the user's data folder."""
    return user_data_path("trialbell") / "trialbell.db"


def key_file() -> Path:
    """The key of the sealed columns, in the user's configuration folder: not beside the data."""
    return user_config_path("trialbell") / "secret.key"


def alive_file(settings: Settings) -> Path:
    """Touched every few seconds while the loop runs and the database can be written."""
    return settings.alive_file or data_file().with_name("alive")
