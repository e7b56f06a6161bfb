"""Asking Telegram for updates, and noticing when it stops and starts to give them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import structlog
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

log = structlog.get_logger()

LONG_POLL = 30
"""Seconds that Telegram holds a request for updates open while there are none."""

REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)
"""How Telegram answers where it does not know the token."""

SURE = 2
"""Good answers in a row after which another reader is taken to have stopped: of two that read the
same bot each gets one now and then, and the log would tell of each."""

_WHY: dict[int, str] = {
    HTTPStatus.CONFLICT: "another program reads this bot's updates",
    HTTPStatus.UNAUTHORIZED: "the bot's token is refused: it is asked again until it is taken",
    HTTPStatus.NOT_FOUND: "the bot's token is refused: it is asked again until it is taken",
}


class PollingRequest(HTTPXRequest):
    """The requests for updates. Logs the change into failure and the recovery, not each failure.

    The library tells its error callback neither of a recovery nor of a refused token.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._failing: str | None = None
        self._good = 0
        """How many in a row were answered well."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """As in the library."""
        try:
            code, payload = await super().do_request(*args, **kwargs)
        except TelegramError as error:
            cause = type(error.__cause__ or error).__name__
            self._note(f"Telegram cannot be reached ({cause})")
            raise
        if code in REFUSED:
            # The library would end its polling for good, and an outage answers so too.
            self._note(_WHY[code])
            raise NetworkError("the bot's token is refused")
        good = HTTPStatus.OK <= code < HTTPStatus.MULTIPLE_CHOICES
        self._note(None if good else _WHY.get(code, f"Telegram answers {code}"))
        return code, payload

    def _note(self, failing: str | None) -> None:
        self._good = self._good + 1 if failing is None else 0
        if failing == self._failing:
            return
        if self._good and self._failing == _WHY[HTTPStatus.CONFLICT] and self._good < SURE:
            return
        self._failing = failing
        if failing is None:
            log.info("updates are read again", platform="telegram")
        else:
            log.warning("updates are not read", platform="telegram", why=failing)
