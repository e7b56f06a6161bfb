"""The newest revision by the files' names."""

from __future__ import annotations

from alembic.script import ScriptDirectory

from storage.schema import SCRIPTS, head


def test_the_newest_file_is_alembics_head() -> None:
    """What is read off the names without Alembic is what Alembic would run to."""
    assert ScriptDirectory(str(SCRIPTS)).get_heads() == [head()]
