"""The messages that people get, held against files that a person has read.

``pytest tests/bot/domain/test_golden.py --golden-write`` renews them after a wording was changed on
purpose: read ``tests/golden/messages.md`` then, from top to bottom, before it is committed. The
messages of the recorded days hold text of the registry, so only their hashes are kept here; the
texts are written to an ignored folder beside them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.domain.change import Change, Kind, mask
from bot.domain.decide import merged, removed
from bot.domain.diff.studies import diff
from bot.domain.matching.index import Index
from bot.domain.message import Message
from bot.domain.notice import Event, Match, Occurrence
from bot.domain.study import CTGOV, Study, StudyKey
from bot.domain.telling import tell
from bot.domain.version import StoredStudy, VersionSeen
from bot.domain.watch import Interest, Subscription
from bot.domain.whole import Asked, whole
from tests.bot.domain.as_text import as_text
from tests.bot.domain.golden_cases import cases
from tests.bot.domain.golden_trial import BASE
from tests.shared import needs_shared
from tests.studies_recorded import ONE_PROCESS, replayed_studies

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
MESSAGES = GOLDEN / "messages.md"
REPLAY = GOLDEN / "replay"
HASHES = GOLDEN / "replay.sha256"
RENEW = "pytest tests/bot/domain/test_golden.py --golden-write"
DAY = date(2026, 3, 2)
SINCE = date(2025, 1, 1)

HEAD = """# What a follower hears

One message for each kind of change, of a trial that was made up. They are compared with what is
rendered now; the footer stands under each of them and is shown once. Renew this file with
`{renew}`, and read it.
"""


@pytest.fixture
def writes(request: pytest.FixtureRequest) -> bool:
    """Whether the files are to be renewed instead of compared."""
    return bool(request.config.getoption("--golden-write"))


def told(old: Study | None, new: Study, changes: tuple[Change, ...]) -> Message | None:
    """What somebody hears who follows the trial and wants to hear of everything."""
    happened = Occurrence(key=new.key, data_day=DAY, cause="reading", changes=changes)
    follows = Subscription(id=1, chat_id=1, study=new.key, kinds=mask(Kind), since=SINCE)
    return tell(happened, [follows], new)


def by_condition(event: Event, *, new: bool = False) -> Message | None:
    """What somebody hears who follows a condition."""
    follows = Subscription(
        id=2,
        chat_id=1,
        interest_id=7,
        interest=Interest(words="Ewing sarcoma", phrases=("ewing sarcoma",)),
        kinds=mask(Kind),
        since=SINCE,
    )
    happened = Occurrence(
        key=BASE.key,
        data_day=DAY,
        cause="reading",
        matches=(Match(7, event),),
        first_posted=DAY if new else None,
    )
    return tell(happened, [follows], BASE)


def gone(became: StudyKey | None) -> Message | None:
    """What somebody hears of a record that the registry has no more."""
    stored = StoredStudy(
        study=BASE, digest=b"", ordinal=1, version_day=SINCE, read_day=SINCE, with_results=False
    )
    if became is None:
        absorbed = removed(stored, Index(), data_day=DAY)
    else:
        absorbed = merged(stored, became, Index(), data_day=DAY)
    return told(BASE, BASE, absorbed.changes)


def messages() -> Iterator[tuple[str, Message | None]]:
    """Every message with its heading."""
    for case in cases():
        yield case.heading, told(case.old, case.new, diff(case.old, case.new))
    yield "The record: merged into another", gone(StudyKey(CTGOV, "NCT90000011"))
    yield "The record: removed", gone(None)
    yield "New trial, for who follows a condition", by_condition(Event.NEW, new=True)
    yield "A known trial now fits a followed condition", by_condition(Event.ENTERED)
    yield "A trial no longer fits a followed condition", by_condition(Event.LEFT)
    long = next(case for case in cases() if "whole text is new" in case.heading)
    seen = VersionSeen(ordinal=2, data_day=DAY, changes=diff(long.old, long.new))
    yield "A long value in full, a tap away", whole(Asked(BASE.key, DAY), [seen])


def rendered() -> str:
    """The whole file."""
    parts = [HEAD.format(renew=RENEW)]
    footer: str | None = None
    for heading, message in messages():
        text = "(No message.)" if message is None else as_text(message)
        if message is not None and message.footer and message.footer == footer:
            text = text.removesuffix(f"\n\n{footer}")
        footer = message.footer if message is not None else footer
        parts.append(f"## {heading}\n\n{text}\n")
    return "\n".join(parts)


def test_the_messages_are_those_that_were_read(writes: bool) -> None:
    """Whoever changes what people read sees it here, whole, beside what it was."""
    if writes:
        MESSAGES.write_text(rendered(), encoding="utf8")
    assert rendered() == MESSAGES.read_text(encoding="utf8"), (
        f"the messages read otherwise now: if that is meant, renew {MESSAGES.name} with {RENEW}"
    )


def test_every_kind_has_a_message() -> None:
    """No kind of change is missing from the file that a person reads."""
    kinds = {change.kind for case in cases() for change in diff(case.old, case.new)}
    assert kinds == set(Kind) - {Kind.NEW, Kind.LEFT, Kind.OTHER, Kind.SITES_NEAR}


def replayed() -> Iterator[tuple[str, str]]:
    """What each recorded data day says, by its name."""
    last: dict[str, Study] = {}
    for day, studies in replayed_studies():
        texts = []
        for study in studies:
            known = last.get(study.key.number)
            changes = diff(known, study) if known is not None else ()
            if changes and (message := told(known, study, changes)) is not None:
                texts.append(as_text(message))
            last[study.key.number] = study
        yield day.isoformat(), "\n\n---\n\n".join(texts)


@needs_shared
@ONE_PROCESS
def test_the_messages_of_the_recorded_days_are_those_that_were_read(writes: bool) -> None:
    """The texts are written beside, to look at; their hashes are the ones that are kept."""
    REPLAY.mkdir(exist_ok=True)
    lines = []
    for name, text in replayed():
        (REPLAY / f"{name}.md").write_text(text, encoding="utf8")
        lines.append(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}.md\n")
    if writes:
        HASHES.write_text("".join(lines), encoding="utf8")
    kept = HASHES.read_text(encoding="utf8").splitlines(keepends=True)
    assert len(lines) == 12
    assert lines == kept, (
        f"read the files in {REPLAY.name} whose hash is another one; if what they say is meant, "
        f"renew {HASHES.name} with {RENEW}"
    )
