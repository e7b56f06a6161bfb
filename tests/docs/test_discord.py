"""The page about Discord names every command as it is registered."""

from __future__ import annotations

from pathlib import Path

from bot.domain.commands.table import COMMANDS

PAGE = Path(__file__).parents[2] / "docs" / "discord.md"


def test_the_page_lists_every_command_and_its_options() -> None:
    """Each row of the table is a row of the page, with what can be filled in, and none is more."""
    expected = []
    for spec in COMMANDS:
        argument = (spec.argument,) if spec.argument else ()
        alone = [("", spec.help, (*argument, *spec.options))]
        forms = [(f" {form.name}", form.help, form.options) for form in spec.forms]
        for name, text, options in forms or alone:
            names = [option.name for option in options]
            names += ["file"] if spec.takes_file else []
            names += ["share"] if spec.shared else []
            listed = " ".join(f"`{one}`" for one in names)
            expected.append(f"| `/{spec.name}{name}` | {text} | {listed} |")
    page = PAGE.read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `/")]
    assert rows == expected
