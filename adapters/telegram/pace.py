"""Telegram's pace: how soon the next message may be sent.

The numbers are those of https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this:
about 30 messages a second over all, one a second to a chat, 20 a minute to a group or channel.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from bot.domain.outcome import Scope
from bot.ports.clock import Clock

OVER_ALL = (30, 1.0)
TO_A_CHAT = (1, 1.0)
TO_A_GROUP = (20, 60.0)

ONE_CAUSE = 60.0
"""Seconds within which refusals for two chats are taken for one of the whole token."""

FORGET_AT = 2000
"""Chats remembered before those are dropped whose windows are over: some 2 MB at most."""


class _Window:
    """At most ``count`` messages in any ``seconds``."""

    def __init__(self, limit: tuple[int, float]) -> None:
        count, self.seconds = limit
        self.times: deque[float] = deque(maxlen=count)

    def free_at(self) -> float:
        full = len(self.times) == self.times.maxlen
        return self.times[0] + self.seconds if full else 0.0

    def over(self, now: float) -> bool:
        return not self.times or self.times[-1] + self.seconds <= now


class Pace:
    """Gives every message its turn. Turns are taken before waiting, so none is given twice."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._all = _Window(OVER_ALL)
        self._chats: dict[str, Sequence[_Window]] = {}
        self._refused: tuple[str, float] | None = None

    async def turn(self, chat: str) -> None:
        """Wait until a message may go to this chat; groups and channels have negative ids."""
        now = self._clock.now().timestamp()
        windows = (self._all, *self._of(chat, now))
        turn = max(now, *(window.free_at() for window in windows))
        for window in windows:
            window.times.append(turn)
        if turn > now:
            await self._clock.sleep(turn - now)

    def rests(self, chat: str) -> float:
        """Seconds until the chat's own windows let one more through."""
        now = self._clock.now().timestamp()
        free = max(window.free_at() for window in self._of(chat, now))
        return max(free - now, 0.0)

    def refused(self, chat: str) -> Scope:
        """Who has to wait after Telegram asked for it in this chat: it does not say itself.

        Its limits are for a chat or for the whole bot; where a second chat is refused within a
        minute, it is the whole bot.
        """
        now = self._clock.now().timestamp()
        before, self._refused = self._refused, (chat, now)
        if before is None or before[0] == chat or before[1] + ONE_CAUSE < now:
            return Scope.CHAT
        return Scope.TOKEN

    def _of(self, chat: str, now: float) -> Sequence[_Window]:
        if chat not in self._chats:
            if len(self._chats) >= FORGET_AT:
                self._forget(now)
            limits = (TO_A_CHAT, TO_A_GROUP) if chat.startswith("-") else (TO_A_CHAT,)
            self._chats[chat] = [_Window(limit) for limit in limits]
        return self._chats[chat]

    def _forget(self, now: float) -> None:
        over = [c for c, windows in self._chats.items() if all(w.over(now) for w in windows)]
        for chat in over:
            del self._chats[chat]
