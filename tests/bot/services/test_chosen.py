"""What a chat chose decides what it is told, as late as when it is told."""

from __future__ import annotations

from bot.domain.change import Change, Kind, Op
from bot.domain.place import Near, Place
from bot.domain.settings.chat import ChatSettings
from bot.domain.traits import Spot
from storage.store import SqlStore
from tests.bot.services.owing import chat, hurried, owe, pay, states, to
from tests.fakes.messenger import RecordingMessenger
from tests.studies import absorb, changed, follower, key, read, study

PARIS = Place(name="Paris, France", latitude=48.85341, longitude=2.3488, country="France")
LYON = "Hospital, Lyon, France"


async def test_what_was_muted_or_rests_since_the_debt_is_moot(store: SqlStore) -> None:
    """A chat that mutes a trial or lets a subscription rest hears no more of it from then on."""
    mutes, rests, _ = await owe(store, chats=3)
    await store.chats.mute(mutes, key(1))
    (subscription,) = await store.chats.subscriptions(rests)
    await store.chats.adjust(rests, subscription.id, paused=True)
    messenger = RecordingMessenger()
    await pay(store, messenger, hurried())
    assert [where for where, _ in messenger.sent] == [chat(3)]
    assert await states(store) == {"moot": 2, "sent": 1}


async def test_places_are_told_to_those_who_are_near(store: SqlStore) -> None:
    """Of three who ask for near places, the one that is far away is told nothing."""
    await absorb(store, read(study(1)))
    for number, kilometres in ((1, 500), (2, 50), (3, None)):
        chat_id = await follower(store, chat(number), 1)
        (subscription,) = await store.chats.subscriptions(chat_id)
        await store.chats.adjust(chat_id, subscription.id, kinds=Kind.SITES_NEAR.bit)
        if kilometres is not None:
            settings = ChatSettings(near=Near(PARIS, kilometres))
            await store.chats.configure(chat_id, settings)
    path = "protocolSection.contactsLocationsModule.locations"
    gone = Change(kind=Kind.SITES, path=path, op=Op.REMOVED, item=LYON, old="RECRUITING")
    spots = ((LYON, Spot("Lyon", "France", 45.7485, 4.8467)),)
    assert await absorb(store, changed(1, gone, spots=spots)) == 3
    messenger = RecordingMessenger()
    await pay(store, messenger, hurried())
    told = {where: message.sections[0].lines for where, message in messenger.sent}
    assert told == {
        chat(1): ("A place was removed: Hospital, Lyon, France. This is 393 km from Paris.",),
        chat(3): ("One place was removed (France).",),
    }
    assert to(messenger, chat(2)) == []
