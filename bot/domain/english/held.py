"""Corrections, values that go to and fro, and what was held because many records had it at once."""

from __future__ import annotations

HELD = {
    # A change that went back.
    "correction.lede": "A correction: the record has gone back on what you were told.",
    "correction.heading": "What was told and no longer holds",
    "correction.again": (
        "The record says “{value}” again. The message about the data of {day} said: {line}"
    ),
    "correction.gone": (
        "The record no longer says what the message about the data of {day} said: {line}"
    ),
    # A value that goes to and fro.
    "restless.heading": "Told for the last time for now",
    "restless.line": (
        "{label}: this has changed to and fro {times} times. You are not told of it again until it "
        "has stood still for {days} days; the trial's card always shows what the record says."
    ),
    # What was held, told in one message a chat.
    "late.title": "Changes of some days ago",
    "late.lede": (
        "So many records of the registry changed in the same way at once that these changes were "
        "held back to be checked. They stand as the registry has them."
    ),
    "late.trial": "{title} ({number})",
    "late.more": "And {count} more trials that you follow changed in the same way.",
    "late.more.heading": "More",
    # To the operator.
    "operator.hold.title": "Many records changed in the same way at once",
    "operator.hold.lede": (
        "In the data of {day}, {count} of {read} records that were read changed in the same way: "
        "{way}. These changes are held; all others went out. Look at some of them: {examples}. "
        "Then `trialbell held --release {id}` tells them and `trialbell held --drop {id}` does "
        "not. Without an answer they go out after three data days, in one message a chat."
    ),
    "operator.hold.back.title": "The changes that were held are no longer held",
    "operator.hold.back.lede": "Hold {id} was answered, went back in the registry, or went out.",
    "hold.way.codes": "{label} from {old} to {new}",
    "hold.way.set": "{label}",
    "hold.way.added": "{label}, something added",
    "hold.way.removed": "{label}, something removed",
    "hold.value.none": "nothing",
}
