"""What the desk says about feeds and to those who may not manage them."""

from __future__ import annotations

from datetime import date

from bot.domain.commands.request import Request
from bot.domain.message import Button, Fact, Message, Section
from bot.domain.outcome import ChatGone, Outcome, Refused, Sent, TopicGone
from bot.domain.settings.chat import ChatSettings
from bot.domain.start import payload
from bot.domain.words import say

_HELP = ("add", "list", "remove", "edit", "style", "threads", "role", "managers", "preview", "test")


def not_theirs(request: Request) -> Message:
    """To a member who may not manage this chat: where they can follow for themselves."""
    if request.of is not None:
        return Message(title=say("managers.title"), lede=say("managers.lede.of"))
    link = request.private_link
    text = request.text if request.command == "follow" else ""
    private = f"{link}{payload('follow', text)}" if link else None
    return Message(
        title=say("managers.title"),
        lede=say("managers.lede"),
        buttons=(Button(say("button.private"), url=private),) if private else (),
    )


def overview(settings: ChatSettings, followed: int) -> Message:
    """How a feed is set up, and what can be asked of it."""
    style = "compact" if settings.compact else "full"
    threads = "on" if settings.threads else "off"
    role = settings.mention_role
    return Message(
        title=say("feed.title"),
        facts=(
            Fact(say("feed.follows"), str(followed) if followed else say("feed.follows.none")),
            Fact(say("feed.style"), say(f"feed.style.{style}")),
            Fact(say("feed.threads"), say(f"feed.threads.{threads}")),
            Fact(
                say("feed.role"),
                say("feed.role.one", role=role) if role else say("feed.role.none"),
            ),
        ),
        sections=(_help(),),
        buttons=_buttons(settings),
    )


def what_about_it() -> Message:
    """A verb that is none."""
    return Message(title=say("feed.usage.title"), sections=(_help(),))


def ask_again(what: str) -> Message:
    """``style``, ``threads`` or ``role`` without something that can be chosen."""
    return Message(title=say("feed.usage.title"), lede=say(f"feed.ask.{what}"))


def agree_first() -> Message:
    """A choice in a private chat of which nothing may be kept yet."""
    return Message(title=say("feed.private.title"), lede=say("feed.private.lede"))


def done(what: str, settings: ChatSettings) -> Message:
    """It is chosen. ``what`` is the end of a sentence's key, such as ``style.compact``."""
    lede = say(f"feed.done.{what}")
    return Message(title=say("feed.done.title"), lede=lede, buttons=_buttons(settings))


def managers(role: str | None) -> Message:
    """Who may manage the feeds of a server."""
    lede = say("feed.managers.one", role=role) if role else say("feed.managers.none")
    lines = (say("feed.managers.how"),)
    return Message(
        title=say("feed.managers.title"),
        lede=lede,
        sections=(Section(say("feed.section"), lines),),
    )


def managers_not_chosen_here() -> Message:
    """Not in a server, or by somebody who does not administer it themselves."""
    return Message(title=say("feed.managers.title"), lede=say("feed.managers.not_here"))


def preview() -> Message:
    """Before what would have been posted."""
    return Message(title=say("feed.preview.title"), lede=say("feed.preview.lede"))


def preview_where(alone: str) -> Message:
    """Before a preview that all members would see; ``alone`` leads to one for who asks."""
    return Message(
        title=say("feed.preview.where.title"),
        lede=say("feed.preview.where.lede"),
        buttons=(
            Button(say("button.feed.preview.alone"), url=alone),
            Button(say("button.feed.preview.here"), action="feed preview here"),
        ),
    )


def nothing_to_preview() -> Message:
    """Nothing changed yet that would be told here."""
    return Message(title=say("feed.preview.nothing.title"), lede=say("feed.preview.nothing.lede"))


def test_post() -> Message:
    """What is posted for a test."""
    return Message(title=say("feed.test.post.title"), lede=say("feed.test.post.lede"))


def tested(outcome: Outcome | None) -> Message:
    """How it went; None where nothing sends there now."""
    if isinstance(outcome, Sent):
        return Message(title=say("feed.test.done.title"), lede=say("feed.test.done.lede"))
    gone = isinstance(outcome, ChatGone | TopicGone | Refused)
    lede = say("feed.test.failed.gone") if gone else say("feed.test.failed.later")
    return Message(title=say("feed.test.failed.title"), lede=lede)


def topic_gone() -> Message:
    """To the whole chat, before what was owed to a topic of it that is gone."""
    return Message(title=say("topic.gone.title"), lede=say("topic.gone.lede"))


def back(since: date, until: date, today: date) -> Message:
    """To a chat that is there again: what happened to what it was owed meanwhile."""
    key = "back.expired" if until <= today else "back.waits"
    return Message(title=say("back.title"), lede=say(key, since=since, until=until))


def closed(since: date, until: date) -> Message:
    """To a person whom answers reach and messages did not: how to let them in."""
    lines = tuple(say(f"closed.how.{way}") for way in ("install", "privacy", "block"))
    return Message(
        title=say("closed.title"),
        lede=say("closed.lede", since=since, until=until),
        sections=(Section(say("closed.how"), lines),),
    )


def _help() -> Section:
    return Section(say("feed.section"), tuple(say(f"feed.help.{verb}") for verb in _HELP))


def _buttons(settings: ChatSettings) -> tuple[Button, ...]:
    style = "full" if settings.compact else "compact"
    threads = "off" if settings.threads else "on"
    return (
        Button(say("button.feed.preview"), action="feed preview"),
        Button(say("button.feed.test"), action="feed test"),
        Button(say(f"button.feed.{style}"), action=f"feed style {style}"),
        Button(say(f"button.feed.threads.{threads}"), action=f"feed threads {threads}"),
    )
