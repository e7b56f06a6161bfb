"""Options with types: composed, they are what somebody could have typed."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking.parsing import read
from bot.domain.cards.parts import Part
from bot.domain.commands.options import Absurd, Kind, Option, composed
from bot.domain.commands.table import COMMANDS
from bot.domain.commands.taken import KINDS, NARROWING, PART, SHARE

FOLLOW = next(spec for spec in COMMANDS if spec.name == "follow")
WHAT = FOLLOW.argument
assert WHAT is not None
TAKEN = (WHAT, *NARROWING, KINDS)
EVERY: list[tuple[str, Option]] = [
    (spec.name, option)
    for spec in COMMANDS
    for option in (
        *((spec.argument,) if spec.argument else ()),
        *spec.options,
        *(option for form in spec.forms for option in form.options),
    )
] + [("every command", SHARE)]


def test_the_table_keeps_to_discords_limits() -> None:
    """Names, help, options, choices and the size of a command fit, so registering cannot fail."""
    assert len(COMMANDS) <= 100
    for spec in COMMANDS:
        assert len(spec.forms) <= 25
        assert not (spec.forms and spec.options), "options stand beside no commands within it"
        for form in spec.forms:
            assert re.fullmatch(r"[a-z_]{1,32}", form.name)
            assert 1 <= len(form.help) <= 100
            assert len(form.options) <= 25
        texts = [(form.name, form.help) for form in spec.forms]
        for command, option in EVERY:
            if command == spec.name:
                texts.append((option.name, option.help))
                texts += [(choice.label, choice.value) for choice in option.choices]
        assert len(json.dumps(texts, ensure_ascii=False)) <= 8000


@pytest.mark.parametrize(("command", "option"), EVERY)
def test_every_option_keeps_to_discords_limits(command: str, option: Option) -> None:
    """So do its own name, help and choices; what can be chosen is not suggested as well."""
    assert re.fullmatch(r"[a-z_]{1,32}", option.name), command
    assert 1 <= len(option.help) <= 100
    assert len(option.choices) <= 25
    assert all(1 <= len(one.label) <= 100 and len(one.value) <= 100 for one in option.choices)
    assert not (option.choices and option.suggests)
    assert option.kind is not Kind.NUMBER or option.least < option.most


@given(
    status=st.sampled_from([None, "recruiting", "active_not_recruiting"]),
    phase=st.sampled_from([None, "early", "2", "na"]),
    kind=st.sampled_from([None, "drug", "dietary_supplement", "other_treatments"]),
    age=st.none() | st.integers(0, 120),
    radius=st.none() | st.integers(1, 20_000),
    healthy=st.none() | st.booleans(),
    near=st.none() | st.text("abcé ,'-", min_size=1).map(lambda text: f"q{text}q"),
    kinds=st.sampled_from([None, "patients", "why_stopped"]),
)
def test_what_was_chosen_is_what_is_read(
    status: str | None,
    phase: str | None,
    kind: str | None,
    age: int | None,
    radius: int | None,
    healthy: bool | None,
    near: str | None,
    kinds: str | None,
) -> None:
    """Each option is understood as itself, whatever stands beside it, and the words stay words."""
    values = {"what": "soft tissue sarcoma", "status": status, "phase": phase, "type": kind}
    values |= {"near": near, "kinds": kinds}
    asked = read(composed(TAKEN, values | {"age": age, "radius": radius, "healthy": healthy}))
    wanted = asked.filter
    assert [one.lower() for one in wanted.statuses] == ([status] if status else [])
    assert len(wanted.phases) == (phase is not None)
    assert len(wanted.intervention_types) == (kind is not None)
    assert (wanted.age, wanted.healthy_volunteers, asked.kilometres) == (age, healthy, radius)
    assert asked.kinds == ((kinds,) if kinds else ())
    texts = [part.text for part in asked.parts]
    assert texts == ["soft tissue sarcoma", *([" ".join(near.split())] if near else [])]


def test_options_stand_before_the_fields_of_a_registry_search() -> None:
    """What stands behind a field would be taken for a part of it."""
    text = composed(TAKEN, {"what": "cond:asthma AND children", "phase": "3"})
    asked = read(text)
    assert asked.filter.phases == ("PHASE3",)
    assert asked.search is not None
    assert asked.search.cond == "asthma AND children"


def test_every_choice_is_understood() -> None:
    """No choice that is offered is lost on the way: each of them narrows or says what is told."""
    for option in (*NARROWING, KINDS):
        for choice in option.choices:
            asked = read(composed(TAKEN, {option.name: choice.value}))
            assert not asked.parts, (option.name, choice.value)


def test_every_part_of_a_card_can_be_chosen() -> None:
    """A new part is offered too, under its own name."""
    assert {choice.value for choice in PART.choices} == set(Part)


@pytest.mark.parametrize(
    "values",
    [
        {"age": 121},
        {"age": -1},
        {"age": True},
        {"age": "twelve"},
        {"radius": 10**30},
        {"status": "dancing"},
        {"healthy": "maybe"},
        {"what": ["sarcoma"]},
        {"near": 12},
    ],
)
def test_what_no_option_takes_is_refused(values: dict[str, object]) -> None:
    """Whoever let it through: the error names the option and never the value."""
    with pytest.raises(Absurd) as raised:
        composed(TAKEN, values)
    assert str(raised.value) in values
