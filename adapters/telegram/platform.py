"""The bot on Telegram: start, stop, and what is heard of chats coming and going."""

from __future__ import annotations

import asyncio
import logging
import traceback
from datetime import timedelta
from typing import Any

import structlog
from telegram import Bot, Update, User
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.ext import Application, ApplicationBuilder
from telegram.request import HTTPXRequest

from adapters.telegram.asking import Asking
from adapters.telegram.commands import Commands, Context
from adapters.telegram.crowd import Crowd, at_once
from adapters.telegram.giving import Giving
from adapters.telegram.inline import Inline
from adapters.telegram.life import Hears, Life
from adapters.telegram.menus import introduce
from adapters.telegram.messenger import PLATFORM, TelegramMessenger
from adapters.telegram.outcomes import describe
from adapters.telegram.pace import Pace
from adapters.telegram.polling import LONG_POLL, PollingRequest
from adapters.telegram.rights import Rights
from adapters.telegram.tls import trusted
from adapters.telegram.webhook import Webhook, WebhookSettings
from adapters.telegram.withholding import watch
from bot.domain.address import Address
from bot.domain.instant import Entries, Typed
from bot.domain.words import say
from bot.ports.clock import Clock
from bot.ports.messenger import MaySend, always
from bot.ports.platform import Answer, Deaf, Find, Heard, Moved, NotKept, StartFailed, Waiting

log = structlog.get_logger()

UPDATES = (
    *(Update.MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY),
    Update.MY_CHAT_MEMBER,
)
"""All that is asked for; Telegram remembers the choice, so it is stated at every start."""

CONNECTIONS = 64
"""Enough for the sends in flight, the answers and the confirmations of presses together."""

CONNECT_TIMEOUT = 10.0

STOP_WITHIN = 3.0
"""Seconds for each step of stopping: a long poll that goes on could take half a minute, and what
was heard and not confirmed comes again at the next start."""

_Application = Application[Any, Any, Any, Any, Any, Any]


async def nobody(address: Address) -> None:
    """Hear that a chat came or went, and do nothing about it."""


async def nowhere(old: Address, new: Address) -> None:
    """Hear that a chat moved, and do nothing about it."""


async def nothing(_typed: Typed) -> Entries:
    """Know nothing at once."""
    return Entries(label=say("instant.empty"), payload="help")


async def identify(token: str, api_url: str) -> str:
    """The name of the token's bot; hears and sends nothing. Raises StartFailed."""
    return (await me(token, api_url)).name


async def me(token: str, api_url: str) -> User:
    """The token's bot and how it is set; hears and sends nothing. Raises StartFailed."""
    silence_libraries()
    failure: StartFailed
    try:
        async with Bot(
            token, base_url=f"{api_url}/bot", base_file_url=f"{api_url}/file/bot"
        ) as bot:
            return bot.bot
    except TelegramError as error:
        failure = start_failed(error)
    # Raised out here, so that the library's error, which holds the token, is not its context.
    raise failure


class TelegramPlatform:
    """One bot account, in an event loop that it shares with others.

    ``paid`` has notices sent as paid broadcasts, as https://core.telegram.org/bots/api#sendmessage
    describes them. ``timeout`` is how long, in seconds, an answer is waited for: what takes longer
    is sent once more and may arrive twice, so it is generous.
    """

    def __init__(
        self,
        token: str,
        api_url: str,
        answer: Answer,
        clock: Clock,
        *,
        on_gone: Heard = nobody,
        on_back: Heard = nobody,
        on_moved: Moved = nowhere,
        find: Find = nothing,
        waiting: Waiting | None = None,
        paid: bool = False,
        webhook: WebhookSettings | None = None,
        timeout: float = 30.0,
    ) -> None:
        self._token = token
        self._api_url = api_url.rstrip("/")
        self._answer = answer
        self._clock = clock
        self._pace = Pace(clock, paid=paid)
        self._paid = paid
        self._webhook = Webhook(webhook) if webhook is not None else None
        self._waiting = waiting or NotKept()
        self._hears = Hears(gone=on_gone, back=on_back, moved=on_moved)
        self._find = find
        self._timeout = timeout
        self._application: _Application | None = None
        self._messenger: TelegramMessenger | None = None

    @property
    def messenger(self) -> TelegramMessenger:
        """The bot's messenger, there once the bot was started."""
        if self._messenger is None:
            raise RuntimeError("the Telegram bot was not started yet")
        return self._messenger

    async def start(self, may_send: MaySend = always, /) -> None:
        """Log in and begin to answer. Raises StartFailed, and can then be called again."""
        silence_libraries()
        application = self._application = self._build()
        failure: StartFailed | None = None
        try:
            await self._bring_up(application, may_send)
        except TelegramError as error:
            failure = start_failed(error)
        except StartFailed as error:
            failure = error
        if failure is not None:
            # Raised out here, so that the library's error, which holds the token, is not its
            # context.
            self._application = None
            await self._stop_listening()
            await _take_down(application)
            raise failure
        log.info("started", platform=PLATFORM)

    async def deaf(self) -> Deaf:
        """Wait for ever: it is asked again and again, and what it refuses shows when sending."""
        never: asyncio.Future[Deaf] = asyncio.get_running_loop().create_future()
        return await never

    async def stop(self) -> None:
        """Finish what is being answered and log out, also of a start that was broken off."""
        application, self._application = self._application, None
        await self._stop_listening()
        if application is not None:
            await _take_down(application)
            log.info("stopped", platform=PLATFORM)

    async def _stop_listening(self) -> None:
        if self._webhook is not None:
            await self._webhook.stop()

    def _build(self) -> _Application:
        sends = HTTPXRequest(
            connection_pool_size=CONNECTIONS,
            read_timeout=self._timeout,
            write_timeout=self._timeout,
            connect_timeout=CONNECT_TIMEOUT,
            pool_timeout=self._timeout,
            httpx_kwargs={"event_hooks": {"request": [watch]}, "verify": trusted()},
        )
        polls = PollingRequest(
            connection_pool_size=1,
            connect_timeout=CONNECT_TIMEOUT,
            httpx_kwargs={"verify": trusted()},
        )
        return (
            ApplicationBuilder()
            .token(self._token)
            .base_url(f"{self._api_url}/bot")
            .base_file_url(f"{self._api_url}/file/bot")
            .request(sends)
            .get_updates_request(polls)
            .job_queue(None)
            .concurrent_updates(Crowd())
            .build()
        )

    async def _bring_up(self, application: _Application, may_send: MaySend) -> None:
        await application.initialize()
        self._messenger = TelegramMessenger(
            application.bot, self._pace, waiting=self._waiting, paid=self._paid
        )
        await self._wait_as_asked_before(self._messenger.bot)
        bot, rights = application.bot, Rights(application.bot, self._clock)
        asking = Asking(self._messenger.bot, bot.username, rights)
        answer = at_once(self._answer)
        commands = Commands(answer, self._messenger, asking, may_send, moved=self._hears.moved)
        application.add_handlers(commands.handlers())
        application.add_handlers(Giving(commands, asking).handlers())
        inline = Inline(self._messenger.bot, asking.link, at_once(self._find), may_send)
        application.add_handlers(inline.handlers())
        application.add_handlers(Life(commands, asking, rights, self._hears).handlers())
        application.add_error_handler(_failed)
        await introduce(application.bot)
        await application.start()
        await self._begin_to_hear(application)

    async def _begin_to_hear(self, application: _Application) -> None:
        """By the webhook, or by asking, which takes away a webhook that was set before."""
        if self._webhook is not None:
            await self._webhook.start(application.bot, application.update_queue, UPDATES)
            return
        assert application.updater is not None  # noqa: S101 - the builder makes one by default
        await application.updater.start_polling(
            timeout=timedelta(seconds=LONG_POLL),
            allowed_updates=UPDATES,
            drop_pending_updates=False,
            error_callback=_heard_elsewhere,
        )

    async def _wait_as_asked_before(self, bot: str) -> None:
        """Keep to what Telegram asked for before this start, also with answers."""
        until = await self._waiting.until(PLATFORM, bot)
        if until is not None and until > (now := self._clock.now()):
            self._pace.pause((until - now).total_seconds())


def start_failed(error: TelegramError) -> StartFailed:
    """What is wrong, as the port says it."""
    match error:
        case InvalidToken():
            return StartFailed("Telegram refuses the bot's token", token_refused=True)
        case TimedOut():
            why = "Telegram does not answer"
        case NetworkError() if not isinstance(error, BadRequest):  # which is one of its children
            why = "Telegram cannot be reached"
        case _:
            why = describe(error)
    return StartFailed(why, token_refused=False)


async def _take_down(application: _Application) -> None:
    """Stop whatever of it runs; what Telegram says to the last calls changes nothing."""
    # The bot's own shutdown comes last: the application skips it where it never got so far.
    steps = [application.shutdown, application.bot.shutdown]
    if application.running:
        steps.insert(0, application.stop)
    if application.updater is not None and application.updater.running:
        steps.insert(0, application.updater.stop)
    for step in steps:
        try:
            async with asyncio.timeout(STOP_WITHIN):
                await step()
        except TimeoutError:
            log.info("not stopped in order", platform=PLATFORM, why="it took too long")
        except TelegramError as error:
            log.info("not stopped in order", platform=PLATFORM, why=describe(error))


async def _failed(_update: object, context: Context) -> None:
    """Say where an update failed. The error's own text may hold what somebody asked: left out."""
    error = context.error
    frames = traceback.extract_tb(error.__traceback__) if error else []
    log.error(
        "command failed",
        platform=PLATFORM,
        why=type(error).__name__,
        where=f"{frames[-1].name}:{frames[-1].lineno}" if frames else None,
    )


def _heard_elsewhere(_error: TelegramError) -> None:
    """Keep the library from logging each failed poll: `PollingRequest` tells of the change."""


def silence_libraries() -> None:
    """Keep the libraries' own lines out of the log: they hold the token, chats and words.

    httpx writes addresses with the token in them, python-telegram-bot parameters and updates, and
    whole answers that it cannot read. What is critical there is still said.
    """
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
