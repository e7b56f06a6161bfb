"""The table of commands as Discord keeps it, and as people's clients fill it in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from tests.fakes.discord import payloads
from tests.fakes.discord.people import Place

COMMAND_CHARACTERS = 8000
"""Of names, descriptions and values of a command; of each text its longest translation counts."""

TEXT, ROLE, FILE = 3, 8, 11
"""Types of options."""
MESSAGE = 3
"""The type of a command in the menu of a message."""
WITHIN = (1, 2)
"""Types of commands within commands."""

_NAME = re.compile(r"[-_\w]{1,32}")


def command_faults(commands: list[dict[str, Any]]) -> list[str]:
    """What Discord refuses in a whole table of commands."""
    faults = []
    keys = [(command.get("type", 1), command["name"]) for command in commands]
    if len(keys) > 100 or len(set(keys)) != len(keys):
        faults.append("too many commands, or one twice")
    for command in commands:
        if command.get("type", 1) != 1:  # of a context menu: no description, any case, blanks
            if not 1 <= len(command["name"]) <= 32 or command.get("description"):
                faults.append(f"context menu {command['name']!r}")
            continue
        faults += _faults(command)
        if _size(command) > COMMAND_CHARACTERS:
            faults.append(f"{command['name']} is too large")
    return faults


def _faults(entry: dict[str, Any]) -> list[str]:
    faults, options = [], entry.get("options") or []
    names = (entry["name"], *(entry.get("name_localizations") or {}).values())
    texts = (entry["description"], *(entry.get("description_localizations") or {}).values())
    if any(not _NAME.fullmatch(name) or name.lower() != name for name in names):
        faults.append(f"name {entry['name']!r}")
    if any(not 1 <= len(text) <= 100 for text in texts):
        faults.append(f"description of {entry['name']}")
    choices = entry.get("choices") or []
    if len(options) > 25 or len(choices) > 25 or (choices and entry.get("autocomplete")):
        faults.append(f"options or choices of {entry['name']}")
    if any(not 1 <= len(one["name"]) <= 100 or len(str(one["value"])) > 100 for one in choices):
        faults.append(f"a choice of {entry['name']}")
    if len({one["name"] for one in options}) != len(options):
        faults.append(f"an option of {entry['name']} twice")
    required = [bool(one.get("required")) for one in options]
    if required != sorted(required, reverse=True):
        faults.append(f"what is required of {entry['name']} does not come first")
    if len({one["type"] in WITHIN for one in options}) > 1:
        faults.append(f"options of {entry['name']} beside commands within it")
    return faults + [fault for one in options for fault in _faults(one)]


def _size(entry: dict[str, Any]) -> int:
    size = 0
    for key in ("name", "description"):
        texts = (entry.get(key) or "", *(entry.get(f"{key}_localizations") or {}).values())
        size += max(map(len, texts))
    size += sum(_size(one) for one in entry.get("options") or [])
    return size + sum(_size(one) + len(str(one["value"])) for one in entry.get("choices") or [])


def stored(command: dict[str, Any]) -> dict[str, Any]:
    """A command as Discord gives it back: ids, and nothing that is false or empty in options."""
    ids = {"id": payloads.snowflake(), "application_id": payloads.APPLICATION}
    options = {"options": [_bare(option) for option in command.get("options") or []]}
    return {"description": ""} | command | ids | options | {"version": payloads.snowflake()}


def listed(command: dict[str, Any], *, translations: bool) -> dict[str, Any]:
    """As a list of commands shows it: without translations unless they were asked for."""
    if translations:
        return command
    options = [listed(option, translations=False) for option in command.get("options") or []]
    kept = {key: value for key, value in command.items() if not key.endswith("_localizations")}
    return kept | ({"options": options} if "options" in command else {})


def _bare(option: dict[str, Any]) -> dict[str, Any]:
    kept = {
        key: value
        for key, value in option.items()
        if value is not None and value is not False and value not in ([], {})
    }
    within = ("options", "choices")
    return kept | {key: [_bare(one) for one in kept[key]] for key in within if key in kept}


class Offered(msgspec.Struct, frozen=True):
    """A command, and the way to the one within it that was chosen."""

    command: dict[str, Any]
    path: tuple[str, ...]

    @property
    def options(self) -> dict[str, dict[str, Any]]:
        """What can be filled in, by name."""
        entry = self.command
        for name in self.path:
            entry = next(one for one in entry["options"] if one["name"] == name)
        return {one["name"]: one for one in entry.get("options") or []}

    def sent(self, options: list[dict[str, Any]]) -> dict[str, Any]:
        """The data of an interaction with these options."""
        for name in reversed(self.path):
            options = [{"type": 1, "name": name, "options": options}]
        command = self.command
        return {"id": command["id"], "name": command["name"], "type": 1, "options": options}


def offered(commands: list[dict[str, Any]], name: str, where: Place) -> Offered:
    """The command of this name (``feed add``), if it is offered in this place."""
    head, *path = name.split()
    command = next(known for known in commands if known["name"] == head)
    assert where.context in command["contexts"], "the command is not offered in this place"
    assert where.integration in command["integration_types"], "not offered to this install"
    return Offered(command, tuple(path))


def filled(
    chosen: Offered, text: str | None, values: Mapping[str, Any], *, forged: bool = False
) -> dict[str, Any]:
    """What a client sends of a command: ``text`` for its first option, ``values`` by name.

    ``forged``: by somebody who is no client, and sends what nobody could have chosen.
    """
    known = chosen.options
    given = ({} if text is None else {next(iter(known)): text}) | dict(values)
    if not forged:
        assert not [one for one in known.values() if one["type"] in WITHIN], "no command by itself"
        missing = {name for name, one in known.items() if one.get("required")} - set(given)
        assert not missing, "Discord's client asks for a required option"
        for name, value in given.items():
            assert _can_be_chosen(known[name], value), f"nobody can choose that for {name}"
    sent = [
        {"type": known.get(name, {"type": TEXT})["type"], "name": name, "value": value}
        for name, value in given.items()
    ]
    roles = {one["value"]: payloads.role(one["value"]) for one in sent if one["type"] == ROLE}
    resolved = {"resolved": {"roles": roles}} if roles and not forged else {}
    return chosen.sent(sent) | resolved


def typing(chosen: Offered, option: str, typed: str) -> dict[str, Any]:
    """What a client sends while somebody types into an option."""
    known = chosen.options[option]
    assert known.get("autocomplete"), "nothing is suggested for this option"
    return chosen.sent([{"type": known["type"], "name": option, "value": typed, "focused": True}])


def chosen(
    commands: list[dict[str, Any]], name: str, message: dict[str, Any], where: Place
) -> dict[str, Any]:
    """What a client sends of a command in the menu of a message."""
    command = next(one for one in commands if one["type"] == MESSAGE and one["name"] == name)
    assert where.context in command["contexts"], "the command is not offered in this place"
    assert where.integration in command["integration_types"], "not offered to this install"
    return {
        "id": command["id"],
        "name": name,
        "type": MESSAGE,
        "target_id": message["id"],
        "resolved": {"messages": {message["id"]: message}},
    }


def _can_be_chosen(option: dict[str, Any], value: object) -> bool:
    match option["type"]:
        case 4:
            return isinstance(value, int) and (option["min_value"] <= value <= option["max_value"])
        case 5:
            return isinstance(value, bool)
        case _:
            choices = [one["value"] for one in option.get("choices") or []]
            return isinstance(value, str) and (not choices or value in choices)
