"""A message as text that a person can read from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.message import Message


def as_text(message: Message) -> str:
    """Title, lede, facts, sections and what can be pressed, in the order of reading."""
    return "\n".join(_lines(message))


def _lines(message: Message) -> Iterator[str]:
    yield f"**{message.title}**"
    if message.lede:
        yield f"\n{message.lede}"
    if message.facts:
        yield ""
        yield from (f"{fact.label}: {fact.value}" for fact in message.facts)
    for section in message.sections:
        yield f"\n*{section.heading}*\n"
        yield from (f"- {line}" for line in section.lines)
    if message.buttons:
        yield f"\n{' '.join(f'[{button.label}]' for button in message.buttons)}"
    if message.footer:
        yield f"\n{message.footer}"
