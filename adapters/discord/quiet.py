"""The library's own log, kept free of what must not be logged."""

from __future__ import annotations

import logging
import re

_SECRETS = re.compile(r"\d{15,}|[\w-]{40,}")


class _NoIds(logging.Filter):
    """Takes ids and tokens out of addresses that the library logs when it is slowed down."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _SECRETS.sub("…", record.getMessage())
        record.args = None
        return True


_no_ids = _NoIds()


def quiet() -> None:
    """Keep the library's own log free of what must not be logged; doing it twice changes nothing.

    Below WARNING it logs whole messages and session keys, and its warnings name channels.
    """
    logger = logging.getLogger("discord")
    logger.setLevel(max(logger.level, logging.WARNING))
    for name in ("discord.http", "discord.webhook.async_", "discord.app_commands.tree"):
        logging.getLogger(name).addFilter(_no_ids)
