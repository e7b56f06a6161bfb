"""`trialbell poll`: one reading of the registry now."""

from __future__ import annotations

from bot.ports.registry import Unavailable
from trialbell.settings import Settings
from trialbell.wiring import open_core


async def poll_once(settings: Settings) -> str:
    """Read, and say what was found. Raises RegistryError and StoreError."""
    async with open_core(settings) as core:
        reading = await core.reader.look()
        if reading is None:
            state = await core.store.readings.state(core.registry.name)
            raise Unavailable(state.failure or "")
    if not reading.fresh:
        return f"Nothing new: the data of {reading.data:%Y-%m-%d} were read before."
    intake = reading.intake
    return (
        f"Read the data of {reading.data:%Y-%m-%d}: {intake.records} records, "
        f"{intake.versions} new versions, {intake.notices} messages owed, "
        f"{intake.set_aside} set aside."
    )
