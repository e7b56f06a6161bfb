"""The colour that a recruitment status is shown in; never a judgement."""

from __future__ import annotations

from bot.domain.message import Tone

_TONES = {
    "RECRUITING": Tone.GOOD,
    "AVAILABLE": Tone.GOOD,
    "SUSPENDED": Tone.CAUTION,
    "UNKNOWN": Tone.CAUTION,
    "TERMINATED": Tone.STOPPED,
    "WITHDRAWN": Tone.STOPPED,
}


def tone_of(status: str | None) -> Tone:
    """The tone of a status; plain where it says nothing special."""
    return _TONES.get(status or "", Tone.PLAIN)
