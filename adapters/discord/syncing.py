"""Whether Discord has the commands that we have, so that they are registered only when it has not.

Discord leaves out of what it gives back what is false or empty, and adds ids and versions of its
own. So of both sides only what we can say is compared, in one shape. The library's own reading
(``fetch_commands``) is of no use here: in 2.7.1 it loses one of the contexts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from discord import app_commands
from discord.http import Route

from adapters.discord.client import Client

_TRANSLATED: Final = ("name_localizations", "description_localizations")
_COMMAND: Final = ("name", "description", "default_member_permissions", "nsfw", *_TRANSLATED)
_OPTION: Final = (
    *("type", "name", "description", "required", "autocomplete", *_TRANSLATED),
    *("min_value", "max_value", "min_length", "max_length"),
)
_CHOICE: Final = ("name", "value", "name_localizations")
_PLACES: Final = ("contexts", "integration_types")
_SLASH: Final = 1
"""The type of a command that names none."""


async def registered(client: Client) -> list[dict[str, Any]]:
    """The commands that Discord has, with all their translations. Raises what the library raises.

    The library's own call asks for no translations, so that they would always seem to differ.
    """
    route = Route(
        "GET", "/applications/{application_id}/commands", application_id=client.application_key
    )
    found: list[dict[str, Any]] = await client.http.request(
        route, params={"with_localizations": "true"}
    )
    return found


async def written(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """Our commands, as they would go over the wire."""
    translator = tree.translator
    return [
        await command.get_translated_payload(tree, translator)
        if translator
        else command.to_dict(tree)
        for command in tree._get_all_commands(guild=None)  # noqa: SLF001 - as the library's sync
    ]


def same(there: Iterable[Mapping[str, Any]], here: Iterable[Mapping[str, Any]]) -> bool:
    """Whether they are the same commands, in whatever order."""
    return _shapes(there) == _shapes(here)


def _shapes(commands: Iterable[Mapping[str, Any]]) -> list[Any]:
    shapes = [_command(command) for command in commands]
    return sorted(shapes, key=lambda shape: (shape["type"], shape["name"]))


def _command(command: Mapping[str, Any]) -> dict[str, Any]:
    shape = _said(command, _COMMAND)
    shape["type"] = command.get("type") or _SLASH
    shape["options"] = [_option(option) for option in command.get("options") or ()]
    for place in _PLACES:
        shape[place] = sorted(command.get(place) or ())
    if "default_member_permissions" in shape:  # a number in ours, a text in Discord's
        shape["default_member_permissions"] = str(shape["default_member_permissions"])
    return shape


def _option(option: Mapping[str, Any]) -> dict[str, Any]:
    shape = _said(option, _OPTION)
    shape["options"] = [_option(one) for one in option.get("options") or ()]
    shape["choices"] = [_said(one, _CHOICE) for one in option.get("choices") or ()]
    return shape


def _said(values: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """What is said under these keys: what is false or empty is not, but nought is."""
    found = {key: values.get(key) for key in keys}
    return {
        key: value
        for key, value in found.items()
        if value is not None and value is not False and value not in ("", {}, [])
    }
