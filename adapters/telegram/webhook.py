"""Hearing by a webhook: Telegram calls us, over HTTPS that a proxy before us ends.

Whoever calls without the secret that Telegram was given is refused. Several processes can hear so
at once, behind one address: each update reaches one of them.
"""

from __future__ import annotations

import hmac
import json
from typing import Any

import msgspec
import structlog
from aiohttp import web
from telegram import Bot, Update

from bot.ports.platform import StartFailed

log = structlog.get_logger()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
"""Where Telegram names it: https://core.telegram.org/bots/api#setwebhook."""

LARGEST = 2**20
"""Bytes of one update; a message has 4,096 characters, and what it replies to as many."""

AT_ONCE = 40
"""Calls that Telegram makes at the same time at the most: its own default."""


class WebhookSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Where Telegram is to call (``url``, HTTPS), and where we listen for it."""

    url: str
    host: str
    port: int
    secret: str
    """1 to 256 of ``A-Z a-z 0-9 _ -``; the same in all processes of one bot."""


class Webhook:
    """Listens for one bot and hands each update on, in the order of arrival.

    A stop lets go of the port and leaves the webhook set: what people write meanwhile waits with
    Telegram for up to a day. Whoever polls for this bot the next time takes it away.
    """

    def __init__(self, settings: WebhookSettings) -> None:
        self._settings = settings
        self._secret = settings.secret.encode()
        self._runner: web.AppRunner | None = None
        self.port = settings.port
        """The port that was taken, where the settings leave it open (0)."""

    async def start(self, bot: Bot, queue: Any, wanted: tuple[str, ...]) -> None:
        """Listen, then tell Telegram where to. Raises StartFailed and what the library raises."""
        self._bot, self._queue = bot, queue
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post("/{path:.*}", self._take)
        runner = self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._settings.host, self._settings.port).start()
        except OSError as error:
            raise StartFailed(
                f"the webhook's port cannot be taken ({error.strerror})", token_refused=False
            ) from None
        self.port = runner.addresses[0][1]
        await bot.set_webhook(
            self._settings.url,
            secret_token=self._settings.secret,
            allowed_updates=wanted,
            max_connections=AT_ONCE,
        )
        log.info("webhook set", platform="telegram")

    async def stop(self) -> None:
        """Let go of the port; what is being taken is taken."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), self._secret):
            return web.Response(status=403)
        try:
            update = Update.de_json(json.loads(await request.read()), self._bot)
        except (ValueError, KeyError, TypeError, AttributeError):
            # Whatever it is, it is no update; asked again and again it would not become one.
            return web.Response(status=400)
        await self._queue.put(update)
        return web.Response()
