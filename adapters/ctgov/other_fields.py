"""The fields of a record that nobody knows yet, in a form in which only real changes differ.

A change in one of them is still a change, so it is kept and compared, one value for each field of a
module. Which fields are known is taken from the types in ``wire`` and from what is left out on
purpose: a field that the registry adds tomorrow appears here by itself. What the registry works out
by itself (``derivedSection``) is compared only as far as it is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias, get_args, get_type_hints

import msgspec

from adapters.ctgov import wire
from adapters.ctgov.text import folded
from adapters.ctgov.wire_object import Wire
from bot.domain.left_out import HISTORY_ONLY, LEFT_OUT
from bot.domain.study import OtherField

Plan: TypeAlias = dict[str, "Plan | None"]
"""Which keys of an object are read: None where all below is, a plan of its own where it has keys
that may be left over."""


def _plan(struct: type[msgspec.Struct]) -> Plan:
    """What ``wire`` reads of an object of this type."""
    hints = get_type_hints(struct)
    return {
        field.encode_name: _inner_plan(hints[field.name])
        for field in msgspec.structs.fields(struct)
    }


def _inner_plan(hint: Any) -> Plan | None:
    """The plan of the one struct in ``X``, ``X | None`` or ``tuple[X, ...]``, if there is one."""
    for kind in (hint, *get_args(hint)):
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            return _plan(kind)
    return None


def _without(plan: Plan, path: list[str]) -> None:
    """Count the field at this path as read."""
    head, *rest = path
    if not rest:
        plan[head] = None
        return
    inner = plan.setdefault(head, {})
    if inner is not None:
        _without(inner, rest)


def _whole_plan() -> Plan:
    plan = _plan(wire.Study)
    for path in (*LEFT_OUT, *HISTORY_ONLY):
        _without(plan, path.split("."))
    return plan


_PLAN = _whole_plan()


class _Sections(Wire, frozen=True):
    """The sections that are compared; their objects as plain dictionaries."""

    protocol_section: dict[str, Any] = msgspec.field(default_factory=dict)
    annotation_section: dict[str, Any] = msgspec.field(default_factory=dict)
    document_section: dict[str, Any] = msgspec.field(default_factory=dict)


_decoder = msgspec.json.Decoder(_Sections)
_encoder = msgspec.json.Encoder(order="sorted")


def other_fields(source: bytes | msgspec.Raw) -> tuple[OtherField, ...]:
    """All that no rule reads of this record, in the order of the paths.

    Raises msgspec.DecodeError where a section is not an object.
    """
    sections = _decoder.decode(source)
    found = [
        OtherField(path, _encoder.encode(value).decode())
        for name, section in (
            ("protocolSection", sections.protocol_section),
            ("annotationSection", sections.annotation_section),
            ("documentSection", sections.document_section),
        )
        for path, rest in _fields(name, section)
        if (value := _canonical(rest)) not in (None, "", [], {})
    ]
    return tuple(sorted(found))


def _fields(name: str, section: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The path and what is left over of each field of each module."""
    left = _left_over(section, _PLAN.get(name) or {})
    for module, fields in left.items():
        if not isinstance(fields, dict):
            yield f"{name}.{module}", fields
            continue
        for field, value in fields.items():
            yield f"{name}.{module}.{field}", value


def _left_over(value: Any, plan: Plan) -> Any:
    """What the plan does not read of an object, or of the objects of a list."""
    if isinstance(value, list):
        return [rest for item in value if (rest := _left_over(item, plan))]
    if not isinstance(value, dict):
        return None  # absent: the typed reading refuses anything else
    left = {}
    for key, inner in value.items():
        if key not in plan:
            left[key] = inner
        elif (deeper := plan[key]) and (rest := _left_over(inner, deeper)):
            left[key] = rest
    return left


def _canonical(value: Any) -> Any:
    """The value without escapes, runs of white space and the order of lists."""
    if isinstance(value, str):
        return folded(value)
    if isinstance(value, list):
        return sorted((_canonical(item) for item in value), key=_encoder.encode)
    if isinstance(value, dict):
        return {key: _canonical(inner) for key, inner in value.items()}
    return value
