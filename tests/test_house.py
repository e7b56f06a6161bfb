"""Rules of the house that no linter has."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("trialbell", "bot", "adapters", "storage")
MIGRATIONS = ROOT / "storage" / "migrations" / "versions"
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
ROOM = {"platform", "commands", "messenger", "render"}
"""The files that every platform's room has, under the same names."""

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def tracked() -> tuple[Path, ...]:
    """The files that belong to the repository, whether they are committed yet or not."""
    command = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


FILES = tracked()
SOURCES = tuple(
    path for path in FILES if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in PACKAGES
)
TESTS = tuple(path for path in FILES if path.name.startswith("test_") and path.suffix == ".py")


def definitions(path: Path) -> Iterator[Definition]:
    """All classes and functions of a file, inner ones too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, Definition):
            yield node


def public(path: Path) -> Iterator[Definition]:
    """What others use of a file: public classes and functions, and their public methods."""
    scopes: list[ast.Module | ast.ClassDef] = [ast.parse(path.read_text(encoding="utf8"))]
    for scope in scopes:
        for node in scope.body:
            if not isinstance(node, Definition) or node.name.startswith("_"):
                continue
            if isinstance(node, ast.ClassDef):
                scopes.append(node)
            # Each way to call a function is explained where the function itself stands.
            if "overload" not in map(ast.unparse, node.decorator_list):
                yield node


def at(path: Path, line: int) -> str:
    """A place, as editors open it."""
    return f"{path.relative_to(ROOT)}:{line}"


def pins() -> dict[str, str]:
    """Every pinned library's line, its hashes and comments with it, by its normal name."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line[:1].isalnum()]
    return {normal(line.partition("==")[0]): line for line in lines}


def normal(requirement: str) -> str:
    """A library's name as it is compared: without extras, bounds, case and separators."""
    name = re.match(r"[\w.-]+", requirement)
    assert name is not None, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def test_the_house_is_seen() -> None:
    """The rules below look at something: every package, and these very tests."""
    assert {path.relative_to(ROOT).parts[0] for path in SOURCES} == set(PACKAGES)
    assert Path(__file__).resolve() in TESTS


def test_no_file_is_long() -> None:
    """One subject a file, and none above four hundred lines."""
    lengths = {path: len(path.read_text(encoding="utf8").splitlines()) for path in SOURCES}
    long = {at(path, lines) for path, lines in lengths.items() if lines > LONGEST_FILE}
    assert long == set()


def test_no_function_is_long() -> None:
    """No function above sixty lines; a migration is a list that was written once."""
    long = {
        at(path, node.lineno)
        for path in SOURCES
        if path.parent != MIGRATIONS
        for node in definitions(path)
        if not isinstance(node, ast.ClassDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    }
    assert long == set()


def test_everything_public_says_what_it_is_for() -> None:
    """Modules, public classes, and public functions and methods have a docstring."""
    silent = {
        at(path, 1)
        for path in SOURCES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf8")))
    }
    for path in SOURCES:
        if path.parent != MIGRATIONS:  # upgrade and downgrade are Alembic's names
            silent |= {
                at(path, node.lineno) for node in public(path) if not ast.get_docstring(node)
            }
    assert silent == set()


def test_every_test_says_what_behaviour_it_holds() -> None:
    """A test's docstring is a sentence."""
    silent = {
        at(path, node.lineno)
        for path in TESTS
        for node in definitions(path)
        if node.name.startswith("test_") and not (ast.get_docstring(node) or "").endswith(".")
    }
    assert silent == set()


def test_every_exemption_carries_its_reason() -> None:
    """Who turns a rule off in a line says why, in that line."""
    bare = re.compile(r"# noqa(?!: [A-Z0-9, ]+ - \w)|# type: ignore(?!\[[\w-]+\]  ?# \w)")
    found = {
        at(path, number)
        for path in FILES
        if path.suffix == ".py" and path != Path(__file__).resolve()
        for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1)
        if bare.search(line)
    }
    assert found == set()


def test_nothing_is_left_for_later() -> None:
    """What is to be done is not noted in the code."""
    words = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")))
    found = {
        at(path, number)
        for path in FILES
        if path.suffix in {".py", ".toml", ".md", ""}
        for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1)
        if words.search(line)
    }
    assert found == set()


def test_no_package_index_is_named() -> None:
    """Where libraries come from is whoever installs them to say."""
    hosts = re.compile(
        "|".join((r"py" + r"pi\.", r"python" + r"hosted", r"--(extra-)?index" + "-url"))
    )
    found = {
        at(path, number)
        for path in FILES
        if path.suffix in {".py", ".toml", ".txt", ".md", ".yml", ".yaml", ".cfg", ""}
        for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1)
        if hosts.search(line)
    }
    assert found == set()
    assert "://" not in (ROOT / "requirements.txt").read_text(encoding="utf8")


def test_every_pin_has_its_hashes() -> None:
    """Nothing is installed whose bytes are not known."""
    loose = {
        name for name, line in pins().items() if "==" not in line or "--hash=sha256:" not in line
    }
    assert loose == set()


def test_every_dependency_is_pinned() -> None:
    """What the project asks for is in the pinned set, for running and for working on it."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    wanted += project["build-system"]["requires"]
    assert {normal(requirement) for requirement in wanted} - pins().keys() == set()


@pytest.mark.parametrize("platform", ["discord", "telegram", "terminal"])
def test_rooms_of_platforms_are_alike(platform: str) -> None:
    """Who knows one platform's room finds the way in every other."""
    assert {path.stem for path in (ROOT / "adapters" / platform).glob("*.py")} >= ROOM


def test_every_platform_is_known_here() -> None:
    """A new platform's room is held to the rule above."""
    rooms = {path.parent.name for path in SOURCES if path.name == "platform.py"}
    assert rooms - {"ports"} == {"discord", "telegram", "terminal"}


def test_newcomers_are_told_the_first_two_steps() -> None:
    """The README says how to see it and how to test it."""
    readme = (ROOT / "README.md").read_text(encoding="utf8")
    assert "./run demo" in readme
    assert "./run test" in readme
