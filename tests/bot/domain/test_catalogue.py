"""The table of fields, held against the type and the registry's description that it covers."""

from __future__ import annotations

from msgspec.structs import fields, replace

from bot.domain.catalogue import CATALOGUE, LABELS, NEVER, OTHER_FIELDS, SAYS
from bot.domain.change import Kind
from bot.domain.diff.folding import FOLDED_INTO
from bot.domain.digest import of_study
from bot.domain.fields import How, walk
from bot.domain.left_out import HISTORY_ONLY, LEFT_OUT, left_out
from bot.domain.study import Study, StudyKey
from tests.bot.domain.schema import leaves, schema_at
from tests.bot.domain.trials import trial
from tests.shared import needs_shared

ROWS = {path: one for row in CATALOGUE for path, one in walk(row) if path}


def _leaf_paths() -> set[str]:
    """What the rows themselves read: parts of members, and rows without members.

    A date is one value to a reader; the registry writes it as two.
    """
    paths = set()
    for path, one in ROWS.items():
        if one.how is How.DATE:
            paths |= {f"{path}.date"}
        elif one.members is None:
            paths.add(path)
    return paths


@needs_shared
def test_every_field_of_the_registry_is_in_a_row_or_left_out_with_a_reason() -> None:
    """A field of the study schema that nobody thought of is found here, and so is a dead row."""
    known, described = _leaf_paths(), set(leaves())
    assert len(described) > 250
    assert {path for path in described if path not in known and not left_out(path)} == set()
    assert known <= described
    assert {path for path in known if left_out(path)} == set()


@needs_shared
def test_what_is_left_out_exists_and_has_a_reason() -> None:
    """Each entry names a field of the schema by its exact path: no wildcard, no dead entry."""
    for path, reason in LEFT_OUT.items():
        assert schema_at(path)
        assert len(reason.split()) > 4
    described = set(leaves())
    assert not any(path in described for path in HISTORY_ONLY)


def test_only_what_nobody_knows_is_of_the_other_kind() -> None:
    """Every field that is known belongs to a kind that people can choose."""
    assert {path for path, one in ROWS.items() if one.kind is Kind.OTHER} == set()
    assert OTHER_FIELDS.kind is Kind.OTHER


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
    """Each row has a path of its own, and each path a label and a key of how it reads."""
    paths = [path for row in CATALOGUE for path, _ in walk(row)]
    assert len(paths) == len(set(paths))
    assert set(paths) - {""} == set(LABELS) == set(SAYS)
    assert all(LABELS.values())
    assert all(says.startswith("change.") for says in SAYS.values())


def test_rows_stand_in_the_order_of_kinds() -> None:
    """The table reads from the most telling kind to the least."""
    kinds = [list(Kind).index(row.kind) for row in CATALOGUE]
    assert kinds == sorted(kinds)


def test_what_is_folded_is_told_by_a_row() -> None:
    """A field whose change is told by another one, and that other one, both have rows."""
    for path, tellers in FOLDED_INTO.items():
        assert path in ROWS
        assert set(tellers) <= set(ROWS)


def test_never_names_fields() -> None:
    """What is never a change exists in the type."""
    assert {field.name for field in fields(Study)} >= NEVER
