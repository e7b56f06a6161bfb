"""Many things in one message."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.address import Address
from bot.domain.digesting import TRIALS, Item, digest
from bot.domain.message import Fact, Message, Section, Tone
from bot.domain.notice import Notice
from tests.studies import NOW, happened, study


def item(
    number: int,
    at: int,
    *lines: str,
    heading: str = "Dates",
    tone: Tone = Tone.PLAIN,
    lede: str | None = None,
) -> Item:
    """The ``at``-th thing that is owed, of this trial."""
    one = Notice(
        id=at,
        chat_id=1,
        address=Address("terminal", "local", "you"),
        occurrence=happened(number, cause=f"reading-{at}"),
        owed_at=NOW,
    )
    message = Message(
        title=f"Trial {number}",
        lede=lede,
        facts=(Fact("Number", f"NCT{number:08d}"),),
        sections=(
            Section(heading, lines or (f"thing {at}",)),
            Section("Why you hear of this", ("You hear of this.",), folded=True),
        ),
        tone=tone,
    )
    return Item(one, study(number), message)


def trials(message: Message) -> list[str]:
    """The trials of a digest, in its order."""
    return re.findall(r"\((NCT\d+)\)", " ".join(part.heading for part in message.sections))


def test_a_digest_is_announced_and_says_each_thing_in_its_trials_section() -> None:
    """Several things of one trial stand in order under one heading."""
    made = digest([item(2, 1), item(1, 2), item(2, 3)], 4096)
    assert made.message.title == "3 things happened in 2 trials you follow."
    assert [part.lines for part in made.message.sections] == [
        ("Dates: thing 1", "Dates: thing 3"),
        ("Dates: thing 2",),
    ]
    assert made.message.lede is None
    assert [one.id for one in made.told] == [1, 2, 3]
    assert made.left == ()


def test_the_most_telling_trial_goes_first() -> None:
    """What stopped before other news of the status, that before results, and dates last."""
    made = digest(
        [
            item(1, 1),
            item(2, 2, heading="Results"),
            item(3, 3, heading="Status"),
            item(4, 4, heading="Status", tone=Tone.STOPPED),
            item(5, 5, tone=Tone.STOPPED),
            item(6, 6, lede="A new trial was registered."),
        ],
        4096,
    )
    assert [number[-1] for number in trials(made.message)] == ["4", "3", "6", "2", "1", "5"]


def test_one_thing_is_told_as_ever() -> None:
    """A digest of one is no digest."""
    one = item(1, 1)
    assert digest([one], 4096).message == one.message


def test_what_is_longer_than_a_message_is_told_by_itself() -> None:
    """The oldest goes first even so, and all else follows."""
    long = item(1, 1, "x" * 5000)
    made = digest([long, item(2, 2), item(3, 3)], 4096)
    assert made.message == long.message
    assert [one.id for one in made.left] == [2, 3]


def test_what_does_not_fit_is_announced() -> None:
    """With what waits besides."""
    made = digest([item(number, number, "x" * 900) for number in range(1, 8)], 4096, more=2)
    assert (
        made.message.lede
        == f"{len(made.left) + 2} more did not fit in here and follow in the next message."
    )
    assert len(made.told) == 4


ITEMS = st.lists(
    st.tuples(st.integers(1, 6), st.integers(0, 1500), st.booleans()), min_size=1, max_size=40
)


@given(owed=ITEMS, longest=st.integers(500, 4096))
def test_digest_after_digest_tells_each_once_in_order_and_never_too_much(
    owed: list[tuple[int, int, bool]], longest: int
) -> None:
    """None is lost, none comes twice, a trial's story is told forwards, and messages fit."""
    waiting = [
        item(number, at, "y" * size, heading="Status" if telling else "Dates")
        for at, (number, size, telling) in enumerate(owed, start=1)
    ]
    heard: list[Item] = []
    while waiting:
        made = digest(waiting, longest)
        told = {one.id for one in made.told}
        assert waiting[0].notice.id in told
        assert told | {one.id for one in made.left} == {one.notice.id for one in waiting}
        if len(told) > 1:
            text = [made.message.title, made.message.lede or "", made.message.footer or ""]
            for part in made.message.sections:
                text += ["", part.heading, *part.lines]
            assert len("\n".join(text)) <= longest
            assert len(made.message.sections) <= TRIALS
        heard += [one for one in waiting if one.notice.id in told]
        waiting = [one for one in waiting if one.notice.id not in told]
    for number in range(1, 7):
        of_one = [one.notice.id for one in heard if one.study.key.number.endswith(str(number))]
        assert of_one == sorted(of_one)
