"""How a process hears what people ask, by its settings."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from tests.fakes.telegram import TOKEN
from trialbell.hearing import hears_a_share, webhook
from trialbell.settings import Settings

HOOKED = "https://bot.example/telegram"


def test_without_the_setting_telegram_is_asked() -> None:
    """One process asks, and so it hears everything."""
    settings = Settings(_env_file=None)
    assert webhook(settings, TOKEN) is None
    assert not hears_a_share(settings, "telegram")


def test_webhook_s_secret_is_the_bot_s_own_and_tells_no_token() -> None:
    """Every process and every start makes the same of the same token, as Telegram takes it."""
    settings = Settings(_env_file=None, telegram_webhook_url=HOOKED)
    hooked = webhook(settings, TOKEN)
    assert hooked is not None
    assert (hooked.url, hooked.host, hooked.port) == (HOOKED, "127.0.0.1", 8443)
    assert re.fullmatch(r"[A-Za-z0-9_-]{32,256}", hooked.secret)
    assert TOKEN.partition(":")[2] not in hooked.secret
    assert webhook(settings, TOKEN) == hooked
    assert webhook(settings, TOKEN + "x") != hooked
    assert hears_a_share(settings, "telegram")
    assert not hears_a_share(settings, "discord")


@pytest.mark.parametrize("url", ["http://bot.example/", "bot.example", "https://bot.example/?a=b"])
def test_telegram_calls_nothing_but_https(url: str) -> None:
    """What cannot work is refused at the start, not by Telegram at night."""
    with pytest.raises(ValidationError, match="must be"):
        Settings(_env_file=None, telegram_webhook_url=url)
