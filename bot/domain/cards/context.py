"""What a card depends on besides the record."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.domain.adverse import EventGroup
from bot.domain.place import Near


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """When and for whom a card is made."""

    data_day: date
    """The date of the registry's data that the record comes from."""
    today: date
    near: Near | None = None
    """The chat's place: sites are listed from there."""
    events: tuple[EventGroup, ...] | None = ()
    """The adverse events of the results; None where the registry could not be asked for them."""
    stale: bool = False
    """The registry could not be asked just now."""
