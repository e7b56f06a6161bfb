"""The table of commands as Discord has it: typed options, choices, commands within commands.

What somebody fills in is composed into the text that they would have typed elsewhere, so that the
desk hears the same from every platform (``bot.domain.commands.options``).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from inspect import Parameter, Signature
from typing import Any, Final

import discord
import msgspec
from discord import app_commands

from adapters.discord.asking import Interaction
from bot.domain.commands.options import Absurd, Form, Kind, Option, Suggests, composed
from bot.domain.commands.table import CommandSpec
from bot.domain.commands.taken import SHARE
from bot.domain.words import say

Made = app_commands.Command[Any, ..., None] | app_commands.Group

FILE: Final = "file"
"""The option that takes a file, and no text stands for."""

_TYPES: Final = {Kind.TEXT: str, Kind.SWITCH: bool, Kind.ROLE: discord.Role}


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A command as somebody filled it in. ``text`` is None where a value cannot be chosen.

    ``share`` says who sees the answer, where they chose that.
    """

    command: str
    text: str | None
    share: bool | None = None
    file: discord.Attachment | None = None


Respond = Callable[[Interaction, Given], Awaitable[None]]

Offer = Callable[[Interaction, Suggests, str], Awaitable[None]]
"""Takes what is suggested and what was typed of it so far, and answers."""


class Translations(app_commands.Translator):
    """Names, descriptions and choices in other languages: by locale, then by key."""

    def __init__(self, catalogues: Mapping[str, Mapping[str, str]]) -> None:
        self._catalogues = catalogues

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        _: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The text under the string's key in the catalogue of this language, if it has one."""
        return self._catalogues.get(locale.value, {}).get(string.extras.get("key", ""))


def commands(table: Sequence[CommandSpec], respond: Respond, offer: Offer) -> Iterator[Made]:
    """Every row of the table as a command, or as a group of those within it."""
    for spec in table:
        if not spec.forms:
            bare = Form(name=spec.name, key=f"command.{spec.name}", typed="", options=_own(spec))
            yield _command(spec, bare, respond, offer)
            continue
        group = app_commands.Group(
            name=_name(spec.name, f"command.{spec.name}"),
            description=_text(spec.help, f"command.{spec.name}"),
        )
        for form in spec.forms:
            group.add_command(_command(spec, form, respond, offer))
        yield group


def _own(spec: CommandSpec) -> tuple[Option, ...]:
    argument = (spec.argument,) if spec.argument else ()
    return (*argument, *spec.options)


def _command(
    spec: CommandSpec, form: Form, respond: Respond, offer: Offer
) -> app_commands.Command[Any, ..., None]:
    shown = (*form.options, SHARE) if spec.shared else form.options

    async def callback(interaction: Interaction, **values: Any) -> None:
        file, share = values.pop(FILE, None), values.pop(SHARE.name, None)
        plain = {name: _plain(value) for name, value in values.items()}
        try:
            text = composed(form.options, plain, form.typed)
        except Absurd:
            text = None
        shares = share if isinstance(share, bool) else None
        await respond(interaction, Given(command=spec.name, text=text, share=shares, file=file))

    signature = [_parameter(option) for option in shown]
    names = {option.name: _name(option.name, option.key) for option in shown}
    helps = {option.name: _text(option.help, option.key) for option in shown}
    if spec.takes_file:
        signature.append(
            Parameter(
                FILE, Parameter.KEYWORD_ONLY, default=None, annotation=discord.Attachment | None
            )
        )
        helps[FILE] = _text(say("option.file"), "option.file")
    # The library reads the options off the callback's signature.
    vars(callback)["__signature__"] = Signature([_ASKED, *signature])
    described: Any = app_commands.rename(**names)(app_commands.describe(**helps)(callback))
    for option in form.options:
        if option.choices:
            described = app_commands.choices(**{option.name: _choices(option)})(described)
        if option.suggests is not None:
            suggests = {option.name: _suggesting(option.suggests, offer)}
            described = app_commands.autocomplete(**suggests)(described)
    return app_commands.Command(
        name=_name(form.name, form.key),
        description=_text(form.help, form.key),
        callback=described,
    )


_ASKED = Parameter("interaction", Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction)


def _parameter(option: Option) -> Parameter:
    kind: Any = _TYPES.get(option.kind)
    if option.kind is Kind.NUMBER:
        kind = app_commands.Range[int, option.least, option.most]
    if option.required:
        return Parameter(option.name, Parameter.KEYWORD_ONLY, annotation=kind)
    return Parameter(
        option.name,
        Parameter.KEYWORD_ONLY,
        default=None,
        annotation=kind | None,
    )


def _plain(value: object) -> object:
    return str(value.id) if isinstance(value, discord.Role) else value


def _choices(option: Option) -> list[app_commands.Choice[str]]:
    return [
        app_commands.Choice(name=_text(one.label, one.key), value=one.value)
        for one in option.choices
    ]


def _suggesting(suggests: Suggests, offer: Offer) -> Any:
    async def autocomplete(
        interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        await offer(interaction, suggests, current)
        return []  # it was answered

    return autocomplete


def _name(name: str, key: str) -> app_commands.locale_str:
    """A name; in another language it stands under its key with ``.name``."""
    return app_commands.locale_str(name, key=f"{key}.name")


def _text(text: str, key: str) -> app_commands.locale_str:
    return app_commands.locale_str(text, key=key)
