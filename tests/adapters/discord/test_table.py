"""The table of commands over the wire: what Discord has of it, and what is made of options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from adapters.discord.commands import Commands
from adapters.discord.platform import logged_in
from bot.domain.commands.options import Kind, Option
from bot.domain.commands.table import COMMANDS, CommandSpec
from bot.domain.commands.taken import SHARE
from bot.domain.words import say
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import payloads

SERVER: dict[str, Any] = {"guild_id": payloads.GUILD}
TYPES = {Kind.TEXT: 3, Kind.NUMBER: 4, Kind.SWITCH: 5, Kind.ROLE: 8}

TYPED: list[tuple[str, str | None, dict[str, Any], str]] = [
    ("trial", "NCT00902044", {"part": "where"}, "NCT00902044 where"),
    (
        *("search", "soft tissue sarcoma"),
        {"near": "Paris, France", "radius": 50, "phase": "2", "age": 12, "healthy": False},
        'near:"Paris, France" km:50 phase:2 age:12 healthy:no soft tissue sarcoma',
    ),
    ("search", None, {"country": "France"}, "country:France"),
    ("follow", "ALS", {"kinds": "results"}, "kinds:results ALS"),
    ("following", None, {"muted": True, "page": 2}, "muted 2"),
    ("following", None, {"muted": False}, ""),
    ("print", "NCT00902044", {"paper": "letter"}, "NCT00902044 letter"),
    ("settings show", None, {}, ""),
    ("settings show", "quiet 22 7", {}, "quiet 22 7"),
    ("settings quiet", None, {"start": 22, "end": 0}, "quiet 22 0"),
    ("settings discreet", None, {"on": True}, "discreet yes"),
    ("settings tell", None, {"how_often": "at once"}, "tell at once"),
    ("feed add", "sarcoma", {"status": "recruiting"}, "add status:recruiting sarcoma"),
    ("feed edit", "#12", {"kinds": "status"}, "edit kinds:status #12"),
    ("feed threads", None, {"on": False}, "threads no"),
    ("feed role", None, {"nobody": True}, "role off"),
]


Row = tuple[str, str, int, bool, bool, int]


def rows(spec: CommandSpec) -> Iterator[tuple[str, str, list[Row]]]:
    """Each command that the row of the table should become, with its options."""
    if spec.forms:
        for form in spec.forms:
            yield form.name, form.help, [row(option) for option in form.options]
        return
    argument = (spec.argument,) if spec.argument else ()
    shared = (SHARE,) if spec.shared else ()
    options = [row(option) for option in (*argument, *spec.options, *shared)]
    if spec.takes_file:
        options.append(("file", say("option.file"), 11, False, False, 0))
    yield spec.name, spec.help, options


def row(option: Option) -> Row:
    """An option as Discord should have it."""
    suggested = option.suggests is not None
    kind = TYPES[option.kind]
    return option.name, option.help, kind, option.required, suggested, len(option.choices)


def registered(entry: dict[str, Any]) -> tuple[str, str, list[Row]]:
    """A command as Discord has it."""
    return (
        entry["name"],
        entry["description"],
        [
            (
                *(one["name"], one["description"], one["type"], one.get("required", False)),
                one.get("autocomplete", False),
                len(one.get("choices", [])),
            )
            for one in entry.get("options", [])
        ],
    )


async def test_the_whole_table_is_registered(bots: Bots) -> None:
    """Every command and each within it, with types, in all places and for both installs."""
    await bots.start()
    table = [one for one in bots.discord.commands if one["type"] == 1]
    assert [(one["name"], one["description"]) for one in table] == [
        (spec.name, spec.help) for spec in COMMANDS
    ]
    for spec, command in zip(COMMANDS, table, strict=True):
        assert (command["contexts"], command["integration_types"]) == ([0, 1, 2], [0, 1])
        entries = command["options"] if spec.forms else [command]
        assert [registered(entry) for entry in entries] == list(rows(spec))


async def test_options_become_what_somebody_could_have_typed(bots: Bots) -> None:
    """The desk hears one text, whatever a platform asks for by itself."""
    await bots.start()
    for command, text, options, typed in TYPED:
        use = await bots.discord.slash(command, text, options=options, **SERVER)
        await use.answered()
        request = bots.desk.asked.pop()
        assert (request.command, request.text) == (command.split()[0], typed)


async def test_whoever_asks_chooses_who_sees_the_answer(bots: Bots) -> None:
    """What is personal can be shared, and what is not can be had alone."""
    await bots.start()
    for command, share, ephemeral in (
        ("trial", None, False),
        ("trial", False, True),
        ("search", None, True),
        ("search", True, False),
    ):
        options = {} if share is None else {"share": share}
        use = await bots.discord.slash(command, "NCT00902044", options=options, **SERVER)
        (answer,) = await use.answered()
        assert use.ephemeral is bool(answer.get("flags", 0) & 64) is ephemeral
        assert bots.desk.asked.pop().text == "NCT00902044"


async def test_what_nobody_could_choose_is_answered_in_words(bots: Bots) -> None:
    """A forged interaction gets an answer for its sender alone, and the next one is served."""
    await bots.start()
    forged: list[tuple[str, dict[str, Any]]] = [
        ("search", {"age": 10**12}),
        ("search", {"radius": -5, "what": "sarcoma"}),
        ("search", {"status": "dancing"}),
        ("search", {"healthy": {"a": 1}}),
        ("trial", {}),
        ("feed role", {"role": "somebody"}),
        ("feed role", {"role": "700000000000000001"}),
    ]
    for command, options in forged:
        use = await bots.discord.slash(command, options=options, forged=True, **SERVER)
        (answer,) = await use.answered()
        assert use.ephemeral
        assert say("option.absurd.title") in str(answer)
    assert bots.desk.asked == []
    options = {"share": True, "dance": "now"}
    use = await bots.discord.slash("export", options=options, forged=True, **SERVER)
    await use.answered()
    assert use.ephemeral, "what is not to be shared never is"


CHANGES: list[tuple[tuple[str, ...], str, Any]] = [
    (("trial",), "description", "as it was before"),
    (("help",), "contexts", [0]),
    (("help",), "integration_types", [1]),
    (("help",), "default_member_permissions", "32"),
    (("feed", "add"), "description", "as it was before"),
    (("feed", "add", "what"), "required", False),
    (("search", "radius"), "max_value", 10),
    (("search", "age"), "min_value", 1),
    (("search", "near"), "autocomplete", False),
    (("search", "status"), "choices", []),
    (("search", "status"), "name_localizations", {"de": "zustand"}),
    (("trial",), "description_localizations", {"de": "Eine Studie zeigen"}),
]


async def test_a_change_is_registered_once(bots: Bots) -> None:
    """A start that finds what it has registers nothing; what differs is registered one time."""
    assert [await sync(bots), await sync(bots)] == [True, False]
    for path, key, value in CHANGES:
        entry: dict[str, Any] = {"options": bots.discord.commands}
        for name in path:
            entry = next(one for one in entry["options"] if one["name"] == name)
        entry[key] = value
        before = bots.discord.registrations
        assert [await sync(bots), await sync(bots)] == [True, False], (path, key)
        assert bots.discord.registrations == before + 1


async def test_a_command_that_is_no_more_is_taken_away(bots: Bots) -> None:
    """Commands that Discord has and the table does not are registered away; order is nothing."""
    await sync(bots)
    bots.discord.commands.append(bots.discord.commands[0] | {"name": "dance"})
    assert await sync(bots)
    bots.discord.commands.reverse()
    assert not await sync(bots)


async def test_names_and_descriptions_can_be_translated(bots: Bots) -> None:
    """What a catalogue has goes along in its language, and is known again at the next start."""
    german = {
        "command.trial": "Eine Studie zeigen",
        "command.trial.name": "studie",
        "option.near.name": "nahe",
        "command.feed.add": "Hier berichten",
        "status.RECRUITING": "Nimmt auf",
    }
    assert [await sync(bots, german), await sync(bots, german)] == [True, False]
    table = {one["name"]: one for one in bots.discord.commands}
    assert table["trial"]["name_localizations"] == {"de": "studie"}
    assert table["trial"]["description_localizations"] == {"de": "Eine Studie zeigen"}
    add = next(one for one in table["feed"]["options"] if one["name"] == "add")
    assert add["description_localizations"] == {"de": "Hier berichten"}
    options = {one["name"]: one for one in add["options"]}
    assert options["near"]["name_localizations"] == {"de": "nahe"}
    assert options["status"]["choices"][0]["name_localizations"] == {"de": "Nimmt auf"}
    assert await sync(bots)


async def sync(bots: Bots, german: dict[str, str] | None = None) -> bool:
    """Register the commands as a bot that starts does; returns whether it had to."""
    async with logged_in(bots.discord.token, bots.discord.api_url, bots.clock) as client:
        translations = {"de": german} if german else None
        return await Commands(
            client, bots.desk, bots.desk.suggest, translations=translations
        ).sync()
