"""How this process hears what people ask: all of it, or a share beside other processes."""

from __future__ import annotations

import hashlib

from adapters.telegram.webhook import WebhookSettings
from trialbell.settings import Settings


def hears_a_share(settings: Settings, platform: str) -> bool:
    """Whether this process hears a part of what people ask there, and others hear the rest."""
    if platform == "telegram":
        return settings.telegram_webhook_url is not None
    return platform == "discord" and settings.discord_shards is not None


def webhook(settings: Settings, token: str) -> WebhookSettings | None:
    """Where Telegram calls us, if the settings say so; its secret is made of the bot's token.

    So it is the same in each process and after each start, without being kept anywhere.
    """
    if settings.telegram_webhook_url is None:
        return None
    secret = hashlib.blake2b(token.encode(), digest_size=32, person=b"webhook").hexdigest()
    return WebhookSettings(
        url=settings.telegram_webhook_url,
        host=settings.telegram_webhook_host,
        port=settings.telegram_webhook_port,
        secret=secret,
    )
