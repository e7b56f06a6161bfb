"""Small values: dates, numbers of trials, waits, command lines, nonces."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.address import Address
from bot.domain.commands.request import parse_line
from bot.domain.commands.table import COMMANDS
from bot.domain.dates import PartialDate
from bot.domain.nct import find_key
from bot.domain.notice import Notice, Occurrence
from bot.domain.retry import RetryPolicy
from bot.domain.study import StudyKey
from tests.studies import NOW


@pytest.mark.parametrize("text", ["2026", "2026-03", "2026-03-15"])
def test_a_date_keeps_the_precision_it_was_given_in(text: str) -> None:
    """What was said as a month stays a month."""
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize("text", ["", "26-03", "2026-13", "2026-02-30", "March 2026", "2026-3-1"])
def test_what_is_no_date_is_refused(text: str) -> None:
    """A date that cannot be is an error, not another date."""
    with pytest.raises(ValueError, match=r"date|month|day"):
        PartialDate.parse(text)


@given(st.dates(), st.dates())
def test_dates_of_one_precision_agree_only_with_themselves(one: date, other: date) -> None:
    """At day precision, agreeing is being equal; a month agrees with each of its days."""
    exact, there = PartialDate.of(one), PartialDate.of(other)
    assert exact.agrees_with(there) == (one == other)
    assert PartialDate(one.year, one.month).agrees_with(exact)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("NCT00902044", "NCT00902044"),
        ("nct 902044", "NCT00902044"),
        ("https://clinicaltrials.gov/study/NCT04995003?tab=history", "NCT04995003"),
        ("is NCT-04995003 open?", "NCT04995003"),
        ("NCT1234", None),
        ("NCT123456789", None),
        ("sarcoma", None),
    ],
)
def test_a_trial_is_recognised_however_it_is_written(text: str, number: str | None) -> None:
    """Links, spaces, lower case and lost zeros are understood; other digits are not guessed at."""
    key = find_key(text)
    assert (key.number if key else None) == number


@given(st.integers(1, 30), st.floats(0, 1, exclude_max=True))
def test_waits_grow_to_a_limit_and_end(tries: int, chance: float) -> None:
    """A wait is never nothing and never longer than the longest; the last try has none."""
    policy = RetryPolicy(first=2, longest=100, tries=12)
    wait = policy.wait(tries, chance)
    if tries >= 12:
        assert wait is None
    else:
        assert wait is not None
        assert 1 <= wait <= 100


@given(st.floats(0, 1e6), st.floats(0, 1, exclude_max=True))
def test_a_wait_is_never_shorter_than_asked_for(asked: float, chance: float) -> None:
    """Retry-After is obeyed."""
    wait = RetryPolicy(first=2, longest=100, tries=3).wait(1, chance, asked)
    assert wait is not None
    assert wait >= asked


@pytest.mark.parametrize(
    ("line", "parsed"),
    [
        ("/trial NCT00902044", ("trial", "NCT00902044")),
        ("/Trial@trialbell_bot  nct 902044 ", ("trial", "nct 902044")),
        ("follow sarcoma", ("follow", "sarcoma")),
        ("consent", ("consent", "")),
        ("/nonsense", None),
        ("hello there", None),
    ],
)
def test_a_command_line_is_split_forgivingly(line: str, parsed: tuple[str, str] | None) -> None:
    """The slash, the bot's name and the case do not matter; other words are no command."""
    assert parse_line(line) == parsed


def test_the_table_keeps_to_the_platforms_limits() -> None:
    """Names and help fit Discord's and Telegram's limits, so that registering cannot fail."""
    for spec in COMMANDS:
        assert spec.name.isascii()
        assert spec.name.islower()
        assert len(spec.name) <= 32
        assert len(spec.help) <= 100
        assert spec.argument is None or len(spec.argument.help) <= 100


def test_a_nonce_is_the_same_for_each_try_and_another_for_each_debt() -> None:
    """Discord drops a resend by its nonce: it depends on the debt and not on the try."""
    occurrence = Occurrence(
        key=StudyKey("ctgov", "NCT00000001"), data_day=date(2026, 3, 2), cause="reading"
    )
    here = Address("discord", "9", "1198765432109876543")
    notice = Notice(id=1, chat_id=1, address=here, occurrence=occurrence, owed_at=NOW)
    again = replace(notice, tries=3)
    elsewhere = replace(
        notice, id=2, chat_id=2, address=Address("discord", "9", "1198765432109876544")
    )
    other = replace(notice, id=3, occurrence=replace(occurrence, cause="reading-2"))
    group = replace(notice, beside=(other,))
    assert notice.nonce == again.nonce
    assert group.nonce == replace(other, beside=(notice,)).nonce
    assert group.nonce not in {notice.nonce, other.nonce}
    assert notice.nonce != elsewhere.nonce
    assert len(notice.nonce) == 25


def test_an_address_does_not_show_itself() -> None:
    """A chat id does not reach a log by way of a value's name."""
    assert "123" not in f"{Address('telegram', '123', '123', '123')!r} {Address('t', '123', '123')}"
