"""What a store raises: its few errors, whatever library is beneath."""

from __future__ import annotations

from bot.domain.study import StudyKey


class StoreError(Exception):
    """The database could not do it; what was in the transaction is not written."""


class StoreUnavailable(StoreError):
    """The database does not answer or cannot be written now. Trying again later may help."""


class StoredUnreadable(StoreError):
    """The kept version of one trial, ``key``, cannot be read any more; all others can be."""

    def __init__(self, key: StudyKey, why: str) -> None:
        super().__init__(f"the kept version cannot be read ({why})")
        self.key = key


class LeaseLost(StoreError):
    """Another process holds the lease now: stop, and send nothing more."""
