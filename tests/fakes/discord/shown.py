"""What a message of components shows: its texts, its title, what can be pressed in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

LAYOUT = 1 << 15
"""The flag of a message that consists of components alone."""

_TITLE = re.compile(r"## (?:\[(?P<linked>.*)\]\(\S+\)|(?P<bare>.*))")


def walk(components: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every component, each before those within it."""
    for component in components:
        yield component
        yield from walk(component.get("components") or ())
        if "accessory" in component:
            yield from walk([component["accessory"]])


def texts(body: dict[str, Any]) -> list[str]:
    """All texts in the order of reading."""
    return [one["content"] for one in walk(body.get("components") or ()) if one["type"] == 10]


def title(body: dict[str, Any]) -> str:
    """The first heading, without its link."""
    found = next(line for text in texts(body) if (line := _TITLE.match(text)))
    return found["linked"] or found["bare"]


def pressed(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Buttons and lists to choose from."""
    return [one for one in walk(body.get("components") or ()) if one["type"] in (2, 3)]


def answers_of(component: dict[str, Any]) -> list[str]:
    """What pressing it says, or choosing one of it; a link says nothing."""
    if component["type"] == 3:
        return [option["value"] for option in component["options"]]
    return [component["custom_id"]] if "custom_id" in component else []


def custom_ids(body: dict[str, Any]) -> list[str]:
    """What a press of each button says, and each choice in a list."""
    return [custom_id for one in pressed(body) for custom_id in answers_of(one)]
