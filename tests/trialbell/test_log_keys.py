"""Log calls all over the source keep to the known keys."""

from __future__ import annotations

import ast
from pathlib import Path

from trialbell.logs import KEYS

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "adapters", "storage", "trialbell")
LEVELS = {"debug", "info", "warning", "error", "critical", "exception"}


def calls() -> list[tuple[ast.Call, str]]:
    """Every call of a logger, and where it stands."""
    return [
        (node, f"{path.relative_to(ROOT)}:{node.lineno}")
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {*LEVELS, "bind"}
        and ast.unparse(node.func.value) in {"log", "self._log"}
    ]


def test_every_line_says_one_event_in_known_keys() -> None:
    """Whoever filters by a key finds every line that has it, under that one name."""
    logged = calls()
    assert len(logged) > 40
    for call, where in logged:
        names = {keyword.arg for keyword in call.keywords}
        assert names <= KEYS.keys(), f"{where}: {names - KEYS.keys()}"
        if isinstance(call.func, ast.Attribute) and call.func.attr != "bind":
            (event,) = call.args
            # A fixed text: what differs from line to line stands under a key.
            assert isinstance(event, ast.Constant), where


def test_every_key_is_used() -> None:
    """The list of keys says nothing that is not so."""
    used = {keyword.arg for call, _ in calls() for keyword in call.keywords}
    assert KEYS.keys() <= used
