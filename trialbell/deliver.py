"""`trialbell deliver`: send what is due now, then end."""

from __future__ import annotations

import os
import socket

from bot.ports.store import StoreUnavailable
from bot.services.tenure import LEASE_SECONDS
from trialbell.clock import SystemClock
from trialbell.run import lease_name
from trialbell.settings import Settings
from trialbell.wiring import PLATFORMS, open_core, open_store, tokens


async def deliver_now(settings: Settings) -> str:
    """Send on every platform that is on. Raises StartFailed and StoreError."""
    sent = 0
    async with open_core(settings) as core:
        for name, token in tokens(settings).items():
            holder = f"{socket.gethostname()}-{os.getpid()}-deliver"
            lease = await core.store.leases.acquire(lease_name(name, token), holder, LEASE_SECONDS)
            if lease is None:
                raise StoreUnavailable(
                    f"Another process sends on {name} now; it sends what is due."
                )
            platform = PLATFORMS[name](core, token)
            await platform.start()
            try:
                sent += await core.deliverer(platform.messenger).run_until_paid(lease)
            finally:
                await platform.stop()
                await core.store.leases.release(lease)
    return f"Sent {sent} messages."


async def revive(settings: Settings, *, only_list: bool) -> list[str]:
    """List what was given up and, unless ``only_list``, make it due again."""
    async with open_store(settings) as store:
        letters = await store.notices.dead_letters()
        if letters and not only_list:
            await store.notices.revive(SystemClock().now())
    return [
        f"{letter.id}  {letter.platform}  {letter.key}  {letter.data_day}  "
        f"{letter.tries} tries: {letter.error}"
        for letter in letters
    ] or ["No message was given up."]
