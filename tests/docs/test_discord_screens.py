"""The pictures of Discord's chats: all that is sent is drawn, and nothing runs over."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from bot.domain.message import Button, Fact, File, Message, Section, Tone
from docs.discord_screens import CARD, LEFT, Said, screen

MESSAGE = Message(
    title="A trial of *velotinib* & others",
    lede="It looks for people. " * 20,
    facts=(Fact("Status", "Recruiting"),),
    sections=(
        Section("Rules", ("Age: 12 years < 40", "  ◦ beneath", "# of cells")),
        Section("Why", ("You follow it.",), folded=True),
    ),
    buttons=tuple(Button(f"What it could lead to {at}", f"trial NCT{at}") for at in range(7)),
    footer="Not medical advice.",
    link="https://clinicaltrials.gov/study/NCT90000102",
    tone=Tone.GOOD,
    files=(File("NCT90000102.pdf", "application/pdf", b"%PDF"),),
)


async def test_everything_that_is_sent_is_drawn() -> None:
    """Each word of it, as a client shows it, without the markup."""
    said = Said(message=MESSAGE, at="Today at 09:12", asked="/trial", alone=True)
    picture = ElementTree.fromstring(await screen((said,), "A card"))
    shown = "".join("".join(picture.itertext()).split())
    texts = [MESSAGE.title, MESSAGE.lede or "", "Status: Recruiting", "Age: 12 years < 40"]
    texts += ["# of cells", "You follow it.", "Not medical advice.", "NCT90000102.pdf", "/trial"]
    texts += [button.label for button in MESSAGE.buttons]
    assert [text for text in texts if "".join(text.split()) not in shown] == []
    assert "\\" not in shown


async def test_nothing_runs_over_the_edge_of_the_card() -> None:
    """Texts are broken, and buttons stand below each other where they find no room."""
    said = Said(message=MESSAGE, at="Today at 09:12")
    picture = ElementTree.fromstring(await screen((said,), "A card"))
    for drawn in picture.iter():
        width = drawn.get("textLength") or drawn.get("width") or "0"
        if drawn.get("x") and re.fullmatch(r"[\d.]+", width):
            assert float(drawn.get("x", "0")) + float(width) <= LEFT + CARD
