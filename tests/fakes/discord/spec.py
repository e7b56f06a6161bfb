"""Discord's own description of its HTTP API, to check what the bot sends against.

It stands in the folder ``shared`` beside the repository; where it is absent nothing is checked
against it: the tests that need it say so, and so does a run's end.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.shared import SHARED

PATH = SHARED / "specs" / "discord-openapi.json"

ABSENT = "Discord's description is not beside the repository: requests are not checked against it"

needs_description = pytest.mark.skipif(not PATH.is_file(), reason=ABSENT)


def spec_faults(body: dict[str, Any], schema: str) -> list[str]:
    """What a body breaks in the named schema of the description, where and how."""
    return _found(_validator({"$ref": f"#/components/schemas/{schema}"}), body)


def request_faults(method: str, path: str, body: Any) -> list[str]:
    """What a request's body breaks; a path that the description does not have is a fault too.

    ``path`` begins behind the version. Without the description there are no faults.
    """
    if not PATH.is_file():
        return []
    for pattern, operations in _paths():
        if pattern.fullmatch(path) and method.lower() in operations:
            content = operations[method.lower()].get("requestBody", {}).get("content", {})
            if "application/json" not in content:
                return [f"{method} {_hidden(path)} takes no JSON"]
            return _found(_validator(content["application/json"]["schema"]), body)
    return [f"{method} {_hidden(path)} does not exist"]


def _found(validator: Draft202012Validator, body: Any) -> list[str]:
    return [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(body)]


def _hidden(path: str) -> str:
    return re.sub(r"\d{5,}", "…", path)


@cache
def _paths() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    """Every path, those without a placeholder first."""
    paths = sorted(_description()["paths"].items(), key=lambda item: item[0].count("{"))
    return [
        (re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))), operations)
        for path, operations in paths
    ]


_validators: dict[str, Draft202012Validator] = {}


def _validator(schema: dict[str, Any]) -> Draft202012Validator:
    key = json.dumps(schema)
    if key not in _validators:
        _validators[key] = Draft202012Validator({"allOf": [schema], **_description()})
    return _validators[key]


@cache
def _description() -> dict[str, Any]:
    description: dict[str, Any] = _lenient(json.loads(PATH.read_text(encoding="utf-8")))
    description["components"]["schemas"]["SnowflakeType"] = {"type": ["string", "integer"]}
    return description


def _lenient(node: Any) -> Any:
    """Read ``oneOf`` as ``anyOf``: its branches overlap, so that one alone never holds."""
    if isinstance(node, dict):
        return {"anyOf" if key == "oneOf" else key: _lenient(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_lenient(value) for value in node]
    return node
