"""A rendered part put together from Discord's components, as the library sends it.

Nothing stands in a message beside its components: with them Discord takes neither content nor
embeds. Source: https://discord.com/developers/docs/components/overview.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import discord
import msgspec
from discord import ui

from adapters.discord.render import Part
from bot.domain.message import Button
from bot.domain.words import say

COMPONENTS = 40
"""Components of a message, those within others too."""

ROW = 5
"""Buttons side by side."""

ROWS = 6
"""Of buttons that are set by their width; where it took more, every row is filled."""

ALIKE = 9
"""So many buttons that are alike stand beside each other; more are a list to choose from."""

WIDE = 520
AROUND = 42
BROAD, LETTER, SLIM = 9, 7, 4
"""Pixels: of a card on a large screen, of what is around a button's letters, and of the letters.

A button that finds no room beside the others stands in a row alone, so it takes the next row along.
"""

ACTION_PREFIX = "tb:"
"""Stands before the action in a button's ``custom_id``, so that it is known as ours."""

TURN_PREFIX = "tbt:"
"""The same where the answer takes the place of the message that the button stands under."""

CHOICE_PREFIX = "tbc:"
"""Before the number of a list; what is chosen in it is what a button's ``custom_id`` would be."""

_SLIM = frozenset(" .,:;!|'ijlt")

Item = ui.Item[ui.LayoutView]


class Choice(msgspec.Struct, frozen=True):
    """Buttons that are shown as a list, of which one is chosen."""

    options: tuple[Button, ...]


Row = tuple[Button, ...] | Choice


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


def rows_of(buttons: tuple[Button, ...]) -> list[Row]:
    """The rows in which the buttons are shown, each no wider than a card.

    What leads on and back stands apart from the others. Many that are alike become a list.
    """
    rows: list[Row] = []
    for kind, group in groupby(buttons, key=_kind):
        alike = tuple(group)
        if kind is not None and len(alike) > ALIKE:
            rows.append(Choice(alike))
        else:
            for button in alike:
                _put(rows, button)
    if len(rows) > ROWS and not any(isinstance(row, Choice) for row in rows):
        return [buttons[start : start + ROW] for start in range(0, len(buttons), ROW)]
    return rows


def _kind(button: Button) -> tuple[str, int] | None:
    """Buttons are alike that give one command as many words: ``sub 7 kind status on``."""
    words = (button.action or "").split()
    return (words[0], len(words)) if words and not button.apart else None


def _put(rows: list[Row], button: Button) -> None:
    """Put the button beside the last ones, or in a row of its own."""
    last = rows[-1] if rows else ()
    if isinstance(last, Choice) or not last or last[-1].apart != button.apart:
        rows.append((button,))
    elif len(last) < ROW and sum(map(_width, (*last, button))) <= WIDE:
        rows[-1] = (*last, button)
    else:
        rows.append((button,))


def _width(button: Button) -> int:
    return AROUND + sum(
        SLIM if one in _SLIM else BROAD if one.isupper() or one.isdigit() else LETTER
        for one in button.label
    )


def _rows(buttons: tuple[Button, ...]) -> Iterator[Item]:
    for number, row in enumerate(rows_of(buttons)):
        if isinstance(row, Choice):
            yield ui.ActionRow(_list(row, number))
        else:
            yield ui.ActionRow(*map(_button, row))


def _button(button: Button) -> ui.Button[ui.LayoutView]:
    return ui.Button(label=button.label, url=button.url, custom_id=_custom_id(button))


def _list(choice: Choice, number: int) -> ui.Select[ui.LayoutView]:
    options = [
        discord.SelectOption(label=one.label, value=_custom_id(one) or "") for one in choice.options
    ]
    placeholder = say("button.choose")
    return ui.Select(custom_id=f"{CHOICE_PREFIX}{number}", placeholder=placeholder, options=options)


def _custom_id(button: Button) -> str | None:
    prefix = TURN_PREFIX if button.turns else ACTION_PREFIX
    return None if button.action is None else prefix + button.action


def _count(items: list[Item]) -> int:
    rows = [item for item in items if isinstance(item, ui.ActionRow)]
    return len(items) + sum(len(row.children) for row in rows)


def _mentions(role: str | None) -> discord.AllowedMentions:
    if role is None:
        return discord.AllowedMentions.none()
    roles = [discord.Object(int(role))]
    return discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)
