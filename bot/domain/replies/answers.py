"""What the desk says to each command, as messages."""

from __future__ import annotations

from datetime import date

from bot.domain.commands.table import COMMANDS
from bot.domain.message import Button, Fact, Message, Section
from bot.domain.nct import registry_link
from bot.domain.study import Study
from bot.domain.watch import Interest, Subscription
from bot.domain.words import say


def no_such_trial(number: str) -> Message:
    """The registry has no such number."""
    title = say("trial.unknown.title", number=number)
    return Message(title=title, lede=say("trial.unknown.lede"), aside=True)


def which_trial(command: str = "trial") -> Message:
    """A command that needs a number came without one."""
    lede = say("trial.usage.lede", command=command)
    return Message(title=say("trial.usage.title"), lede=lede, aside=True)


def bad_query() -> Message:
    """The registry could not parse the words."""
    return _simple("registry.query", aside=True)


def registry_out() -> Message:
    """The registry does not answer and the store cannot help."""
    return _simple("registry.out", aside=True)


def failed() -> Message:
    """Something of ours went wrong."""
    return _simple("error", aside=True)


def follow_what() -> Message:
    """``/follow`` alone."""
    return _simple("follow.usage")


def words_too_short() -> Message:
    """Words that would match anything."""
    return _simple("follow.short")


def words_too_long(most: int) -> Message:
    """More characters than the name of any condition has."""
    return Message(title=say("follow.long.title"), lede=say("follow.long.lede", most=most))


def nothing_asked() -> Message:
    """An answer to a question that was not asked, or asked long ago."""
    return _simple("follow.nothing_asked")


def declined() -> Message:
    """Consent was refused."""
    return _simple("follow.declined")


def follows_trial(study: Study, data_day: date, *, is_new: bool) -> Message:
    """A trial is followed now."""
    key = "follow.trial.lede" if is_new else "follow.trial.already"
    return Message(
        title=say("follow.trial.title", number=study.key.number),
        lede=say(key, title=study.title),
        buttons=(
            Button(say("button.trial"), action=f"trial {study.key.number}"),
            Button(say("button.unfollow"), action=f"unfollow {study.key.number}"),
        ),
        footer=say("footer", day=data_day),
        link=registry_link(study.key),
    )


def watched_lines(interest: Interest) -> tuple[str, ...]:
    """What is watched for a condition, without what narrows it."""
    if interest.search is not None:
        return (say("follow.preview.search", search=interest.words),)
    lines = [_watched(interest)]
    if interest.terms and interest.phrases:
        lines.append(say("follow.interest.phrase", phrase=interest.phrases[0]))
    return tuple(lines)


def _watched(interest: Interest) -> str:
    if not interest.terms:
        return say("follow.interest.phrase", phrase=interest.words)
    terms = ", ".join(f"“{term.term}”" for term in interest.terms)
    narrower = interest.narrower
    match narrower:
        case ():
            return say("follow.interest.terms", terms=terms)
        case (one,):
            return say("follow.interest.terms.one", terms=terms, first=one)
        case _:
            return say("follow.interest.terms.many", terms=terms, first=narrower[0])


def _name(subscription: Subscription) -> str:
    if subscription.interest is not None:
        return subscription.interest.words
    return subscription.study.number if subscription.study else ""


def unfollow_what() -> Message:
    """``/unfollow`` alone."""
    return _simple("unfollow.usage")


def nothing_followed() -> Message:
    """Asked to stop where nothing is followed."""
    return _simple("unfollow.none")


def several_to_stop() -> Message:
    """``/unfollow 1 2``, ``/unfollow all``."""
    return _simple("unfollow.several")


def not_followed() -> Message:
    """Asked to stop what is not followed."""
    return _simple("unfollow.unknown")


def help_message() -> Message:
    """All commands, from their table."""
    lines = tuple(
        say("help.line", name=spec.name, argument=spec.argument.name, help=spec.help)
        if spec.argument
        else say("help.line.plain", name=spec.name, help=spec.help)
        for spec in COMMANDS
    )
    return Message(
        title=say("help.title"),
        lede=say("help.lede"),
        sections=(Section(say("help.section"), lines),),
    )


def greeting() -> Message:
    """To a group that the bot was let into."""
    return Message(title=say("joined.title"), lede=say("joined.lede"))


def about(data_day: date | None) -> Message:
    """Where the data come from, how old they are, and what is kept."""
    day = str(data_day) if data_day else say("about.data.none")
    return Message(
        title=say("about.title"),
        lede=say("about.lede"),
        facts=(Fact(say("about.data"), day),),
        sections=(
            Section(say("about.source"), (say("about.source.line"),)),
            Section(say("about.kept"), (say("about.kept.line"),)),
        ),
    )


def privacy(privacy_url: str | None, contact: str | None, grace_days: int) -> Message:
    """What is kept of somebody, how it goes again, and who runs this.

    ``grace_days`` is how long what is owed to a chat waits that cannot be reached.
    """
    kept = (
        say("about.kept.line"),
        say("privacy.log"),
        say("privacy.stop"),
        say("privacy.leave"),
        say("privacy.waits", days=grace_days),
    )
    runs = say("privacy.contact", contact=contact) if contact else say("privacy.nobody")
    return Message(
        title=say("privacy.title"),
        sections=(
            Section(say("about.kept"), kept),
            Section(say("privacy.who"), (runs,)),
        ),
        buttons=_privacy_button(privacy_url),
    )


def _privacy_button(privacy_url: str | None) -> tuple[Button, ...]:
    return (Button(say("button.privacy"), url=privacy_url),) if privacy_url else ()


def _simple(key: str, *, aside: bool = False) -> Message:
    """A message of a title and a sentence."""
    return Message(title=say(f"{key}.title"), lede=say(f"{key}.lede"), aside=aside)
