"""Messages and consoles that the tests of the terminal share."""

from __future__ import annotations

import io
import re
from typing import IO

from rich.console import Console

from bot.domain.message import Button, Fact, Message, Section, Tone

CRITERIA = tuple(f"* Criterion {n} of the list" for n in range(1, 10))

CARD = Message(
    title="Exampumab [bold]With[/bold] Doxorubicin for Advanced Soft Tissue Sarcoma, a Title That "
    "Is Longer Than One Line of Any Terminal That People Have Open at Home",
    lede="It is open and looks for people to take part.",
    tone=Tone.GOOD,
    facts=(
        Fact("Number", "NCT90000101"),
        Fact("Treatments", "Exampumab [red]and[/red] Doxorubicin 75 mg/m^2"),
    ),
    sections=(
        Section("What it is about", ("Two groups are compared [link=http://evil.example].",)),
        Section("Who can join", CRITERIA, folded=True),
    ),
    buttons=(
        Button("Follow", action="follow NCT90000101"),
        Button("On ClinicalTrials.gov", url="https://clinicaltrials.gov/study/NCT90000101"),
    ),
    footer="Source: ClinicalTrials.gov, data of 2026-11-20.",
    link="https://clinicaltrials.gov/study/NCT90000101",
)

CONSENT = Message(
    title="May this be kept?",
    buttons=(Button("Yes, keep it", action="consent"), Button("No", action="decline")),
)

NEWS = Message(title="A place opened", buttons=(Button("Show", action="trial NCT90000101"),))

_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;[^\x1b]*\x1b\\")


def terminal(file: IO[str] | None = None, width: int = 80) -> Console:
    """A console that takes itself for a colour terminal."""
    return Console(
        file=file or io.StringIO(),
        width=width,
        force_terminal=True,
        color_system="standard",
        _environ={"TERM": "xterm-256color"},
    )


def pipe() -> Console:
    """A console whose output goes to a pipe or file."""
    return Console(file=io.StringIO(), _environ={})


def written(console: Console) -> str:
    """All that was written to one of the two."""
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def without_colour(text: str) -> str:
    """The text as read, without the sequences that colour it."""
    return _SEQUENCE.sub("", text)


def shown(output: str) -> list[str]:
    """The lines that a terminal shows after this output: it knows line feeds, returns, erasing."""
    lines = [""]
    column = 0
    for part in re.split(r"(\x1b\[2K|\r|\n)", output):
        if part == "\x1b[2K":
            lines[-1] = ""
        elif part == "\r":
            column = 0
        elif part == "\n":
            lines.append("")
            column = 0
        else:
            text = without_colour(part)
            lines[-1] = lines[-1][:column].ljust(column) + text + lines[-1][column + len(text) :]
            column += len(text)
    return lines
