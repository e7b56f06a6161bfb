"""A rendered part put together from Discord's components, as the library sends it.

Nothing stands in a message beside its components: with them Discord takes neither content nor
embeds. Source: https://discord.com/developers/docs/components/overview.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import discord
from discord import ui

from adapters.discord.render import Part
from bot.domain.message import Button

COMPONENTS = 40
"""Components of a message, those within others too."""

ROW = 5
"""Buttons side by side."""

ROWS = 6
"""Of buttons that are set by their width; where it took more, every row is filled."""

WIDE = 560
LETTER = 7
AROUND = 42
"""Pixels: of a card on a large screen, of a letter on a button, and of what is around the letters.

A button that finds no room beside the others stands in a row alone, so it takes the next row along.
"""

ACTION_PREFIX = "tb:"
"""Stands before the action in a button's ``custom_id``, so that it is known as ours."""

TURN_PREFIX = "tbt:"
"""The same where the answer takes the place of the message that the button stands under."""

Item = ui.Item[ui.LayoutView]


def contents(part: Part) -> dict[str, Any]:
    """A part as the library takes it, in a channel, a thread, a forum or an answer.

    Nobody is mentioned but the one role, whatever stands in the text.
    """
    given: dict[str, Any] = {"view": layout_of(part), "allowed_mentions": _mentions(part.role)}
    if part.files:
        given["files"] = [
            discord.File(io.BytesIO(file.content), filename=file.name) for file in part.files
        ]
    return given


def layout_of(part: Part) -> ui.LayoutView:
    """The card, with the mention of a role above it. Needs a running event loop, as views do.

    The view is stopped at once, so that the library does not keep it: a press is answered by what
    ``buttons`` registers, also on a message of an earlier run.
    """
    head: list[Item] = [ui.TextDisplay(text) for text in part.head]
    foot = [*_files(part), *_small_print(part), *_rows(part.buttons)]
    view = ui.LayoutView(timeout=None)
    if part.role:
        view.add_item(ui.TextDisplay(f"<@&{part.role}>"))
    left = COMPONENTS - view.total_children_count - 1 - _count(head) - _count(foot)
    body = _body(part.body, left) if part.body else []
    view.add_item(ui.Container(*head, *body, *foot, accent_colour=part.colour))
    view.stop()
    return view


def _body(texts: tuple[str, ...], left: int) -> list[Item]:
    """The sections below a line; the last ones in one text where each cannot have its own."""
    alone = max(0, left - 2) if len(texts) > left - 1 else len(texts)
    shown = [*texts[:alone], *(["\n".join(texts[alone:])] if texts[alone:] else [])]
    return [ui.Separator(), *(ui.TextDisplay(text) for text in shown)]


def _small_print(part: Part) -> Iterator[Item]:
    if part.footer:
        yield ui.Separator()
        yield ui.TextDisplay(part.footer)


def _files(part: Part) -> Iterator[Item]:
    """What is sent along is seen only where a component names it; pictures are shown."""
    for file in part.files:
        media = f"attachment://{file.name}"
        if file.media_type.startswith("image/"):
            yield ui.MediaGallery(discord.MediaGalleryItem(media))
        else:
            yield ui.File(media)


def rows_of(buttons: tuple[Button, ...]) -> list[list[Button]]:
    """The buttons in the rows in which they are shown, each no wider than a card.

    What leads on and back stands apart from the others.
    """
    rows: list[list[Button]] = []
    left = 0
    for button in buttons:
        takes = LETTER * len(button.label) + AROUND
        beside = bool(rows) and rows[-1][-1].apart == button.apart and len(rows[-1]) < ROW
        if not beside or takes > left:
            rows.append([])
            left = WIDE
        rows[-1].append(button)
        left -= takes
    if len(rows) > ROWS:
        return [list(buttons[start : start + ROW]) for start in range(0, len(buttons), ROW)]
    return rows


def _rows(buttons: tuple[Button, ...]) -> Iterator[Item]:
    for row in rows_of(buttons):
        yield ui.ActionRow(*map(_button, row))


def _button(button: Button) -> ui.Button[ui.LayoutView]:
    prefix = TURN_PREFIX if button.turns else ACTION_PREFIX
    action = None if button.action is None else prefix + button.action
    return ui.Button(label=button.label, url=button.url, custom_id=action)


def _count(items: list[Item]) -> int:
    rows = [item for item in items if isinstance(item, ui.ActionRow)]
    return len(items) + sum(len(row.children) for row in rows)


def _mentions(role: str | None) -> discord.AllowedMentions:
    if role is None:
        return discord.AllowedMentions.none()
    roles = [discord.Object(int(role))]
    return discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)
