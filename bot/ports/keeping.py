"""What is kept no longer than it is of use."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Keeping(Protocol):
    """Letting go of what is done (``bot.domain.retention`` says when), and of nothing else."""

    async def prune(self, now: datetime, limit: int) -> int:
        """Let go of up to ``limit`` rows of a kind, a transaction a kind. Returns how many.

        0 means that there is nothing more to let go of. What is owed, claimed or held stays, and so
        do all debts of an occurrence of which one is: a chat that joins another is not to be told
        again what one of both had. An occurrence goes after its notices, and not before the reading
        of its data day is complete: until then the same one may be found again.
        """
        ...

    async def held(self) -> int:
        """How many notices wait for the operator's word since a restore."""
        ...
