"""What the operator is told, as messages."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.message import Message
from bot.domain.trouble import Trouble
from bot.domain.words import say


def registry_out_since(since: datetime, why: str) -> Message:
    """To the operator: the registry cannot be read."""
    return Message(
        title=say("operator.registry.title"),
        lede=say("operator.registry.lede", since=_minute(since), why=why),
    )


def registry_back(data_day: date | None) -> Message:
    """To the operator: the registry can be read again."""
    day = str(data_day) if data_day else say("about.data.none")
    return Message(
        title=say("operator.registry.back.title"), lede=say("operator.registry.back.lede", day=day)
    )


def debts_overdue(since: datetime, count: int) -> Message:
    """To the operator: messages wait for too long."""
    return Message(
        title=say("operator.debts.title"),
        lede=say("operator.debts.lede", count=count, since=_minute(since)),
    )


def debts_paid() -> Message:
    """To the operator: nothing waits any more."""
    return Message(title=say("operator.debts.back.title"), lede=say("operator.debts.back.lede"))


def given_up(count: int) -> Message:
    """To the operator: so many messages are not tried any more."""
    return Message(title=say("operator.dead.title"), lede=say("operator.dead.lede", count=count))


def none_given_up() -> Message:
    """To the operator: they are due again, or let go of."""
    return Message(title=say("operator.dead.back.title"), lede=say("operator.dead.back.lede"))


def set_aside(data_day: date | None, count: int) -> Message:
    """To the operator: so many records of a data day could not be read."""
    lede = say("operator.aside.lede", count=count, day=data_day)
    return Message(title=say("operator.aside.title"), lede=lede)


def none_set_aside(data_day: date | None) -> Message:
    """To the operator: all records of a later data day could be read."""
    lede = say("operator.aside.back.lede", day=data_day)
    return Message(title=say("operator.aside.back.title"), lede=lede)


def refused_baselines(count: int) -> Message:
    """To the operator: the registry does not understand so many followed conditions."""
    lede = say("operator.baselines.lede", count=count)
    return Message(title=say("operator.baselines.title"), lede=lede)


def no_refused_baselines() -> Message:
    """To the operator: nobody follows them any more."""
    lede = say("operator.baselines.back.lede")
    return Message(title=say("operator.baselines.back.title"), lede=lede)


def held(count: int) -> Message:
    """To the operator: so many messages wait for a decision since a restore."""
    return Message(title=say("operator.held.title"), lede=say("operator.held.lede", count=count))


def nothing_held() -> Message:
    """To the operator: it was decided."""
    return Message(title=say("operator.held.back.title"), lede=say("operator.held.back.lede"))


def platform_trouble(platform: str, trouble: Trouble) -> Message:
    """To the operator: something is wrong with a whole platform."""
    name = platform.capitalize()
    return Message(
        title=say(f"operator.platform.{trouble}.title", platform=name),
        lede=say(f"operator.platform.{trouble}.lede", name=platform.upper()),
    )


def platform_well(platform: str) -> Message:
    """To the operator: nothing is wrong with it any more."""
    name = platform.capitalize()
    return Message(
        title=say("operator.platform.back.title", platform=name),
        lede=say("operator.platform.back.lede"),
    )


def daily(
    data_day: date | None,
    *,
    changes: int,
    sent: int,
    possibly_double: int,
    perhaps: int,
    dead: int,
    pending: int,
    held: int,
) -> Message:
    """To the operator, each morning: how it went."""
    if data_day is None:
        return Message(title=say("operator.daily.none.title"), lede=say("operator.daily.none.lede"))
    return Message(
        title=say("operator.daily.title", day=data_day),
        lede=say(
            "operator.daily.lede.held" if held else "operator.daily.lede",
            changes=changes,
            sent=sent,
            double=possibly_double,
            perhaps=perhaps,
            dead=dead,
            pending=pending,
            held=held,
        ),
    )


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
