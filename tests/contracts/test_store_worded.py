"""Finding kept trials by words at once, on both databases."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.study import MeshTerm, Sponsor
from bot.ports.store import Store
from bot.ports.studies import Named
from tests.studies import DAY, absorb, key, read, study


async def numbers(store: Store, *words: str, after: int = 0, limit: int = 50) -> list[int]:
    """The numbers of the made-up trials that are found."""
    found = await store.studies.worded(words, after=after, limit=limit)
    return [int(one.key.number.removeprefix("NCT")) for one in found]


async def test_a_trial_is_found_by_what_its_record_says_it_is_about(store: Store) -> None:
    """By the beginning of each word, in any order, and of its number too."""
    sarcoma = study(
        1,
        brief_title="Busulfan in Ewing's Sarcomas",
        conditions=("Bone Tumour",),
        condition_ancestors=(MeshTerm("D009369", "Neoplasms"),),
        lead_sponsor=Sponsor("An Institute"),
    )
    await absorb(store, read(sarcoma), read(study(2, brief_title="Asthma in Children")))
    for words in (("sarcoma", "ewing"), ("sarc",), ("bone", "neoplasm"), ("nct00000001",)):
        assert await numbers(store, *words) == [1]
    assert await numbers(store, "sarcoma", "asthma") == []
    assert await numbers(store, "arcoma") == []
    assert await store.studies.worded(["asthma"]) == (Named(key(2), "Asthma in Children"),)


async def test_the_title_comes_first_then_the_newest(store: Store) -> None:
    """A page goes on where the one before it ended."""
    filed = {"conditions": ("Gout",)}
    await absorb(store, read(study(1, brief_title="Gout")), read(study(2, **filed)))
    later = DAY + timedelta(days=1)
    await absorb(store, read(study(3, brief_title="Gout")), read(study(4, **filed)), day=later)
    assert await numbers(store, "gout") == [3, 1, 4, 2]
    assert await numbers(store, "gout", after=1, limit=2) == [1, 4]


async def test_what_changed_is_found_by_what_it_says_now(store: Store) -> None:
    """A new version takes its words along; what is removed or merged is found no more."""
    await absorb(store, read(study(1, brief_title="Gout")), read(study(2, brief_title="Gout")))
    await absorb(store, read(study(1, brief_title="Asthma")))
    assert await numbers(store, "gout") == [2]
    assert await numbers(store, "asthma") == [1]
    async with store.absorbing() as transaction:
        await transaction.merge(key(2), key(1))
    assert await numbers(store, "gout") == []
