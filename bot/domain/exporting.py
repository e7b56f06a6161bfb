"""All that is kept of a chat, as a file to read and one that can be brought elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import msgspec

from bot.domain.change import Kind
from bot.domain.kept import Kept
from bot.domain.message import File
from bot.domain.settings.chat import DEFAULT, ChatSettings
from bot.domain.study import StudyKey
from bot.domain.watch import Chat, Interest, Subscription
from bot.domain.words import kind_label, say

FORMAT = "trialbell-1"
"""What an export says of itself; a later one that reads otherwise has another number."""


class Followed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that a chat follows: a trial's number or a condition."""

    trial: str | None = None
    title: str | None = None
    condition: Interest | None = None
    kinds: tuple[Kind, ...] = ()
    since: date
    paused: bool = False


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message that was told or is owed."""

    trial: str
    data_day: date
    cause: str
    state: str


class Post(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a trial was first posted, by the platform's ids."""

    trial: str
    message: str | None = None
    thread: str | None = None


class Export(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that is kept of a chat but the platform's id of it, which stands outside."""

    format: str
    exported: date
    follows: tuple[Followed, ...] = ()
    muted: tuple[str, ...] = ()
    settings: ChatSettings = DEFAULT
    consented_at: datetime | None = None
    asked: str | None = None
    searches: tuple[str, ...] = ()
    unreachable_since: datetime | None = None
    messages: tuple[Message, ...] = ()
    posts: tuple[Post, ...] = ()


def export(
    chat: Chat,
    subscriptions: Sequence[Subscription],
    muted: Iterable[StudyKey],
    kept: Kept,
    today: date,
) -> Export:
    """All of it as one value."""
    return Export(
        format=FORMAT,
        exported=today,
        follows=tuple(_followed(one) for one in subscriptions),
        muted=tuple(key.number for key in muted),
        settings=chat.settings,
        consented_at=chat.consented_at,
        asked=chat.asked,
        searches=chat.searches,
        unreachable_since=chat.paused_since,
        messages=tuple(
            Message(
                trial=one.key.number, data_day=one.data_day, cause=one.cause, state=one.state.value
            )
            for one in kept.told
        ),
        posts=tuple(
            Post(trial=key.number, message=post.message_id, thread=post.thread)
            for key, post in kept.posts
        ),
    )


def files(exported: Export) -> tuple[File, File]:
    """The one to read, and the one in JSON."""
    name = f"trialbell-{exported.exported}"
    packed = msgspec.json.format(msgspec.json.encode(exported), indent=2)
    read = "\n".join(_lines(exported)) + "\n"
    return (
        File(f"{name}.txt", "text/plain", read.encode()),
        File(f"{name}.json", "application/json", packed),
    )


def _followed(one: Subscription) -> Followed:
    return Followed(
        trial=one.study.number if one.study else None,
        title=one.title,
        condition=one.interest,
        kinds=tuple(kind for kind in Kind if kind.bit & one.kinds),
        since=one.since,
        paused=one.paused,
    )


def _lines(exported: Export) -> Iterator[str]:
    yield say("export.text.head", day=exported.exported)
    yield from _block("follows", (_followed_line(one) for one in exported.follows))
    yield from _block("muted", exported.muted)
    yield from _block("settings", _settings(exported.settings))
    yield from _block("told", (_message_line(one) for one in exported.messages))
    yield from _block("posts", (_post_line(one) for one in exported.posts))
    yield from _block("else", _else(exported))


def _block(name: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield say(f"export.text.{name}")
    given = list(lines) or [say("export.text.none")]
    yield from (f"  {line}" for line in given)


def _followed_line(one: Followed) -> str:
    kinds = ", ".join(kind_label(kind) for kind in one.kinds)
    told = say("export.text.kinds", kinds=kinds or say("export.text.none"))
    if one.paused:
        told = say("export.text.resting", kinds=told)
    if one.condition is None:
        trial = one.trial if one.title is None else f"{one.trial} ({one.title})"
        return say("export.text.trial", number=trial, day=one.since, kinds=told)
    narrowed = _plain(one.condition.filter) if not one.condition.filter.is_empty else ""
    key = "export.text.interest.narrowed" if narrowed else "export.text.interest"
    words = one.condition.words
    return say(key, words=words, narrowed=narrowed, day=one.since, kinds=told)


def _settings(settings: ChatSettings) -> Iterator[str]:
    chosen = msgspec.to_builtins(settings)
    for name, value in chosen.items():
        yield say("export.text.setting", name=name.replace("_", " "), value=_plain(value))


def _plain(value: object) -> str:
    """A value of several parts in one line."""
    packed = msgspec.to_builtins(value)
    if isinstance(packed, dict):
        return ", ".join(
            say("export.text.setting", name=name.replace("_", " "), value=_plain(part))
            for name, part in packed.items()
        )
    if isinstance(packed, list):
        return ", ".join(_plain(part) for part in packed)
    return str(packed)


def _message_line(one: Message) -> str:
    return say("export.text.notice", number=one.trial, day=one.data_day, state=one.state)


def _post_line(one: Post) -> str:
    none = say("export.text.none")
    message, thread = one.message or none, one.thread or none
    return say("export.text.post", number=one.trial, message=message, thread=thread)


def _else(exported: Export) -> Iterator[str]:
    if exported.consented_at is not None:
        yield say("export.text.consent", day=exported.consented_at.date())
    if exported.asked is not None:
        yield say("export.text.asked", asked=exported.asked)
    for search in exported.searches:
        yield say("export.text.search", search=search)
    if exported.unreachable_since is not None:
        yield say("export.text.unreachable", day=exported.unreachable_since.date())
