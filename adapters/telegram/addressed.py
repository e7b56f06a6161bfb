"""What is meant for the bot in a group, where people talk to each other, and what is not.

Whoever names the bot speaks to it, whatever they say. Whoever replies to a message of the bot
mostly speaks with the others: only a number, or a command and nothing besides, is a question.
"""

from __future__ import annotations

from telegram import Message, MessageEntity

from bot.domain.commands.request import parse_line
from bot.domain.commands.table import COMMANDS
from bot.domain.nct import find_key

_NUMBERED = frozenset(
    spec.name for spec in COMMANDS if spec.argument is not None and spec.argument.name == "number"
) | {"follow", "unfollow"}
"""Commands that can mean the trial of the message that they reply to."""


def asked_of(message: Message, bot: int, username: str) -> tuple[str, str] | None:
    """The command that a text in a group asks of the bot, and the rest; None where nothing."""
    text = message.text or ""
    if text.startswith("/"):
        return None  # a command of ours was heard as one; this is somebody else's
    words = _without_mention(message, bot, username)
    if words is not None:
        return _to_the_bot(words, message, bot)
    if replied_to(message, bot) is None:
        return None
    return _about_a_message(text, message, bot)


def meant_here(command: str, text: str, message: Message, bot: int) -> str:
    """What stands behind a command: where nothing does, the trial of what it replies to."""
    if text or command not in _NUMBERED:
        return text
    replied = replied_to(message, bot)
    key = find_key(replied.text or replied.caption or "") if replied is not None else None
    return key.number if key is not None else text


def replied_to(message: Message, bot: int) -> Message | None:
    """The message of the bot that this one replies to.

    In a topic every message replies to the one that opened it, be it the bot's.
    """
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != bot:
        return None
    return None if replied.forum_topic_created is not None else replied


def _to_the_bot(words: str, message: Message, bot: int) -> tuple[str, str]:
    command = parse_line(words)
    if command is not None:
        return command[0], meant_here(*command, message, bot)
    if find_key(words) is not None:
        return "trial", words
    if words:
        return "search", words
    number = meant_here("trial", "", message, bot)
    return ("trial", number) if number else ("help", "")


def _about_a_message(text: str, message: Message, bot: int) -> tuple[str, str] | None:
    command = parse_line(text)
    if command is not None and (not command[1] or find_key(command[1]) is not None):
        return command[0], meant_here(*command, message, bot)
    return ("trial", text) if find_key(text) is not None else None


def _without_mention(message: Message, bot: int, username: str) -> str | None:
    """The text without the bot's name; None where it is not named."""
    text = message.text or ""
    named = message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    spans = []
    for entity, shown in named.items():
        is_name = shown.lower() == f"@{username.lower()}"
        if is_name or (entity.user is not None and entity.user.id == bot):
            spans.append(shown)
    if not spans:
        return None
    for shown in spans:
        text = text.replace(shown, " ")
    return " ".join(text.split()).strip(" ,:;!?")
