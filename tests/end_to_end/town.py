"""A registry whose trials change every day, chats that follow them, and what they were told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache, partial
from itertools import pairwise
from typing import Any

import msgspec

from adapters.ctgov.sandbox import Sandbox
from bot.domain.address import Address
from tests.end_to_end.house import for_work, say_to
from tests.end_to_end.processes import PATIENCE, ChatServer
from tests.fakes.discord import payloads
from tests.fakes.discord.shown import texts
from tests.fakes.telegram import TOKEN
from tests.records import record
from trialbell.wiring import Core

TRIALS = 60
FIRST_DAY = date(2026, 3, 2)

TELEGRAM_PEOPLE, DISCORD_CHATS = 24, 16
A_PERSON_FOLLOWS, A_CHANNEL_FOLLOWS = 2, 4
"""Telegram takes one message a second for a chat, Discord more."""

STATUSES = {
    "RECRUITING": "Recruiting",
    "ACTIVE_NOT_RECRUITING": "Active, not recruiting",
    "SUSPENDED": "Suspended",
    "ENROLLING_BY_INVITATION": "Enrolling by invitation",
    "TERMINATED": "Terminated",
    "NOT_YET_RECRUITING": "Not yet recruiting",
    "WITHDRAWN": "Withdrawn",
    "COMPLETED": "Completed",
}
"""Those between which trials change, with the words that people are told: so many that none comes
back within the two weeks in which a value would go to and fro."""

_NUMBER = re.compile(r"NCT\d{8}")
_ENROLLMENT = re.compile(r"participants was (\d+) and is now (\d+)")
_STATUS = re.compile(r"The status was “(.+?)” and is now “(.+?)”")


def enrollment(trial: int, day: int) -> int:
    """One more participant every day, and no two trials with the same number."""
    return 1000 * trial + 100 + day


def status(trial: int, day: int) -> str:
    """Changes every few days, in each trial at another pace."""
    return tuple(STATUSES)[day // (2 + trial % 4) % len(STATUSES)]


def sandbox(days: int) -> Sandbox:
    """The first day, and so many others on which every trial changes."""
    return Sandbox.from_days(
        {
            FIRST_DAY + timedelta(days=day): [
                record(
                    trial,
                    FIRST_DAY + timedelta(days=day),
                    enrollment=enrollment(trial, day),
                    status=status(trial, day),
                )
                for trial in range(1, TRIALS + 1)
            ]
            for day in range(days + 1)
        }
    )


Followed = tuple[str, str, int]
"""A platform, a chat and a trial that is followed there."""


class Follower(msgspec.Struct, frozen=True):
    """A chat and the trials that it follows."""

    address: Address
    private: bool
    trials: tuple[int, ...]

    @property
    def followed(self) -> list[Followed]:
        """Each trial that it follows, with the chat."""
        return [(self.address.platform, self.address.chat, trial) for trial in self.trials]


@cache
def followers() -> tuple[Follower, ...]:
    """People and a group on Telegram, private chats and channels on Discord, with real-size ids."""
    telegram_bot = TOKEN.partition(":")[0]
    people = [
        Follower(
            Address("telegram", telegram_bot, str(5_612_340_000 + 7919 * n)),
            private=True,
            trials=_some(n, A_PERSON_FOLLOWS),
        )
        for n in range(TELEGRAM_PEOPLE)
    ]
    group = Follower(
        Address("telegram", telegram_bot, "-1002184467093"), private=False, trials=(1, 2)
    )
    channels = [
        Follower(
            Address("discord", payloads.BOT, str(1_187_330_219_744_727_000 + 1_048_583 * n)),
            private=n % 2 == 0,
            trials=_some(n, A_CHANNEL_FOLLOWS),
        )
        for n in range(DISCORD_CHATS)
    ]
    return (*people, group, *channels)


def _some(chat: int, count: int) -> tuple[int, ...]:
    return tuple(1 + (chat * 5 + n * 11) % TRIALS for n in range(count))


async def follow_all(core: Core) -> None:
    """Read the first day, and let everybody follow through the desk, as they would in a chat.

    They follow for their work: numbers of participants are told to those.
    """
    await core.reader.look()
    for follower in followers():
        await for_work(core, follower.address)
        for trial in follower.trials:
            answer = await say_to(
                core, f"/follow NCT{trial:08d}", follower.address, private=follower.private
            )
            if answer.buttons[0].action == "consent":
                answer = await say_to(core, "consent", follower.address)
            assert answer.title == f"You follow NCT{trial:08d}"


class Told(msgspec.Struct, frozen=True):
    """One thing that a message said: ``enrollment`` and ``status`` are (was, is now).

    ``text`` is the whole message's: a digest says several things.
    """

    platform: str
    chat: str
    trial: int
    text: str
    enrollment: tuple[int, int]
    status: tuple[str, str] | None
    arrived: float = 0.0
    """Seconds on the machine's monotonic clock; 0 where the platform does not say."""
    caller: str = ""
    """Which process sent it, where they were told apart."""
    place: int = 0
    """Which of the things that its message says it is."""

    @property
    def followed(self) -> Followed:
        """The chat and the trial that it is about."""
        return (self.platform, self.chat, self.trial)


class Heard:
    """What chat servers were given, read as people read it, one line after the other.

    What came to ``strangers`` (chats on Telegram), who only ask, is no news and left out.
    """

    def __init__(self, *servers: ChatServer, strangers: Container[int] = ()) -> None:
        self._servers = servers
        self._strangers = strangers
        self._read = [0] * len(servers)
        self._messages: list[Told] = []
        self._newest: dict[Followed, int] = {}

    @property
    def messages(self) -> list[Told]:
        """All that arrived up to now; what Discord dropped by its nonce did not."""
        self._listen()
        return self._messages

    def _listen(self) -> None:
        for at, server in enumerate(self._servers):
            for entry in server.entries[self._read[at] :]:
                if "duplicate" not in entry and entry.get("chat_id") not in self._strangers:
                    for told in _told(entry):
                        self._messages.append(told)
                        self._newest[told.followed] = told.enrollment[1]
            self._read[at] = len(server.entries)

    def caught_up(self, platform: str, day: int) -> bool:
        """Whether all there were told of this day's number in every trial that they follow."""
        self._listen()
        return all(
            self._newest.get(followed) == enrollment(followed[2], day)
            for follower in followers()
            if follower.address.platform == platform
            for followed in follower.followed
        )

    async def all_told(self, day: int, patience: float = PATIENCE) -> None:
        """Wait until all have heard of this day on every platform."""
        for server in self._servers:
            await server.until(partial(self.caught_up, server.platform, day), patience)


def _told(entry: Mapping[str, Any]) -> Iterator[Told]:
    """Of a message what it says of each trial, day by day: a digest says several things."""
    if "chat_id" in entry:
        platform, chat, text = "telegram", entry["chat_id"], entry["text"]
    else:
        platform, chat = "discord", entry["channel_id"]
        text = "\n".join(texts(entry["body"]))
    numbers, counts = list(_NUMBER.finditer(text)), list(_ENROLLMENT.finditer(text))
    assert numbers, text
    assert counts, text
    begin = 0
    for place, count in enumerate(counts):
        before = [number for number in numbers if number.start() < count.start()]
        statuses = _STATUS.findall(text, begin, count.end())
        begin = count.end()
        yield Told(
            platform=platform,
            chat=str(chat),
            trial=int((before or numbers)[-1][0][3:]),
            text=text,
            enrollment=(int(count[1]), int(count[2])),
            status=statuses[0] if statuses else None,
            arrived=entry.get("arrived", 0.0),
            caller=entry.get("caller", ""),
            place=place,
        )


def without_doubles(messages: Iterable[Told]) -> list[Told]:
    """A message that is right behind itself in its chat is dropped; elsewhere it stays."""
    last: dict[tuple[str, str], str] = {}
    again: set[tuple[str, str]] = set()
    kept = []
    for message in messages:
        where = (message.platform, message.chat)
        if message.place == 0:
            again = again | {where} if last.get(where) == message.text else again - {where}
            last[where] = message.text
        if where not in again:
            kept.append(message)
    return kept


def doubles(messages: Iterable[Told]) -> list[tuple[Told, Told]]:
    """Each message that arrived again in its chat, with the one right before it."""
    seen: dict[tuple[str, str, str], Told] = {}
    found = []
    for message in messages:
        if message.place:
            continue  # it came with the first thing that its message said
        same = (message.platform, message.chat, message.text)
        if same in seen:
            found.append((seen[same], message))
        seen[same] = message
    return found


def check_chains(messages: Iterable[Told], day: int) -> None:
    """Nothing lost, nothing invented: each chat's news of each trial joins from first to last.

    Judged by what arrived alone: the program's own notes of what it sent are not looked at.
    """
    chains: dict[Followed, list[Told]] = defaultdict(list)
    for message in without_doubles(messages):
        chains[message.followed].append(message)
    assert chains.keys() == {followed for one in followers() for followed in one.followed}
    for (_, _, trial), chain in chains.items():
        _check_chain(
            [message.enrollment for message in chain], enrollment(trial, 0), enrollment(trial, day)
        )
        first, last = (STATUSES[status(trial, at)] for at in (0, day))
        _check_chain([message.status for message in chain if message.status], first, last)


def _check_chain(links: list[tuple[Any, Any]], first: Any, last: Any) -> None:
    joined = [(first, first), *links, (last, last)]
    for (_, before), (after, _) in pairwise(joined):
        assert before == after, joined
    assert all(was != now for was, now in links), joined
