"""When to try again, as a value that can be printed and tested."""

from __future__ import annotations

import msgspec


class RetryPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """Waits that double from ``first`` to ``longest`` seconds, for at most ``tries`` tries.

    Each wait is shortened by a random share of up to ``jitter``, so that many who failed together
    do not come back together.
    """

    first: float
    longest: float
    tries: int
    jitter: float = 0.5

    def wait(self, tries: int, chance: float, asked: float | None = None) -> float | None:
        """Seconds to wait after so many failed tries, or None to give up.

        ``chance`` is a random number in [0, 1). ``asked`` is what the other side asked for
        (Retry-After): the wait is never shorter, and jitter only lengthens it.
        """
        if tries >= self.tries:
            return None
        wait = min(self.longest, self.first * 2.0 ** (tries - 1)) * (1 - self.jitter * chance)
        if asked is not None:
            wait = max(wait, asked + self.first * self.jitter * chance)
        return wait
