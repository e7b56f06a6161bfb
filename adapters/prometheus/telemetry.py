"""The metrics, in a collection of their own; see ``bot.ports.telemetry`` for what is told when.

Labels are platforms, states, kinds, steps and outcomes, each from a closed set: a label can never
carry an address, a condition or free text.
"""

from __future__ import annotations

from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from bot.domain.change import Kind
from bot.domain.outcome import (
    ChatGone,
    ChatMoved,
    Outcome,
    PerhapsDelivered,
    Refused,
    Sent,
    TokenRefused,
    TopicGone,
    TryLater,
)
from bot.ports.known import Pending
from bot.ports.telemetry import ReadingSize, Step

OUTCOMES = {
    Sent: "sent",
    PerhapsDelivered: "perhaps_delivered",
    TryLater: "try_later",
    ChatGone: "chat_gone",
    ChatMoved: "chat_moved",
    TopicGone: "topic_gone",
    Refused: "refused",
    TokenRefused: "token_refused",
}
"""The names of all that a platform can answer."""

STATES = ("due", "put_off", "claimed", "dead", "held", "paused")
"""What a debt that is counted can be; see ``bot.ports.known.Pending``."""

STEP_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 1800)
"""The borders of the histogram: from a claim on a quick disk to a reading on a slow day."""


class PrometheusTelemetry:
    """Implements ``bot.ports.telemetry.Telemetry``; counts from the store are set when asked for.

    ``leases`` are the names of those that this process holds, in order.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._held: set[str] = set()
        ProcessCollector(registry=self.registry)
        self._set_up_reading()
        self._set_up_sending()
        self._set_up_process()

    @property
    def leases(self) -> tuple[str, ...]:
        """The leases that this process holds now."""
        return tuple(sorted(self._held))

    def read(self, size: ReadingSize) -> None:
        """The registry was read, and its data were new."""
        self._reading_finished.set(size.finished_at.timestamp())
        for name, count in (
            ("records", size.records),
            ("versions", size.versions),
            ("glimpsed", size.glimpsed),
            ("set_aside", size.set_aside),
        ):
            self._reading_size.labels(kind=name).set(count)

    def changed(self, kind: Kind) -> None:
        """A change was committed that may have to be told."""
        self._changes.labels(kind=kind.value).inc()

    def tried(self, platform: str, outcome: Outcome) -> None:
        """A message was handed to the platform, which answered so."""
        self._sends.labels(platform=platform, outcome=OUTCOMES[type(outcome)]).inc()
        if isinstance(outcome, TryLater) and outcome.after is not None:
            self._waits.labels(platform=platform).inc(outcome.after)

    def given_up(self, platform: str) -> None:
        """A notice became a dead letter."""
        self._dead_letters.labels(platform=platform).inc()

    def lease(self, name: str, *, held: bool) -> None:
        """This process has this lease now, or no longer."""
        (self._held.add if held else self._held.discard)(name)
        step, platform = name.split(":")[:2]  # the rest is a hash of the token
        self._leases.labels(step=step, platform=platform).set(held)
        if step == "send":
            self._begin_at_nought(platform)

    def took(self, step: Step, seconds: float) -> None:
        """A step ended, well or not, after so many seconds."""
        self._steps.labels(step=step.value).observe(seconds)

    def counted(
        self,
        pending: tuple[Pending, ...],
        *,
        spreading: int,
        data: datetime | None,
        failing_since: datetime | None,
        now: datetime,
    ) -> None:
        """What the store counts, for every process the same: set when somebody asks."""
        self._store_up.set(1)
        if data is not None:
            self._data_age.set((now - data).total_seconds())
        outage = (now - failing_since).total_seconds() if failing_since else 0
        self._reading_out.set(outage)
        self._spreading.set(spreading)
        for gauge in (self._debts, self._oldest):
            for platform in {one.platform for one in pending} | self._known_platforms:
                for state in STATES:
                    gauge.labels(platform=platform, state=state).set(0)
        for one in pending:
            self._known_platforms.add(one.platform)
            age = max(0.0, (now - one.oldest).total_seconds())
            self._debts.labels(platform=one.platform, state=one.state).set(one.count)
            self._oldest.labels(platform=one.platform, state=one.state).set(age)

    def not_counted(self) -> None:
        """The store could not be asked: what is shown of it is not of now, so it is not shown."""
        self._store_up.set(0)
        for gauge in (self._debts, self._oldest):
            gauge.clear()

    def turning(self, tasks: int) -> None:
        """So many tasks are under way in the event loop: set when somebody asks."""
        self._tasks.set(tasks)

    def _begin_at_nought(self, platform: str) -> None:
        """Show counters before they count: Prometheus sees no rise in a first value."""
        for outcome in OUTCOMES.values():
            self._sends.labels(platform=platform, outcome=outcome)
        self._waits.labels(platform=platform)
        self._dead_letters.labels(platform=platform)

    def _set_up_reading(self) -> None:
        self._data_age = self._gauge(
            "trialbell_data_age_seconds", "Age of the data that are read completely"
        )
        self._reading_out = self._gauge(
            "trialbell_reading_failing_seconds", "Since when readings fail; 0 while they succeed"
        )
        self._reading_finished = self._gauge(
            "trialbell_reading_finished_timestamp_seconds",
            "When this process ended its last reading of new data",
        )
        self._reading_size = self._gauge(
            "trialbell_reading_size", "What this process's last reading of new data was", "kind"
        )
        self._changes = self._counter(
            "trialbell_changes", "Changes committed that may have to be told", "kind"
        )
        for kind in Kind:
            self._changes.labels(kind=kind.value)

    def _set_up_sending(self) -> None:
        self._known_platforms: set[str] = set()
        self._debts = self._gauge(
            "trialbell_debts", "Notices that are not settled, or given up", "platform", "state"
        )
        self._oldest = self._gauge(
            "trialbell_oldest_debt_seconds", "How long the oldest has been due", "platform", "state"
        )
        self._spreading = self._gauge(
            "trialbell_spreading_debts", "Wide debts that are not expanded yet"
        )
        self._sends = self._counter(
            "trialbell_sends",
            "Messages tried, by what the platform answered",
            "platform",
            "outcome",
        )
        self._waits = self._counter(
            "trialbell_wait_seconds", "Seconds that platforms asked to wait", "platform"
        )
        self._dead_letters = self._counter(
            "trialbell_dead_letters", "Notices that were given up", "platform"
        )

    def _set_up_process(self) -> None:
        self._leases = self._gauge(
            "trialbell_lease_held", "Whether this process has this work", "step", "platform"
        )
        self._store_up = self._gauge("trialbell_store_up", "Whether the database could be asked")
        self._tasks = self._gauge("trialbell_tasks", "Tasks under way in the event loop")
        self._steps = Histogram(
            "trialbell_step_seconds",
            "How long steps take",
            ("step",),
            buckets=STEP_SECONDS,
            registry=self.registry,
        )

    def _gauge(self, name: str, what: str, *labels: str) -> Gauge:
        return Gauge(name, what, labels, registry=self.registry)

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(name, what, labels, registry=self.registry)
