"""A trial's card, part by part, and on paper."""

from __future__ import annotations

from pathlib import Path

from bot.domain.place import Near, Place
from bot.domain.settings.chat import ChatSettings
from bot.domain.study import CTGOV, StudyKey
from tests.bot.services.support import LONG_AGO, YOU, house, nct
from tests.bot.services.talking import ask, press
from tests.records import record

PARIS = Place(name="Paris, France", latitude=48.85341, longitude=2.3488, country="France")
HOUSTON = Place(
    name="Houston, Texas, United States",
    latitude=29.76328,
    longitude=-95.36327,
    country="United States",
)


async def test_every_part_is_a_press_away_and_leads_back(file: Path) -> None:
    """Each button of the card answers with its part of the same trial."""
    async with house(file, [record(1, LONG_AGO)]) as (_, core):
        head = await ask(core, "trial", nct(1))
        parts = [button for button in head.buttons if (button.action or "").startswith("trial ")]
        assert len(parts) >= 9
        for button in parts:
            answer = await press(core, button.action or "")
            assert answer.title == head.title
            assert any(other.action == f"trial {nct(1)}" for other in answer.buttons)


async def test_chat_with_a_place_is_shown_places_from_there(file: Path) -> None:
    """The chat's own place, and nobody else's."""
    raw = record(1, LONG_AGO)
    raw["protocolSection"]["contactsLocationsModule"] = {
        "locations": [{"facility": "A hospital", "city": "Lyon", "country": "France"}]
    }
    async with house(file, [raw]) as (_, core):
        chat = await core.store.chats.chat(YOU)
        near = ChatSettings(near=Near(PARIS, 100))
        before = await ask(core, "trial", f"{nct(1)} where")
        await core.store.chats.configure(chat.id, near)
        after = await ask(core, "trial", f"{nct(1)} where")
        assert "nearest to Paris" not in before.sections[0].heading
        assert "nearest to Paris" in after.sections[0].heading


async def test_page_for_the_appointment_comes_as_a_file(file: Path) -> None:
    """On the paper of the chat's country, or on the one that was named."""
    async with house(file, [record(1, LONG_AGO)]) as (_, core):
        (pdf,) = (await ask(core, "print", nct(1))).files
        assert (pdf.name, pdf.media_type) == (f"{nct(1)}.pdf", "application/pdf")
        assert pdf.content.startswith(b"%PDF")
        chat = await core.store.chats.chat(YOU)
        await core.store.chats.configure(chat.id, ChatSettings(near=Near(HOUSTON, 50)))
        (letter,) = (await ask(core, "print", nct(1))).files
        (a4,) = (await ask(core, "print", f"{nct(1)} a4")).files
        assert b"[0 0 612 792]" in letter.content
        assert b"[0 0 595" in a4.content


async def test_what_is_not_there_cannot_be_printed(file: Path) -> None:
    """A number that the registry does not have, and none at all, are answered in words."""
    async with house(file, [record(1, LONG_AGO)]) as (_, core):
        assert (await ask(core, "print", nct(99))).files == ()
        assert "number" in ((await ask(core, "print")).lede or "")


async def test_adverse_events_are_shown_with_their_denominators_and_not_kept(file: Path) -> None:
    """They are asked for when somebody wants to know what happened; the store has none of it."""
    raw = record(1, LONG_AGO)
    raw["hasResults"] = True
    group = {"title": "Cells", "seriousNumAffected": 3, "seriousNumAtRisk": 59}
    raw["resultsSection"] = {"adverseEventsModule": {"eventGroups": [group]}}
    async with house(file, [raw]) as (server, core):
        head = await ask(core, "trial", nct(1))
        assert server.requests[f"/api/v2/studies/{nct(1)}"] == 1
        happened = await press(core, f"trial {nct(1)} happened")
        assert "Cells: 3 of 59 people had a serious problem." in str(happened)
        assert "59" not in str(head)
        stored = await core.store.studies.get(StudyKey(CTGOV, nct(1)))
        assert stored is not None
        assert not stored.with_results
