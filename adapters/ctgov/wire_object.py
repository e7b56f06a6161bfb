"""What every object of the registry's JSON has in common, and the one that stands everywhere."""

from __future__ import annotations

import msgspec


class Wire(msgspec.Struct, frozen=True, rename="camel", gc=False):
    """A JSON object: camelCase keys, everything optional, unknown keys passed over.

    ``gc=False`` because a record has no circles, and a page has a hundred thousand objects.
    """


class DateStruct(Wire, frozen=True):
    """A date and whether it has happened."""

    date: str | None = None
    type: str | None = None
