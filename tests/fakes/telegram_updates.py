"""How the bot hears of things: updates, in the order in which they came about."""

from __future__ import annotations

import asyncio
import contextlib
import time
from pathlib import Path
from typing import Any

import aiohttp

from tests.fakes.telegram_checks import Refusal
from tests.fakes.telegram_shapes import chat, refusal
from tests.fakes.telegram_state import State


class Updates(State):
    """Keeps updates until the bot has confirmed them; of two who ask, the older is refused."""

    def __init__(self, token: str | None, delay: float, log: Path | None) -> None:
        super().__init__(token, delay, log)
        self._updates: list[dict[str, Any]] = []
        self._wanted: list[str] | None = None
        self._poll: asyncio.Event | None = None
        self.webhook: dict[str, Any] | None = None
        """What the webhook was set with."""
        self.deliver_to = ""
        """Where the webhook's address leads to on this machine."""
        self.called: list[int] = []
        """With which status each call of the webhook was answered."""
        self._calls: set[asyncio.Task[None]] = set()

    def _message(self, chat_id: int, *, private: bool, thread: int | None = None) -> dict[str, Any]:
        person = chat_id if private else 4242
        message: dict[str, Any] = {
            "message_id": self._next_id(),
            "date": int(time.time()),
            "chat": chat(chat_id, private=private),
            "from": {"id": person, "is_bot": False, "first_name": "Somebody"},
        }
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        return message

    def _push(self, kind: str, update: dict[str, Any]) -> None:
        if self._wanted is None or not self._wanted or kind in self._wanted:
            self._updates.append({"update_id": self._next_id(), kind: update})
            self._wake_poll()
            if self.webhook is not None:
                self._call_soon()

    def _wake_poll(self) -> None:
        if self._poll is not None:
            self._poll.set()

    async def do_get_updates(self, parameters: dict[str, Any]) -> Any:
        """Hold the request open until there is something; refuse whoever asked before."""
        if self.webhook is not None:
            return refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first",
            )
        self._wanted = parameters.get("allowed_updates", self._wanted)
        offset = parameters.get("offset", 0)
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        await self._notify()
        self._wake_poll()
        mine = self._poll = asyncio.Event()
        if not self._updates and not self._over.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(mine.wait(), parameters.get("timeout", 0))
        if self._poll is not mine:
            return refusal(
                409,
                "Conflict: terminated by other getUpdates request;"
                " make sure that only one bot instance is running",
            )
        self._poll = None
        return self._updates[: parameters.get("limit", 100)]

    async def do_delete_webhook(self, parameters: dict[str, Any]) -> bool:
        """Take it away; what waits can be dropped."""
        self.webhook = None
        if parameters.get("drop_pending_updates"):
            self._updates.clear()
        return True

    async def do_set_webhook(self, parameters: dict[str, Any]) -> bool:
        """Call there from now on, for what waits first."""
        if not parameters["url"].startswith("https://"):
            raise Refusal("bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = parameters
        self._wanted = parameters.get("allowed_updates", self._wanted)
        if self._updates:
            self._call_soon()
        return True

    def _call_soon(self) -> None:
        calling = asyncio.get_running_loop().create_task(self._call())
        self._calls.add(calling)
        calling.add_done_callback(self._calls.discard)

    async def _call(self) -> None:
        """Bring what waits; what is not taken waits on."""
        waiting, self._updates = self._updates, []
        assert self.webhook is not None
        secret = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        async with aiohttp.ClientSession(headers=secret) as session:
            for update in waiting:
                async with session.post(self.deliver_to, json=update) as answer:
                    self.called.append(answer.status)
        await self._notify()
