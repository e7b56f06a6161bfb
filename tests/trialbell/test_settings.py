"""What an operator can set, and what is said of what cannot be used."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.shared import SHARED, needs_shared
from trialbell.settings import (
    PREFIX,
    Settings,
    SettingsUnusable,
    alive_file,
    data_file,
    key_file,
    load_settings,
    shards_here,
    unknown_names,
)

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, and no setting of whoever runs the tests."""
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_all_platforms_are_off() -> None:
    """Trialbell starts with nothing set: the live registry, an SQLite file, no platform."""
    settings = load_settings()
    assert settings.registry_url == "https://clinicaltrials.gov/api/v2"
    assert settings.registry_rate == 1.0
    assert settings.database_url == f"sqlite:///{data_file()}"
    assert (settings.telegram_token, settings.discord_token) == (None, None)
    assert alive_file(settings).parent == data_file().parent


def test_key_does_not_lie_beside_the_data() -> None:
    """A copy of the data folder is no use without the key."""
    assert key_file().parent != data_file().parent


def test_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ``.env`` says holds unless the environment says otherwise."""
    Path(".env").write_text("TRIALBELL_POLL_INTERVAL=60\nTRIALBELL_OPERATOR=telegram:-100\n")
    monkeypatch.setenv("TRIALBELL_POLL_INTERVAL", "30")
    settings = load_settings()
    assert settings.poll_interval == 30.0
    assert settings.operator == "telegram:-100"


def test_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token that is left empty in a template turns nothing on."""
    monkeypatch.setenv("TRIALBELL_TELEGRAM_TOKEN", "")
    assert load_settings().telegram_token is None


def test_slash_at_the_end_of_an_address_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths can be appended to every address."""
    monkeypatch.setenv("TRIALBELL_REGISTRY_URL", "http://127.0.0.1:8900/api/v2/")
    monkeypatch.setenv("TRIALBELL_TELEGRAM_API_URL", "http://[::1]:8081")
    settings = load_settings()
    assert settings.registry_url == "http://127.0.0.1:8900/api/v2"
    assert settings.telegram_api_url == "http://[::1]:8081"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("REGISTRY_URL", "clinicaltrials.gov", "must be an address"),
        ("REGISTRY_URL", "ftp://clinicaltrials.gov", "must be an address"),
        ("REGISTRY_URL", "http://host:99999", "must be an address"),
        ("REGISTRY_URL", "http://host/a b", "must be an address"),
        ("DISCORD_API_URL", "https://host/api?v=10", "without a query"),
        ("TELEGRAM_API_URL", "http://:8081", "must be an address"),
        ("DATABASE_URL", "mysql://root@host/name", "must begin with sqlite:///"),
        ("DATABASE_URL", "/var/lib/trialbell.db", "must begin with sqlite:///"),
        ("REGISTRY_RATE", "0", "greater than 0"),
        ("REGISTRY_RATE", "fast", "valid number"),
        ("POLL_INTERVAL", "-5", "greater than 0"),
        ("POLL_INTERVAL", "inf", "finite"),
        ("OPERATOR", "@somebody", "telegram:<chat id>"),
        ("PAUSE_GRACE_DAYS", "0", "greater than or equal to 1"),
        ("LOG_LEVEL", "chatty", "'DEBUG'"),
    ],
)
def test_value_that_cannot_be_used_is_named_with_what_it_must_be(
    name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence has the name as it was given and what is wanted, and not the value."""
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SettingsUnusable) as caught:
        load_settings()
    message = str(caught.value)
    assert PREFIX + name in message
    assert words in message
    assert value not in message.replace(words, "")


def test_all_that_cannot_be_used_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody mends one setting only to hear of the next."""
    monkeypatch.setenv("TRIALBELL_REGISTRY_RATE", "none")
    monkeypatch.setenv("TRIALBELL_OPERATOR", "me")
    with pytest.raises(SettingsUnusable, match=r"(?s)RATE.*OPERATOR"):
        load_settings()


def test_file_that_is_no_text_is_told_of() -> None:
    """A ``.env`` in another encoding ends in a sentence."""
    Path(".env").write_bytes("TRIALBELL_OPERATOR_CONTACT=Zoë".encode("utf-16"))
    with pytest.raises(SettingsUnusable, match=r"\.env here cannot be read"):
        load_settings()


def test_misspelt_names_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that begins as ours do and is none is found, in the environment and in the file."""
    monkeypatch.setenv("TRIALBELL_TELEGRM_TOKEN", "x")
    monkeypatch.setenv("TRIALBELL_OPERATOR", "telegram:1")
    Path(".env").write_text(
        "# TRIALBELL_NOTE=1\nexport TRIALBELL_RATE=2\ntrialbell_log_level=debug\nOTHER=3\n"
    )
    assert unknown_names() == ("TRIALBELL_RATE", "TRIALBELL_TELEGRM_TOKEN")


def test_tokens_are_not_shown() -> None:
    """Printed settings hold no token and no key."""
    settings = Settings(_env_file=None, telegram_token="123:abc", secret_key="very secret")
    assert "123:abc" not in repr(settings)
    assert "very secret" not in repr(settings)


def test_readme_lists_what_can_be_set() -> None:
    """Each name in the README's table is a setting."""
    table = (ROOT / "README.md").read_text(encoding="utf8").partition("### Settings")[2]
    rows = re.findall(r"^\| (`.+?) \|", table.partition("###")[0], re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}
    assert len(named) >= 10
    assert named <= {name.upper() for name in Settings.model_fields}


@needs_shared
def test_design_names_only_what_can_be_set() -> None:
    """Each name in the design's section on settings is a setting."""
    design = (SHARED / "DESIGN.md").read_text(encoding="utf8")
    section = design.partition("## Settings")[2].partition("\n## ")[0].partition("\n")[2]
    named = set(re.findall(r"`([A-Z][A-Z_]+)`", section))
    assert len(named) >= 10
    assert named <= {name.upper() for name in Settings.model_fields}


def test_shards_are_a_range_of_the_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process is told which of the bot's shards it hears; without it, all of them."""
    assert shards_here(load_settings()) is None
    monkeypatch.setenv("TRIALBELL_DISCORD_SHARD_COUNT", "8")
    assert shards_here(load_settings()) is None
    for given, shards in (("0-3", (0, 1, 2, 3)), ("5", (5,)), ("7-7", (7,))):
        monkeypatch.setenv("TRIALBELL_DISCORD_SHARDS", given)
        assert shards_here(load_settings()) == shards


@pytest.mark.parametrize(
    ("given", "count", "said"),
    [
        ("3-0", "8", "such as 0-3"),
        ("a", "8", "such as 0-3"),
        ("4-8", "8", "between 0 and 7"),
        ("0-3", "", "DISCORD_SHARD_COUNT beside it"),
    ],
)
def test_shards_that_cannot_be_are_said(
    monkeypatch: pytest.MonkeyPatch, given: str, count: str, said: str
) -> None:
    """A range that is none, one beyond the count, or one without a count."""
    monkeypatch.setenv("TRIALBELL_DISCORD_SHARD_COUNT", count)
    monkeypatch.setenv("TRIALBELL_DISCORD_SHARDS", given)
    with pytest.raises(SettingsUnusable, match=said):
        load_settings()
