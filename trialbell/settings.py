"""Settings, from the environment or a file ``.env``; every name begins with ``TRIALBELL_``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from platformdirs import user_config_path, user_data_path
from pydantic import Field, SecretStr, StringConstraints
from pydantic_settings import BaseSettings, SettingsConfigDict

Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+[^/\s]$")]
"""An http(s) address without a slash at its end, because paths are appended to it."""


class Settings(BaseSettings):
    """All that an operator can set. A platform without a token is off."""

    model_config = SettingsConfigDict(
        env_prefix="TRIALBELL_", env_file=".env", extra="ignore", env_ignore_empty=True
    )

    database_url: str = Field(default_factory=lambda: f"sqlite:///{data_file()}")
    registry_url: Url = "https://clinicaltrials.gov/api/v2"
    registry_rate: float = Field(default=1.0, gt=0, le=50)
    """Requests a second. The registry's robots.txt asks for at most one."""
    poll_interval: float = Field(default=900.0, gt=0)
    """Seconds between looks at the registry's data date."""

    telegram_token: SecretStr | None = None
    telegram_api_url: Url = "https://api.telegram.org"
    discord_token: SecretStr | None = None
    discord_api_url: Url = "https://discord.com/api/v10"

    operator: str | None = None
    """The chat that hears of outages: ``telegram:<chat id>`` or ``discord:<channel id>``."""
    operator_contact: str | None = None
    """An e-mail address or a URL, named to the registry in the User-Agent and to people."""
    privacy_url: Url | None = None

    secret_key: SecretStr | None = None
    secret_key_file: Path | None = None
    """Default: ``secret.key`` in the user's configuration folder, made at the first start."""

    pause_grace_days: int = Field(default=90, ge=1)
    """How long the debts of a chat that cannot be reached are kept."""
    operator_daily: int | None = Field(default=None, ge=0, le=23)
    """The hour (UTC) from which the operator is told each day how it went. Off by default."""
    metrics_port: int | None = Field(default=None, ge=0, le=65535)
    """Serves ``/metrics``, ``/healthz``, ``/readyz``; 0 takes a free one. Off by default."""
    metrics_host: str = "127.0.0.1"
    alive_file: Path | None = None
    """Touched while all is well, for the health check. Default: in the user's data folder."""
    log_level: str = "INFO"


def data_file() -> Path:
    """The embedded database, in the user's data folder."""
    return user_data_path("trialbell") / "trialbell.db"


def key_file() -> Path:
    """The key of the sealed columns, in the user's configuration folder: not beside the data."""
    return user_config_path("trialbell") / "secret.key"
