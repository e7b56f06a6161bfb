"""Data days in files and in memory, and stepping through them."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adapters.ctgov.sandbox import BadFolder, Sandbox
from tests.adapters.ctgov.sandbox_records import found, nct, study, updated

OLD = {"removed": nct(1)}

CUT_SHORT = gzip.compress(b"{}" * 99, mtime=0)[:-12]
"""Without the time of its making: all processes that run tests name the test by it."""


def write(folder: Path, name: str, *lines: Any) -> None:
    """A file of JSON lines, gzipped where its name says so."""
    text = "".join(f"{json.dumps(line)}\n" for line in lines).encode()
    (folder / name).write_bytes(gzip.compress(text) if name.endswith(".gz") else text)


def holder(sandbox: Sandbox, number: int) -> str:
    """The version that a served record claims."""
    document = sandbox.get(nct(number))
    assert document is not None
    served = json.loads(sandbox.served(document))
    version: str = served["derivedSection"]["miscInfoModule"]["versionHolder"]
    return version


def test_a_folder_is_served_day_by_day_in_order(tmp_path: Path) -> None:
    """Plain and gzipped files stand side by side, and other files do not matter."""
    write(tmp_path, "2026-02-03.jsonl.gz", study(1, statusModule=updated("2026-02-03")))
    write(tmp_path, "2026-02-02.jsonl", study(1), study(2))
    (tmp_path / "NOTES.md").write_text("about these days")
    sandbox = Sandbox.from_folder(tmp_path)
    assert (sandbox.day, sandbox.last, len(sandbox)) == (date(2026, 2, 2), False, 2)
    assert sandbox.days == (date(2026, 2, 2), date(2026, 2, 3))
    assert sandbox.step()
    assert (sandbox.day, sandbox.last) == (date(2026, 2, 3), True)
    assert sandbox.data_timestamp == "2026-02-03T09:00:06"
    assert found(sandbox, filter__advanced="AREA[LastUpdatePostDate]2026-02-03") == [1]


def test_a_trial_that_a_day_does_not_name_stands_with_its_last_version() -> None:
    """A day holds what was recorded on it, not all that stands."""
    sandbox = Sandbox.from_days(
        {date(2026, 2, 3): [study(3)], date(2026, 2, 2): [study(1), study(2)]}
    )
    sandbox.step()
    assert found(sandbox) == [1, 2, 3]


def test_stepping_past_the_last_day_says_so_and_moves_nothing() -> None:
    """Whoever steps in a loop can stop at False."""
    sandbox = Sandbox.from_days({"2026-02-02": [study(1)]})
    assert not sandbox.step()
    assert (sandbox.day, found(sandbox)) == (date(2026, 2, 2), [1])


def test_every_record_claims_the_present_day_as_its_version() -> None:
    """So each record changes each day, as at the registry, whether it held a version or not."""
    recorded = study(2) | {
        "derivedSection": {"miscInfoModule": {"versionHolder": "2020-01-01"}},
        "documentSection": {"note": '"versionHolder": "2020-01-01"'},
    }
    sandbox = Sandbox.from_days({"2026-02-02": [study(1), recorded], "2026-02-03": []})
    assert [holder(sandbox, 1), holder(sandbox, 2)] == ["2026-02-02"] * 2
    sandbox.step()
    assert [holder(sandbox, 1), holder(sandbox, 2)] == ["2026-02-03"] * 2
    document = sandbox.get(nct(2))
    assert document is not None
    served = json.loads(sandbox.served(document))
    served["derivedSection"] = recorded["derivedSection"]
    assert served == recorded


def test_a_removed_record_is_gone_from_that_day_on_and_can_come_back() -> None:
    """Removal is a line like any other."""
    sandbox = Sandbox.from_days(
        {"2026-02-02": [study(1), study(2)], "2026-02-03": [OLD], "2026-02-04": [study(1)]}
    )
    sandbox.step()
    assert (found(sandbox), sandbox.get(nct(1))) == ([2], None)
    sandbox.step()
    assert found(sandbox) == [1, 2]


def test_a_record_merged_into_another_lives_on_as_its_alias() -> None:
    """The old number leads to the new one until the new one goes too."""
    merged = study(2, identificationModule={"nctIdAliases": [nct(1)]})
    sandbox = Sandbox.from_days(
        {
            "2026-02-02": [study(1), study(2)],
            "2026-02-03": [merged],
            "2026-02-04": [{"removed": nct(2)}],
        }
    )
    assert sandbox.alias_of(nct(1)) is None
    sandbox.step()
    assert (sandbox.get(nct(1)), sandbox.alias_of(nct(1))) == (None, nct(2))
    assert found(sandbox, filter__ids=nct(1)) == [2]
    assert found(sandbox, filter__ids=f"{nct(1)},{nct(2)}") == [2]
    assert found(sandbox, query__id=nct(1)) == [2]
    sandbox.step()
    assert (sandbox.alias_of(nct(1)), found(sandbox, filter__ids=nct(1))) == (None, [])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("2026-02-02.jsonl", b'{"protocolSection": \n', "2026-02-02.jsonl line 1"),
        ("2026-02-02.jsonl", b'\n{"studies": []}\n', "line 2 is no study"),
        ("2026-02-02.jsonl", b"[]", "line 1 is no study"),
        ("2026-02-02.jsonl.gz", b"not gzip", "2026-02-02.jsonl.gz cannot be read"),
        ("2026-02-02.jsonl.gz", CUT_SHORT, "2026-02-02.jsonl.gz cannot"),
        ("2026-02-31.jsonl", b"", "not named for a day"),
        ("studies.jsonl", b"", "holds no file named"),
    ],
)
def test_a_folder_that_cannot_be_served_says_which_line_is_wrong(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    """The message names the file, for whoever made it."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadFolder, match=said):
        Sandbox.from_folder(tmp_path)


def test_no_folder_no_day_and_two_files_for_a_day_are_refused(tmp_path: Path) -> None:
    """There is nothing to stand on, or no way to tell on which."""
    with pytest.raises(BadFolder, match="cannot be read"):
        Sandbox.from_folder(tmp_path / "absent")
    with pytest.raises(BadFolder, match="no data day"):
        Sandbox.from_days({})
    with pytest.raises(BadFolder, match="no data day"):
        Sandbox(())
    write(tmp_path, "2026-02-02.jsonl", study(1))
    write(tmp_path, "2026-02-02.jsonl.gz", study(1))
    with pytest.raises(BadFolder, match="two files"):
        Sandbox.from_folder(tmp_path)


def test_a_broken_later_day_leaves_the_present_one_standing(tmp_path: Path) -> None:
    """A day counts whole or not at all."""
    write(tmp_path, "2026-02-02.jsonl", study(1))
    write(tmp_path, "2026-02-03.jsonl", study(2), {"nothing": True})
    sandbox = Sandbox.from_folder(tmp_path)
    with pytest.raises(BadFolder, match="line 2"):
        sandbox.step()
    assert (sandbox.day, found(sandbox)) == (date(2026, 2, 2), [1])
