"""Answers about all trials that are named in a text."""

from __future__ import annotations

from bot.domain.commands.request import Request
from bot.domain.nct import find_keys
from bot.domain.replies import mentioned as said
from bot.services.commands.means import Answer, Handlers, Means
from bot.services.commands.trials import trial_card

CARDS = 3
"""Trials of which each has its card; more are a list."""


class Mentioned:
    """Answers ``mentioned``."""

    def __init__(self, means: Means) -> None:
        self._means = means

    @property
    def handlers(self) -> Handlers:
        """What is answered here."""
        return {"mentioned": self._mentioned}

    async def _mentioned(self, request: Request) -> Answer:
        """``mentioned`` and a text: a card for each of a few, else a list to choose from."""
        keys = find_keys(request.text)
        if not keys:
            return (said.none_mentioned(),)
        if len(keys) <= CARDS:
            return tuple([await trial_card(self._means, request, key) for key in keys])
        found = []
        for key in keys[: said.LISTED]:
            stored = await self._means.store.studies.get(key)
            found.append((key, stored.study.title if stored else None))
        return (said.mentioned([*found, *((key, None) for key in keys[said.LISTED :])]),)
