"""Being let in by a registry that refuses some ways of asking, over real sockets."""

from __future__ import annotations

import logging
from pathlib import Path
from random import Random

import pytest
from structlog.testing import capture_logs

from adapters.ctgov.http import TlsContext
from adapters.ctgov.registry import CtgovRegistry
from bot.ports.registry import RegistryRefused, Unavailable
from tests.adapters.ctgov.answers import NUMBER, bare
from tests.fakes.ctgov import (
    FORBIDDEN,
    Asked,
    Certificate,
    FakeCtgov,
    HurriedClock,
    Reply,
    serving,
)

OURS = "Trialbell (+https://example.org/bot)"


def client(fake: FakeCtgov, tls: TlsContext | None = None) -> CtgovRegistry:
    """The real client, in a hurry."""
    return CtgovRegistry(
        fake.base_url,
        clock=HurriedClock(),
        random=Random(1),
        contact="https://example.org/bot",
        tls=tls,
    )


async def test_the_honest_way_comes_first_and_says_who_asks() -> None:
    """Project and contact stand in the User-Agent."""
    async with serving(FakeCtgov()) as fake, client(fake) as registry:
        await registry.data_timestamp()
    assert [asked.user_agent for asked in fake.asked] == [OURS]


async def test_a_single_403_is_asked_again_in_the_same_way() -> None:
    """One refusal alone changes nothing."""
    fake = FakeCtgov()
    fake.next.append(FORBIDDEN)
    async with serving(fake), client(fake) as registry:
        await registry.data_timestamp()
    assert [asked.user_agent for asked in fake.asked] == [OURS, OURS]


async def test_a_refused_user_agent_is_left_out_from_then_on() -> None:
    """What worked is remembered: the second question goes that way at once, and it is logged."""
    fake = FakeCtgov(bare())
    fake.rule = lambda asked: FORBIDDEN if asked.user_agent else None
    async with serving(fake), client(fake) as registry:
        with capture_logs() as logs:
            await registry.data_timestamp()
            await registry.look_up(NUMBER)
    assert [asked.user_agent for asked in fake.asked] == [OURS, OURS, None, None]
    assert [(line["refused"], line["way"]) for line in logs] == [
        (["own User-Agent"], "no User-Agent")
    ]


async def test_a_registry_that_refuses_tls_1_3_is_asked_over_tls_1_2(tmp_path: Path) -> None:
    """The fingerprint of a newer TLS is one of the reported causes."""
    certificate = Certificate(tmp_path)
    fake = FakeCtgov()
    fake.rule = lambda asked: FORBIDDEN if asked.tls != "TLSv1.2" else None
    async with serving(fake, certificate.server()), client(fake, certificate.client) as registry:
        await registry.data_timestamp()
    assert [asked.tls for asked in fake.asked] == ["TLSv1.3"] * 3 + ["TLSv1.2"]
    assert fake.asked[-1].user_agent == OURS


async def test_a_certificate_that_nobody_vouches_for_is_an_outage(tmp_path: Path) -> None:
    """No way of asking trusts a stranger in between."""
    fake = FakeCtgov()
    async with serving(fake, Certificate(tmp_path).server()), client(fake) as registry:
        with pytest.raises(Unavailable):
            await registry.data_timestamp()
    assert fake.asked == []


async def test_urllib_is_asked_last_and_follows_the_same_rules(tmp_path: Path) -> None:
    """Where only the standard library is let in, errors and redirects mean the same."""
    certificate = Certificate(tmp_path)
    merged = bare("NCT00000002")
    merged["protocolSection"]["identificationModule"]["nctIdAliases"] = [NUMBER]
    fake = FakeCtgov(merged)
    fake.rule = lambda asked: (
        None if (asked.user_agent or "").startswith("Python-urllib") else FORBIDDEN
    )
    async with serving(fake, certificate.server()), client(fake, certificate.client) as registry:
        record = await registry.look_up(NUMBER)
    assert record.study.key.number == "NCT00000002"
    assert len(fake.asked) == 6  # two refusals, three ways up, and on to the new number


async def test_where_every_way_is_refused_all_are_named_once_in_the_log() -> None:
    """A lasting 403 says what was tried; the state is logged when it begins and when it ends."""
    fake = FakeCtgov()
    fake.rule = lambda _: FORBIDDEN
    tried = ("own User-Agent", "no User-Agent", "TLS 1.2", "urllib")
    async with serving(fake), client(fake) as registry:
        with capture_logs() as logs:
            for _ in range(2):
                with pytest.raises(RegistryRefused) as refused:
                    await registry.data_timestamp()
                assert refused.value.tried == tried
            fake.rule = lambda _: None
            await registry.data_timestamp()
    assert [line["log_level"] for line in logs] == ["error", "info"]


async def test_a_web_page_is_no_way_in() -> None:
    """A page for people that is no 403 does not count as being let in."""
    fake = FakeCtgov()

    def rule(asked: Asked) -> Reply | None:
        if asked.user_agent == OURS:
            return FORBIDDEN
        if asked.user_agent is None:
            return Reply(body=b"<html>sorry", content_type="text/html")
        return None

    fake.rule = rule
    async with serving(fake), client(fake) as registry:
        with capture_logs() as logs:
            await registry.data_timestamp()
    assert logs[0]["way"] == "urllib"


async def test_addresses_reach_no_log(caplog: pytest.LogCaptureFixture) -> None:
    """A query is a followed condition: not even the libraries write it down."""
    caplog.set_level(logging.INFO)
    logging.getLogger("httpx").setLevel(logging.DEBUG)  # as if somebody had asked for more
    async with serving(FakeCtgov(bare())) as fake, client(fake) as registry:
        await registry.filings("a rare disease")
    assert any("rare disease" in asked.query.get("query.cond", "") for asked in fake.asked)
    assert "rare" not in caplog.text
    assert "NCT" not in caplog.text
