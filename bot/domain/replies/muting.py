"""What the desk says about trials that a chat muted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bot.domain.message import Button, Message, Section
from bot.domain.paging import page_buttons
from bot.domain.replies.managing import PAGE
from bot.domain.study import StudyKey
from bot.domain.words import say


def mute_what() -> Message:
    """``mute`` without a number."""
    return _simple("mute.usage")


def mute_unknown(number: str) -> Message:
    """A trial that was never read."""
    title = say("mute.unknown.title", number=number)
    return Message(title=title, lede=say("mute.unknown.lede"))


def muted_now(number: str) -> Message:
    """A trial is muted, and how to undo that."""
    return Message(
        title=say("mute.done.title", number=number),
        lede=say("mute.done.lede", number=number),
        buttons=(
            Button(say("button.unmute", number=number), action=f"unmute {number}"),
            Button(say("button.following"), action="following"),
        ),
    )


def unmuted(number: str) -> Message:
    """A trial is told again."""
    return Message(
        title=say("unmute.done.title", number=number),
        lede=say("unmute.done.lede"),
        buttons=(
            Button(say("button.trial"), action=f"trial {number}"),
            Button(say("button.following"), action="following"),
        ),
    )


def not_muted(number: str) -> Message:
    """Asked to undo what was not done."""
    title = say("unmute.unknown.title", number=number)
    return Message(title=title, lede=say("unmute.unknown.lede"))


def muted_list(muted: Sequence[StudyKey], page: int = 1) -> Message:
    """What a chat muted, each with a button that undoes it."""
    back = Button(say("button.following"), action="following")
    if not muted:
        return Message(title=say("muted.title"), lede=say("muted.none"), buttons=(back,))
    pages = -(-len(muted) // PAGE)
    page = min(max(page, 1), pages)
    shown = tuple(islice(muted, (page - 1) * PAGE, page * PAGE))
    return Message(
        title=say("muted.title"),
        lede=say("muted.lede"),
        sections=(Section(say("section.muted"), tuple(key.number for key in shown)),),
        buttons=(
            *(
                Button(say("button.unmute", number=key.number), action=f"unmute {key.number}")
                for key in shown
            ),
            *page_buttons(page, pages, "following muted {}".format),
            back,
        ),
    )


def _simple(key: str) -> Message:
    return Message(title=say(f"{key}.title"), lede=say(f"{key}.lede"))
