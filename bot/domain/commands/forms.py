"""The commands within commands: ``/settings`` and ``/feed``, each thing by itself."""

from __future__ import annotations

from bot.domain.commands import taken as given
from bot.domain.commands.options import Form, Kind, Option, Suggests
from bot.domain.question import FARTHEST
from bot.domain.settings.words import WEEKDAYS

_HOUR = 23


def _hour(name: str, *, required: bool = False) -> Option:
    return Option(name=name, key=f"option.{name}", kind=Kind.NUMBER, most=_HOUR, required=required)


def _on(key: str = "option.on") -> Option:
    return Option(name="on", key=key, kind=Kind.SWITCH, required=True)


def _form(command: str, name: str, *options: Option) -> Form:
    return Form(name=name, key=f"command.{command}.{name}", typed=name, options=options)


def _words(command: str) -> Form:
    """The command itself: a command with others within it cannot be given alone."""
    return Form(
        name="show", key=f"command.{command}.show", typed="", options=(given.words(command),)
    )


SETTINGS = (
    _words("settings"),
    _form(
        *("settings", "place"),
        Option(name="place", key="option.place", required=True, suggests=Suggests.PLACES),
    ),
    _form(
        *("settings", "radius"),
        Option(
            name="radius",
            key="option.radius",
            kind=Kind.NUMBER,
            least=1,
            most=FARTHEST,
            required=True,
        ),
    ),
    _form("settings", "zone", Option(name="zone", key="option.zone", required=True)),
    _form(
        *("settings", "tell"),
        given.chosen(
            "how_often",
            "{}",
            given.keyed("how_often", "at once", "daily", "weekly"),
            required=True,
        ),
    ),
    _form("settings", "hour", _hour("hour", required=True)),
    _form(
        *("settings", "weekday"),
        given.chosen("weekday", "{}", given.keyed("weekday", *WEEKDAYS), required=True),
    ),
    _form(
        *("settings", "quiet"),
        _hour("start"),
        _hour("end"),
        Option(name="never", key="option.never", form="off", kind=Kind.SWITCH),
    ),
    _form("settings", "urgent", _on()),
    _form("settings", "watching", _on()),
    _form("settings", "discreet", _on()),
    _form(
        *("settings", "audience"),
        given.chosen(
            "audience",
            "{}",
            given.keyed("audience", "patients", "professionals"),
            required=True,
        ),
    ),
)

_FOLLOWED = Option(
    name="what", key="option.subscription", required=True, suggests=Suggests.FOLLOWED
)

FEED = (
    _words("feed"),
    _form(
        *("feed", "add"),
        given.words("follow", required=True, suggests=Suggests.TOPICS),
        *given.NARROWING,
        given.KINDS,
    ),
    _form("feed", "list", given.MUTED, given.PAGE),
    _form("feed", "remove", _FOLLOWED),
    _form("feed", "edit", _FOLLOWED, given.KINDS),
    _form(
        *("feed", "style"),
        given.chosen("style", "{}", given.keyed("style", "compact", "full"), required=True),
    ),
    _form("feed", "threads", _on()),
    _form(
        *("feed", "role"),
        Option(name="role", key="option.role", form="<@&{}>", kind=Kind.ROLE),
        Option(name="nobody", key="option.nobody", form="off", kind=Kind.SWITCH),
    ),
    _form(
        *("feed", "managers"),
        Option(name="role", key="option.managers", form="<@&{}>", kind=Kind.ROLE),
        Option(name="nobody", key="option.no_managers", form="off", kind=Kind.SWITCH),
    ),
    _form("feed", "preview"),
    _form("feed", "test"),
)
