"""Answers of the Bot API other than the usual one, queued by a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

Chosen = Callable[[dict[str, Any]], bool]


class Scripted(msgspec.Struct, frozen=True, kw_only=True):
    """An answer other than the usual one.

    Where ``status`` is None the call is done, and then its answer is lost: the connection is cut,
    or with ``hang`` stays open and silent.
    """

    status: int | None
    description: str = ""
    parameters: dict[str, int] = {}
    hang: bool = False
    raw: str | None = None


class Trouble:
    """A queue of answers that wait for the calls that they are meant for.

    Every method takes what ``script`` takes: ``method``, ``times`` and ``when``.
    """

    def __init__(self) -> None:
        self._scripts: list[tuple[str, Chosen, Scripted]] = []

    def script(
        self,
        answer: Scripted,
        *,
        method: str = "sendMessage",
        times: int = 1,
        when: Chosen = lambda parameters: True,
    ) -> None:
        """Answer the next ``times`` calls of a method that ``when`` chooses in another way."""
        self._scripts += [(method, when, answer)] * times

    def too_many(self, retry_after: int, **how: Any) -> None:
        """Refuse with 429."""
        text = f"Too Many Requests: retry after {retry_after}"
        parameters = {"retry_after": retry_after}
        self.script(Scripted(status=429, description=text, parameters=parameters), **how)

    def blocked(self, **how: Any) -> None:
        """Refuse with 403, as where a person blocked the bot."""
        text = "Forbidden: bot was blocked by the user"
        self.script(Scripted(status=403, description=text), **how)

    def migrated(self, to: int, **how: Any) -> None:
        """Refuse with 400, as where a group became a supergroup."""
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        parameters = {"migrate_to_chat_id": to}
        self.script(Scripted(status=400, description=text, parameters=parameters), **how)

    def bad_request(self, words: str, **how: Any) -> None:
        """Refuse with 400 and these words."""
        self.script(Scripted(status=400, description=f"Bad Request: {words}"), **how)

    def failing(self, status: int, description: str = "Internal Server Error", **how: Any) -> None:
        """Answer with an error of the server, or with 401, 404 or 409."""
        self.script(Scripted(status=status, description=description), **how)

    def garbled(self, status: int, raw: str, **how: Any) -> None:
        """Answer with what is no JSON, as a proxy before Telegram does."""
        self.script(Scripted(status=status, raw=raw), **how)

    def lose_answer(self, *, hang: bool = False, **how: Any) -> None:
        """Accept, then cut the connection, or with ``hang`` leave it open without an answer."""
        self.script(Scripted(status=None, hang=hang), **how)

    def scripted(self, method: str, parameters: dict[str, Any]) -> Scripted | None:
        """The answer that waits for this call, taken from the queue."""
        for script in self._scripts:
            name, when, answer = script
            if name == method and when(parameters):
                self._scripts.remove(script)
                return answer
        return None
