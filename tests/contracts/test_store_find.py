"""Looking for a chat without taking it in, on both databases."""

from __future__ import annotations

from bot.ports.store import Store
from tests.studies import NOW, follower, telegram


async def test_looking_for_an_unknown_chat_does_not_take_it_in(store: Store) -> None:
    """A chat that nobody took in is not found, however often it is looked for."""
    for _ in range(2):
        assert await store.chats.find(telegram(1)) is None


async def test_a_known_chat_is_found_as_it_is_kept(store: Store) -> None:
    """Finding gives what taking in gave, with what happened to the chat since."""
    chat_id = await follower(store, telegram(1))
    await store.chats.pause(chat_id, NOW)
    found = await store.chats.find(telegram(1))
    assert found is not None
    assert (found.id, found.paused_since) == (chat_id, NOW)
    assert found == await store.chats.chat(telegram(1))
    assert await store.chats.find(telegram(1, thread=5)) is None
