"""News between processes that something is owed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol


class Wakes(Protocol):
    """News between processes that something is owed, so that nobody has to keep looking."""

    async def listen(self, wake: Callable[[], None], stop: asyncio.Event) -> None:
        """Call ``wake`` whenever any process commits a debt, until ``stop`` is set.

        What is owed stands in the store all the same: a wake that is lost costs a while, no notice.
        """
        ...
