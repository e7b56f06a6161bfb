"""The metrics: what they count, and that nothing about anybody can get into them."""

from __future__ import annotations

import typing
from datetime import timedelta

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from adapters.prometheus.telemetry import OUTCOMES, PrometheusTelemetry
from bot.domain.address import Address
from bot.domain.change import Kind
from bot.domain.outcome import ChatGone, ChatMoved, Outcome, Sent, TopicGone, TryLater
from bot.ports.known import Pending
from bot.ports.telemetry import ReadingSize, Step
from tests.studies import NOW

LABELS = {"platform", "state", "kind", "step", "outcome", "le"}
SECRET_WORDS = "chat 4711 of somebody with asthma"


def samples(telemetry: PrometheusTelemetry) -> dict[tuple[str, ...], float]:
    """Every number that is exposed, by its name and the values of its labels, sorted by label."""
    text = generate_latest(telemetry.registry).decode()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def busy() -> PrometheusTelemetry:
    """Measures of everything that can be measured."""
    telemetry = PrometheusTelemetry()
    size = ReadingSize(data=NOW, finished_at=NOW, records=12, versions=3, glimpsed=200, set_aside=1)
    telemetry.read(size)
    for kind in Kind:
        telemetry.changed(kind)
    for step in Step:
        telemetry.took(step, 0.3)
    telemetry.tried("telegram", Sent("1"))
    telemetry.tried("telegram", TryLater(SECRET_WORDS, after=7.5))
    telemetry.tried("telegram", TryLater(SECRET_WORDS))
    telemetry.tried("discord", ChatGone(SECRET_WORDS))
    telemetry.tried("discord", ChatMoved(Address("discord", "bot", SECRET_WORDS)))
    telemetry.tried("discord", TopicGone(SECRET_WORDS))
    telemetry.given_up("discord")
    telemetry.lease("read:ctgov", held=True)
    telemetry.lease("send:telegram:0a1b2c3d4e5f", held=True)
    telemetry.counted(
        (Pending(platform="telegram", state="due", count=5, oldest=NOW - timedelta(minutes=2)),),
        spreading=1,
        data=NOW - timedelta(hours=6),
        failing_since=NOW - timedelta(hours=1),
        now=NOW,
    )
    return telemetry


def test_what_was_done_is_counted() -> None:
    """Each thing that services say shows in its own number."""
    seen = samples(busy())
    assert seen["trialbell_reading_size", "records"] == 12
    assert seen["trialbell_reading_size", "set_aside"] == 1
    assert seen["trialbell_changes_total", "status"] == 1
    assert seen["trialbell_sends_total", "sent", "telegram"] == 1
    assert seen["trialbell_sends_total", "try_later", "telegram"] == 2
    assert seen["trialbell_wait_seconds_total", "telegram"] == 7.5
    assert seen["trialbell_dead_letters_total", "discord"] == 1
    assert seen["trialbell_step_seconds_count", "send"] == 1
    assert seen["trialbell_step_seconds_sum", "read"] == pytest.approx(0.3)
    assert seen["trialbell_debts", "telegram", "due"] == 5
    assert seen["trialbell_oldest_debt_seconds", "telegram", "due"] == 120
    assert seen["trialbell_data_age_seconds",] == 6 * 3600
    assert seen["trialbell_reading_failing_seconds",] == 3600


def test_a_lease_is_shown_for_as_long_as_it_is_held() -> None:
    """The process names its leases, and the metric says the work without the token's hash."""
    telemetry = busy()
    assert telemetry.leases == ("read:ctgov", "send:telegram:0a1b2c3d4e5f")
    assert samples(telemetry)["trialbell_lease_held", "telegram", "send"] == 1
    telemetry.lease("send:telegram:0a1b2c3d4e5f", held=False)
    assert list(telemetry.leases) == ["read:ctgov"]
    assert samples(telemetry)["trialbell_lease_held", "telegram", "send"] == 0
    assert "0a1b2c3d4e5f" not in generate_latest(telemetry.registry).decode()


def test_counters_of_a_platform_that_is_served_begin_at_nought() -> None:
    """The first message that is given up is a rise from 0, which an alert can see."""
    telemetry = PrometheusTelemetry()
    telemetry.lease("send:discord:0a1b2c3d4e5f", held=True)
    seen = samples(telemetry)
    assert seen["trialbell_dead_letters_total", "discord"] == 0
    assert seen["trialbell_sends_total", "token_refused", "discord"] == 0
    assert seen["trialbell_changes_total", "status"] == 0


def test_no_free_text_reaches_a_metric() -> None:
    """Labels are of the known few, and the words of an answer are in none of them."""
    text = generate_latest(busy().registry).decode()
    assert "4711" not in text
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if family.name.startswith("trialbell"):
                assert set(sample.labels) <= LABELS, sample


def test_every_outcome_has_a_name() -> None:
    """An outcome that is added to the domain needs a name here, or counting it would fail."""
    assert set(OUTCOMES) == set(typing.get_args(Outcome))
    assert len(set(OUTCOMES.values())) == len(OUTCOMES)


def test_debts_that_are_paid_are_shown_as_none() -> None:
    """A state that has gone falls to nought instead of standing at its last value."""
    telemetry = busy()
    telemetry.counted((), spreading=0, data=None, failing_since=None, now=NOW)
    seen = samples(telemetry)
    assert seen["trialbell_debts", "telegram", "due"] == 0
    assert seen["trialbell_oldest_debt_seconds", "telegram", "due"] == 0
    assert seen["trialbell_reading_failing_seconds",] == 0


def test_two_in_one_process_share_nothing() -> None:
    """Each has a collection of its own."""
    one, other = PrometheusTelemetry(), PrometheusTelemetry()
    one.given_up("telegram")
    assert ("trialbell_dead_letters_total", "telegram") not in samples(other)
