"""Making the one message for what is told together, out of what the store has."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from bot.domain.digesting import Item, digest
from bot.domain.mass import is_late
from bot.domain.message import Message
from bot.domain.notice import Notice, Occurrence
from bot.domain.study import Study, StudyKey
from bot.domain.telling import tell, tell_late
from bot.domain.watch import Listening
from bot.ports.store import Store


class Composed(msgspec.Struct, frozen=True, kw_only=True):
    """A message and whom it concerns.

    ``notice`` has beside it all that is told and all of which there is nothing to say (``moot``,
    by id); ``left``, in the same shape, is what did not fit. Without a message all is moot.
    """

    notice: Notice
    message: Message | None = None
    moot: frozenset[int] = frozenset()
    left: Notice | None = None
    status: str | None = None
    """The status of the one trial that is told of, as the registry spells it."""


class Composer:
    """Composes what chats are told."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def compose(self, notice: Notice, longest: int) -> Composed:
        """The message for a notice and those beside it, of about ``longest`` characters at most.

        Raises StoreError.
        """
        chat = await self._store.chats.listening(notice.chat_id)
        studies = await self._studies(notice)
        if is_late(notice.occurrence):
            message = tell_late(
                _told(notice, studies),
                chat.subscriptions,
                muted=chat.muted,
                settings=chat.settings,
            )
            return Composed(notice=notice, message=message)
        items = _items(notice, studies, chat)
        if not items:
            return Composed(notice=notice)
        made = digest(items, longest, notice.others)
        left = {one.id for one in made.left}
        kept = [one for one in notice.together if one.id not in left]
        telling = {item.notice.id for item in items}
        return Composed(
            notice=_group(notice, kept),
            message=made.message,
            moot=frozenset(one.id for one in kept if one.id not in telling),
            left=_group(notice, made.left) if made.left else None,
            status=items[0].study.overall_status if len(items) == 1 else None,
        )

    async def _studies(self, notice: Notice) -> dict[StudyKey, Study]:
        """The newest kept version of each trial, by the number under which it was found."""
        stored = await self._store.studies.several({one.occurrence.key for one in notice.together})
        return {key: one.study for key, one in stored.items()}


def _items(notice: Notice, studies: dict[StudyKey, Study], chat: Listening) -> list[Item]:
    items = []
    for one in notice.together:
        study = studies.get(one.occurrence.key)
        if study is None:
            continue
        message = tell(
            one.occurrence, chat.subscriptions, study, muted=chat.muted, settings=chat.settings
        )
        if message is not None:
            items.append(Item(one, study, message))
    return items


def _told(notice: Notice, studies: dict[StudyKey, Study]) -> list[tuple[Occurrence, Study]]:
    told = [one.occurrence for one in notice.together]
    return [(one, studies[one.key]) for one in told if one.key in studies]


def _group(like: Notice, some: Sequence[Notice]) -> Notice:
    """These as one, led by the notice that led all of them where it is still among them."""
    bare = [replace(one, beside=()) for one in some]
    first = next((one for one in bare if one.id == like.id), bare[0])
    beside = tuple(one for one in bare if one.id != first.id)
    return replace(first, beside=beside, others=like.others, told_with=like.told_with)
