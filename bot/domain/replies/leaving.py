"""What the desk says about exporting, importing and forgetting."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.importing import Import
from bot.domain.message import Button, File, Message, Section
from bot.domain.said import filter_lines
from bot.domain.watch import Interest
from bot.domain.words import say

SHOWN = 10
"""Things or lines shown of a list; the rest is a number."""


def exported(files: tuple[File, ...]) -> Message:
    """The files with all that is kept."""
    return Message(title=say("export.title"), lede=say("export.lede"), files=files)


def nothing_to_export() -> Message:
    """An unknown chat."""
    return _simple("export.none")


def import_what() -> Message:
    """``/import`` alone."""
    return _simple("import.usage")


def too_large() -> Message:
    """A file over the limit."""
    return _simple("import.large")


def nothing_in_it(left: Sequence[str], missing: Sequence[str] = ()) -> Message:
    """Nothing that could be followed, and what there was."""
    return Message(
        title=say("import.nothing.title"),
        lede=say("import.nothing.lede"),
        sections=(*_missing(missing), *_left(left)),
    )


def _condition(interest: Interest) -> str:
    narrowed = " ".join(filter_lines(interest.filter))
    key = "import.condition.narrowed" if narrowed else "import.condition"
    return say(key, words=interest.words, narrowed=narrowed)


def ask_import(
    plan: Import, missing: Sequence[str], *, now: int, most: int, over: int, consent: bool
) -> Message:
    """What would be followed, and the numbers that the registry does not have.

    ``over`` of it would not fit beside the ``now`` that are followed.
    """
    ledes = []
    if over:
        ledes.append(say("import.over", most=most, now=now, count=over))
    if consent:
        ledes.append(say("import.consent"))
    trials = [one.key.number for one in plan.trials]
    words = [_condition(one.interest) for one in plan.conditions]
    settings = [say("import.settings.line")] if plan.settings is not None else []
    return Message(
        title=say("import.title"),
        lede="\n".join(ledes) or None,
        sections=(
            *_listed("import.trials", trials, "import.trials.more"),
            *_listed("import.interests", words, "import.trials.more"),
            *_listed("import.settings", settings, "import.trials.more"),
            *_missing(missing),
            *_left(plan.left),
        ),
        buttons=(
            Button(say("button.import.yes"), action="import yes"),
            Button(say("button.import.no"), action="import no"),
        ),
    )


def imported(
    *, new: int, known: int, over: int, most: int, missing: Sequence[str], refused: Sequence[str]
) -> Message:
    """How it went."""
    said = [say("import.done.lede", count=new)]
    if known:
        said.append(say("import.done.known", count=known))
    if over:
        said.append(say("import.done.over", count=over, most=most))
    return Message(
        title=say("import.done.title"),
        lede=" ".join(said),
        sections=(
            *_missing(missing),
            *_listed("import.done.refused", refused, "import.trials.more"),
        ),
        buttons=(Button(say("button.following"), action="following"),),
    )


def ask_forget() -> Message:
    """Whether all of it is to be deleted."""
    return Message(
        title=say("forget.title"),
        lede=say("forget.lede"),
        buttons=(
            Button(say("button.forget.yes"), action="forget yes"),
            Button(say("button.forget.no"), action="forget no"),
        ),
    )


def forgotten() -> Message:
    """All is deleted."""
    return _simple("forget.done")


def nothing_to_forget() -> Message:
    """An unknown chat."""
    return _simple("forget.none")


def not_forgotten() -> Message:
    """A no."""
    return _simple("forget.kept")


def _missing(numbers: Sequence[str]) -> tuple[Section, ...]:
    return _listed("import.done.missing", numbers, "import.trials.more")


def _left(lines: Sequence[str]) -> tuple[Section, ...]:
    return _listed("import.left", lines, "import.left.more")


def _listed(heading: str, lines: Sequence[str], more: str) -> tuple[Section, ...]:
    if not lines:
        return ()
    shown = list(lines[:SHOWN])
    if len(lines) > SHOWN:
        shown.append(say(more, count=len(lines) - SHOWN))
    return (Section(say(heading), tuple(shown)),)


def _simple(key: str) -> Message:
    return Message(title=say(f"{key}.title"), lede=say(f"{key}.lede"))
