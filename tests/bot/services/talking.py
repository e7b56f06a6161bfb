"""Somebody who gives the desk commands."""

from __future__ import annotations

import asyncio

from bot.domain.address import Address
from bot.domain.commands.request import Request
from bot.domain.message import Message
from bot.domain.settings.chat import DEFAULT, ChatSettings
from bot.domain.watch import Subscription
from tests.bot.services.support import YOU, lines, nct
from tests.end_to_end.house import for_work
from trialbell.wiring import Core


def asking(
    command: str, text: str = "", address: Address = YOU, *, private: bool = False
) -> Request:
    """A command; not private, so that no consent is asked for."""
    return Request(command=command, text=text, address=address, private=private)


async def ask(
    core: Core, command: str, text: str = "", address: Address = YOU, *, private: bool = False
) -> Message:
    """The one message that answers a command; not private, so that no consent is asked for."""
    request = Request(command=command, text=text, address=address, private=private)
    (answer,) = await core.desk.answer(request)
    return answer


async def press(core: Core, action: str, address: Address = YOU) -> Message:
    """What a button's action answers."""
    command, _, text = action.partition(" ")
    return await ask(core, command, text, address)


async def follow(core: Core, number: int, address: Address = YOU) -> None:
    """Follow a trial, and hear of all that somebody who works with trials is told."""
    await for_work(core, address)
    answer = await ask(core, "follow", nct(number), address)
    assert answer.title == f"You follow {nct(number)}"


async def begin(core: Core, words: str, address: Address = YOU) -> Message:
    """Follow a condition: ask for it, and say yes to what was understood."""
    shown = await ask(core, "follow", words, address)
    assert shown.title == f"Follow “{words}”?"
    return await press(core, shown.buttons[0].action or "", address)


async def follow_words(core: Core, words: str, address: Address = YOU) -> None:
    """Follow a condition in the same way, and read what exists for it."""
    await for_work(core, address)
    answer = await begin(core, words, address)
    assert answer.title == f"You follow “{words}”"
    await core.baselines.run(asyncio.Event())


async def following(core: Core, address: Address = YOU) -> str:
    """What the chat follows, as it is told."""
    return lines(await ask(core, "following", "", address))


def registered(message: Message) -> str:
    """The title that a card says the trial is registered under; else what the message says."""
    found = [fact.value for fact in message.facts if fact.label == "Registered as"]
    return found[0] if found else message.title


def actions(message: Message, *words: str) -> list[str]:
    """What the buttons of a message ask for, of those that have all these words."""
    found = [button.action for button in message.buttons if button.action]
    return [one for one in found if set(words) <= set(one.split())]


async def followed(core: Core) -> list[Subscription]:
    """What this chat follows, as it is kept."""
    chat = await core.store.chats.find(YOU)
    assert chat is not None
    return list(await core.store.chats.subscriptions(chat.id))


async def chosen(core: Core) -> ChatSettings:
    """What is kept."""
    chat = await core.store.chats.find(YOU)
    return chat.settings if chat else DEFAULT


def labels(message: Message) -> list[str]:
    """What stands on the buttons."""
    return [button.label for button in message.buttons]


def facts(message: Message) -> str:
    """The facts in one text."""
    return "\n".join(f"{fact.label}: {fact.value}" for fact in message.facts)
