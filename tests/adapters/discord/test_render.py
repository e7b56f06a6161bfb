"""Messages as cards: always within Discord's limits, cut where a reader would, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.discord.layout import ALIKE, rows_of
from adapters.discord.markup import UNSEEN
from adapters.discord.render import render
from bot.domain.message import Button, Fact, File, Message, Section, Tone
from bot.domain.words import say
from tests.adapters.discord.sent import body
from tests.fakes.discord.limits import message_faults
from tests.fakes.discord.shown import pressed, texts, title
from tests.fakes.discord.spec import needs_description, spec_faults

REGISTRY = "https://clinicaltrials.gov/study/NCT00902044"
LINES = st.text(max_size=60) | st.text(alphabet="*_`~|<@#>[]() \\-x\U0001f514", max_size=3000)
LONG = st.integers(1, 60).flatmap(
    lambda times: st.text(min_size=1, max_size=120).map(lambda text: text * times)
)
BUTTON = st.builds(
    Button,
    label=st.text(max_size=90),
    action=st.text(min_size=1, max_size=30),
    turns=st.booleans(),
) | st.builds(Button, label=st.text(max_size=90), url=st.just(REGISTRY))
MESSAGES = st.builds(
    Message,
    title=LINES,
    lede=st.none() | LINES | LONG,
    facts=st.lists(st.builds(Fact, label=LINES, value=LINES | LONG), max_size=30).map(tuple),
    sections=st.lists(
        st.builds(
            Section,
            heading=LINES,
            lines=st.lists(LINES | LONG, max_size=8).map(tuple),
            folded=st.booleans(),
        ),
        max_size=45,
    ).map(tuple),
    buttons=st.lists(BUTTON, max_size=30).map(tuple),
    footer=st.none() | LINES,
    link=st.none() | st.just(REGISTRY),
    tone=st.sampled_from(Tone),
    files=st.sampled_from(
        (
            (),
            (File("NCT00902044.pdf", "application/pdf", b"%PDF"),),
            (File("map.png", "image/png", b"PNG"),),
        )
    ),
    mention_role=st.none() | st.just("700000000000000099"),
)


@given(message=MESSAGES)
@example(message=Message(title="*" * 300, lede="_" * 9000, footer="x" * 5000))
@example(message=Message(title="\U0001f514" * 300, sections=(Section("h" * 300, ("*" * 2049,)),)))
@example(message=Message(title="", facts=(Fact("", "\n\n"),), sections=(Section(" ", ()),)))
async def test_every_part_is_within_limits(message: Message) -> None:
    """No message, however long or odd, is rendered into what Discord refuses."""
    parts = render(message)
    assert parts
    for part in parts:
        assert message_faults(await body(part)) == []


@needs_description
@settings(max_examples=25)  # the description is large, and what differs in messages is small
@given(message=MESSAGES)
async def test_every_part_obeys_the_published_description(message: Message) -> None:
    """What is sent is what Discord's own OpenAPI description allows."""
    for part in render(message):
        assert spec_faults(await body(part), "MessageCreateRequest") == []


@given(lines=st.lists(st.text(alphabet="abc def", min_size=1, max_size=400), max_size=40))
def test_no_word_is_lost_in_a_split(lines: list[str]) -> None:
    """A long section spreads over messages, and every word is still there, in order."""
    message = Message(title="t", sections=(Section("Places", tuple(lines)),))
    shown = [
        line
        for part in render(message)
        for text in part.body
        for line in text.split("\n")
        if not line.startswith("###")
    ]
    shown = [line.removeprefix("- ") for line in shown]
    assert "".join("".join(shown).replace(UNSEEN, "").split()) == "".join("".join(lines).split())


async def test_a_short_message_is_one_card() -> None:
    """Title, link, paragraph, facts, sections and small print each have their place."""
    message = Message(
        title="A trial",
        lede="Its status changed.",
        facts=(Fact("Phase", "1"), Fact("Where", "Lyon")),
        sections=(
            Section("Status", ("Was open.", "Is closed.")),
            Section("Why", ("You follow it.",), folded=True),
        ),
        footer="Source",
        link=REGISTRY,
        tone=Tone.STOPPED,
        buttons=(Button("Follow", "follow NCT00902044"), Button("On the web", url=REGISTRY)),
    )
    (part,) = render(message)
    (card,) = (await body(part))["components"]
    line = {"type": 14, "divider": True, "spacing": 1}
    assert (card["type"], card["accent_color"]) == (17, 0xC92A2A)
    assert card["components"] == [
        {"type": 10, "content": f"## [A trial]({REGISTRY})\nIts status changed."},
        {"type": 10, "content": "**Phase:** 1\n**Where:** Lyon"},
        line,
        {"type": 10, "content": "### Status\n- Was open.\n- Is closed."},
        {"type": 10, "content": "### Why\n-# You follow it."},
        line,
        {"type": 10, "content": "-# Source"},
        {
            "type": 1,
            "components": [
                {
                    "type": 2,
                    "style": 2,
                    "label": "Follow",
                    "disabled": False,
                    "custom_id": "tb:follow NCT00902044",
                },
                {
                    "type": 2,
                    "style": 5,
                    "label": "On the web",
                    "disabled": False,
                    "url": REGISTRY,
                },
            ],
        },
    ]


def test_several_lines_are_a_list() -> None:
    """With points beneath points where the text has them; what is set in goes on; one is alone."""
    message = Message(
        title="t",
        sections=(
            Section("Rules", ("- Good enough:", "  ◦ # of cells", "• Able to walk")),
            Section("Why", ("Because:", "  • It ended.")),
            Section("Status", ("Then:", "It was open.", "It is closed.")),
            Section("Questions", ("Is that all?", "  Yes.")),
            Section("Found", ("1. This one.", "2. That one.")),
            Section("Note", ("One.",)),
        ),
    )
    (part,) = render(message)
    assert part.body == (
        "### Rules\n\\- Good enough:\n  - \\# of cells\n- Able to walk",
        "### Why\nBecause:\n- It ended.",
        "### Status\nThen:\n- It was open.\n- It is closed.",
        "### Questions\n- Is that all?\n  Yes.",
        "### Found\n1\\. This one.\n2\\. That one.",
        "### Note\nOne.",
    )


@pytest.mark.parametrize("name", ["A [first] trial", "See https://example.org", "a ]( b"])
async def test_a_title_that_cannot_be_a_link_has_it_below(name: str) -> None:
    """Discord would show the markup of the link instead of the link."""
    (part,) = render(Message(title=name, link=REGISTRY))
    heading, below = part.head[0].split("\n")
    assert "](" not in heading.replace("\\](", "")
    assert below == f"-# {REGISTRY}"


async def test_a_long_message_is_cut_between_sections() -> None:
    """Sections stay whole where they fit, pages are counted, buttons and small print come last."""
    sections = tuple(Section(f"Section {number}", ("x" * 1000,)) for number in range(6))
    message = Message(
        title="Long", sections=sections, footer="Source", buttons=(Button("Show", "trial NCT1"),)
    )
    first, second = [await body(part) for part in render(message)]
    assert (title(first), title(second)) == ("Long · 1/2", "Long · 2/2")
    headings = [text.split("\n")[0] for one in (first, second) for text in texts(one)]
    assert [text for text in headings if text.startswith("###")] == [
        f"### {section.heading}" for section in sections
    ]
    assert (pressed(first), texts(first)[-1][:3]) == ([], "###")
    assert (len(pressed(second)), texts(second)[-1]) == (1, "-# Source")


def test_a_section_that_fits_on_no_card_begins_where_there_is_room() -> None:
    """It goes on under the same heading, which says so."""
    lines = tuple(f"{number} " + "y" * 98 for number in range(60))
    parts = render(Message(title="t", lede="x" * 300, sections=(Section("Rules", lines),)))
    assert [part.body[0].split("\n")[0] for part in parts] == ["### Rules", "### Rules …"]


async def test_more_sections_than_components_share_a_text() -> None:
    """Forty short sections stand on one card, the last of them in one text."""
    sections = tuple(Section(f"S{number}", ("x",)) for number in range(40))
    (part,) = render(Message(title="t", sections=sections, footer="f"))
    shown = "\n".join(texts(await body(part)))
    assert all(f"### {section.heading}\nx" in shown for section in sections)


@pytest.mark.parametrize(
    ("label", "count", "shown"),
    [
        ("B", 7, [5, 2]),
        ("Who can join", 7, [4, 3]),
        ("NCT90000102", 7, [3, 3, 1]),
        ("A name that is as long as a card is wide, or longer still", 6, [1] * 6),
        ("A name that is as long as a card is wide, or longer still", 7, [5, 2]),
    ],
)
async def test_buttons_stand_in_rows_no_wider_than_a_card(
    label: str, count: int, shown: list[int]
) -> None:
    """Where that takes too many rows, each has five; an action given twice is shown once."""
    buttons = tuple(Button(label, f"trial NCT{number}") for number in range(count))
    (part,) = render(Message(title="t", buttons=(*buttons, buttons[0])))
    (card,) = (await body(part))["components"]
    rows = [one["components"] for one in card["components"] if one["type"] == 1]
    assert [len(row) for row in rows] == shown
    assert rows[0][0]["custom_id"] == "tb:trial NCT0"


async def test_many_that_are_alike_are_a_list() -> None:
    """More than nine that give one command; what leads elsewhere or back stays a button."""
    kinds = tuple(
        Button(f"Kind {at}", f"sub 7 kind k{at} on", turns=True) for at in range(ALIKE + 1)
    )
    buttons = (Button("For patients", "sub 7 preset patients", turns=True), *kinds)
    (part,) = render(Message(title="t", buttons=(*buttons, Button("Back", "sub 7"))))
    sent = await body(part)
    first, chosen, last = pressed(sent)
    assert (first["custom_id"], last["custom_id"]) == ("tbt:sub 7 preset patients", "tb:sub 7")
    assert (chosen["placeholder"], len(chosen["options"])) == (say("button.choose"), ALIKE + 1)
    assert chosen["options"][0] == {
        "label": "Kind 0",
        "value": "tbt:sub 7 kind k0 on",
        "default": False,
    }
    (part,) = render(Message(title="t", buttons=kinds[:ALIKE]))
    assert {one["type"] for one in pressed(await body(part))} == {2}


async def test_back_and_on_have_a_row_of_their_own() -> None:
    """They are found at the same place on every page."""
    buttons = (
        Button("Previous page", "trial NCT1 join 1", apart=True),
        Button("Next page", "trial NCT1 join 3", apart=True),
        Button("Where", "trial NCT1 where"),
    )
    assert rows_of(buttons) == [buttons[:2], buttons[2:]]


async def test_files_are_shown_where_they_stand() -> None:
    """A picture is seen, another file can be opened, and both are named after what is sent."""
    files = (File("map.png", "image/png", b"PNG"), File("a.pdf", "application/pdf", b"%PDF"))
    (part,) = render(Message(title="t", files=files))
    (card,) = (await body(part))["components"]
    picture, paper = card["components"][1:]
    assert picture["items"][0]["media"]["url"] == "attachment://map.png"
    assert paper["file"]["url"] == "attachment://a.pdf"


async def test_only_the_chosen_role_may_be_mentioned() -> None:
    """It stands above the card, and nobody else is called by what the card says."""
    (part,) = render(Message(title="@everyone", mention_role="700000000000000099"))
    sent = await body(part)
    assert texts(sent)[0] == "<@&700000000000000099>"
    assert sent["allowed_mentions"]["parse"] == []
    assert [str(one) for one in sent["allowed_mentions"]["roles"]] == ["700000000000000099"]
