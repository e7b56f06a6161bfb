"""The program's commands."""

from __future__ import annotations

import asyncio
import sys
import typing
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from adapters.ctgov.sandbox import BadFolder
from adapters.ctgov.sandbox import serve as serve_sandbox
from bot.ports.registry import RegistryError
from bot.ports.store import StoreError
from storage.migrate import migrate as migrate_database
from trialbell.check import Finding
from trialbell.check import check as check_all
from trialbell.deliver import deliver_now, revive
from trialbell.health import health as ask_health
from trialbell.logs import set_up_logs
from trialbell.secret import KeyUnusable
from trialbell.settings import Settings

T = TypeVar("T")

app = typer.Typer(
    name="trialbell",
    help="Rings in Telegram or Discord when a clinical trial changes.",
    no_args_is_help=True,
    add_completion=False,
)


def main() -> None:
    """Run the program; what the operator can mend ends in a sentence, not in a traceback."""
    try:
        app()
    except (KeyUnusable, StoreError, RegistryError, BadFolder) as error:
        _fail(str(error))


@app.command()
def run(
    only: Annotated[
        list[str] | None,
        typer.Option(help="Only this part: reading, sending, telegram or discord. Repeatable."),
    ] = None,
) -> None:
    """Read the registry, answer and send, until stopped."""
    from trialbell.run import PARTS  # noqa: PLC0415 - loads both platforms' libraries
    from trialbell.run import run as run_all  # noqa: PLC0415 - the same

    unknown = sorted(set(only or ()) - set(PARTS))
    if unknown:
        _fail(f"There is no part {', '.join(unknown)}; choose from {', '.join(PARTS)}.")
    _do(run_all(_settings(), only or ()))


@app.command()
def poll() -> None:
    """Read the registry once, now."""
    from trialbell.poll import poll_once  # noqa: PLC0415 - loads both platforms' libraries

    typer.echo(_do(poll_once(_settings())))


@app.command()
def deliver(
    dead: Annotated[
        bool, typer.Option("--dead", help="First make due again what was given up.")
    ] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="Only list what was given up; send nothing.")
    ] = False,
) -> None:
    """Send what is due now, then end."""
    settings = _settings()
    if listed:
        for line in _do(revive(settings, only_list=True)):
            typer.echo(line)
        return
    if dead:
        for line in _do(revive(settings, only_list=False)):
            typer.echo(line)
    typer.echo(_do(deliver_now(settings)))


@app.command()
def chat() -> None:
    """Chat with the bot here, on the live registry."""
    from trialbell.chat import chat as chat_here  # noqa: PLC0415 - see run

    _do(chat_here(_settings(quiet=True)))


@app.command()
def demo() -> None:
    """Chat with the bot here, on a bundled registry whose trials change as you watch."""
    from trialbell.demo.show import demo as show  # noqa: PLC0415 - see run

    set_up_logs("CRITICAL")
    _do(show())


@app.command()
def sandbox(
    folder: Annotated[Path, typer.Argument(help="A folder of files YYYY-MM-DD.jsonl(.gz).")],
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.")] = 8900,
) -> None:
    """Serve a folder of recorded data days as if it were the registry."""

    def ready(url: str) -> None:
        origin = url.rsplit("/api", 1)[0]
        typer.echo(f"The registry of {folder} stands at {url}")
        typer.echo(f"The next data day:  curl -X POST {origin}/sandbox/step")

    set_up_logs("WARNING")
    _do(serve_sandbox(folder, host, port, ready))


@app.command()
def check() -> None:
    """Say of each part whether it works, and what to do where it does not."""
    findings = _do(check_all(_settings(quiet=True)))
    _print_findings(findings)
    if any(finding.works is False for finding in findings):
        raise typer.Exit(1)


@app.command()
def migrate() -> None:
    """Bring the database to this release's schema."""
    _do(migrate_database(_settings().database_url))
    typer.echo("The database has this release's schema.")


@app.command()
def health() -> None:
    """Say whether a running Trialbell on this machine is well; for a container's health check."""
    problems = _do(ask_health(_settings(quiet=True)))
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)


def _settings(*, quiet: bool = False) -> Settings:
    try:
        settings = Settings()
    except ValidationError as error:
        names = (f"TRIALBELL_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        _fail("These settings cannot be used:\n  " + "\n  ".join(names))
    set_up_logs("ERROR" if quiet else settings.log_level)
    return settings


def _do(work: Coroutine[object, object, T]) -> T:
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        sys.exit(130)


def _fail(words: str) -> typing.NoReturn:
    typer.echo(words, err=True)
    sys.exit(1)


def _print_findings(findings: tuple[Finding, ...]) -> None:
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    marks = {True: "[green]works[/]", False: "[red]does not work[/]", None: "[dim]off[/]"}
    for finding in findings:
        table.add_row(finding.part, marks[finding.works], finding.words)
    Console().print(table)
