"""What a chat of the month should hear, counted from what was planted and from the raw records."""

from __future__ import annotations

from collections import defaultdict

from tests.end_to_end.people import Chat
from tests.end_to_end.planting import Month


class Expected:
    """What a chat should hear, from the raw records and what was planted."""

    def __init__(self, month: Month, chat: Chat) -> None:
        self.marks: set[int] = set()
        self.things = 0
        by_day = defaultdict(list)
        for one in month.planted:
            by_day[one.day, one.trial].append(one)
        for day, trial, _, _ in month.steps:
            follows = trial in chat.trials or (day, trial, chat.words) in month.matching
            if follows and trial != chat.muted:
                here = by_day[day, trial]
                self.marks |= {one.mark for one in here if one.kind.bit & chat.kinds}
                self.things += (day, trial) in month.told
