"""How a message looks in a feed, and where in it a trial's messages stand."""

from __future__ import annotations

import msgspec

from bot.domain.message import Message
from bot.domain.settings.chat import ChatSettings
from bot.domain.words import say, status_label


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """Where a chat was first told of a trial, by the platform's ids."""

    message_id: str | None = None
    thread: str | None = None
    """The thread that the trial has for itself."""


class Beneath(msgspec.Struct, frozen=True, kw_only=True):
    """Where in its chat a message belongs: as a reply, or in a thread of its trial's own."""

    post: Post = Post()
    """Empty where there was none before."""
    thread_name: str | None = None
    """Set where a thread is to be opened if there is none, on platforms that have threads."""
    tag: str | None = None
    """The trial's status in words, where threads can be marked with one of a chat's own tags."""


def beneath(
    post: Post | None, settings: ChatSettings, title: str, status: str | None = None
) -> Beneath:
    """Where a trial's message belongs in a chat that chose these settings.

    ``status`` is the registry's word for the trial's own.
    """
    tag = None if status is None else status_label(status)
    named = title if settings.threads else None
    return Beneath(post=post or Post(), thread_name=named, tag=tag)


def as_posted(message: Message, settings: ChatSettings) -> Message:
    """The message as a chat chose to have it."""
    shown = compact(message) if settings.compact else message
    return msgspec.structs.replace(shown, mention_role=settings.mention_role)


def compact(message: Message) -> Message:
    """One line for each trial and the link to it; whoever wants more follows the link.

    A message about one trial names its number in its first fact and says in its lede why it comes,
    or in the headings of its sections what changed. One about several keeps a line for each, and
    one that says nothing of a trial stays as it is.
    """
    if message.link is None:
        lines = tuple(msgspec.structs.replace(one, lines=one.lines[:1]) for one in message.sections)
        return msgspec.structs.replace(message, sections=lines, facts=())
    told = [one.heading for one in message.sections if not one.folded]
    what = message.lede or ", ".join(told)
    line = say("compact.line", number=message.facts[0].value, what=what) if message.facts else what
    return Message(
        title=message.title,
        lede=line or None,
        footer=message.footer,
        link=message.link,
        tone=message.tone,
    )
