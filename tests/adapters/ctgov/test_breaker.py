"""The circuit breaker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from adapters.ctgov.breaker import Breaker

NOW = datetime(2026, 2, 3, 12, tzinfo=UTC)


def opened() -> Breaker:
    """A breaker that opened just now."""
    return Breaker(limit=2, cool_down=60).failed(NOW).failed(NOW)


def test_it_opens_after_so_many_failures_running() -> None:
    """One failure fewer, or a success in between, leaves it closed."""
    closed = Breaker(limit=2, cool_down=60)
    assert closed.failed(NOW).wait(NOW) is None
    assert closed.failed(NOW).succeeded().failed(NOW).wait(NOW) is None
    assert opened().wait(NOW) == 60


def test_after_the_cool_down_one_probe_goes_and_others_wait() -> None:
    """Half open, a single request finds out for all."""
    later = NOW + timedelta(seconds=60)
    assert opened().wait(later - timedelta(seconds=1)) == 1
    assert opened().wait(later) is None
    assert opened().asking().wait(later) is not None


def test_the_probe_decides() -> None:
    """A success closes it, a failure opens it again, and a probe that went away makes room."""
    later = NOW + timedelta(seconds=60)
    probing = opened().asking()
    assert probing.succeeded() == Breaker(limit=2, cool_down=60)
    assert probing.failed(later).wait(later) == 60
    assert probing.abandoned().wait(later) is None


def test_a_clock_that_is_set_back_keeps_it_open_no_longer_than_a_cool_down() -> None:
    """The wait that is told is never longer than the cool-down."""
    assert opened().wait(NOW - timedelta(days=1)) == 60
