"""The local Discord's look at components: it refuses each thing that Discord refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.discord.layout import layout_faults
from tests.fakes.discord.limits import message_faults
from tests.fakes.discord.shown import LAYOUT


def text(content: str = "x") -> dict[str, Any]:
    """A text."""
    return {"type": 10, "content": content}


def button(**changed: Any) -> dict[str, Any]:
    """A button that does something."""
    return {"type": 2, "style": 2, "label": "Show", "custom_id": "tb:trial"} | changed


def link(**changed: Any) -> dict[str, Any]:
    """A button that leads somewhere."""
    return {"type": 2, "style": 5, "label": "Show", "url": "https://a.org"} | changed


def row(*inner: dict[str, Any]) -> dict[str, Any]:
    """A row."""
    return {"type": 1, "components": list(inner)}


def card(*inner: dict[str, Any]) -> dict[str, Any]:
    """A container."""
    return {"type": 17, "accent_color": 0x123456, "components": list(inner)}


def choices(*values: str, **changed: Any) -> dict[str, Any]:
    """A list to choose from."""
    options = [{"label": value, "value": value} for value in values]
    return {"type": 3, "custom_id": "tb:", "options": options} | changed


def numbered(count: int) -> list[dict[str, Any]]:
    """So many buttons."""
    return [button(custom_id=f"tb:{number}") for number in range(count)]


FILE = {"type": 13, "file": {"url": "attachment://a.pdf"}}
PICTURES = {"type": 12, "items": [{"media": {"url": "attachment://a.pdf"}}]}
SENT = {"attachments": [{"id": 0, "filename": "a.pdf"}]}


@pytest.mark.parametrize(
    ("components", "beside"),
    [
        ([text("y" * 4000)], {}),
        ([card(text(), {"type": 14, "divider": True, "spacing": 2}, row(*numbered(5)))], {}),
        ([card(*(text() for _ in range(39)))], {}),
        ([card(FILE)], SENT),
        ([PICTURES], SENT),
        ([row(choices("a", "b"))], {}),
        ([{"type": 9, "components": [text()], "accessory": link()}], {"content": ""}),
    ],
)
def test_what_discord_takes_is_taken(
    components: list[dict[str, Any]], beside: dict[str, Any]
) -> None:
    """Up to the very limits."""
    assert message_faults({"flags": LAYOUT, "components": components} | beside) == []


@pytest.mark.parametrize(
    ("components", "beside"),
    [
        ([], {}),
        ([text()], {"content": "beside"}),
        ([text()], {"embeds": [{"title": "beside"}]}),
        ([text()], {"flags": 0}),
        ([text("y" * 4001)], {}),
        ([text("\U0001f514" * 2000), text()], {}),
        ([text(" \n")], {}),
        ([card(*(text() for _ in range(40)))], {}),
        ([card()], {}),
        ([card(card(text()))], {}),
        ([card(text()) | {"accent_color": 1 << 24}], {}),
        ([button()], {}),
        ([row()], {}),
        ([row(*numbered(6))], {}),
        ([row(text())], {}),
        ([row(button(), choices("a"))], {}),
        ([row(button(), button())], {}),
        ([row(button(label=""))], {}),
        ([row(button(label="y" * 81))], {}),
        ([row(button(custom_id="y" * 101))], {}),
        ([row(button(url="https://a.org"))], {}),
        ([row(button(style=6))], {}),
        ([row(link(custom_id="tb:"))], {}),
        ([row(link(url="https://a.org/" + "y" * 512))], {}),
        ([row(choices())], {}),
        ([row(choices("a", "a"))], {}),
        ([row(choices(*map(str, range(26))))], {}),
        ([row(choices("y" * 101))], {}),
        ([row(choices("a", placeholder="y" * 151))], {}),
        ([{"type": 9, "components": [button()], "accessory": link()}], {}),
        ([{"type": 9, "components": [text()], "accessory": text()}], {}),
        ([{"type": 12, "items": []}], {}),
        ([{"type": 14, "spacing": 3}], {}),
        ([{"type": 99}], {}),
        ([text() | {"id": 7}, text() | {"id": 7}], {}),
        ([card(FILE)], {}),
        ([card(text())], SENT),
        ([text()], {"nonce": "y" * 26}),
    ],
)
def test_what_discord_refuses_is_refused(
    components: list[dict[str, Any]], beside: dict[str, Any]
) -> None:
    """Each of these by itself."""
    assert message_faults({"flags": LAYOUT, "components": components} | beside)


def test_components_without_the_flag_are_refused() -> None:
    """Rows of buttons alone need no flag, all else does."""
    assert layout_faults({"components": [text()]}) == ["the flag of a layout is missing"]
    assert message_faults({"content": "x", "components": [row(button())]}) == []
