"""Raw records written differently, or with one change planted, by the registry's own schema."""

from __future__ import annotations

import functools
import random
import re
from typing import Any

from msgspec import json

from adapters.ctgov.text import unescape
from bot.domain.left_out import LEFT_OUT
from bot.domain.paths import CRITERIA, NCT_ID
from tests.bot.domain.schema import resolved, schema_at
from tests.shared import SHARED, read_jsonl

Raw = dict[str, Any]

MARKED_UP = frozenset(
    f"protocolSection.{path}"
    for path in (
        "armsInterventionsModule.armGroups.description",
        "armsInterventionsModule.interventions.description",
        "descriptionModule.briefSummary",
        "descriptionModule.detailedDescription",
        "designModule.bioSpec.description",
        "designModule.designInfo.interventionModelDescription",
        "designModule.designInfo.maskingInfo.maskingDescription",
        "eligibilityModule.eligibilityCriteria",
        "eligibilityModule.genderDescription",
        "eligibilityModule.studyPopulation",
        "ipdSharingStatementModule.accessCriteria",
        "ipdSharingStatementModule.description",
        "ipdSharingStatementModule.timeFrame",
        "outcomesModule.otherOutcomes.description",
        "outcomesModule.primaryOutcomes.description",
        "outcomesModule.secondaryOutcomes.description",
        "referencesModule.seeAlsoLinks.label",
    )
)
"""The fields that come as CommonMark."""

_MARKS = re.compile(r"[!-/:-@\[-`{-~]")


@functools.cache
def raw_records() -> tuple[Raw, ...]:
    """All recorded records as they came; none where there are no recorded data."""
    if not SHARED.is_dir():
        return ()
    return tuple(read_jsonl(SHARED / "ctgov" / "studies.jsonl.gz"))


@functools.cache
def seeds(path: str, count: int) -> tuple[Raw, ...]:
    """Recorded records in which the field stands, or any where it stands in none."""
    every = tuple(raw for raw in raw_records() if holders(raw, path)) or raw_records()
    return every[:: max(1, len(every) // count)][:count]


def copied(raw: Raw) -> Raw:
    """A record of its own; through JSON, which is several times as fast as ``deepcopy``."""
    again: Raw = json.decode(json.encode(raw))
    return again


def objects_at(raw: Raw, path: str) -> list[Raw]:
    """All objects at this path, those of lists too; the record itself at the empty path."""
    level: list[Any] = [raw]
    for name in filter(None, path.split(".")):
        found = [one[name] for one in level if name in one]
        level = [inner for one in found for inner in (one if isinstance(one, list) else [one])]
    return level


def holders(raw: Raw, path: str) -> list[Raw]:
    """The objects in which the field at this path stands."""
    above, _, name = path.rpartition(".")
    return [one for one in objects_at(raw, above) if name in one]


def rewritten(raw: Raw, seed: int) -> Raw:
    """The same record to a reader: other white space, escapes, numbers and order of lists."""
    chance = random.Random(seed)
    again: Raw = _rewritten(raw, "", chance)
    return again


def _rewritten(value: Any, path: str, chance: random.Random) -> Any:
    if isinstance(value, dict):
        items = [
            (key, _rewritten(inner, f"{path}.{key}" if path else key, chance))
            for key, inner in value.items()
        ]
        chance.shuffle(items)
        return dict(items)
    if isinstance(value, list):
        again = [_rewritten(inner, path, chance) for inner in value]
        chance.shuffle(again)
        return again
    if not isinstance(value, str) or path.startswith("derivedSection") or not is_text(path):
        return value
    return _respaced(_reescaped(value, chance) if path in MARKED_UP else value, path, chance)


@functools.cache
def is_text(path: str) -> bool:
    """Whether the field is words, and no date, number or name of an enumeration."""
    schema = schema_at(path)
    if schema.get("type") == "array":
        schema = resolved(schema["items"])
    named = {"enum", "pattern", "maxLength"} & schema.keys()
    return bool(schema.get("type") == "string" and not named and not _is_date(schema))


def _reescaped(text: str, chance: random.Random) -> str:
    plain = unescape(text)

    def escape(mark: re.Match[str]) -> str:
        if mark[0] in "\\&" or chance.random() < 0.5:  # without it these two could mean more
            return f"\\{mark[0]}"
        return mark[0]

    return _MARKS.sub(escape, plain)


def _respaced(text: str, path: str, chance: random.Random) -> str:
    if path == CRITERIA:
        rows = [f"  {row.strip()} ".replace(" ", "  ") for row in text.splitlines()]
        return "\n\n".join(
            re.sub(r"^(\s*)\\?\*(?=\s)", rf"\g<1>{chance.randint(1, 99)}.", row) for row in rows
        )
    return f" {text.replace(' ', '  ')}\t"


def touched(raw: Raw) -> Raw:
    """The same record with every field changed that is left out on purpose."""
    again = copied(raw)
    for path in LEFT_OUT:
        if path != NCT_ID:
            for holder in objects_at(again, path.rpartition(".")[0]):
                name = path.rpartition(".")[2]
                holder[name] = other_value(path, holder.get(name))
    return again


def other_value(path: str, old: Any) -> Any:
    """A value for this field by the schema, unlike the old one."""
    return _other(schema_at(path), old)


def _other(schema: Any, old: Any) -> Any:
    kind = schema.get("type")
    if kind == "array":
        return [*(old or []), _other(resolved(schema["items"]), None)]
    if "properties" in schema:
        old = old or {}
        return {
            **old,
            **{
                name: _other(resolved(inner), old.get(name))
                for name, inner in schema["properties"].items()
            },
        }
    if kind == "string":
        return _other_text(schema, old or "")
    return {"boolean": not old, "integer": int(old or 0) + 7, "number": (old or 0) + 0.5}[kind]


def _other_text(schema: Any, old: str) -> str:
    if "enum" in schema:
        return str(next(one for one in reversed(schema["enum"]) if one != old))
    if _is_date(schema):
        return "2033-05-06" if old.startswith("2031") else "2031-05-06"
    if "maxLength" in schema:
        return "NCT99999997" if old == "NCT99999998" else "NCT99999998"
    if "pattern" in schema:
        return "8 Years" if old == "7 Years" else "7 Years"
    return f"words that were planted over {len(old)} letters"


def _is_date(schema: Any) -> bool:
    described = str(schema.get("description", ""))
    return bool(schema.get("format") == "date" or described.startswith("Date"))
