"""Messages as embeds: always within Discord's limits, and nothing in them is markup."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.discord.render import Part, escape, render, view_of
from bot.domain.message import Button, Fact, Message, Section, Tone
from tests.fakes.discord.limits import message_faults
from tests.fakes.discord.spec import PATH, spec_faults
from tests.shared import needs_shared

LINES = st.text(max_size=60) | st.text(alphabet="*_`~|<@#>[]() \\-x\U0001f514", max_size=3000)
LONG = st.integers(1, 60).flatmap(
    lambda times: st.text(min_size=1, max_size=120).map(lambda text: text * times)
)
BUTTON = st.builds(Button, label=st.text(max_size=90), action=st.text(min_size=1, max_size=30)) | (
    st.builds(
        Button, label=st.text(max_size=90), url=st.just("https://clinicaltrials.gov/study/NCT1")
    )
)
MESSAGES = st.builds(
    Message,
    title=LINES,
    lede=st.none() | LINES | LONG,
    facts=st.lists(st.builds(Fact, label=LINES, value=LINES | LONG), max_size=30).map(tuple),
    sections=st.lists(
        st.builds(Section, heading=LINES, lines=st.lists(LINES | LONG, max_size=8).map(tuple)),
        max_size=8,
    ).map(tuple),
    buttons=st.lists(BUTTON, max_size=30).map(tuple),
    footer=st.none() | LINES,
    link=st.none() | st.just("https://clinicaltrials.gov/study/NCT00902044"),
    tone=st.sampled_from(Tone),
)


async def body(part: Part) -> dict[str, object]:
    """What is sent of one part; a view needs a running loop."""
    return {"embeds": [part.embed.to_dict()], "components": view_of(part.buttons).to_components()}


@given(message=MESSAGES)
@example(message=Message(title="*" * 300, lede="_" * 9000, footer="x" * 5000))
@example(message=Message(title="\U0001f514" * 300, sections=(Section("h" * 300, ("*" * 2049,)),)))
async def test_every_part_is_within_limits(message: Message) -> None:
    """No message, however long or odd, is rendered into what Discord refuses."""
    parts = render(message)
    assert parts
    for part in parts:
        assert message_faults(dict(await body(part))) == []


@needs_shared
@pytest.mark.skipif(not PATH.is_file(), reason="Discord's API description is not in shared/specs")
@given(message=MESSAGES)
async def test_every_part_obeys_the_published_description(message: Message) -> None:
    """What is sent is what Discord's own OpenAPI description allows."""
    for part in render(message):
        assert spec_faults(dict(await body(part)), "MessageCreateRequest") == []


@given(lines=st.lists(st.text(alphabet="abc def", min_size=1, max_size=400), max_size=40))
def test_no_word_is_lost_in_a_split(lines: list[str]) -> None:
    """A long section spreads over fields and messages, and every word is still there, in order."""
    message = Message(title="t", sections=(Section("Places", tuple(lines)),))
    shown = [field.value or "" for part in render(message) for field in part.embed.fields]
    assert "".join("".join(shown).replace("\u200b", "").split()) == "".join("".join(lines).split())


def test_a_short_message_is_one_embed() -> None:
    """Title, link, paragraph, facts, sections and footer each have their place."""
    message = Message(
        title="A trial",
        lede="Its status changed.",
        facts=(Fact("Phase", "1"),),
        sections=(Section("Status", ("Was open.", "Is closed.")),),
        footer="Source",
        link="https://clinicaltrials.gov/study/NCT00902044",
        tone=Tone.STOPPED,
    )
    (part,) = render(message)
    assert part.embed.to_dict() == {
        "type": "rich",
        "title": "A trial",
        "url": "https://clinicaltrials.gov/study/NCT00902044",
        "description": "Its status changed.",
        "color": 0xC92A2A,
        "flags": 0,
        "fields": [
            {"name": "Phase", "value": "1", "inline": True},
            {"name": "Status", "value": "Was open.\nIs closed.", "inline": False},
        ],
        "footer": {"text": "Source"},
    }


def test_a_long_message_is_cut_between_sections() -> None:
    """Sections stay whole where they fit, pages are counted, buttons and footer come last."""
    sections = tuple(Section(f"Section {number}", ("x" * 1000,)) for number in range(9))
    message = Message(
        title="Long", sections=sections, footer="Source", buttons=(Button("Show", "trial NCT1"),)
    )
    first, second = render(message)
    assert (first.embed.title, second.embed.title) == ("Long · 1/2", "Long · 2/2")
    assert [field.name for part in (first, second) for field in part.embed.fields] == [
        section.heading for section in sections
    ]
    assert (first.buttons, first.embed.footer.text) == ((), None)
    assert (len(second.buttons), second.embed.footer.text) == (1, "Source")


async def test_buttons_stand_in_rows_of_five() -> None:
    """Seven buttons make two rows; an action given twice is shown once."""
    buttons = tuple(Button(f"B{number}", f"trial NCT{number}") for number in range(7))
    (part,) = render(Message(title="t", buttons=(*buttons, buttons[0])))
    rows = view_of(part.buttons).to_components()
    assert [len(row["components"]) for row in rows] == [5, 2]
    assert rows[0]["components"][0]["custom_id"] == "tb:trial NCT0"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**bold** _x_", r"\*\*bold\*\* \_x\_"),
        ("> quoted", r"\> quoted"),
        ("# heading", r"\# heading"),
        ("[click](https://example.org)", r"\[click](https://example.org)"),
        ("<#123456789012345678> <t:0> <:a:1>", r"\<#123456789012345678> \<t:0> \<:a:1>"),
        ("Hb < 9 g/dL", "Hb < 9 g/dL"),
        ("see https://example.org/a_b_c", "see https://example.org/a_b_c"),
    ],
)
def test_text_is_disarmed(written: str, shown: str) -> None:
    """What the registry or a person wrote is shown as it is written."""
    assert escape(written) == shown


def test_mentions_are_disarmed() -> None:
    """Nobody is called by what a record says."""
    assert "@everyone" not in escape("@everyone")
    assert "<@123456789012345678>" not in escape("<@123456789012345678>")
