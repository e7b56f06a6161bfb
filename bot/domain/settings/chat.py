"""What a chat chose: where it is, when it hears, and how."""

from __future__ import annotations

import enum

import msgspec

from bot.domain.change import TOLD_TO_PATIENTS, TOLD_TO_PROFESSIONALS, mask
from bot.domain.place import Near


class Rhythm(enum.StrEnum):
    """How often a chat hears."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class Audience(enum.StrEnum):
    """For whom the first choice of kinds is made."""

    PATIENT = "patient"
    PROFESSIONAL = "professional"


class ChatSettings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything here is health data together with the chat: it is kept sealed.

    Hours are whole hours (0 to 23) on the clock of ``time_zone``; a weekday is 0 for Monday.
    """

    near: Near | None = None
    time_zone: str = "UTC"
    """An IANA name."""
    rhythm: Rhythm = Rhythm.AT_ONCE
    hour: int = 8
    """When a daily or weekly digest comes."""
    weekday: int = 0
    quiet_from: int | None = None
    quiet_to: int | None = None
    """Between these hours nothing is sent; both are set or neither."""
    urgent_in_quiet: bool = False
    """Whether "stopped or suspended" is told in quiet hours and between digests too."""
    still_watching: bool = False
    """A line every week that says what is watched though nothing changed."""
    discreet: bool = False
    """The notification is one neutral line and a button: previews would show what is followed."""
    audience: Audience = Audience.PATIENT
    compact: bool = False
    """Of a feed: one line a trial in place of the full post."""
    threads: bool = False
    """Of a feed: one thread a trial, with later changes beneath it, where the platform has them."""
    mention_role: str | None = None
    """Of a feed on Discord: the id of the one role that its posts mention."""
    manager_role: str | None = None
    """Of a whole server on Discord: the id of the role whose members may manage its feeds."""
    language: str | None = None

    @property
    def kinds(self) -> int:
        """What a new subscription of this chat tells, as ``bot.domain.change.mask`` makes it."""
        professional = self.audience is Audience.PROFESSIONAL
        return mask(TOLD_TO_PROFESSIONALS if professional else TOLD_TO_PATIENTS)


DEFAULT = ChatSettings()
