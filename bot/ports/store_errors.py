"""What a store raises: its few errors, whatever library is beneath."""

from __future__ import annotations


class StoreError(Exception):
    """The database could not do it; what was in the transaction is not written."""


class StoreUnavailable(StoreError):
    """The database does not answer or cannot be written now. Trying again later may help."""


class LeaseLost(StoreError):
    """Another process holds the lease now: stop, and send nothing more."""
