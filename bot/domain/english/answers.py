"""What the front desk says to commands."""

from __future__ import annotations

ANSWERS = {
    # Commands.
    "help.title": "What you can ask",
    "help.lede": (
        "Trialbell watches ClinicalTrials.gov and tells you when a trial changes. It gives no "
        "medical advice: talk to your doctor about what you read here."
    ),
    "help.section": "Commands",
    "help.line": "/{name} {argument}: {help}",
    "help.line.plain": "/{name}: {help}",
    "about.title": "About Trialbell",
    "about.lede": (
        "Trialbell reads the public registry ClinicalTrials.gov and passes on what changed, with "
        "what it was and what it is now. It is free software, run by whoever hosts it."
    ),
    "about.data": "Data of the registry",
    "about.data.none": "not read yet",
    "about.source": "Where the data come from",
    "about.source.line": (
        "ClinicalTrials.gov is run by the US National Library of Medicine. Trialbell is not "
        "connected with it, and nothing here is endorsed by NLM, NIH or the US Government."
    ),
    "about.kept": "What is kept of you",
    "about.kept.line": (
        "The chat's address, what it follows and mutes, what it chose and what it asked last by "
        "buttons: encrypted, so that messages can be sent as it wants them. In a channel or group "
        "also where trials were posted. What you stop following is deleted."
    ),
    "privacy.title": "What is kept, and by whom",
    "privacy.log": "What is followed stands in no log and in no figures, and is not passed on.",
    "privacy.stop": (
        "With /unfollow what was followed is deleted; which messages were sent, after 30 days."
    ),
    "privacy.who": "Who runs this bot",
    "privacy.contact": "It is run by somebody who can be reached at {contact}.",
    "privacy.nobody": "Whoever runs it has not said how to be reached.",
    "unknown.title": "I do not know this command",
    "unknown.lede": "Type /help for what you can ask.",
    "unknown.near": "Did you mean /{meant}? Type /help for all that you can ask.",
    "button.meant": "Yes, /{name}",
    "unheard.number.title": "“{typed}” is no trial's number",
    "unheard.number.lede": (
        "A number is NCT and eight digits, such as NCT00902044. Please check the digits."
    ),
    "unheard.words.title": "Are you looking for trials?",
    "unheard.words.lede": (
        "Type /search and a condition, such as /search sarcoma near Paris; /follow to be told of "
        "what is new; and /help for all that you can ask."
    ),
    "button.search.words": "Search for “{words}”",
    "terminal.hint": "Type /help for what you can ask, or /quit to leave.",
    "terminal.no_button.title": "There is no button {number} now",
    "terminal.no_button.none": (
        "The last answer has no buttons; those of earlier ones can no longer be pressed. To stop "
        "what you follow, type /unfollow and the number before its name in /following."
    ),
    "terminal.no_button.some": (
        "Buttons 1 to {last} can be pressed: those of the last answer, and of what came since. To "
        "stop what you follow, type /unfollow and the number before its name in /following."
    ),
    "terminal.more": "… {count} more lines: type /more to see them.",
    "trial.usage.title": "Which trial?",
    "trial.usage.lede": (
        "Give the number that the trial has on ClinicalTrials.gov: NCT and eight digits, such as "
        "/{command} NCT00902044, or a link to it."
    ),
    "trial.unknown.title": "There is no {number}",
    "trial.unknown.lede": "ClinicalTrials.gov has no trial with this number. Are the digits right?",
    "registry.out.title": "The registry does not answer now",
    "registry.out.lede": (
        "ClinicalTrials.gov could not be read just now. Please try again in a few minutes; what "
        "you follow is not affected."
    ),
    "registry.out.stored": (
        "The registry does not answer now: this is what was read on the data of {day}."
    ),
    "registry.query.title": "The registry did not understand this",
    "registry.query.lede": "Please try simpler words, without brackets or signs.",
    "follow.usage.title": "Follow what?",
    "follow.usage.lede": (
        "Give a trial's number, such as /follow NCT00902044, or a condition in words, such as "
        "/follow sarcoma."
    ),
    "follow.left_out.title": "One thing is followed at a time",
    "follow.left_out.line": (
        "This was left out: “{left}”. Type /follow again for it, or /import and several numbers."
    ),
    "follow.left_out.rhythm": (
        "“{left}” was left out: how often you are told is chosen for all that you follow, such as "
        "/settings daily 9 or /settings weekly Friday 17."
    ),
    "button.follow.other": "Follow {number}",
    "follow.consent.title": "May this be kept?",
    "follow.consent.lede": (
        "To tell you of changes, Trialbell keeps this chat's address and what you follow, "
        "encrypted, until you stop following; it says something about health. Is that all right?"
    ),
    "follow.declined.title": "Nothing was kept",
    "follow.declined.lede": "You can still look at trials with /trial.",
    "follow.nothing_asked.title": "There is nothing to confirm",
    "follow.nothing_asked.lede": "Type /follow and what you want to follow.",
    "follow.trial.title": "You follow {number}",
    "follow.trial.lede": "You will be told here when it changes: {title}",
    "follow.trial.already": "You follow it already: {title}",
    "follow.interest.title": "You follow “{words}”",
    "follow.interest.already": "You follow this already.",
    "follow.interest.terms": "All that the registry files under {terms}.",
    "follow.interest.terms.one": "All that the registry files under {terms}, such as “{first}”.",
    "follow.interest.terms.many": (
        "All that the registry files under {terms}, such as “{first}” and others."
    ),
    "follow.interest.phrase": ("All that say “{phrase}” in their conditions, keywords or title."),
    "follow.interest.none": (
        "The registry finds no trial for it today; you will be told when one is registered."
    ),
    "follow.interest.silent": (
        "What exists today is noted without a message; you will be told what is new or changes."
    ),
    "follow.short.title": "These words are too short to watch",
    "follow.short.lede": "Give at least three letters, such as /follow ALS.",
    "follow.long.title": "These words are too long to watch",
    "follow.long.lede": (
        "Give the condition's name in at most {most} characters, such as /follow sarcoma."
    ),
    "following.title": "What this chat follows",
    "following.none": "Nothing yet. Type /follow and a trial's number or a condition.",
    "unfollow.usage.title": "Stop following what?",
    "unfollow.usage.lede": "Give its number in the list of /following, or what you follow.",
    "unfollow.none.title": "This chat follows nothing",
    "unfollow.none.lede": (
        "So there is nothing to stop or to mute. Type /follow and a trial's number or a condition "
        "to begin."
    ),
    "unfollow.unknown.title": "This chat does not follow that",
    "unfollow.unknown.lede": "Type /following for the list.",
    "unfollow.several.title": "One is stopped at a time",
    "unfollow.several.lede": (
        "Nothing was stopped. Type /unfollow and one number of the list of /following; /forget "
        "deletes all that is kept of this chat."
    ),
    "unfollow.which.title": "Stop which one?",
    "unfollow.which.lede": "Nothing is stopped until you press one.",
    "button.unfollow.undo": "Follow it again",
    "unfollow.done.title": "Stopped",
    "unfollow.done.trial": "You no longer follow {number}.",
    "unfollow.done.interest": "You no longer follow “{words}”.",
    # A trial's history.
    "history.title": "History of {number}",
    "history.title.page": "History of {number}, page {page} of {pages}",
    "history.none": (
        "Trialbell has not seen this trial before. Follow it, and what changes from now on is kept."
    ),
    "history.none.alone": (
        "Trialbell has not seen this trial before, and the registry's own list of its versions "
        "cannot be read now. Follow it, and what changes from now on is kept."
    ),
    "history.lede": "What Trialbell saw of it, the latest first.",
    "history.lede.both": (
        "What Trialbell saw of it, the latest first; before that, the registry's own list of its "
        "versions."
    ),
    "history.lede.alone": (
        "What Trialbell saw of it, the latest first. The registry's own list of earlier versions "
        "cannot be read now."
    ),
    "history.lede.listed": (
        "The registry's own list of its versions, the latest first: Trialbell has not seen this "
        "trial before. Follow it, and what changes from now on is kept with what it was before."
    ),
    "history.seen": "Seen in the data of {day}",
    "history.seen.numbered": "Seen in the data of {day}: version {number}",
    "history.first": "First seen here.",
    "history.quiet": "The record was updated; no change that is told about.",
    "history.listed": "Version {number}, sent to the registry on {day}",
    "history.registered": "The trial was registered, with the status “{status}”.",
    "history.registered.plain": "The trial was registered.",
    "history.status": "The status went from “{old}” to “{new}”.",
    "history.sections": "What changed: {sections}.",
    "history.unnamed": "The list does not say what changed.",
    # The registry's labels of the parts of a record, as its list of versions has them.
    "history.section.Study Identification": "titles and numbers",
    "history.section.Study Status": "status and dates",
    "history.section.Sponsor/Collaborators": "sponsor",
    "history.section.Oversight": "oversight",
    "history.section.Study Description": "description",
    "history.section.Conditions": "conditions",
    "history.section.Study Design": "design and number of participants",
    "history.section.Arms and Interventions": "treatments",
    "history.section.Outcome Measures": "what is measured",
    "history.section.Eligibility": "who can join",
    "history.section.Contacts/Locations": "places and contacts",
    "history.section.IPDSharing": "sharing of data",
    "history.section.References": "references",
    "history.section.Document Section": "documents",
    "history.section.Documents": "documents",
    "history.section.Outcome Measures (Results)": "results: what was measured",
    "history.section.Participant Flow": "results: who took part",
    "history.section.Baseline Characteristics": "results: who they were",
    "history.section.Adverse Events": "results: harms",
    "history.section.More Information": "results: remarks",
    "error.title": "Something went wrong here",
    "error.lede": "It is not your fault, and it was written down. Please try again later.",
}
