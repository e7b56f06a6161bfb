"""The registry's own description of a record, as paths without list indices."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import yaml

from tests.shared import SHARED


@functools.cache
def _schemas() -> dict[str, Any]:
    description = (SHARED / "ctgov" / "ctg-oas-v2.yaml").read_text(encoding="utf-8")
    schemas: dict[str, Any] = yaml.load(description, yaml.CSafeLoader)["components"]["schemas"]
    return schemas


def leaves() -> Iterator[str]:
    """Every field of a study that holds a value and no further fields."""
    return _leaves(_schemas()["Study"], "")


def _leaves(schema: Any, path: str) -> Iterator[str]:
    schema = resolved(schema)
    if schema.get("type") == "array":
        yield from _leaves(schema["items"], path)
    elif "properties" in schema:
        for name, inner in schema["properties"].items():
            yield from _leaves(inner, f"{path}.{name}" if path else name)
    else:
        yield path


def resolved(schema: Any) -> Any:
    """The schema that a reference points to."""
    while "$ref" in schema:
        schema = _schemas()[schema["$ref"].rpartition("/")[2]]
    return schema


@functools.cache
def schema_at(path: str) -> Any:
    """The schema of the field at this path; of a list, that of the list."""
    schema = resolved(_schemas()["Study"])
    for name in path.split("."):
        while schema.get("type") == "array":
            schema = resolved(schema["items"])
        schema = resolved(schema["properties"][name])
    return schema
