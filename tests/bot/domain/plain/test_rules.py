"""Every rule on its own: what it makes of its example, and whether it may say so."""

from __future__ import annotations

import msgspec
import pytest

from bot.domain.plain.criteria import Criterion
from bot.domain.plain.guard import spliced, violations
from bot.domain.plain.heads import heads
from bot.domain.plain.lint import faults
from bot.domain.plain.rewrite import fired_in
from bot.domain.plain.rules import FAMILIES, RULES
from bot.domain.plain.rules.rule import Rule, family

AT_LEAST = 150


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_makes_of_its_example_what_it_says(rule: Rule) -> None:
    """It fires, alone or with others, and the guard lets the outcome pass."""
    written, reworded = rule.example
    fired = fired_in(written)
    assert rule.id in {one.rule for one in fired}
    assert spliced(written, fired) == reworded
    source = Criterion(number=0, text=written)
    assert not violations(source, msgspec.structs.replace(source, text=reworded), fired)


def test_no_rule_is_at_fault() -> None:
    """No qualifier dropped, no unfamiliar word brought, no claim, none heard twice."""
    assert len(RULES) >= AT_LEAST
    assert all(FAMILIES)
    assert not faults(RULES)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (r"a ¦ fasting glucose ¦ blood sugar ¦ x ¦ y", "a: drops fasting"),
        (r"a ¦ qtc interval ¦ heart time ¦ x ¦ y", "a: drops qtc"),
        (r"a ¦ therapy ¦ haruspicy ¦ x ¦ y", "a: gives haruspicy, which not everybody knows"),
        (r"a ¦ study drug ¦ safe drug ¦ x ¦ y", "a: claims safe"),
        (r"a ¦ study drug ¦ your drug ¦ x ¦ y", "a: claims your"),
        (r"a ¦ for (\d+) days ¦ for days ¦ x ¦ y", "a: does not give all that it captures"),
        (r"a ¦ for \d+ days ¦ for days ¦ x ¦ y", "a: matches a number that it does not give"),
        ("a ¦ renal ¦ kidney ¦ x ¦ y\na ¦ hepatic ¦ liver ¦ x ¦ y", "a: 2 rules of that id"),
        ("a ¦ renal ¦ kidney ¦ x ¦ y\nb ¦ kidney ¦ organ ¦ x ¦ y", "a: gives what b matches"),
    ],
)
def test_bad_rule_is_found(row: str, fault: str) -> None:
    """Each of the faults that the guard cannot see."""
    assert any(one.startswith(fault) for one in faults(family(row)))


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("renal", "r"),
        ("o?edema", "oe"),
        ("(?:a|b)c", "ab"),
        ("(acute )?heart", "ah"),
        (r"(?<!non )(?:x)?y|z", "xyz"),
        ("[ab]c", "ab"),
        (r"\(inclusive\)", "("),
    ],
)
def test_heads_are_all_characters_that_a_pattern_can_begin_with(pattern: str, found: str) -> None:
    """Through groups, alternatives, looks behind and what may be absent."""
    assert heads(pattern) == frozenset(found)


@pytest.mark.parametrize("pattern", ["", ".a", "()", "(?:a"])
def test_head_that_cannot_be_read_is_an_error(pattern: str) -> None:
    """Better than a rule that is never tried."""
    with pytest.raises(ValueError, match=r"a pattern|a group"):
        heads(pattern)
