"""The program's commands."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer
from rich.console import Console

from bot.domain.words import say
from trialbell.logs import set_up_logs
from trialbell.mend import MENDABLE, sentence
from trialbell.settings import Settings, load_settings

WORK = {
    "run": "trialbell.run:run",
    "poll": "trialbell.poll:poll_once",
    "deliver": "trialbell.deliver:deliver_now",
    "revive": "trialbell.deliver:revive",
    "chat": "trialbell.chat:chat",
    "demo": "trialbell.demo.show:demo",
    "sandbox": "trialbell.sandbox:serve",
    "check": "trialbell.check:check",
    "migrate": "storage.migrate:migrate",
    "health": "trialbell.health:health",
    "init": "trialbell.init:init",
    "backup": "trialbell.backup:backup",
    "restore": "trialbell.backup:restore",
    "held": "trialbell.held:held",
}
"""Who does the work of a command. Loaded when it is wanted: the platforms' and the database's
libraries take a second or two, which `--help` or a health check need not wait for."""

KEYS = {"keys rotate": "trialbell.keys:rotate", "keys forget-old": "trialbell.keys:forget_old"}

STOPPED_BY_HAND = 130
MISTAKE = 70
"""Exit codes beside 1: 128 + SIGINT, as shells have it, and EX_SOFTWARE of sysexits.h."""

log = structlog.get_logger()

app = typer.Typer(
    name="trialbell",
    help="Rings in Telegram or Discord when a clinical trial changes.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # it prints around `log.exception`, which blots out tokens
)


def main() -> None:
    """Run the program; what the operator can mend ends in a sentence, not in a traceback."""
    set_up_logs("ERROR")
    try:
        told = _told()
    except Exception:  # the last one who can say anything; it is logged, so tokens are blotted out
        log.exception("unexpected error")
        sys.exit(MISTAKE)
    for words in told:
        typer.echo(words, err=True)
    sys.exit(1 if told else 0)


def _told() -> tuple[str, ...]:
    """Run the command. Returns what the operator is to be told, each thing once."""
    told: dict[str, None] = {}
    try:
        app()
    except* MENDABLE as errors:
        told = dict.fromkeys(sentence(error) for error in _leaves(errors))
    return tuple(told)


@app.command()
def run(
    only: Annotated[
        list[str] | None,
        typer.Option(help="Only this part: reading, sending, telegram or discord. Repeatable."),
    ] = None,
) -> None:
    """Read the registry, answer and send, until stopped."""
    _do("run", _settings(), only or ())


@app.command()
def poll() -> None:
    """Read the registry once, now."""
    typer.echo(_do("poll", _settings()))


@app.command()
def deliver(
    dead: Annotated[
        bool, typer.Option("--dead", help="First make due again what was given up.")
    ] = False,
    perhaps: Annotated[
        bool, typer.Option("--perhaps", help="First make due again what may have arrived.")
    ] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="Only list what is not sent any more; send nothing.")
    ] = False,
) -> None:
    """Send what is due now, then end."""
    settings = _settings()
    states = [state for state, asked in (("dead", dead), ("perhaps", perhaps)) if asked]
    if listed or states:
        _say(_do("revive", settings, () if listed else states))
    if not listed:
        failed = _do("deliver", settings, typer.echo)
        _exit_if(failed)


@app.command()
def chat() -> None:
    """Chat with the bot here, on the live registry."""
    _do("chat", _settings(quiet=True))


@app.command()
def demo() -> None:
    """Chat with the bot here, on a bundled registry whose trials change as you watch."""
    set_up_logs("CRITICAL")
    _do("demo")


@app.command()
def sandbox(
    folder: Annotated[Path, typer.Argument(help="A folder of files YYYY-MM-DD.jsonl(.gz).")],
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)
    ] = 8900,
) -> None:
    """Serve a folder of recorded data days as if it were the registry.

    Recorded lists of versions stand in its folder history, one file NCT….json a trial.
    """
    set_up_logs("WARNING")
    _do("sandbox", folder, host, port, typer.echo)


@app.command()
def check() -> None:
    """Say of each part whether it works, and what to do where it does not."""
    report = _do("check", _settings(quiet=True))
    Console().print(report)
    _exit_if(not report.all_works)


@app.command()
def init() -> None:
    """Ask for what is needed, try it, and write the settings file here."""
    _do("init", Path.cwd())


@app.command()
def migrate() -> None:
    """Bring the database to this release's schema."""
    _do("migrate", _settings().database_url)
    typer.echo(say("migrate.done"))


@app.command()
def health() -> None:
    """Say whether a running Trialbell on this machine is well; for a container's health check."""
    problems = _do("health", _settings(quiet=True))
    _say(problems or (say("health.well"),))
    _exit_if(problems)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="A new file.")]) -> None:
    """Write all that is kept into one file; Trialbell may run meanwhile."""
    typer.echo(_do("backup", _settings(quiet=True), file))


@app.command()
def restore(
    file: Annotated[Path | None, typer.Argument(help="The file of a backup.")] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace what the database holds.")
    ] = False,
    send: Annotated[
        bool, typer.Option("--send-pending", help="Send what is held since a restore.")
    ] = False,
    drop: Annotated[
        bool, typer.Option("--drop-pending", help="Drop what is held since a restore.")
    ] = False,
) -> None:
    """Take a backup back, and decide on what may have been told since it was made."""
    _say(_do("restore", _settings(quiet=True), file, force=force, send=send, drop=drop))


@app.command()
def held(
    release: Annotated[
        list[int] | None, typer.Option(help="Tell what this hold keeps back. Repeatable.")
    ] = None,
    drop: Annotated[
        list[int] | None, typer.Option(help="Tell nobody what this hold keeps back. Repeatable.")
    ] = None,
) -> None:
    """List what is held because many records changed in the same way at once; decide on it."""
    _say(_do("held", _settings(quiet=True), release=release or (), drop=drop or ()))


keys = typer.Typer(help="The keys that seal what people follow.", no_args_is_help=True)
app.add_typer(keys, name="keys")


@keys.command()
def rotate() -> None:
    """Seal everything with a new key; Trialbell may run meanwhile."""
    _do("keys rotate", _settings(quiet=True), typer.echo)


@keys.command()
def forget_old() -> None:
    """Take all keys but the newest out of the key file, if nothing needs them."""
    typer.echo(_do("keys forget-old", _settings(quiet=True)))


def _settings(*, quiet: bool = False) -> Settings:
    settings = load_settings()
    set_up_logs("ERROR" if quiet else settings.log_level)
    return settings


def _do(command: str, *arguments: object, **options: object) -> Any:
    """Load who does it, and let them. Returns what they return, raises what they raise."""
    module, _, name = (WORK | KEYS)[command].partition(":")
    try:
        work = getattr(import_module(module), name)
        return asyncio.run(work(*arguments, **options))
    except KeyboardInterrupt:
        sys.exit(STOPPED_BY_HAND)


def _say(lines: tuple[str, ...]) -> None:
    for line in lines:
        typer.echo(line)


def _exit_if(failed: object) -> None:
    if failed:
        raise typer.Exit(1)


def _leaves(group: BaseExceptionGroup[Exception]) -> Iterator[Exception]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error
