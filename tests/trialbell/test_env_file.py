"""The settings file: what is changed, what stays, and who can read it."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialbell.env_file import change, values_in
from trialbell.mend import Mendable

PRINTABLE = string.ascii_letters + string.digits + string.punctuation + " äß→"


def test_other_lines_stay_as_they_are(tmp_path: Path) -> None:
    """Comments and settings that were not asked for are the operator's own."""
    path = tmp_path / ".env"
    path.write_text("# mine\nTRIALBELL_A=1\n\nexport TRIALBELL_B=2\nOTHER=3\n")
    change(path, {"TRIALBELL_A": None, "TRIALBELL_B": "two", "TRIALBELL_C": "new"})
    assert path.read_text() == "# mine\n\nTRIALBELL_B=two\nOTHER=3\nTRIALBELL_C=new\n"


def test_a_name_that_stands_twice_is_left_once(tmp_path: Path) -> None:
    """The last one would count: the new value must not stand in front of an old one."""
    path = tmp_path / ".env"
    path.write_text("TRIALBELL_A=1\nTRIALBELL_A=2\n")
    change(path, {"TRIALBELL_A": "3"})
    assert path.read_text() == "TRIALBELL_A=3\n"


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    """A file that everybody could read is not after a change."""
    path = tmp_path / ".env"
    path.write_text("TRIALBELL_A=1\n")
    path.chmod(0o644)
    change(path, {"TRIALBELL_A": "2"})
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [".env"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """Settings that are kept elsewhere are changed there."""
    kept, path = tmp_path / "kept", tmp_path / ".env"
    kept.write_text("")
    path.symlink_to(kept)
    change(path, {"TRIALBELL_A": "1"})
    assert path.is_symlink()
    assert kept.read_text() == "TRIALBELL_A=1\n"


def test_a_file_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    """A folder that is not there is the operator's to make."""
    with pytest.raises(Mendable, match="No such file"):
        change(tmp_path / "none" / ".env", {"TRIALBELL_A": "1"})


def test_what_no_file_of_this_kind_can_hold_is_refused(tmp_path: Path) -> None:
    """A password that would be read as another one is not written."""
    with pytest.raises(Mendable, match="environment"):
        change(tmp_path / ".env", {"TRIALBELL_A": "pass${word}"})
    assert not (tmp_path / ".env").exists()


@given(
    value=st.text(PRINTABLE, min_size=1).filter(
        lambda text: text == text.strip() and "${" not in text
    )
)
def test_every_value_is_read_as_it_was_written(
    value: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Quotes, blanks and hashes of a password come back as they were."""
    path = tmp_path_factory.mktemp("env") / ".env"
    change(path, {"TRIALBELL_A": value})
    assert values_in(path) == {"TRIALBELL_A": value}
