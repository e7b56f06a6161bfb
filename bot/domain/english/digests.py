"""Several things in one message, and messages that show little."""

from __future__ import annotations

DIGESTS = {
    "digest.title": "{count} things happened in {trials} trials you follow.",
    "digest.title.one": "{count} things happened in a trial you follow.",
    "digest.more": "{count} more did not fit in here and follow in the next message.",
    "digest.more.one": "One more did not fit in here and follows in the next message.",
    "digest.trial": "{title} ({number})",
    "digest.fact": "{label}: {value}",
    "digest.heading": "{heading}:",
    "digest.line": "{heading}: {line}",
    # Discreet chats.
    "discreet.title": "There is news.",
    "discreet.none.title": "Nothing to show",
    "discreet.none.lede": "This news is no longer kept, or you do not follow it any more.",
    "button.show": "Show",
    # That nothing happened is told once a week where somebody asked for it.
    "watching.title": "Nothing changed this week.",
    "watching.none.one": "Still watching 1 condition; nothing changed this week.",
    "watching.none.many": "Still watching {conditions} conditions; nothing changed this week.",
    "watching.one.none": "Still watching 1 trial; nothing changed this week.",
    "watching.one.one": "Still watching 1 trial and 1 condition; nothing changed this week.",
    "watching.one.many": (
        "Still watching 1 trial and {conditions} conditions; nothing changed this week."
    ),
    "watching.many.none": "Still watching {trials} trials; nothing changed this week.",
    "watching.many.one": (
        "Still watching {trials} trials and 1 condition; nothing changed this week."
    ),
    "watching.many.many": (
        "Still watching {trials} trials and {conditions} conditions; nothing changed this week."
    ),
}
