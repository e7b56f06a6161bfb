"""The catalogue of sentences."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
import yaml

from bot.domain import english
from bot.domain.change import Kind
from bot.domain.english import SENTENCES
from bot.domain.words import kind_label, phase_label, status_label, status_meaning
from tests.shared import SHARED, needs_shared

ROOT = Path(__file__).resolve().parents[3]
PLACEHOLDER = re.compile(r"\{(\w+)")


def calls() -> list[tuple[str, set[str], str]]:
    """Every ``say`` in the source whose key is written out: key, names given, where."""
    found = []
    for room in ("bot", "adapters", "trialbell"):
        for path in (ROOT / room).rglob("*.py"):
            source = path.read_text(encoding="utf8")
            if "bot.domain.words import" not in source:
                continue  # another ``say`` of its own
            for node in ast.walk(ast.parse(source)):
                if (
                    isinstance(node, ast.Call)
                    and getattr(node.func, "id", "") == "say"
                    and node.args
                    and isinstance(node.args[0], ast.Constant)
                ):
                    names = {keyword.arg or "" for keyword in node.keywords}
                    found.append((str(node.args[0].value), names, f"{path.name}:{node.lineno}"))
    return found


def test_every_sentence_that_is_said_is_in_the_catalogue_with_its_placeholders() -> None:
    """A missing key, or a placeholder that nobody fills, is found here and not in a chat."""
    said = calls()
    assert len(said) > 50
    for key, names, where in said:
        assert key in SENTENCES, f"{where}: {key}"
        assert set(PLACEHOLDER.findall(SENTENCES[key])) <= names, f"{where}: {key}"


def test_every_kind_of_change_has_a_heading() -> None:
    """No kind is shown by its inner name."""
    assert len({kind_label(kind) for kind in Kind}) == len(Kind)


@needs_shared
@pytest.mark.parametrize("enum", ["Status", "RecruitmentStatus", "ExpandedAccessStatus"])
def test_every_status_of_the_registry_has_a_label(enum: str) -> None:
    """The registry's own list of statuses is covered, and most of them are explained."""
    schema = yaml.safe_load((SHARED / "ctgov/ctg-oas-v2.yaml").read_text(encoding="utf8"))
    for status in schema["components"]["schemas"][enum]["enum"]:
        assert f"status.{status}" in SENTENCES
        assert status == "WITHHELD" or status_meaning(status)


def test_a_status_that_nobody_knows_is_shown_and_not_lost() -> None:
    """A value that the registry adds tomorrow is readable today."""
    assert status_label("PAUSED_BY_SPONSOR") == "Paused by sponsor"
    assert status_meaning("PAUSED_BY_SPONSOR") is None
    assert phase_label(("PHASE1", "PHASE9")) == "Phase 1 / PHASE9"


@pytest.mark.parametrize("word", ["you qualify", "you should", "safe", "proven", "best"])
def test_no_sentence_gives_advice(word: str) -> None:
    """Nothing in the catalogue promises, recommends or ranks."""
    for key, sentence in SENTENCES.items():
        assert not re.search(rf"\b{word}\b", sentence, re.IGNORECASE), key


def test_every_sentence_stands_once() -> None:
    """Two files of the catalogue with one key would hide each other's sentence."""
    files = [
        import_module(f"{english.__name__}.{one.name}") for one in iter_modules(english.__path__)
    ]
    parts = [part for one in files for name, part in vars(one).items() if name.isupper()]
    keys = [key for part in parts for key in part]
    assert len(keys) == len(set(keys)) == len(english.SENTENCES)
