"""The table of fields, held against the type that it describes."""

from __future__ import annotations

from msgspec.structs import fields, replace

from bot.domain.catalogue import CATALOGUE, LABELS, NEVER
from bot.domain.digest import of_study
from bot.domain.study import Study, StudyKey
from tests.bot.domain.trials import trial


def test_every_field_is_compared_or_named_as_never() -> None:
    """A field that is added to the type and forgotten in the table is found here."""
    full, empty = trial(has_results=True), Study(key=StudyKey("ctgov", "NCT99999901"))
    forgotten = []
    for field in fields(Study):
        other = replace(full, **{field.name: getattr(empty, field.name)})
        seen = of_study(other) != of_study(full)
        expected = field.name not in NEVER | {"key", "results_first_posted"}
        if seen != expected:
            forgotten.append(field.name)
    assert not forgotten


def test_paths_stand_once() -> None:
    """Each row has a path of its own, and each path a label."""
    paths = [row.path for row in CATALOGUE]
    assert len(paths) == len(set(paths))
    assert set(paths) - {""} <= set(LABELS)
    assert all(LABELS.values())


def test_never_names_fields() -> None:
    """What is never a change exists in the type."""
    assert {field.name for field in fields(Study)} >= NEVER
