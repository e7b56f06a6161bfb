"""Where an interaction comes from, and what it asks for there."""

from __future__ import annotations

import discord

from adapters.discord.client import Client
from bot.domain.address import Address
from bot.domain.commands.request import ACTIONS, Request
from bot.domain.commands.table import COMMANDS

Interaction = discord.Interaction[Client]

_LOOKING = {"mentioned"}
"""Actions that look something up and belong to nobody."""

PERSONAL = (
    frozenset(spec.name for spec in COMMANDS if spec.personal) | frozenset(ACTIONS) - _LOOKING
)
"""What belongs to the one who asks, and is shown to nobody else unless they say so."""


async def request_of(interaction: Interaction, name: str, text: str) -> Request:
    """The command as a request, with the address where notices can reach the one who asked."""
    own, server = is_own(interaction), None
    if not own:
        server = Address("discord", interaction.client.bot, f"server:{interaction.guild_id}")
    return Request(
        command=name,
        text=text,
        address=await address_of(interaction, personal=name in PERSONAL),
        private=own,
        may_manage=own or interaction.permissions.manage_guild,
        person=str(interaction.user.id),
        server=server,
        roles=frozenset() if own else _roles(interaction),
        visiting=is_visiting(interaction),
        aside=own and (name in PERSONAL or not is_visiting(interaction)),
    )


def _roles(interaction: Interaction) -> frozenset[str]:
    """The ids of the roles of whoever asks, as the interaction brought them."""
    member = interaction.user
    if not isinstance(member, discord.Member):
        return frozenset()
    kept = member._roles  # noqa: SLF001 - its property leaves out what is not cached
    return frozenset(str(number) for number in kept)


def is_own(interaction: Interaction) -> bool:
    """Whether what is asked there is one person's own affair, and no server's."""
    return is_visiting(interaction) or interaction.guild_id is None


def is_visiting(interaction: Interaction) -> bool:
    """Whether a user brought the bot along to where it is no member.

    That is other private chats, and servers that did not add it: it cannot write there by itself
    later.
    """
    if interaction.guild_id is not None:
        return not interaction.is_guild_integration()
    return interaction.context.private_channel


async def address_of(interaction: Interaction, *, personal: bool) -> Address:
    """The chat that is meant.

    What is personal where the bot only visits belongs to the person's own chat with it, which is
    opened if need be.
    """
    thread = None
    if personal and is_visiting(interaction):
        chat = (await interaction.user.create_dm()).id
    elif isinstance(interaction.channel, discord.Thread):
        chat, thread = interaction.channel.parent_id, str(interaction.channel.id)
    elif interaction.channel_id is not None:
        chat = interaction.channel_id
    else:
        raise LookupError("a kind of channel that the library does not know")
    return Address("discord", interaction.client.bot, str(chat), thread)
