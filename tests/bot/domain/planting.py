"""One change planted in a real record, by the path of a row, and what must be found of it."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

from adapters.ctgov.text import unescape
from bot.domain.change import Change, Op
from bot.domain.fields import Field, How, Part
from tests.bot.domain.rewrites import MARKED_UP, Raw, copied, objects_at, other_value
from tests.bot.domain.schema import resolved, schema_at

LINE = "* Has planted a bell in the last 30 days"


class Planted(NamedTuple):
    """Two versions; the text that must be found as ``old`` and as ``new`` (None: absent)."""

    before: Raw
    after: Raw
    old: str | None
    new: str | None


def plant(raw: Raw, path: str, one: Field | Part, seed: int) -> Planted:
    """The record with another value at this path, and with what must be there for it."""
    before = copied(raw)
    above, _, name = path.rpartition(".")
    holder = _made(before, above, seed)
    after = copied(before)
    other = objects_at(after, above)[_place(before, above, holder)]
    old = holder.get(name)
    new = _new(path, one, old)
    other[name] = new
    return Planted(before, after, _text(path, one, old), _text(path, one, new))


def _place(raw: Raw, path: str, holder: Raw) -> int:
    return next(n for n, one in enumerate(objects_at(raw, path)) if one is holder)


def _made(raw: Raw, path: str, seed: int) -> Raw:
    """One of the objects at this path; it is made, empty but for a name, where there is none."""
    found = objects_at(raw, path)
    if found:
        return random.Random(seed).choice(found)
    above, _, name = path.rpartition(".")
    holder = _made(raw, above, seed)
    is_list = schema_at(path).get("type") == "array"
    fresh = member(path, seed) if is_list else {}
    holder[name] = [fresh] if is_list else fresh
    return fresh


def member(path: str, seed: int) -> Raw:
    """A new member of the list at this path, with every field set."""
    schema = resolved(schema_at(path)["items"])
    made = {name: other_value(f"{path}.{name}", None) for name in schema["properties"]}
    for name in ("name", "label", "measure", "facility", "citation", "id"):
        if name in made:
            made[name] = f"Planted {name} {seed}"
    return made


def _new(path: str, one: Field | Part, old: Any) -> Any:
    if one.how is How.LINES:
        return f"{old or 'Inclusion Criteria:'}\n\n{LINE}"
    if one.how is How.DATE:
        return {"date": other_value(f"{path}.date", (old or {}).get("date")), "type": "ACTUAL"}
    return other_value(path, old)


def _text(path: str, one: Field | Part, value: Any) -> str | None:
    """How the value stands in a change."""
    if path in MARKED_UP:
        value = unescape(value)
    if value is None or value in ("", []):
        return None
    if one.how is How.DATE:
        return str(value["date"])
    if one.how is How.YES:
        return "true" if value else None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(sorted(" ".join(word.split()) for word in value))
    return " ".join(str(value).split())


def found(changes: tuple[Change, ...], path: str, planted: Planted) -> bool:
    """Whether a change says what was planted: both values at the path, or a member for another."""
    above = path.rpartition(".")[0]
    gone = [one.item for one in changes if one.op is Op.REMOVED and one.path == above]
    come = [one.item for one in changes if one.op is Op.ADDED and one.path == above]
    return any(
        (one.path, one.old, one.new) == (path, planted.old, planted.new) for one in changes
    ) or (_named(gone, planted.old) and _named(come, planted.new))


def _named(items: list[str | None], name: str | None) -> bool:
    return any((name or "") in (item or "") for item in items)
