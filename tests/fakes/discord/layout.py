"""What Discord refuses in a message of components, as sentences; none when it is fine.

Written from https://discord.com/developers/docs/components/reference, and from nothing in the bot.
Lengths are counted in UTF-16 units, which is never fewer than what Discord counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.fakes.discord.shown import LAYOUT, walk

ROW, BUTTON, SELECT = 1, 2, 3
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 9, 10, 11, 12, 13, 14, 17
_IN_CONTAINER = frozenset((ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR))
_ON_TOP = _IN_CONTAINER | {CONTAINER}
_LINK = 5


def layout_faults(body: dict[str, Any]) -> list[str]:
    """Faults of a message's body with the flag of a layout."""
    components = body.get("components") or []
    every = list(walk(components))
    faults = [f"{key} beside components" for key in ("content", "embeds", "poll") if body.get(key)]
    if not body.get("flags", 0) & LAYOUT:
        faults.append("the flag of a layout is missing")
    if not 1 <= len(every) <= 40:
        faults.append(f"{len(every)} components")
    if (length := sum(units(one.get("content")) for one in every)) > 4000:
        faults.append(f"{length:,} characters")
    faults += _misplaced(components, _ON_TOP)
    faults += [fault for one in every for fault in _faults(one)]
    for key in ("custom_id", "id"):
        given = [one[key] for one in every if one.get(key)]
        if len(set(given)) != len(given):
            faults.append(f"a {key} given twice")
    return [*faults, *_file_faults(body, every)]


def _misplaced(components: list[dict[str, Any]], allowed: frozenset[int]) -> Iterator[str]:
    for one in components:
        if one["type"] not in allowed:
            yield f"a component of type {one['type']} where none may be"
        elif one["type"] == CONTAINER:
            yield from _misplaced(one["components"], _IN_CONTAINER)


def _faults(one: dict[str, Any]) -> Iterator[str]:
    if one["type"] in _KINDS:
        yield from _KINDS[one["type"]](one)


def _inner(one: dict[str, Any]) -> list[int]:
    return [child["type"] for child in one["components"]]


def _row_faults(row: dict[str, Any]) -> Iterator[str]:
    inner = _inner(row)
    if inner != [SELECT] and not (set(inner) == {BUTTON} and len(inner) <= 5):
        yield f"a row of {inner}"


def _section_faults(section: dict[str, Any]) -> Iterator[str]:
    inner = _inner(section)
    if set(inner) != {TEXT} or len(inner) > 3:
        yield f"a section of {inner}"
    if section["accessory"]["type"] not in (BUTTON, THUMBNAIL):
        yield "beside a section"


def _text_faults(text: dict[str, Any]) -> Iterator[str]:
    if not text["content"].strip():
        yield "an empty text"


def _gallery_faults(gallery: dict[str, Any]) -> Iterator[str]:
    if not 1 <= len(gallery["items"]) <= 10:
        yield "pictures in a gallery"


def _separator_faults(separator: dict[str, Any]) -> Iterator[str]:
    if separator.get("spacing", 1) not in (1, 2):
        yield "the height of a separator"


def _container_faults(container: dict[str, Any]) -> Iterator[str]:
    if not container["components"]:
        yield "an empty container"
    if not 0 <= (container.get("accent_color") or 0) <= 0xFFFFFF:
        yield "the colour of a container"


def _button_faults(button: dict[str, Any]) -> Iterator[str]:
    if not 1 <= units(button.get("label")) <= 80 or not button["label"].strip():
        yield "label of a button"
    leads = button.get("style") == _LINK
    if button.get("style") not in (1, 2, 3, 4, _LINK):
        yield "style of a button"
    if ("url" in button, "custom_id" in button) != (leads, not leads):
        yield "a button needs exactly one of url and custom_id, by its style"
    if leads and not 1 <= units(button.get("url")) <= 512:
        yield "url of a button"
    if not leads and not 1 <= units(button.get("custom_id")) <= 100:
        yield "custom_id of a button"


def _select_faults(select: dict[str, Any]) -> Iterator[str]:
    options = select["options"]
    values = [option["value"] for option in options]
    if not 1 <= len(options) <= 25 or len(set(values)) != len(values):
        yield "options of a list, or one twice"
    for option in options:
        given = (option["label"], option["value"], option.get("description") or "-")
        if any(not 1 <= units(text) <= 100 for text in given):
            yield "an option of a list"
    if not 1 <= units(select["custom_id"]) <= 100 or units(select.get("placeholder")) > 150:
        yield "custom_id or placeholder of a list"


_KINDS: Mapping[int, Callable[[dict[str, Any]], Iterator[str]]] = {
    ROW: _row_faults,
    BUTTON: _button_faults,
    SELECT: _select_faults,
    SECTION: _section_faults,
    TEXT: _text_faults,
    GALLERY: _gallery_faults,
    SEPARATOR: _separator_faults,
    CONTAINER: _container_faults,
}


def _file_faults(body: dict[str, Any], every: list[dict[str, Any]]) -> Iterator[str]:
    """A file is seen only where a component names it, and named only where it is there."""
    media = [one["file"] for one in every if one["type"] == FILE]
    media += [item["media"] for one in every if one["type"] == GALLERY for item in one["items"]]
    named = [one["url"].removeprefix("attachment://") for one in media]
    sent = [one["filename"] for one in body.get("attachments") or ()]
    if sorted(named) != sorted(sent):
        yield "files that are sent are not those that are shown"


def units(text: str | None) -> int:
    """The length in UTF-16 units."""
    return len(str(text or "").encode("utf-16-le", "surrogatepass")) // 2
