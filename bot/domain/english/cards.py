"""The parts of a card: facts, sections, buttons and the foot."""

from __future__ import annotations

CARDS = {
    # Facts on cards and notices.
    "fact.number": "Number",
    "fact.status": "Status",
    "fact.phase": "Phase",
    "fact.conditions": "Conditions",
    "fact.sponsor": "Sponsor",
    "fact.treatments": "Treatments",
    "fact.participants": "Participants",
    "fact.participants.actual": "{count} (counted)",
    "fact.participants.estimated": "{count} (planned)",
    "fact.ages": "Ages",
    "fact.ages.range": "{minimum} to {maximum}",
    "fact.ages.from": "{minimum} and older",
    "fact.ages.to": "up to {maximum}",
    "fact.sex": "Sex",
    "sex.ALL": "All",
    "sex.FEMALE": "Female",
    "sex.MALE": "Male",
    "fact.healthy": "Healthy volunteers",
    "fact.healthy.yes": "Accepted",
    "fact.healthy.no": "Not accepted",
    "fact.start": "Start",
    "fact.completion": "Completion",
    "fact.updated": "Record updated",
    "fact.verified": "Record verified",
    "fact.countries": "Countries",
    "fact.results": "Results",
    "fact.results.yes": "Posted",
    "date.actual": "{date}",
    "date.estimated": "{date} (expected)",
    # Sections of a card.
    "section.summary": "What it is about",
    "section.eligibility": "Who can join (as written in the record)",
    "section.sites": "Places ({count})",
    "section.sites.line": "{place}: {status}",
    "section.sites.more": "And {count} more places, in the registry's record.",
    "section.watched": "What is watched",
    "section.why": "Why you hear of this",
    # Buttons.
    "button.trial": "Show the trial",
    "button.whole": "Show it in full",
    "button.whole.of": "All changes of {day}",
    "button.waits": (
        "Telegram asks this bot to send nothing here for another {minutes} minutes. "
        "Please press again after that."
    ),
    "button.too_old": (
        "This message is too old for its buttons to change anything. Please give the command anew."
    ),
    "button.old.title": "This button is too old",
    "button.unknown": (
        "This button is of another version of the bot and does nothing any more. "
        "Send /help to see what can be asked."
    ),
    "button.follow": "Follow",
    "button.unfollow": "Stop following",
    "button.history": "History",
    "button.earlier": "Earlier versions",
    "button.later": "Later versions",
    "button.compare": "Compare versions {old} and {new}",
    "button.registry": "On ClinicalTrials.gov",
    "button.consent": "Yes, keep it",
    "button.decline": "No",
    "button.privacy": "What is promised",
    "button.following": "What I follow",
    # The foot of what is shown from the registry.
    "footer": (
        "Source: ClinicalTrials.gov, data of {day}. Labels are this bot's; the registry record is "
        "authoritative. Not medical advice. Not endorsed by NLM, NIH or the US Government."
    ),
    "footer.history": (
        "Source: ClinicalTrials.gov and its own list of versions, as read on {day}. Labels are "
        "this bot's; the registry record is authoritative. Not medical advice. Not endorsed by "
        "NLM, NIH or the US Government."
    ),
}
