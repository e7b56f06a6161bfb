"""Logs: one event a line, with the same keys, and no token in any of them."""

from __future__ import annotations

import logging
import re
import sys

import structlog

_TELEGRAM = re.compile(r"(?<![\w])(?:bot)?\d{6,12}:[\w-]{30,}")
_DISCORD = re.compile(r"[\w-]{20,}\.[\w-]{5,8}\.[\w-]{25,}")

KEYS = {
    "platform": "telegram, discord or terminal",
    "registry": "ctgov",
    "lease": "what may be done by one process at a time",
    "notice": "the number of a debt; its chat and its trial are not named",
    "why": "an error's kind, or words of ours or of a service about it",
    "what": "which of the things that can be wrong, or be done",
    "where": "a place in the source",
    "file": "a file of ours",
    "command": "a command of the bot, without what stood behind it",
    "interest": "the number of a followed condition; its words are not named",
    "ways": "in how many ways too many records changed at once",
    "tick": "what is done by the clock",
    "detail": "more about why",
    **dict.fromkeys(("data", "days", "seconds", "failures", "cool_down"), "dates and durations"),
    **dict.fromkeys(
        (
            "records",
            "versions",
            "notices",
            "set_aside",
            "glimpsed",
            "read_in_full",
            "missing",
            "left_out",
            "rows",
        ),
        "how many",
    ),
    **dict.fromkeys(("refused", "tried", "way"), "ways of asking the registry"),
    **dict.fromkeys(("fence", "platforms", "url"), "of a lease, of a start, of the metrics"),
}
"""All keys that lines of ours have beside `event`, `level`, `logger`, `timestamp`, `exception`."""

QUIET = {
    **dict.fromkeys(
        ("httpx", "httpcore", "aiosqlite", "alembic", "discord", "telegram", "asyncio"),
        logging.WARNING,
    ),
    "apscheduler": logging.ERROR,  # it warns of each tick that comes while the last one still runs
}
"""From where libraries are heard: at INFO they log what is ours to log, or whole URLs, and
Telegram's hold the token."""


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
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if pretty
        else structlog.processors.JSONRenderer()
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        _Lines(
            foreign_pre_chain=[*shared, structlog.processors.format_exc_info],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)


class _Lines(structlog.stdlib.ProcessorFormatter):
    """Blots out what looks like a token, wherever in a finished line it stands."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, as it is printed."""
        return blot(super().format(record))


def blot(text: str) -> str:
    """The text with every Telegram or Discord token replaced by stars."""
    return _DISCORD.sub("***", _TELEGRAM.sub("***", text))
