"""Where in its chat a message stands."""

from __future__ import annotations

from bot.domain.posting import Beneath, beneath
from bot.ports.chats import Chats
from bot.services.composing import Composed


async def place(chats: Chats, composed: Composed) -> Beneath | None:
    """Beneath what was posted of the trial before; None where the message stands for itself.

    That is so of what tells of several trials, and of what is told to a person alone. Raises
    StoreError.
    """
    notice, message = composed.notice, composed.message
    told = [one for one in notice.together if one.id not in composed.moot]
    if message is None or not notice.in_feed or len(told) != 1:
        return None
    post = await chats.post_of(notice.chat_id, told[0].occurrence.key)
    return beneath(post, notice.settings, message.title, composed.status)
