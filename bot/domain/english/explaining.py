"""What is said about why something was told or not, and where everything stands."""

from __future__ import annotations

EXPLAINING = {
    # Why something was told.
    "why.title": "Why you were told",
    "why.lede": "What this chat was told last, and what for. For one trial, type /why NCT….",
    "why.none": "This chat was told nothing in the last weeks. For one trial, type /why NCT….",
    "why.heading": "{number}, data of {day}",
    "why.named": "{title}",
    "why.sent": "Sent on {day} at {time} ({zone}).",
    "why.perhaps": "Sent on {day} at {time} ({zone}); whether it arrived is not known.",
    "why.by.trial": "You follow this trial.",
    "why.by.interest": "You follow “{words}”.",
    "why.by.new": "You follow “{words}”, and this trial is new.",
    "why.by.entered": "You follow “{words}”, which this trial fits now.",
    "why.by.left": "You follow “{words}”, which this trial fits no longer.",
    "why.by.ended": "What it was told for is no longer followed.",
    "why.changed": "{kind}: {line}",
    "why.more": "And {count} more changes.",
    "why.corrected": "What was told before was taken back.",
    # Why something was not told.
    "whynot.title": "Why nothing is told of {number}",
    "whynot.told.title": "{number} was told",
    "whynot.unknown": (
        "It was never read here, and the registry does not answer now. Please try again later."
    ),
    "whynot.not_followed": (
        "This chat follows neither this trial nor a condition that it belongs to."
    ),
    "whynot.searches": (
        "Searches in the registry's own words are matched by the registry: whether it finds this "
        "trial cannot be said here."
    ),
    "whynot.muted": "It is muted in this chat.",
    "whynot.subscription_paused": "What it would be told for is paused.",
    "whynot.chat_paused": (
        "Messages to this chat did not arrive, so they wait. They come now that it is back."
    ),
    "whynot.pending": "A message about it is on its way.",
    "whynot.pending.later": "A message about it comes on {day} at {time} ({zone}).",
    "whynot.put_off": (
        "A message about it waits until {day} at {time} ({zone}), as this chat chose in /settings."
    ),
    "whynot.held": (
        "A message about it is held since a backup was restored, as it may have been sent before. "
        "Whoever runs this bot decides."
    ),
    "whynot.held_mass": (
        "What changed in the data of {day} changed in many records at once, so it is held: whoever "
        "runs this bot decides, and without an answer it comes after three days of data."
    ),
    "whynot.reading": (
        "The data of {day} are just being read; what changed is told when that is done."
    ),
    "whynot.given_up": (
        "A message about it could not be sent and was given up. Whoever runs this bot sees it."
    ),
    "whynot.filtered.near": "“{words}” is narrowed to places near you, and it has none there.",
    "whynot.filtered.country": "“{words}” is narrowed to countries in which it has no place.",
    "whynot.filtered.age": "“{words}” is narrowed to an age that it does not take.",
    "whynot.filtered.sex": "“{words}” is narrowed to a sex that it does not take.",
    "whynot.filtered.status": "“{words}” is narrowed to statuses, and it has another one: {value}.",
    "whynot.filtered.phase": "“{words}” is narrowed to phases, and it is of none of them.",
    "whynot.filtered.intervention_type": (
        "“{words}” is narrowed to types of treatment, and it has none of them."
    ),
    "whynot.filtered.sponsor_class": (
        "“{words}” is narrowed to classes of sponsor, and its own is another."
    ),
    "whynot.filtered.healthy_volunteers": (
        "“{words}” is narrowed by healthy volunteers, and it does not fit."
    ),
    "whynot.kind_off": "In the data of {day} it changed, in what you turned off: {kinds}.",
    "whynot.kind_off.new": "It was new, and new trials are turned off.",
    "whynot.not_near": ("In the data of {day} only places changed, and none of them is near you."),
    "whynot.moot": (
        "Of the change in the data of {day} nothing was left to tell when its turn came: by then "
        "the trial was muted, paused or no longer asked for."
    ),
    "whynot.not_owed": (
        "It changed in the data of {day}, and no message was owed: when that was found, the trial "
        "did not yet belong to what this chat follows, or a correction followed within days."
    ),
    "whynot.nothing_changed": (
        "Nothing changed in it since the data of {day}, from which on you follow it."
    ),
    "whynot.told": "Its last change, in the data of {day}, was told.",
    "section.whynot.told": "What was told of it",
    # Where everything stands.
    "stand.title": "Where things stand",
    "stand.fact.data": "Data of the registry",
    "stand.fact.read": "Read to the end",
    "stand.fact.looked": "Last asked for newer data",
    "stand.fact.trials": "Trials you follow",
    "stand.fact.conditions": "Conditions you follow",
    "stand.fact.paused": "Of them paused",
    "stand.fact.muted": "Muted trials",
    "stand.data.none": "not read yet",
    "stand.moment": "{day} at {time} ({zone})",
    "stand.registry.fine": "The registry can be read.",
    "stand.registry.unread": "Nothing was read from the registry yet.",
    "stand.registry.out": (
        "The registry could not be read since {day} at {time} ({zone}). What changes meanwhile is "
        "told when it can be read again."
    ),
    "stand.owed.none": "Nothing waits to be told to this chat.",
    "stand.owed.now": "Messages on their way to this chat: {count}.",
    "stand.owed.later": (
        "Messages that wait for this chat: {count}. The first comes on {day} at {time} ({zone})."
    ),
    "stand.owed.held": "Messages that whoever runs this bot has to decide on: {count}.",
    "stand.section.registry": "The registry",
    "stand.section.owed": "What is still to come",
}
