"""What is kept: versions of trials, what chats follow, what they are owed, who may send.

Each method of its parts is one transaction unless it says otherwise; ``Store.absorbing`` is the
transaction of a change: versions, changes and the notices owed are committed together or not at
all. Times are in UTC with their zone set; a "data day" is the date of the registry's own data
timestamp. The errors are those of ``bot.ports.store_errors``.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.ports.absorbing import Absorbing
from bot.ports.chats import Chats
from bot.ports.holds import Holds
from bot.ports.keeping import Keeping
from bot.ports.known import Counts, Notes
from bot.ports.leases import Leases
from bot.ports.notices import Notices
from bot.ports.readings import Readings
from bot.ports.reminders import Reminders
from bot.ports.studies import Studies
from bot.ports.told import Told
from bot.ports.waits import Waits
from bot.ports.wakes import Wakes


class Store(Protocol):
    """All of it, over one database."""

    @property
    def studies(self) -> Studies:
        """Versions of trials."""
        ...

    @property
    def readings(self) -> Readings:
        """How far the registry was read."""
        ...

    @property
    def chats(self) -> Chats:
        """Chats and what they follow."""
        ...

    @property
    def notices(self) -> Notices:
        """Debts."""
        ...

    @property
    def told(self) -> Told:
        """What a chat was told, and is owed."""
        ...

    @property
    def leases(self) -> Leases:
        """Who may read or send."""
        ...

    @property
    def wakes(self) -> Wakes:
        """News that something is owed."""
        ...

    @property
    def waits(self) -> Waits:
        """What platforms asked to wait for."""
        ...

    @property
    def notes(self) -> Notes:
        """Small things that outlive a restart."""
        ...

    @property
    def holds(self) -> Holds:
        """What waits for the end of a reading, or for the operator."""
        ...

    @property
    def counts(self) -> Counts:
        """Counts for the operator."""
        ...

    @property
    def reminders(self) -> Reminders:
        """When chats are told that they are still watched for."""
        ...

    @property
    def keeping(self) -> Keeping:
        """Letting go of what is done."""
        ...

    def absorbing(self) -> AbstractAsyncContextManager[Absorbing]:
        """Open the transaction of a change; it commits at the end of the block."""
        ...

    async def check_writable(self) -> None:
        """Raises StoreUnavailable where the database cannot be written."""
        ...

    async def check_schema(self) -> None:
        """Raises StoreError where the tables are not those of this release (any more)."""
        ...

    async def close(self) -> None:
        """Let go of all connections."""
        ...
