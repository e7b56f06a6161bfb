"""What the desk says about what a chat follows: the list, one entry of it, and what is muted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.change import TOLD_TO_PATIENTS, TOLD_TO_PROFESSIONALS, Kind, mask
from bot.domain.managed import LONGEST
from bot.domain.message import Button, Message, Section
from bot.domain.nct import registry_link
from bot.domain.paging import grouped, page_buttons, weight_of
from bot.domain.place import Near
from bot.domain.question import Question
from bot.domain.replies.answers import watched_lines
from bot.domain.said import filter_lines
from bot.domain.shortening import short
from bot.domain.study import StudyKey
from bot.domain.typing_back import typed
from bot.domain.watch import Interest, Subscription
from bot.domain.words import kind_label, say

PAGE = 8
"""Entries of one page, each with a button."""

ROOM = 3400
"""What the entries of one page may weigh, which keeps the list within one message of any platform
with its title, its foot and how many trials are muted (``bot.domain.paging``)."""

NAME = 60
"""Characters of a followed condition on a button and in a title."""

TITLE = 120
"""Characters of a trial's title in a line."""

NEVER_OF_A_TRIAL = frozenset({Kind.NEW, Kind.LEFT})
"""What happens to conditions only: a followed trial is not told as new."""


def following(
    followed: Sequence[Subscription], muted: Sequence[StudyKey], page: int = 1
) -> Message:
    """A page of the list of what a chat follows."""
    if not followed and not muted:
        return Message(title=say("following.title"), lede=say("following.none"))
    hidden = frozenset(muted)
    entries = [(at, one, _entry(at, one, hidden)) for at, one in enumerate(followed, 1)]
    all_pages = grouped(entries, lambda entry: weight_of(entry[2]), ROOM, PAGE) or ((),)
    pages = len(all_pages)
    page = min(max(page, 1), pages)
    shown = all_pages[page - 1]
    title = say("following.title.page", page=page, pages=pages)
    return Message(
        title=title if pages > 1 else say("following.title"),
        lede=None if followed else say("following.none"),
        sections=(*(section for _, _, section in shown), *_muted_count(muted)),
        buttons=(
            *(_entry_button(position, one) for position, one, _ in shown),
            *page_buttons(page, pages, "following {}".format),
            *([Button(say("button.muted"), action="following muted")] if muted else []),
        ),
        footer=say("following.hint.stop", position=shown[0][0]) if shown else None,
    )


def _entry(position: int, one: Subscription, muted: frozenset[StudyKey]) -> Section:
    lines = list(filter_lines(one.interest.filter)) if one.interest else []
    lines.append(kinds_line(one))
    if one.paused:
        lines.append(say("following.paused"))
    if one.study in muted:
        lines.append(say("following.entry.muted"))
    if one.study is None:
        heading = say("following.entry.interest", position=position, words=name_of(one))
    else:
        number = one.study.number
        title = short(one.title or number, TITLE)
        heading = say("following.entry.trial", position=position, number=number, title=title)
    return Section(heading, tuple(lines))


def _entry_button(position: int, one: Subscription) -> Button:
    label = say("button.entry", position=position, name=name_of(one))
    return Button(label, action=f"sub {one.id}")


def _muted_count(muted: Sequence[StudyKey]) -> Iterator[Section]:
    if muted:
        line = say("following.muted", count=len(muted))
        yield Section(say("section.muted"), (line,))


def kinds_line(one: Subscription) -> str:
    """In one sentence what is told of it."""
    chosen = chosen_kinds(one)
    if not chosen:
        return say("kinds.none")
    if chosen == _of(one, TOLD_TO_PATIENTS):
        return say("kinds.patient")
    if chosen == _of(one, TOLD_TO_PROFESSIONALS):
        return say("kinds.professional")
    return say("kinds.some", kinds=", ".join(kind_label(kind) for kind in chosen))


def _usual(one: Subscription) -> Iterator[str]:
    """What is usual by its names, where it is only called so."""
    chosen = chosen_kinds(one)
    if chosen in (_of(one, TOLD_TO_PATIENTS), _of(one, TOLD_TO_PROFESSIONALS)):
        yield say("kinds.usual", kinds=", ".join(kind_label(kind) for kind in chosen))


def kinds_of(one: Subscription) -> tuple[Kind, ...]:
    """What can be chosen for it."""
    never = NEVER_OF_A_TRIAL if one.study is not None else frozenset[Kind]()
    return tuple(kind for kind in Kind if kind not in never)


def chosen_kinds(one: Subscription) -> tuple[Kind, ...]:
    """What is chosen for it, the most telling first."""
    return tuple(kind for kind in kinds_of(one) if one.kinds & kind.bit)


def _of(one: Subscription, kinds: Sequence[Kind]) -> tuple[Kind, ...]:
    chosen = mask(kinds)
    return tuple(kind for kind in kinds_of(one) if chosen & kind.bit)


def name_of(one: Subscription) -> str:
    """The trial's number, or the condition as typed."""
    if one.interest is not None:
        return short(one.interest.words, NAME)
    return one.study.number if one.study else ""


def subscription_page(one: Subscription, *, muted: bool) -> Message:
    """One thing that a chat follows, with what can be done with it."""
    sections = []
    if one.interest is not None:
        sections.append(Section(say("section.watched"), watched_lines(one.interest)))
        if narrowed := filter_lines(one.interest.filter):
            sections.append(Section(say("section.narrowed"), narrowed))
    sections.append(Section(say("section.kinds"), (kinds_line(one), *_usual(one))))
    sections.append(Section(say("section.since"), (say("sub.since", day=one.since),)))
    ledes = [one.title] if one.title else []
    ledes.append(say("sub.paused") if one.paused else say("sub.active"))
    if muted:
        ledes.append(say("sub.muted"))
    return Message(
        title=_title(one),
        lede="\n".join(ledes),
        sections=tuple(sections),
        buttons=tuple(_sub_buttons(one, muted=muted)),
        link=registry_link(one.study) if one.study else None,
    )


def _title(one: Subscription) -> str:
    if one.study is not None:
        return say("sub.title.trial", number=one.study.number)
    return say("sub.title.interest", words=name_of(one))


def _sub_buttons(one: Subscription, *, muted: bool) -> Iterator[Button]:
    if one.study is not None:
        yield Button(say("button.trial"), action=f"trial {one.study.number}")
    if one.paused:
        yield Button(say("button.resume"), action=f"sub {one.id} resume")
    else:
        yield Button(say("button.pause"), action=f"sub {one.id} pause")
    if muted and one.study is not None:
        number = one.study.number
        yield Button(say("button.unmute", number=number), action=f"unmute {number}")
    yield Button(say("button.kinds"), action=f"sub {one.id} kinds")
    if one.interest is not None:
        yield Button(say("button.edit"), action=f"sub {one.id} edit")
    yield Button(say("button.unfollow"), action=f"unfollow #{one.id}")
    yield Button(say("button.following"), action="following")


def kinds_page(one: Subscription) -> Message:
    """The kinds of change, a button each, with a tick before those that are told."""
    lines = [say("sub.kinds.lede")]
    near, everywhere = kind_label(Kind.SITES_NEAR), kind_label(Kind.SITES)
    return Message(
        title=say("sub.kinds.title", name=name_of(one)),
        lede=lines[0],
        sections=(
            Section(say("section.kinds"), (kinds_line(one),)),
            Section(near, (say("sub.kinds.near", near=near, all=everywhere),)),
        ),
        buttons=tuple(_kind_buttons(one)),
    )


def _kind_buttons(one: Subscription) -> Iterator[Button]:
    preset = f"sub {one.id} preset"
    yield Button(say("button.preset.patients"), action=f"{preset} patients")
    yield Button(say("button.preset.professionals"), action=f"{preset} professionals")
    for kind in kinds_of(one):
        on, label = bool(one.kinds & kind.bit), kind_label(kind)
        said = say("button.kind.on", kind=label) if on else say("button.kind.off", kind=label)
        # What it becomes is in the action, so that a second press of an old button undoes nothing.
        yield Button(said, action=f"sub {one.id} kind {kind} {'off' if on else 'on'}")
    yield Button(say("button.sub.back"), action=f"sub {one.id}")


def edit_page(one: Subscription, here: Near | None) -> Message:
    """How to narrow a followed condition otherwise. Its buttons may be too long to be sent."""
    assert one.interest is not None  # noqa: S101 - a trial is not narrowed
    text = typed(_question(one, one.interest), here)
    return Message(
        title=say("sub.edit.title", words=name_of(one)),
        lede=say("sub.edit.lede"),
        sections=(Section(say("sub.edit.now"), (say("sub.edit.typed", text=text),)),),
        buttons=(
            Button(say("button.edit.narrow"), action=f"narrow follow {text}"),
            Button(say("button.edit.stop"), action=f"unfollow #{one.id}"),
            Button(say("button.sub.back"), action=f"sub {one.id}"),
        ),
    )


def unfollow_which(found: Sequence[tuple[int, Subscription]]) -> Message:
    """Several are called so, or have the words: what narrows each tells them apart."""
    shown = found[:PAGE]
    return Message(
        title=say("unfollow.which.title"),
        lede=say("unfollow.which.lede"),
        sections=tuple(_entry(at, one, frozenset()) for at, one in shown),
        buttons=tuple(
            Button(
                say("button.entry", position=at, name=name_of(one)), action=f"unfollow #{one.id}"
            )
            for at, one in shown
        ),
    )


def unfollowed(one: Subscription) -> Message:
    """It is stopped. A button follows it again, as long as it fits there: nothing of it is kept."""
    if one.interest is None:
        name = name_of(one)
        again = f"follow {typed(Question(words=name, kinds=_kinds_named(one)))}"
        lede = say("unfollow.done.trial", number=name)
    else:
        again = f"follow {typed(_question(one, one.interest))}"
        lede = say("unfollow.done.interest", words=one.interest.words)
    narrowed = filter_lines(one.interest.filter) if one.interest else ()
    fits = len(again.encode()) <= LONGEST
    return Message(
        title=say("unfollow.done.title"),
        lede=lede,
        # The same words may be followed still, narrowed otherwise.
        sections=(Section(say("section.narrowed"), narrowed),) if narrowed else (),
        buttons=(Button(say("button.unfollow.undo"), action=again),) if fits else (),
    )


def _kinds_named(one: Subscription) -> tuple[str, ...]:
    """What stands behind ``kinds:`` for what is told of it; nothing where it is the usual."""
    chosen = chosen_kinds(one)
    if not chosen or chosen == _of(one, TOLD_TO_PATIENTS):
        return ()
    if chosen == _of(one, TOLD_TO_PROFESSIONALS):
        return ("professionals",)
    return tuple(kind.value for kind in chosen)


def _question(one: Subscription, interest: Interest) -> Question:
    """What would be asked to follow it, with the kinds of change that somebody chose for it."""
    kinds = _kinds_named(one)
    if interest.search is not None:
        return Question(filter=interest.filter, search=interest.search, kinds=kinds)
    return Question(words=interest.words, filter=interest.filter, kinds=kinds)
