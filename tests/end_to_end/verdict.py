"""Judging what several processes did, of which some were killed and frozen."""

from __future__ import annotations

import itertools
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tests.end_to_end import town
from tests.end_to_end.processes import ANSWERS_AFTER
from tests.end_to_end.square import Done
from tests.end_to_end.town import Told
from tests.end_to_end.trio import RIGHTS, Blow, Tenure
from tests.pace import crowding

LATE = 1.0
"""Seconds that a request may come after its turn, on a machine that is busy."""

SENDING = ("telegram", "discord")

IN_FLIGHT = 20
"""Sends that each platform's messenger has under way at most."""

SETTLED_WITHIN = 10.0
"""Seconds from a platform's answer until it is written down, on a machine that is busy."""

TAKEN_OVER_WITHIN = 10.0
"""Seconds from a kill until another process sends or reads, in the median."""


class TakeOver(msgspec.Struct, frozen=True):
    """How long after a blow another process worked, and whether its successor was hit before."""

    frozen: bool
    seconds: float
    again: bool


class Report:
    """What happened, in figures and against what was promised."""

    def __init__(
        self,
        messages: Sequence[Told],
        done: Sequence[Done],
        blows: Sequence[Blow],
        tenures: Sequence[Tenure],
        *,
        rate: float,
    ) -> None:
        self._messages = messages
        self._blows = blows
        self._rate = rate
        self._asked = [one.at for one in done if one.right in ("reading", "asking")]
        self._doubles = town.doubles(messages)
        self._strays = strays(done, tenures)
        self._taken_over = [
            one for right in RIGHTS.values() for one in take_overs(done, blows, right)
        ]

    def check(self) -> None:
        """Everything that the docstring of this file promises, but for the messages' content."""
        assert not self._strays, f"sent though another had taken over: {self._strays}"
        assert burst(self._asked, self._rate) <= 1 + self._rate * LATE
        made: Counter[float] = Counter()
        for once, again in self._doubles:
            assert once.platform == "telegram", "Discord drops a nonce that it has seen"
            blow = self._cause(once)
            assert blow.at < again.arrived, f"told twice for no reason: {once} {again}"
            assert blow.at - once.arrived < ANSWERS_AFTER + SETTLED_WITHIN
            made[blow.at] += 1
        for blow in self._blows:
            assert made[blow.at] <= min(blow.claimed["telegram"], IN_FLIGHT), (blow, made)
        undisturbed = self._seconds(frozen=False)  # of few blows there may be none
        assert not undisturbed or statistics.median(undisturbed) < TAKEN_OVER_WITHIN * crowding()

    def _seconds(self, *, frozen: bool, again: bool = False) -> list[float]:
        return [
            one.seconds for one in self._taken_over if one.frozen is frozen and one.again is again
        ]

    def _cause(self, once: Told) -> Blow:
        """The blow that hit the process right after it sent this."""
        hit = (blow for blow in self._blows if blow.life == once.caller)
        return next(blow for blow in hit if once.arrived < blow.at + ANSWERS_AFTER)

    def lines(self) -> Iterator[str]:
        """The figures."""
        kinds = Counter("frozen" if blow.frozen else "killed" for blow in self._blows)
        of_holder = sum(bool(blow.held) for blow in self._blows)
        in_flight = sum(blow.claimed["telegram"] for blow in self._blows)
        by_cause = Counter(
            "freezes" if self._cause(once).frozen else "kills" for once, _ in self._doubles
        )
        sent = Counter(message.platform for message in self._messages)
        lasted = self._asked[-1] - self._asked[0]
        after_kills, after_freezes = (
            f"{spread(self._seconds(frozen=frozen))}, whose successor was hit too: "
            f"{spread(self._seconds(frozen=frozen, again=True))}"
            for frozen in (False, True)
        )
        yield f"blows: {dict(kinds)}, {of_holder} at one that held something; sent: {dict(sent)}"
        yield (
            f"doubles on Telegram: {dict(by_cause)} of {in_flight} claimed at the blows; "
            f"sent after another took over: {len(self._strays)}"
        )
        yield f"taken over after a kill: {after_kills}"
        yield f"taken over after a freeze: {after_freezes}"
        yield (
            f"registry: {len(self._asked)} requests, {len(self._asked) / lasted:.2f} a second of "
            f"{self._rate:g}, at most {burst(self._asked, self._rate):.1f} ahead of that"
        )


def strays(done: Iterable[Done], tenures: Sequence[Tenure]) -> list[Done]:
    """What a process sent, or answered, though another one had the right by then."""
    found = []
    for one in done:
        had = [tenure for tenure in tenures if tenure.right == one.right]
        before = [tenure for tenure in had if tenure.since <= one.at]
        if one.right in SENDING and (not before or before[-1].life != one.life):
            found.append(one)
    return found


def take_overs(done: Sequence[Done], blows: Sequence[Blow], right: str) -> Iterable[TakeOver]:
    """How what the one that was hit had done was taken over, blow for blow.

    Who is frozen while nobody else is up has its right again when it wakes: nobody takes over.
    """
    of_holders = [blow for blow in blows if right in blow.held]
    for blow, after in itertools.zip_longest(of_holders, of_holders[1:]):
        later = (one for one in done if one.at > blow.at and one.right == right)
        first = next((one for one in later if one.life != blow.life), None)
        if first is not None:
            again = after is not None and after.at < first.at
            yield TakeOver(blow.frozen, first.at - blow.at, again)


def burst(moments: Sequence[float], rate: float) -> float:
    """How many requests more than the rate allows came in the worst while, whatever its length."""
    worst, least = 0.0, 0.0
    for at, moment in enumerate(moments):
        least = min(least, at - rate * (moment - moments[0]))
        worst = max(worst, at + 1 - rate * (moment - moments[0]) - least)
    return worst


def spread(seconds: Sequence[float]) -> str:
    """Median and the longest of some durations."""
    if not seconds:
        return "none"
    return (
        f"median {statistics.median(seconds):.1f} s, longest {max(seconds):.1f} s "
        f"({len(seconds)} times)"
    )
