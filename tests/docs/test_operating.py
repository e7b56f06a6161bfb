"""What operators are told is so: names, files and lines that are written there exist."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy.engine import make_url

from storage.migrate import migrate
from storage.store import SqlStore
from tests.docs.test_dashboard import exposed
from tests.postgres import Postgres
from tests.studies import PARSERS, SECRET
from trialbell.health import ALIVE_WITHIN, READING_OUT
from trialbell.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
WRITTEN = (
    *sorted(DOCS.glob("*.md")),
    *sorted(DOCS.glob("*.yml")),
    DOCS / "trialbell.service",
    ROOT / "README.md",
)
COMPOSE = ("compose.yml", "compose-two-machines.yml")


def text(path: Path) -> str:
    """A file's text."""
    return path.read_text(encoding="utf8")


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    """A misspelt name would be left unread without a word."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    named = set(re.findall(rf"\b{PREFIX}[A-Z_]+", text(path)))
    assert named <= known


def test_every_setting_is_in_the_readme() -> None:
    """The table of settings is whole."""
    table = text(ROOT / "README.md")
    inner = {"alive_file"}  # for containers, which set it themselves
    for name in Settings.model_fields.keys() - inner:
        assert f"`{name.upper()}`" in table, name


def test_every_metric_is_told_and_every_told_one_exists() -> None:
    """The table of metrics is whole, and its labels are right."""
    series = exposed()
    told = re.findall(r"`(trialbell_\w+)(?:\{([\w,]+)\})?`", text(DOCS / "operating.md"))
    names = {name.removesuffix("_count") for name in series if name.startswith("trialbell_")}
    names = {name for name in names if not re.search(r"_(bucket|sum|created)$", name)}
    assert {name for name, _ in told} == names
    for name, labels in told:
        shown = series.get(name, series.get(f"{name}_count"))
        assert set(labels.split(",")) - {""} == shown, name


def test_health_is_told_with_its_own_figures() -> None:
    """What makes `trialbell health` unwell stands in the page as it is in the program."""
    told = " ".join(text(DOCS / "operating.md").partition("### Health")[2].split())
    assert f"within the last {ALIVE_WITHIN:.0f} seconds" in told
    assert f"fail for more than {READING_OUT.total_seconds() / 3600:.0f} hours" in told


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    """Links to files of the repository, and to headings of the same page."""
    headings = {
        re.sub(r"[^\w -]", "", line.lstrip("# ")).lower().replace(" ", "-")
        for line in text(path).splitlines()
        if line.startswith("#")
    }
    for target in re.findall(r"\]\(([^)\s]+)\)", text(path)):
        if target.startswith("#"):
            assert target[1:] in headings, target
        elif "://" not in target:
            assert (path.parent / target.partition("#")[0]).exists(), target


def test_lines_of_the_log_that_are_explained_are_logged() -> None:
    """Whoever looks for a line by its words finds it."""
    table = text(DOCS / "operating.md").partition("## When something is wrong")[2]
    quoted = re.findall(r"`([a-z]+(?: [a-z]+)+)`", table)
    source = "".join(
        text(path) for room in ("bot", "adapters") for path in (ROOT / room).rglob("*.py")
    )
    lines = [words for words in quoted if not words.startswith("trialbell ")]
    assert len(lines) >= 4
    for words in lines:
        assert f'"{words}"' in source, words


@pytest.mark.parametrize("name", COMPOSE)
def test_a_compose_file_fits_the_image(name: str) -> None:
    """What it mounts and where it writes is where the image keeps things."""
    compose: dict[str, Any] = yaml.safe_load(text(DOCS / name))
    service = compose["services"]["trialbell"]
    image = text(ROOT / "Dockerfile")
    mounted = {volume.partition(":")[0] for volume in service.get("volumes", ())}
    assert mounted == set(compose.get("volumes", ()))
    places = [volume.partition(":")[2] for volume in service.get("volumes", ())]
    kept = set(places) | set(service["tmpfs"])
    assert kept == {"/data", "/config", "/tmp"}  # a read-only image can write nowhere else
    assert 'VOLUME ["/data", "/config"]' in image
    assert "TRIALBELL_ALIVE_FILE=/tmp/" in image
    port = service["environment"]["TRIALBELL_METRICS_PORT"]
    assert service["ports"] == [f"127.0.0.1:{port}:{port}"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    """Every directive is known, and the sandbox is rated safe."""
    unit = tmp_path / "trialbell.service"
    here = text(DOCS / "trialbell.service").replace("/opt/trialbell/bin/trialbell", "/bin/true")
    unit.write_text(here)
    verified = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=25", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert rated.returncode == 0, rated.stdout


async def test_of_two_database_servers_the_one_that_is_there_is_taken(postgres: Postgres) -> None:
    """The address for two machines works while the first server is gone, for news as well."""
    there = make_url(postgres.new_database())
    servers = f"/no/such/server,{there.query['host']}"
    url = (
        f"postgresql://{there.username}@/{there.database}"
        f"?host={servers}&target_session_attrs=read-write"
    )
    await migrate(url)
    store = await SqlStore.open(url, SECRET, parsers=PARSERS)
    await store.check_writable()
    woken, stop = asyncio.Event(), asyncio.Event()
    listening = asyncio.create_task(store.wakes.listen(woken.set, stop))
    async with asyncio.timeout(20):
        await woken.wait()
    stop.set()
    await listening
    await store.close()
