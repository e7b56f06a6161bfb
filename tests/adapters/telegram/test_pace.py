"""Telegram's pace, on a clock whose time passes only while everybody waits."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.lanes import FORGET_AT, ONE_IN
from adapters.telegram.pace import MustWait, Pace
from bot.domain.outcome import Scope
from bot.domain.precedence import Precedence
from tests.fakes.fast_loop import LoopClock, run_fast

ANSWER, NOTICE = Precedence.ANSWER, Precedence.NOTICE
EVER = float("inf")
LIMITS = {"all": (30, 1.0), "chat": (1, 1.0), "group": (20, 60.0)}
"""Telegram's own, without our margin."""

ROUNDING = 1e-6


class Sends:
    """Sends through a pace, and notes at which moment each request was written."""

    def __init__(self, *, paid: bool = False) -> None:
        self.pace = Pace(LoopClock(), paid=paid)
        self.written: list[tuple[float, str, Precedence]] = []

    async def send(
        self,
        chat: str,
        precedence: Precedence = NOTICE,
        *,
        at: float = 0.0,
        connecting: float = 0.0,
        patience: float | None = EVER,
    ) -> float:
        """Ask at a moment, and write after a while of connecting; how long all of it took."""
        clock = LoopClock()
        await clock.sleep(at)
        async with self.pace.turn(chat, precedence, patience) as written:
            await clock.sleep(connecting)
            self.written.append((clock.monotonic(), chat, precedence))
            written()
            await clock.sleep(0.15)
        return clock.monotonic() - at - connecting - 0.15

    def of(self, chat: str) -> list[float]:
        """When something was written for this chat."""
        return [at for at, where, _ in self.written if where == chat]

    def law_holds(self) -> None:
        """No window of Telegram's has more in it than it may."""
        windows: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
        for at, chat, _ in self.written:
            windows["all", ""].append(at)
            windows["chat", chat].append(at)
            if chat.startswith("-"):
                windows["group", chat].append(at)
        for (kind, _), moments in windows.items():
            count, seconds = LIMITS[kind]
            for first, next_one in zip(moments, moments[count:], strict=False):
                assert next_one - first >= seconds - ROUNDING, kind


def fast(
    test: Callable[..., Coroutine[Any, Any, None]],
) -> Callable[..., None]:
    """Run the test where waiting takes no time."""

    def run(*args: Any) -> None:
        run_fast(test(*args), quiet=0.0)

    run.__doc__ = test.__doc__
    run.__name__ = test.__name__
    return run


async def together(*sends: Awaitable[float]) -> list[float]:
    """All of them at once; how long each took."""
    return list(await asyncio.gather(*sends))


CHATS = st.sampled_from(["1", "2", "3", "-1", "-2", *(str(n) for n in range(10, 60))])


@given(
    st.lists(
        st.tuples(
            CHATS,
            st.sampled_from(Precedence),
            st.floats(0, 5),
            st.sampled_from([0.0, 0.0, 0.0, 0.02, 0.3]),
        ),
        max_size=150,
    )
)
def test_no_window_ever_holds_more_than_it_may_and_all_is_sent(
    asked: list[tuple[str, Precedence, float, float]],
) -> None:
    """Whoever asks, when and for whom, and however long it takes to write what has its turn."""

    async def main() -> None:
        sends = Sends()
        await together(
            *(sends.send(chat, kind, at=at, connecting=c) for chat, kind, at, c in asked)
        )
        assert len(sends.written) == len(asked)
        sends.law_holds()
        assert not len(sends.pace._lanes) > len({chat for chat, *_ in asked})

    run_fast(main(), quiet=0.0)


@fast
async def test_throughput_is_what_the_limits_allow() -> None:
    """Within 2 % of the best, be it one limit that binds or another."""
    for chats, each, best in ((1500, 1, 1499 / 30), (1, 60, 59.0), (300, 3, 899 / 30)):
        sends, began = Sends(), LoopClock().monotonic()
        await together(*(sends.send(str(chat)) for _ in range(each) for chat in range(chats)))
        sends.law_holds()
        margin = 1.055 if chats == 1 else 1.02
        assert sends.written[-1][0] - began <= best * margin + 0.01, chats


@fast
async def test_groups_full_for_a_minute_keep_up_nobody() -> None:
    """A thousand people are told at full pace beside groups whose minute is full."""
    sends = Sends()
    groups = [sends.send(f"-{group}") for group in range(5) for _ in range(41)]
    people = [sends.send(str(chat)) for chat in range(1000)]
    await together(*groups, *people)
    sends.law_holds()
    told = [at for at, chat, _ in sends.written if not chat.startswith("-")]
    assert max(told) <= 1205 / 30 * 1.02
    assert 120 <= sends.written[-1][0] <= 120 * 1.02


@fast
async def test_answer_goes_ahead_of_thousands_of_notices() -> None:
    """It waits for its own chat at most, be it one that a notice has just gone to."""
    sends = Sends()
    notices = asyncio.gather(*(sends.send(str(chat)) for chat in range(3000)))
    await LoopClock().sleep(10.5)
    (fresh,) = await together(sends.send("a", ANSWER, at=0.0))
    assert fresh < 10.5 + 0.1
    busy = sends.written[-1][1]
    began = LoopClock().monotonic()
    await sends.send(busy, ANSWER)
    assert LoopClock().monotonic() - began <= 1.05 + 0.1 + 0.15
    assert len(sends.written) < 500
    notices.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await notices


@fast
async def test_answer_goes_ahead_within_its_own_chat() -> None:
    """Ten notices of the same chat that wait do not delay it by ten seconds."""
    sends = Sends()
    notices = asyncio.gather(*(sends.send("7") for _ in range(10)))
    await LoopClock().sleep(0.5)
    await sends.send("7", ANSWER)
    assert [kind for *_, kind in sends.written] == [NOTICE, ANSWER]
    await notices
    sends.law_holds()


@fast
async def test_notices_go_on_under_a_flood_of_answers() -> None:
    """Where people ask faster than anybody may be answered, one turn in ten is a notice's."""
    sends = Sends()
    answers = [sends.send(f"a{n}", ANSWER, at=n / 60) for n in range(1200)]
    await together(*answers, *(sends.send(str(chat)) for chat in range(50)))
    sends.law_holds()
    for at in range(0, 300 - ONE_IN, ONE_IN):
        assert NOTICE in [kind for *_, kind in sends.written[at : at + ONE_IN]]


@fast
async def test_same_kind_goes_in_the_order_of_asking() -> None:
    """No chat is favoured: where all are free, the first come is the first served."""
    sends = Sends()
    chats = [str(n) for n in (5, 3, 9, 1, 7, 2)]
    await together(*(sends.send(chat) for chat in chats))
    assert [chat for _, chat, _ in sends.written] == chats


@fast
async def test_paid_broadcasts_go_a_thousand_a_second() -> None:
    """The limit of each chat stays as it is."""
    sends = Sends(paid=True)
    await together(*(sends.send(str(chat)) for chat in range(3000)), sends.send("0"))
    assert 2.9 <= sends.written[-1][0] <= 3.0 * 1.02 + 0.1
    assert sends.of("0")[1] - sends.of("0")[0] >= 1.0


@fast
async def test_notice_does_not_wait_long_for_its_chat() -> None:
    """It is told for how long, so that whoever sends it goes on with other chats meanwhile."""
    sends = Sends()
    await together(*(sends.send("-100") for _ in range(20)))
    with pytest.raises(MustWait) as must:
        await sends.send("-100", patience=None)
    assert 35 < must.value.seconds < 42
    assert must.value.scope is Scope.CHAT
    assert sends.pace.rests("-100") == pytest.approx(must.value.seconds)
    assert sends.pace.rests("7") == 0.0


@fast
async def test_pause_of_a_chat_concerns_no_other() -> None:
    """Who waits there and would wait too long is told; an answer waits out a short one."""
    sends = Sends()
    waiting = asyncio.gather(*(sends.send("7", at=0.1) for _ in range(2)))
    await LoopClock().sleep(0.3)
    assert sends.pace.refused("7", 30) == (Scope.CHAT, 30)
    answered = asyncio.create_task(sends.send("7", ANSWER, patience=None))
    with pytest.raises(MustWait):
        await sends.send("7", NOTICE, patience=None)
    await sends.send("8", NOTICE, patience=None)
    assert LoopClock().monotonic() < 1
    assert 29 <= await answered <= 31
    await waiting
    assert sends.pace.refused("7", 3600) == (Scope.CHAT, 3600)
    with pytest.raises(MustWait) as must:
        await sends.send("7", ANSWER, patience=None)
    assert must.value.seconds == pytest.approx(3600)


@fast
async def test_second_chat_within_a_minute_pauses_everybody() -> None:
    """Whoever waits is told at once, and nothing goes out before the time is over."""
    sends = Sends()
    assert sends.pace.refused("7", 1) == (Scope.CHAT, 1)
    waiting = asyncio.gather(
        *(sends.send(str(chat), patience=2.0) for chat in range(50)), return_exceptions=True
    )
    await LoopClock().sleep(0.2)
    assert sends.pace.refused("8", 3600) == (Scope.TOKEN, 3600)
    told = [one for one in await waiting if isinstance(one, MustWait)]
    assert len(told) + len(sends.written) == 50
    assert {one.scope for one in told} == {Scope.TOKEN}
    assert LoopClock().monotonic() < 1
    late = await sends.send("9")
    assert late >= 3599


@fast
async def test_same_chat_again_never_pauses_everybody() -> None:
    """A group's slow mode is the group's own, also while another chat is refused beside it."""
    pace, clock = Pace(LoopClock()), LoopClock()
    for _ in range(5):
        assert pace.refused("-100", 1) == (Scope.CHAT, 1)
        await clock.sleep(10)
    await clock.sleep(61)
    assert pace.refused("-200", 1) == (Scope.CHAT, 1)
    assert pace.refused("-100", 1) == (Scope.CHAT, 1)
    assert pace.refused("-200", 1) == (Scope.CHAT, 1)


@fast
async def test_slow_modes_of_groups_do_not_silence_the_bot() -> None:
    """Anybody can set them; only many at once, or a private chat beside, speak for the token."""
    pace = Pace(LoopClock())
    for group in ("-100", "-200", "-300", "-400"):
        assert pace.refused(group, 3600) == (Scope.CHAT, 3600)
    assert pace.refused("-500", 3600) == (Scope.TOKEN, 60)
    beside = Pace(LoopClock())
    assert beside.refused("-100", 3600) == (Scope.CHAT, 3600)
    assert beside.refused("7", 30) == (Scope.TOKEN, 30)


@fast
async def test_whoever_gives_up_waiting_leaves_no_gap() -> None:
    """A send that is broken off while it waits takes nobody's turn."""
    sends = Sends()
    asked = [asyncio.create_task(sends.send("7")) for _ in range(3)]
    await LoopClock().sleep(0.5)
    asked[1].cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    assert len(sends.written) == 2
    assert sends.written[1][0] <= 1.06


@fast
async def test_chats_are_forgotten_when_their_windows_are_over() -> None:
    """Memory does not grow with every chat ever written to."""
    sends = Sends(paid=True)
    for chat in range(3 * FORGET_AT):
        await sends.send(str(chat))
    assert len(sends.pace._lanes) <= FORGET_AT
