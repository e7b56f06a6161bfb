"""Discord's own description of its HTTP API, to check what the bot sends against.

It stands in the folder ``shared`` beside the repository; tests that need it say so when it is
absent.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from tests.shared import SHARED

PATH = SHARED / "specs" / "discord-openapi.json"


def spec_faults(body: dict[str, Any], schema: str) -> list[str]:
    """What a body breaks in the named schema of the description, where and how."""
    return [f"{fault.json_path}: {fault.message}" for fault in _validator(schema).iter_errors(body)]


@cache
def _validator(schema: str) -> Draft202012Validator:
    description = _lenient(json.loads(PATH.read_text(encoding="utf-8")))
    description["components"]["schemas"]["SnowflakeType"] = {"type": ["string", "integer"]}
    return Draft202012Validator({"$ref": f"#/components/schemas/{schema}", **description})


def _lenient(node: Any) -> Any:
    """Read ``oneOf`` as ``anyOf``: its branches overlap, so that one alone never holds."""
    if isinstance(node, dict):
        return {"anyOf" if key == "oneOf" else key: _lenient(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_lenient(value) for value in node]
    return node
