"""What is shown while somebody types, from a real store and the real gazetteer."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from adapters.gazetteer.gazetteer import OfflineGazetteer
from bot.domain.address import Address
from bot.domain.instant import Entries, Typed
from bot.domain.place import Near
from bot.domain.settings.chat import ChatSettings
from bot.domain.start import read_payload
from bot.domain.study import Site, Study
from bot.ports.store_errors import StoreUnavailable
from bot.services.instant import A_PERSON_AN_HOUR, PAGE, Instant
from storage.store import SqlStore
from tests.fakes.clock import HeldClock
from tests.fakes.store import ShakyStore
from tests.studies import absorb, read, study

GAZETTEER = OfflineGazetteer()
ME = Address("telegram", "1", "7")
PARIS = Site(city="Paris", country="France", latitude=48.85, longitude=2.35)
BOSTON = Site(city="Boston", country="United States", latitude=42.36, longitude=-71.06)


class House:
    """The service over a store, asked by one person."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.shaky = ShakyStore(store)
        self.clock = HeldClock()
        self.instant = Instant(self.shaky, GAZETTEER, self.clock)

    async def ask(self, text: str, offset: str = "") -> Entries:
        """What is shown to somebody who types this."""
        typed = Typed(text=text, address=ME, person="7", private_link="L?start=", offset=offset)
        return await self.instant.find(typed)

    async def numbers(self, text: str, offset: str = "") -> list[int]:
        """The numbers of the trials that are shown."""
        found = await self.ask(text, offset)
        return [int(one.id.removeprefix("NCT")) for one in found.entries]


@pytest.fixture
def house(store: SqlStore) -> House:
    """A service over an empty store."""
    return House(store)


def gout(number: int, *sites: Site, **fields: Any) -> Study:
    """A trial for gout."""
    given = {"overall_status": "RECRUITING", "study_type": "INTERVENTIONAL", **fields}
    return study(number, brief_title="Gout", conditions=("Gout",), sites=sites, **given)


async def test_words_and_what_narrows_them(house: House) -> None:
    """As a search understands them, but in what is kept."""
    await absorb(
        house.store,
        read(gout(1, PARIS)),
        read(gout(2, BOSTON, overall_status="COMPLETED")),
        read(gout(3, BOSTON, phases=("PHASE2",))),
        read(study(4, brief_title="Asthma")),
    )
    assert await house.numbers("gout") == [3, 2, 1]
    assert await house.numbers("gout recruiting") == [3, 1]
    assert await house.numbers("recruiting gout phase 2") == [3]
    assert await house.numbers("gout in France") == [1]
    assert await house.numbers("gout near Boston recruiting") == [3]
    assert await house.numbers("gout near Bostonnnn") == [3, 2, 1]
    assert await house.numbers("gout near Boston near Paris") == [3, 2, 1]
    assert await house.numbers("gout status:recruiting,comp") == [3, 1]
    assert await house.numbers("asthm") == [4]
    assert await house.numbers("cond:gout") == []
    assert await house.numbers("g") == []


async def test_a_number_is_that_trial(house: House) -> None:
    """In any spelling, and with a link instead; what is not kept leads to the bot."""
    await absorb(house.store, read(gout(902044)))
    for typed in ("NCT00902044", "nct 902044", "https://clinicaltrials.gov/study/NCT00902044"):
        assert await house.numbers(typed) == [902044]
    assert await house.numbers("NCT00902044", offset="20") == []
    missing = await house.ask("NCT00000009")
    assert (missing.entries, missing.payload) == ((), "NCT00000009")


async def test_a_card_leads_to_the_private_chat_and_tells_nothing_of_who_sends_it(
    house: House,
) -> None:
    """Even of somebody whose place is known the card names no distance, and buttons are links."""
    await absorb(house.store, read(gout(1, PARIS)))
    chat = await house.store.chats.chat(ME)
    near = Near(GAZETTEER.nearest(48.86, 2.34), 50)
    await house.store.chats.configure(chat.id, ChatSettings(near=near))
    found = await house.ask("gout near me")
    assert found.personal
    (one,) = found.entries
    assert [button.url for button in one.message.buttons] == [
        "L?start=NCT00000001",
        "https://clinicaltrials.gov/study/NCT00000001",
    ]
    assert read_payload("NCT00000001") == ("trial", "NCT00000001")
    assert "km" not in str(msgspec.structs.asdict(one.message))
    assert not (await house.ask("gout")).personal


async def test_near_me_without_a_place_asks_for_the_rest(house: House) -> None:
    """Nobody can be asked back while they type."""
    await absorb(house.store, read(gout(1, PARIS)))
    found = await house.ask("gout near me")
    assert [one.id for one in found.entries] == ["NCT00000001"]
    assert found.personal  # who has a place is shown something else
    assert not (await house.ask("gout")).personal


async def test_pages_go_on_where_the_last_one_ended(house: House) -> None:
    """Each trial is shown once, whatever the filter passes over, and the end is an end."""
    trials = [
        gout(number, overall_status="RECRUITING" if number % 2 else "COMPLETED")
        for number in range(1, 2 * PAGE + 11)
    ]
    await absorb(house.store, *map(read, trials), day=date(2026, 3, 2))
    first = await house.ask("gout recruiting")
    second = await house.ask("gout recruiting", first.next_offset)
    shown = [one.id for one in (*first.entries, *second.entries)]
    assert len(first.entries) == PAGE
    assert shown == [
        one.key.number for one in reversed(trials) if one.overall_status == "RECRUITING"
    ]
    assert second.next_offset == ""
    assert (await house.ask("gout", "none of ours")).entries == (await house.ask("gout")).entries


async def test_more_is_asked_of_the_bot(house: House) -> None:
    """What is typed goes along as a deep link, if it has room in one."""
    assert read_payload((await house.ask("gout in France")).payload) == ("search", "gout in France")
    assert (await house.ask("gout " * 20)).payload == "search"
    assert (await house.ask("  ")).payload == "help"


async def test_a_store_that_is_out_shows_nothing_and_raises_nothing(house: House) -> None:
    """The way to the bot is shown all the same."""
    await absorb(house.store, read(gout(1)))
    house.shaky.before["worded"].append(StoreUnavailable("out"))
    found = await house.ask("gout")
    assert (found.entries, read_payload(found.payload)) == ((), ("search", "gout"))
    assert found.personal  # nobody else is to be shown nothing for it
    assert await house.numbers("gout") == [1]


async def test_too_much_from_one_person_finds_nothing_for_a_while(house: House) -> None:
    """A script that asks all day costs nothing more."""
    await absorb(house.store, read(gout(1)))
    for _ in range(A_PERSON_AN_HOUR):
        await house.ask("")
    calls = house.shaky.calls["worded"]
    refused = await house.ask("gout")
    assert (refused.entries, refused.personal) == ((), True)
    assert house.shaky.calls["worded"] == calls
    house.clock.let_pass(3601)
    assert await house.numbers("gout") == [1]
