"""`trialbell held`: what so many records had at once that it waits for the operator's word."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.mass import DEFAULT_LIMITS
from bot.domain.telling_held import way_line
from bot.ports.holds import Answer, Hold
from bot.ports.store import Store
from bot.services.breaker import Breaker
from trialbell.clock import SystemClock
from trialbell.mend import Mendable
from trialbell.settings import Settings
from trialbell.wiring import open_store


async def held(
    settings: Settings, *, release: Sequence[int], drop: Sequence[int]
) -> tuple[str, ...]:
    """Answer the holds that are named, then list those that are left. Raises StoreError.

    Raises Mendable where a hold is named that does not wait for an answer.
    """
    answers = {**dict.fromkeys(release, Answer.RELEASED), **dict.fromkeys(drop, Answer.DROPPED)}
    twice = sorted(set(release) & set(drop))
    if twice:
        raise Mendable(f"Hold {twice[0]} cannot be both released and dropped.")
    async with open_store(settings) as store:
        said = await _answered(store, answers)
        return (*said, *_listed(await store.holds.held()))


async def _answered(store: Store, answers: dict[int, Answer]) -> list[str]:
    waiting = {one.id: one for one in await store.holds.held()}
    unknown = sorted(answers.keys() - waiting.keys())
    if unknown:
        raise Mendable(f"No hold {unknown[0]} waits for an answer: `trialbell held` lists them.")
    said = []
    for hold_id, answer in sorted(answers.items()):
        if await store.holds.answer(hold_id, answer):
            said.append(f"Hold {hold_id} is {answer.value}: {waiting[hold_id].count} trials.")
    # In this process, so that it is done when the command ends; a reading would do the rest.
    await Breaker(store, SystemClock(), DEFAULT_LIMITS).carry_out()
    return said


def _listed(holds: Sequence[Hold]) -> tuple[str, ...]:
    return tuple(_line(one) for one in holds) or ("Nothing is held.",)


def _line(one: Hold) -> str:
    return (
        f"{one.id}  data of {one.data_day}  {way_line(one.way)}: {one.count} trials of {one.read} "
        f"records read, such as {', '.join(one.examples)}"
    )
