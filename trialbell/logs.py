"""Logs: one event a line, with the same keys, and no token in any of them."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_TELEGRAM = re.compile(r"(?<![\w])(?:bot)?\d{6,12}:[\w-]{30,}")
_DISCORD = re.compile(r"[\w-]{20,}\.[\w-]{5,8}\.[\w-]{25,}")

QUIET = ("httpx", "httpcore", "aiosqlite", "apscheduler", "alembic", "discord", "telegram")
"""Libraries that log at INFO what is ours to log, or whole URLs: Telegram's hold the token."""


def set_up_logs(level: str, *, pretty: bool | None = None) -> None:
    """Send all logs to standard error: coloured on a terminal, JSON lines elsewhere."""
    if pretty is None:
        pretty = sys.stderr.isatty()
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            *shared,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last: structlog.types.Processor = (
        structlog.dev.ConsoleRenderer() if pretty else structlog.processors.JSONRenderer()
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.processors.format_exc_info],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, redact, last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def redact(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A processor that blots out what looks like a token, wherever it stands."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = blot(value)
    return event


def blot(text: str) -> str:
    """The text with every Telegram or Discord token replaced by stars."""
    return _DISCORD.sub("***", _TELEGRAM.sub("***", text))
