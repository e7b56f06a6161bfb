"""What can be wrong with a platform as a whole, and when it is the operator's to hear of."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

from bot.domain.outcome import Outcome, Sent

START_OUT = timedelta(minutes=5)
"""A platform that could not be started for so long is told: shorter outages end by themselves."""

FAILING_TRIES = 5
FAILING_FOR = timedelta(minutes=10)
"""So many tries in a row, over so long, of which the platform took none, are not single chats."""


class Trouble(enum.StrEnum):
    """What is wrong with a platform."""

    START = "start"
    """It cannot be reached to start."""
    TOKEN = "token"  # noqa: S105 - not a secret: the platform refuses the bot's token
    SENDS = "sends"
    """It takes no message of those that are tried."""
    DEAF = "deaf"
    """It takes messages, and does not let a process hear its share of what people ask."""


class SendWatch:
    """Tells a platform that takes nothing from single messages that it does not take."""

    def __init__(self) -> None:
        self.taken = False
        """Whether the last one was sent."""
        self._tries = 0
        self._since: datetime | None = None

    def note(self, outcome: Outcome, now: datetime) -> None:
        """Take in one more outcome; what was sent ends a row of failures."""
        self.taken = isinstance(outcome, Sent)
        if self.taken:
            self._tries, self._since = 0, None
        else:
            self._tries += 1
            self._since = self._since or now

    def failing(self, now: datetime) -> bool:
        """Whether nothing was taken for so long, and of so many tries, that something is wrong."""
        long_enough = self._since is not None and now - self._since >= FAILING_FOR
        return long_enough and self._tries >= FAILING_TRIES
