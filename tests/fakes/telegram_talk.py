"""What a Bot API does besides messages: inline queries, menus and what the bot says of itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.fakes.telegram_checks import Refusal, check_commands, check_keyboard, check_text
from tests.fakes.telegram_updates import Updates

INLINE_RESULTS = 50
DESCRIPTION, SHORT_DESCRIPTION = 512, 120
QUERY = 256


class Talk(Updates):
    """Part of ``FakeTelegram``. ``answered`` are the answers to inline queries, by their ids.

    ``menus`` are the commands by scope (as Telegram names it, with its chat where it has one) and
    language; ``described`` and ``described_short`` what the bot says of itself, by language.
    ``inline`` and ``hears_all`` are as BotFather was told: inline mode, and no privacy mode.
    """

    def __init__(self, token: str | None, delay: float, log: Path | None) -> None:
        super().__init__(token, delay, log)
        self.inline = True
        self.hears_all = False
        self.answered: dict[str, dict[str, Any]] = {}
        self.menus: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.described: dict[str, str] = {}
        self.described_short: dict[str, str] = {}

    @property
    def commands(self) -> list[dict[str, str]]:
        """The menu of whoever no narrower scope is for."""
        return self.menus.get(("default", ""), [])

    def query(self, person: int, text: str, offset: str = "") -> str:
        """Somebody types the bot's name and this behind it, in any chat; the id of the query."""
        assert len(text) <= QUERY, "a client sends no longer query"
        one = str(self._next_id())
        asker = {"id": person, "is_bot": False, "first_name": "Somebody"}
        self._push("inline_query", {"id": one, "from": asker, "query": text, "offset": offset})
        return one

    async def do_answer_inline_query(self, parameters: dict[str, Any]) -> bool:
        """What is shown to whoever typed."""
        results = parameters["results"]
        if len(results) > INLINE_RESULTS:
            raise Refusal("RESULTS_TOO_MUCH")
        ids = [one["id"] for one in results]
        if len(set(ids)) < len(ids) or any(not 1 <= len(one.encode()) <= 64 for one in ids):
            raise Refusal("RESULT_ID_INVALID")
        for one in results:
            content = one["input_message_content"]
            check_text({"text": content["message_text"], **content})
            check_keyboard(one)
        if len(parameters.get("next_offset", "").encode()) > 64:
            raise Refusal("NEXT_OFFSET_INVALID")
        self._check_start(parameters.get("button", {}).get("start_parameter", "x"))
        self.answered[parameters["inline_query_id"]] = parameters
        return True

    def _check_start(self, start: str) -> None:
        signs = start.replace("_", "").replace("-", "")
        if not 1 <= len(start) <= 64 or (signs and not (signs.isascii() and signs.isalnum())):
            raise Refusal("START_PARAM_INVALID")

    async def do_set_my_commands(self, parameters: dict[str, Any]) -> bool:
        """What is offered while somebody types, in a scope."""
        check_commands(parameters)
        self.menus[_of(parameters)] = parameters["commands"]
        return True

    async def do_get_my_commands(self, parameters: dict[str, Any]) -> list[dict[str, str]]:
        """What was set for exactly this scope and language."""
        return self.menus.get(_of(parameters), [])

    async def do_delete_my_commands(self, parameters: dict[str, Any]) -> bool:
        """Offer what a wider scope offers."""
        self.menus.pop(_of(parameters), None)
        return True

    async def do_set_my_description(self, parameters: dict[str, Any]) -> bool:
        """What stands in an empty chat with the bot."""
        text = parameters.get("description", "")
        if len(text) > DESCRIPTION:
            raise Refusal("BOT_DESCRIPTION_TOO_LONG")
        self.described[parameters.get("language_code", "")] = text
        return True

    async def do_get_my_description(self, parameters: dict[str, Any]) -> dict[str, str]:
        """As it was set."""
        return {"description": self.described.get(parameters.get("language_code", ""), "")}

    async def do_set_my_short_description(self, parameters: dict[str, Any]) -> bool:
        """What stands in the bot's profile."""
        text = parameters.get("short_description", "")
        if len(text) > SHORT_DESCRIPTION:
            raise Refusal("BOT_SHORT_DESCRIPTION_TOO_LONG")
        self.described_short[parameters.get("language_code", "")] = text
        return True

    async def do_get_my_short_description(self, parameters: dict[str, Any]) -> dict[str, str]:
        """As it was set."""
        language = parameters.get("language_code", "")
        return {"short_description": self.described_short.get(language, "")}


def _of(parameters: dict[str, Any]) -> tuple[str, str]:
    scope = parameters.get("scope", {"type": "default"})
    chat = scope.get("chat_id")
    name = scope["type"] if chat is None else f"{scope['type']} {chat}"
    return name, parameters.get("language_code", "")
