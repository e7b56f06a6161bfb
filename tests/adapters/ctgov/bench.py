"""The client of the registry, before a server that misbehaves as it is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from random import Random

from adapters.ctgov.breaker import Breaker
from adapters.ctgov.http import Timeouts
from adapters.ctgov.registry import CtgovRegistry
from bot.domain.study import CTGOV, StudyKey
from tests.adapters.ctgov.answers import bare, page
from tests.fakes.ctgov import (
    FakeCtgov,
    HurriedClock,
    Reply,
    serving,
)

DAY = date(2026, 2, 1)
CUT = Reply(body=page(bare()), cut=True)
HALF = Reply(body=page(bare())[:20])


class Bench:
    """A registry, the client that asks it, and the client's clock."""

    def __init__(self, fake: FakeCtgov, client: CtgovRegistry, clock: HurriedClock) -> None:
        self.fake = fake
        self.client = client
        self.clock = clock


@asynccontextmanager
async def bench(
    *numbers: str, breaker: Breaker | None = None, timeouts: Timeouts | None = None
) -> AsyncIterator[Bench]:
    """A served registry with these trials, and a real client."""
    fake, clock = FakeCtgov(*map(bare, numbers)), HurriedClock()
    async with (
        serving(fake),
        CtgovRegistry(
            fake.base_url, clock=clock, random=Random(1), breaker=breaker, timeouts=timeouts
        ) as client,
    ):
        yield Bench(fake, client, clock)


def keys(*numbers: str) -> list[StudyKey]:
    """Keys of these trials."""
    return [StudyKey(CTGOV, number) for number in numbers]


def five() -> list[str]:
    """Five trials: two full pages and a half."""
    return [f"NCT0000000{number}" for number in range(1, 6)]
