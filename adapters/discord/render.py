"""A message as Discord shows it: embeds within Discord's limits, and buttons.

A message that is too long for one embed becomes several, cut between sections first, then between
lines, then between words. Buttons and the footer stand under the last.

Limits: https://discord.com/developers/docs/resources/message#embed-object-embed-limits. Discord
does not say how it counts a character; here UTF-16 units are counted, which is never too few.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

import discord
import msgspec

from bot.domain.message import Button, File, Message, Section, Tone

TITLE = NAME = 256
DESCRIPTION = 4096
FIELDS = 25
VALUE = 1024
FOOTER = 2048
TOTAL = 6000
LABEL = 80
BUTTONS = 25
ROW = 5
CUSTOM_ID = 100
URL = 512
"""The longest address that a link button takes."""

ACTION_PREFIX = "tb:"
"""Stands before the action in a button's ``custom_id``, so that it is known as ours."""

_COLOURS = {
    Tone.PLAIN: 0x4C6EF5,
    Tone.GOOD: 0x2F9E44,
    Tone.CAUTION: 0xF08C00,
    Tone.STOPPED: 0xC92A2A,
}
_PAGE_MARK = 12
"""Room at the end of a title for the page: `` · 10/12``."""
_EMPTY = "\u200b"
"""Discord takes no empty field; it takes a space without width."""
_MARKUP = re.compile(r"<(?=[@#:/a-z])")


class Part(msgspec.Struct, frozen=True):
    """One Discord message: a single embed, and the buttons under it.

    The first of a message mentions the role, the last has the files.
    """

    embed: discord.Embed
    buttons: tuple[Button, ...] = ()
    files: tuple[File, ...] = ()
    role: str | None = None


class _Field(msgspec.Struct, frozen=True):
    name: str
    value: str
    inline: bool = False

    @property
    def size(self) -> int:
        return units(self.name) + units(self.value)


class _Page(msgspec.Struct):
    description: str = ""
    fields: list[_Field] = []

    @property
    def size(self) -> int:
        return units(self.description) + sum(field.size for field in self.fields)


def render(message: Message) -> tuple[Part, ...]:
    """The Discord messages, at least one, that say this message."""
    footer = _cut(message.footer, FOOTER) if message.footer else ""
    pages = _paginate(message, TOTAL - TITLE - units(footer))
    buttons = _buttons(message.buttons)
    parts = []
    for number, page in enumerate(pages, start=1):
        mark = f" · {number}/{len(pages)}" if len(pages) > 1 else ""
        embed = discord.Embed(
            title=_fit(message.title, TITLE - _PAGE_MARK) + mark,
            url=message.link,
            description=page.description or None,
            colour=_COLOURS[message.tone],
        )
        for field in page.fields:
            embed.add_field(name=field.name, value=field.value, inline=field.inline)
        last = number == len(pages)
        if last and footer:
            embed.set_footer(text=footer)
        role = message.mention_role if number == 1 else None
        parts.append(Part(embed, buttons if last else (), message.files if last else (), role))
    return tuple(parts)


def contents(part: Part) -> dict[str, Any]:
    """A part as the library takes it, in a channel, a thread, a forum or an answer.

    Nobody is mentioned but the one role, whatever stands in the text.
    """
    roles = [discord.Object(int(part.role))] if part.role else []
    given: dict[str, Any] = {
        "embeds": [part.embed],
        "view": view_of(part.buttons),
        "allowed_mentions": discord.AllowedMentions(
            everyone=False, users=False, roles=roles, replied_user=False
        )
        if roles
        else discord.AllowedMentions.none(),
    }
    if part.role:
        given["content"] = f"<@&{part.role}>"
    if part.files:
        given["files"] = [
            discord.File(io.BytesIO(file.content), filename=file.name) for file in part.files
        ]
    return given


def view_of(buttons: tuple[Button, ...]) -> discord.ui.View:
    """The buttons in rows of five. Needs a running event loop, as every view does.

    The view is stopped at once, so that the library does not keep it: a kept ephemeral view runs
    out after 15 minutes. Presses are answered by the dynamic item in ``commands``.
    """
    view = discord.ui.View(timeout=None)
    for index, button in enumerate(buttons):
        item: discord.ui.Button[discord.ui.View] = discord.ui.Button(
            label=button.label,
            url=button.url,
            custom_id=None if button.action is None else ACTION_PREFIX + button.action,
            row=index // ROW,
        )
        view.add_item(item)
    view.stop()
    return view


def escape(text: str) -> str:
    """The text with everything disarmed that Discord would read as markup or as a mention."""
    text = discord.utils.escape_mentions(discord.utils.escape_markdown(text))
    return _MARKUP.sub(r"\\<", text)


def units(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _paginate(message: Message, room: int) -> list[_Page]:
    """Fill pages of at most ``room`` units and 25 fields in reading order."""
    lede = message.lede.split("\n") if message.lede else []
    pages = [_Page(description=text) for text in _pack(lede, min(DESCRIPTION, room))] or [_Page()]
    for field in _fields(message):
        page = pages[-1]
        if len(page.fields) == FIELDS or page.size + field.size > room:
            page = _Page()
            pages.append(page)
        page.fields.append(field)
    return pages


def _fields(message: Message) -> Iterator[_Field]:
    for fact in message.facts:
        yield from _spread(Section(fact.label, tuple(fact.value.split("\n"))), inline=True)
    for section in message.sections:
        lines = tuple(line for text in section.lines for line in text.split("\n"))
        yield from _spread(Section(section.heading, lines), inline=False)


def _spread(section: Section, *, inline: bool) -> Iterator[_Field]:
    """A section as one field, or as several whose headings end in an ellipsis from the second."""
    values = list(_pack(section.lines, VALUE)) or [_EMPTY]
    for index, value in enumerate(values):
        mark = " …" if index else ""
        name = _fit(section.heading, NAME - len(mark)) + mark
        yield _Field(name, value, inline and len(values) == 1)


def _pack(lines: Iterable[str], limit: int) -> Iterator[str]:
    """Escaped lines joined into texts of at most ``limit`` units, cut between lines if possible."""
    packed = ""
    for line in lines:
        for piece in _pieces(line, limit):
            joined = f"{packed}\n{piece}" if packed else piece
            if units(joined) <= limit:
                packed = joined
                continue
            if packed.strip():
                yield packed
            packed = piece
    if packed.strip():
        yield packed


def _pieces(line: str, limit: int) -> Iterator[str]:
    """One line, escaped, in pieces of at most ``limit`` units, cut between words if possible.

    The raw text is cut and then escaped, so that no cut parts a backslash from what it disarms.
    """
    while units(escape(line)) > limit:
        end = _fitting(line, limit)
        space = line.rfind(" ", 0, end)
        if space > end // 2:
            end = space
        yield escape(line[:end])
        line = line[end:].lstrip(" ")
    yield escape(line)


def _fit(text: str, limit: int) -> str:
    """One escaped line of at most ``limit`` units, ended by an ellipsis where it was cut."""
    text = " ".join(text.split()) or _EMPTY
    if units(escape(text)) > limit:
        text = text[: _fitting(text, limit - 1)].rstrip() + "…"
    return escape(text)


def _fitting(text: str, limit: int) -> int:
    """How many leading characters fit into ``limit`` units once they are escaped; at least one."""
    end = min(len(text), limit)
    while end > 1 and (over := units(escape(text[:end])) - limit) > 0:
        end = max(1, end - max(1, over // 2))
    return end


def _cut(text: str, limit: int) -> str:
    """Plain text of at most ``limit`` units; what Discord shows without markup."""
    while units(text) > limit:
        text = text[: min(len(text) - 2, limit - 1)] + "…"
    return text


def _buttons(buttons: tuple[Button, ...]) -> tuple[Button, ...]:
    """Those that Discord takes: each action once, since it refuses a ``custom_id`` given twice."""
    taken: dict[str, Button] = {}
    for button in buttons:
        where = button.url or ACTION_PREFIX + (button.action or "")
        if units(where) > (URL if button.url else CUSTOM_ID) or not button.label.strip():
            continue
        taken.setdefault(where, Button(_cut(button.label, LABEL), button.action, button.url))
    return tuple(taken.values())[:BUTTONS]
