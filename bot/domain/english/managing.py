"""What is said about what a chat follows, what it chose, and why it heard or did not."""

from __future__ import annotations

MANAGING = {
    # The list of what is followed.
    "following.title.page": "What this chat follows, page {page} of {pages}",
    "following.entry.trial": "{position}. {number}: {title}",
    "following.entry.interest": "{position}. “{words}”",
    "following.paused": "Paused: nothing of it is told.",
    "following.entry.muted": "Muted: nothing is told of this trial.",
    "following.muted": "Muted trials, of which nothing is told: {count}.",
    "following.hint.stop": (
        "Press one to change it. To stop one, type /unfollow and the number before its name, such "
        "as /unfollow {position}."
    ),
    "section.muted": "Muted",
    "button.entry": "{position}. {name}",
    "button.choose": "Choose one",
    "button.page.next": "Next page",
    "button.page.previous": "Previous page",
    "button.muted": "Muted trials",
    "kinds.patient": "Told: what is usual for patients.",
    "kinds.professional": "Told: what is usual for professionals.",
    "kinds.usual": "That is: {kinds}.",
    "kinds.none": "Told: nothing, as no kind of change is chosen.",
    "kinds.some": "Told: {kinds}.",
    # One thing that is followed.
    "sub.title.trial": "You follow {number}",
    "sub.title.interest": "You follow “{words}”",
    "sub.active": "What changes is told in this chat.",
    "sub.paused": (
        "It is paused: nothing of it is told. What happens meanwhile is not told later either."
    ),
    "sub.muted": "The trial is muted: nothing of it is told, whatever else you follow.",
    "sub.since": "Followed since the data of {day}.",
    "section.kinds": "What is told of it",
    "section.since": "Since when",
    "button.pause": "Pause",
    "button.resume": "Go on",
    "button.kinds": "Choose what is told",
    "button.edit": "Narrow it anew",
    "button.kind.on": "✓ {kind}",
    "button.kind.off": "○ {kind}",
    "button.preset.patients": "As for patients",
    "button.preset.professionals": "As for professionals",
    "button.sub.back": "Back",
    "sub.kinds.title": "What to tell of {name}",
    "sub.kinds.lede": (
        "A tick stands before what is told. Press one to turn it on or off, or take the usual "
        "choice for patients or for professionals."
    ),
    "sub.kinds.near": (
        "“{near}” tells of places near where you said that you are in /settings; “{all}” of all."
    ),
    "sub.edit.title": "Narrow “{words}” anew",
    "sub.edit.lede": (
        "Press below what has to hold, or type it anew behind /follow, as it stands here. What you "
        "follow now stays until you stop it."
    ),
    "sub.edit.now": "As you would type it",
    "sub.edit.typed": "/follow {text}",
    "button.edit.narrow": "Choose what has to hold",
    "button.edit.stop": "Stop the old one",
    # Muting.
    "button.mute": "Mute this trial",
    "button.unmute": "Hear of {number} again",
    "button.manage": "What it is told for",
    "button.why": "Why this?",
    "button.why.all": "Why these?",
    "mute.usage.title": "Mute which trial?",
    "mute.usage.lede": "Give its number: NCT and eight digits.",
    "mute.unknown.title": "{number} is not known here",
    "mute.unknown.lede": "Nobody was told of it, so there is nothing to mute.",
    "mute.done.title": "{number} is muted",
    "mute.done.lede": (
        "You hear nothing more of it, whatever else you follow. To hear of it again, press the "
        "button below or the one under /following; unmute {number} does the same where you type."
    ),
    "unmute.done.title": "{number} is told again",
    "unmute.done.lede": "You hear of what changes in it from now on, as far as you follow it.",
    "unmute.unknown.title": "{number} is not muted",
    "unmute.unknown.lede": "So there is nothing to undo.",
    "muted.title": "Muted trials",
    "muted.none": "None. Under each message about a trial is a button that mutes it.",
    "muted.lede": "Nothing is told of these trials. Press one to hear of it again.",
}
