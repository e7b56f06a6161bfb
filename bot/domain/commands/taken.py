"""The options that commands take; several take the same."""

from __future__ import annotations

from bot.domain import change
from bot.domain.asking.filters import LONGEST_LIFE
from bot.domain.commands.options import Choice, Kind, Option, Suggests
from bot.domain.question import FARTHEST

LAST_PAGE = 999


def number(command: str, *, required: bool = True) -> Option:
    """A trial's number."""
    return Option(
        name="number",
        key=f"option.{command}.number",
        required=required,
        suggests=Suggests.TRIALS,
    )


def words(command: str, *, required: bool = False, suggests: Suggests | None = None) -> Option:
    """All of it in words."""
    key = f"option.{command}.what"
    return Option(name="what", key=key, required=required, suggests=suggests)


def chosen(name: str, form: str, choices: dict[str, str], *, required: bool = False) -> Option:
    """One of several values; ``choices`` are the keys of their labels."""
    return Option(
        name=name,
        key=f"option.{name}",
        form=form,
        choices=tuple(Choice(value, key) for value, key in choices.items()),
        required=required,
    )


def keyed(name: str, *values: str) -> dict[str, str]:
    """The values with the keys of their labels."""
    return {value: f"choice.{name}.{value}" for value in values}


_STATUSES = """
    RECRUITING NOT_YET_RECRUITING ENROLLING_BY_INVITATION ACTIVE_NOT_RECRUITING COMPLETED SUSPENDED
    TERMINATED WITHDRAWN AVAILABLE TEMPORARILY_NOT_AVAILABLE NO_LONGER_AVAILABLE
    APPROVED_FOR_MARKETING WITHHELD UNKNOWN
"""
_PHASES = {
    "early": "EARLY_PHASE1",
    "1": "PHASE1",
    "2": "PHASE2",
    "3": "PHASE3",
    "4": "PHASE4",
    "na": "NA",
}

_PARTS = "tested leads join original where happened ask words answers sources"
PART = chosen("part", "{}", {part: f"part.{part}" for part in _PARTS.split()})
NEAR = Option(name="near", key="option.near", form="near:{}", suggests=Suggests.PLACES)
RADIUS = Option(
    name="radius", key="option.radius", form="km:{}", kind=Kind.NUMBER, least=1, most=FARTHEST
)
COUNTRY = Option(
    name="country", key="option.country", form="country:{}", suggests=Suggests.COUNTRIES
)
STATUS = chosen("status", "status:{}", {one.lower(): f"status.{one}" for one in _STATUSES.split()})
PHASE = chosen("phase", "phase:{}", {word: f"phase.{one}" for word, one in _PHASES.items()})
TYPE = chosen(
    "type",
    "type:{}",
    keyed(
        "type",
        *("drug", "biological", "device", "procedure", "radiation", "behavioral", "genetic"),
        *("dietary_supplement", "combination_product", "diagnostic_test", "other_treatments"),
    ),
)
SPONSOR = chosen(
    "sponsor",
    "sponsor:{}",
    keyed(
        "sponsor",
        *("industry", "nih", "federal", "other_government", "academic", "network", "individual"),
    ),
)
AGE = Option(name="age", key="option.age", form="age:{}", kind=Kind.NUMBER, most=LONGEST_LIFE)
SEX = chosen("sex", "sex:{}", keyed("sex", "female", "male"))
HEALTHY = Option(name="healthy", key="option.healthy", form="healthy:{}", kind=Kind.SWITCH)

NARROWING = (NEAR, RADIUS, COUNTRY, STATUS, PHASE, TYPE, SPONSOR, AGE, SEX, HEALTHY)
"""What narrows a search or something that is followed."""

KINDS = chosen(
    "kinds",
    "kinds:{}",
    keyed("kinds", "patients", "professionals") | {kind: f"kind.{kind}" for kind in change.Kind},
)
PAGE = Option(name="page", key="option.page", kind=Kind.NUMBER, least=1, most=LAST_PAGE)
MUTED = Option(name="muted", key="option.muted", form="muted", kind=Kind.SWITCH)
PAPER = chosen("paper", "{}", keyed("paper", "a4", "letter"))
SHARE = Option(name="share", key="option.share", form="", kind=Kind.SWITCH)
"""Not typed anywhere: who sees an answer is a matter of the platform."""
