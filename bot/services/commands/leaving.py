"""Answers about taking along what is kept, bringing it, and having it forgotten."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.domain.commands.request import Request
from bot.domain.exporting import export, files
from bot.domain.importing import LARGEST, Import, read, read_typed
from bot.domain.message import Message
from bot.domain.question import Question
from bot.domain.replies import answers as general
from bot.domain.replies import leaving as replies
from bot.domain.replies.follow import cancelled
from bot.domain.study import StudyKey
from bot.domain.watch import Chat, Interest, Subscription
from bot.ports.registry import BadQuery, RegistryError
from bot.services.commands.means import Answer, Handlers, Means

FORGOTTEN = "forgotten"
"""The note that counts how many chats were forgotten; nothing else of them is kept."""

_PLAN = "import "
"""Before a plan that waits for a yes, where otherwise stands what was asked to be followed."""


class Leaving:
    """Answers ``export``, ``import`` and ``forget``."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._chats = means.store.chats

    @property
    def handlers(self) -> Handlers:
        """What is answered here."""
        return {"export": self._export, "import": self._import, "forget": self._forget}

    async def _export(self, request: Request) -> Answer:
        chat = await self._chats.find(request.address)
        if chat is None:
            return (replies.nothing_to_export(),)
        exported = export(
            chat,
            await self._chats.subscriptions(chat.id),
            await self._chats.muted(chat.id),
            await self._chats.kept(chat.id),
            self._means.clock.now().date(),
        )
        return (replies.exported(files(exported)),)

    async def _forget(self, request: Request) -> Answer:
        chat = await self._chats.find(request.address)
        if chat is None:
            return (replies.nothing_to_forget(),)
        match request.text.strip().lower():
            case "yes":
                await self._chats.erase(chat.id)
                await self._means.store.notes.count(FORGOTTEN)
                return (replies.forgotten(),)
            case "no":
                return (replies.not_forgotten(),)
            case _:
                return (replies.ask_forget(),)

    async def _import(self, request: Request) -> Answer:
        word = request.text.strip().lower()
        if request.file is None and word == "yes":
            return (await self._agreed(request),)
        if request.file is None and word == "no":
            await self._chats.forget_asked(request.address)
            chat = await self._chats.find(request.address)
            agreed = chat is not None and chat.consented_at is not None
            return (cancelled() if agreed else general.declined(),)
        if request.file is None and not word:
            return (replies.import_what(),)
        if request.file is not None and len(request.file) > LARGEST:
            return (replies.too_large(),)
        plan = read_typed(request.text) if request.file is None else read(request.file)
        if plan.is_empty:
            return (replies.nothing_in_it(plan.left),)
        return (await self._ask(request, plan),)

    async def _ask(self, request: Request, plan: Import) -> Message:
        """Show the plan, and keep it sealed until it is answered.

        What the registry does not have is said before the answer, and no part of the plan.
        """
        most = self._means.subscriptions_per_chat
        missing = await self._missing(plan.first(most))
        there = tuple(one for one in plan.trials if one.key not in missing)
        plan = msgspec.structs.replace(plan, trials=there)
        unknown = [key.number for key in missing]
        if plan.is_empty:
            return replies.nothing_in_it(plan.left, unknown)
        chat = await self._chats.chat(request.address)
        followed = await self._chats.subscriptions(chat.id)
        new = _new(plan, followed)
        packed = msgspec.json.encode(msgspec.structs.replace(plan.first(most), left=()))
        await self._chats.ask_consent(chat.id, _PLAN + packed.decode())
        return replies.ask_import(
            plan,
            unknown,
            now=len(followed),
            most=most,
            over=max(0, len(followed) + new - most),
            consent=request.private and chat.consented_at is None,
        )

    async def _missing(self, plan: Import) -> tuple[StudyKey, ...]:
        """Numbers that the registry does not have; none where it cannot be asked now."""
        keys = [one.key for one in plan.trials]
        try:
            found = await self._means.look_up.find_all(keys)
        except RegistryError:
            return ()  # a yes asks it again
        return tuple(key for key in keys if key not in found)

    async def _agreed(self, request: Request) -> Message:
        chat = await self._chats.find(request.address)
        if chat is None or chat.asked is None or not chat.asked.startswith(_PLAN):
            return general.nothing_asked()
        plan = msgspec.json.decode(chat.asked.removeprefix(_PLAN), type=Import)
        if request.private and chat.consented_at is None:
            await self._chats.consent(chat.id, self._means.clock.now())
        else:
            await self._chats.forget_asked(request.address)
        # A group that follows nothing yet is let go of with what was asked there.
        chat = await self._chats.chat(request.address)
        return await _Importing(self._means, chat).follow(plan)


class _Importing:
    """One import into one chat."""

    def __init__(self, means: Means, chat: Chat) -> None:
        self._means = means
        self._chats = means.store.chats
        self._chat = chat
        self._kinds = chat.settings.kinds
        self._new = self._known = self._over = 0
        self._missing: list[str] = []
        self._refused: list[str] = []

    async def follow(self, plan: Import) -> Message:
        """Follow all of it that the chat does not follow yet and has room for."""
        most = self._means.subscriptions_per_chat
        day = (await self._means.data_date.now()).date()
        found = await self._means.look_up.find_all([one.key for one in plan.trials])
        for trial in plan.trials:
            study = found.get(trial.key)
            if study is None:
                self._missing.append(trial.key.number)
            else:
                await self._follow(study.study.key, trial.kinds, day, paused=trial.paused)
        for one in plan.conditions:
            if await self._is_understood(one.interest):
                await self._follow(one.interest, one.kinds, day, paused=one.paused)
            else:
                self._refused.append(one.interest.words)
        for key in plan.muted:
            await self._chats.mute(self._chat.id, key)
        if plan.settings is not None:
            await self._chats.configure(self._chat.id, plan.settings)
        self._means.on_follow()
        return replies.imported(
            new=self._new,
            known=self._known,
            over=self._over,
            most=most,
            missing=self._missing,
            refused=self._refused,
        )

    async def _is_understood(self, interest: Interest) -> bool:
        """Whether the registry takes a search in its own words."""
        if interest.search is None:
            return True
        try:
            await self._means.registry.search(Question(search=interest.search), most=0)
        except BadQuery:
            return False
        return True

    async def _follow(
        self, what: StudyKey | Interest, kinds: int | None, day: date, *, paused: bool
    ) -> None:
        followed = await self._chats.subscriptions(self._chat.id)
        if any(what in (one.study, one.interest) for one in followed):
            self._known += 1
            return
        if len(followed) >= self._means.subscriptions_per_chat:
            self._over += 1
            return
        chosen = self._kinds if kinds is None else kinds
        if isinstance(what, StudyKey):
            made, _ = await self._chats.follow_study(self._chat.id, what, kinds=chosen, since=day)
        else:
            made, _ = await self._chats.follow_interest(
                self._chat.id, what, kinds=chosen, since=day
            )
        if paused:
            await self._chats.adjust(self._chat.id, made.id, paused=True)
        self._new += 1


def _new(plan: Import, followed: tuple[Subscription, ...]) -> int:
    """How much of it is not followed yet."""
    studies, interests = {one.study for one in followed}, [one.interest for one in followed]
    trials = sum(one.key not in studies for one in plan.trials)
    return trials + sum(one.interest not in interests for one in plan.conditions)
