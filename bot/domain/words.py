"""The catalogue: every sentence that people read, whole, with named placeholders.

Other languages come later as other catalogues with the same keys, so nothing here is glued
together from parts and no code elsewhere writes a sentence. Values that are put in (titles, names,
places) come from the record or from the person.
"""

from __future__ import annotations

import re

from bot.domain.change import Kind

_ENUM_VALUE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
"""How the registry writes a value of an enumeration of several words."""

_ENUM_WORDS = frozenset(
    [
        "RANDOMIZED",
        "NONE",
        "SINGLE",
        "DOUBLE",
        "TRIPLE",
        "QUADRUPLE",
        "PARALLEL",
        "CROSSOVER",
        "SEQUENTIAL",
        "FACTORIAL",
        "TREATMENT",
        "PREVENTION",
        "DIAGNOSTIC",
        "SCREENING",
        "INTERVENTIONAL",
        "OBSERVATIONAL",
        "COHORT",
        "RETROSPECTIVE",
        "PROSPECTIVE",
        "INDUSTRY",
        "NETWORK",
        "OTHER",
        "EXPERIMENTAL",
        "DRUG",
        "DEVICE",
        "BIOLOGICAL",
        "PROCEDURE",
        "RADIATION",
        "BEHAVIORAL",
        "GENETIC",
        "SPONSOR",
        "CONTACT",
        "YES",
        "NO",
        "UNDECIDED",
        "INDIV",
        "PARTICIPANT",
        "INVESTIGATOR",
    ]
)
"""Those of one word that a text of its own would not be written as (an acronym would)."""


def say(key: str, **values: object) -> str:
    """The sentence under this key with its placeholders filled; KeyError if there is none."""
    return SENTENCES[key].format(**values)


def status_label(status: str | None) -> str:
    """A recruitment status as people say it; an unknown value is shown as the registry has it."""
    if status is None:
        return say("status.none")
    return SENTENCES.get(f"status.{status}") or status.replace("_", " ").capitalize()


def status_meaning(status: str | None) -> str | None:
    """One sentence on what a status means for somebody who waits, if it is a known one."""
    return SENTENCES.get(f"status.{status}.means")


def known(key: str) -> str | None:
    """The sentence under this key, if there is one; it has no placeholder."""
    return SENTENCES.get(key)


def value_label(value: str) -> str:
    """A value of an enumeration as words (``NON_RANDOMIZED``); other text as it is."""
    if value in _ENUM_WORDS or _ENUM_VALUE.fullmatch(value):
        return value.replace("_", " ").lower()
    return value


def kind_label(kind: Kind) -> str:
    """A kind of change as the heading of its lines."""
    return say(f"kind.{kind}")


def phase_label(phases: tuple[str, ...]) -> str | None:
    """Phases as people write them, or None where the record has none."""
    known = [SENTENCES.get(f"phase.{phase}", phase) for phase in phases]
    return " / ".join(known) or None


SENTENCES = {
    # Recruitment status: labels as the registry shows them, meanings in our own words.
    "status.none": "Not stated",
    "status.NOT_YET_RECRUITING": "Not yet recruiting",
    "status.NOT_YET_RECRUITING.means": "It is planned but does not take anybody in yet.",
    "status.RECRUITING": "Recruiting",
    "status.RECRUITING.means": "It is open and looks for people to take part.",
    "status.ENROLLING_BY_INVITATION": "Enrolling by invitation",
    "status.ENROLLING_BY_INVITATION.means": "Only people who are invited can take part.",
    "status.ACTIVE_NOT_RECRUITING": "Active, not recruiting",
    "status.ACTIVE_NOT_RECRUITING.means": "It goes on, but takes in nobody new.",
    "status.COMPLETED": "Completed",
    "status.COMPLETED.means": "It has ended as planned; nobody takes part any more.",
    "status.SUSPENDED": "Suspended",
    "status.SUSPENDED.means": "It has stopped for now and may start again.",
    "status.TERMINATED": "Terminated",
    "status.TERMINATED.means": "It stopped early and will not start again.",
    "status.WITHDRAWN": "Withdrawn",
    "status.WITHDRAWN.means": "It stopped before the first person took part.",
    "status.UNKNOWN": "Unknown",
    "status.UNKNOWN.means": (
        "The registry shows this by itself when nobody has confirmed the record for two years."
    ),
    "status.AVAILABLE": "Available",
    "status.AVAILABLE.means": "The treatment can be asked for outside a trial.",
    "status.NO_LONGER_AVAILABLE": "No longer available",
    "status.NO_LONGER_AVAILABLE.means": "It was available outside a trial and is not any more.",
    "status.TEMPORARILY_NOT_AVAILABLE": "Temporarily not available",
    "status.TEMPORARILY_NOT_AVAILABLE.means": "It cannot be asked for now and may be again.",
    "status.APPROVED_FOR_MARKETING": "Approved for marketing",
    "status.APPROVED_FOR_MARKETING.means": "The treatment was approved and can be prescribed.",
    "status.WITHHELD": "Withheld",
    # Phases.
    "phase.EARLY_PHASE1": "Early phase 1",
    "phase.PHASE1": "Phase 1",
    "phase.PHASE2": "Phase 2",
    "phase.PHASE3": "Phase 3",
    "phase.PHASE4": "Phase 4",
    "phase.NA": "No phase (not a trial of a drug)",
    # Kinds of change, as headings.
    "kind.status": "Status",
    "kind.why_stopped": "Why it stopped",
    "kind.record": "The record",
    "kind.new": "New trial",
    "kind.left": "No longer matches",
    "kind.results": "Results",
    "kind.expanded_access": "Access outside the trial",
    "kind.eligibility": "Who can join",
    "kind.sites": "Places",
    "kind.treatments": "Treatments",
    "kind.design": "Design",
    "kind.outcomes": "What is measured",
    "kind.dates": "Dates",
    "kind.enrollment": "Number of participants",
    "kind.description": "Title and description",
    "kind.contacts": "Contacts",
    "kind.sponsor": "Sponsor",
    "kind.documents": "Documents",
    "kind.other": "Other details",
    # Changes, one sentence each, and how changed words are marked in them.
    "mark": "‹{words}›",
    "change.status": "The status was “{old}” and is now “{new}”.",
    "change.status.first": "The status is now stated: “{new}”.",
    "change.status.UNKNOWN": "The status was “{old}” and is now unknown.",
    "change.status.known": (
        "The status was unknown (“{last}” when it was last known) and is now “{new}”."
    ),
    "change.why_stopped": "The reason given: “{new}”",
    "change.why_stopped.other": "The reason given was “{old}”; now it is “{new}”",
    "change.why_stopped.removed": "The reason that was given is no longer in the record: “{old}”",
    "change.results": "Results were posted on {date}.",
    "change.results.undated": "Results were posted.",
    "change.results.removed": "The results are no longer in the record.",
    "change.unposted": "{event} on {date}.",
    "change.unposted.undated": "{event}.",
    "change.unposted.gone": "No longer in the record: {event}.",
    "change.unposted.RELEASE": "Results were sent to the registry for review",
    "change.unposted.UNRELEASE": "The results that were sent to the registry were taken back",
    "change.unposted.RESET": "The registry returned the results for correction",
    "change.access.came": "The treatment can now be asked for outside the trial.",
    "change.access.gone": "The record no longer says that it can be had outside the trial.",
    "change.site.added": "A place was added: {place} ({status}).",
    "change.site.added.plain": "A place was added: {place}.",
    "change.site.removed": "A place was removed: {place}.",
    "change.site.status": "{place}: was “{old}”, is now “{new}”.",
    "change.site.status.first": "{place}: is now “{new}”.",
    "change.site.status.gone": "{place}: was “{old}”, is no longer stated.",
    "change.places.added": "Places added: {count} ({countries}).",
    "change.places.removed": "Places removed: {count} ({countries}).",
    "change.places.status": "Places now “{status}”: {count} ({countries}).",
    "count.in": "{count} in {country}",
    "count.elsewhere": "{count} elsewhere",
    "change.sites.wiped": "The record no longer says of each place whether it is recruiting.",
    "change.line.added": "{part}, added: {new}",
    "change.line.removed": "{part}, removed: {old}",
    "change.line.changed": "{part}, reworded: was “{old}”, is now “{new}”",
    "part.inclusion criteria": "To join",
    "part.exclusion criteria": "Not to join",
    "part.none": "Criteria",
    "change.lines.more": "And {count} more changes of this kind.",
    "change.set": "{label}: was {old}, is now {new}.",
    "change.first": "{label}: now stated as {new}.",
    "change.unset": "{label}: was {old}, is no longer stated.",
    "change.text": "{label}: reworded. Was “{old}”, is now “{new}”",
    "change.date.later": "{label}: was {old}, is now {new}, {span} later.",
    "change.date.earlier": "{label}: was {old}, is now {new}, {span} earlier.",
    "span.years": "{count} years",
    "span.year": "a year",
    "span.months": "{count} months",
    "span.month": "a month",
    "span.days": "{count} days",
    "span.day": "a day",
    "change.flag.value.true": "yes",
    "change.flag.value.false": "no",
    "change.yes.value.true": "yes",
    "change.yes.value.false": "no",
    "change.yes.came": "{label}: now stated.",
    "change.yes.gone": "{label}: no longer stated.",
    "change.sex.value.ALL": "all",
    "change.sex.value.FEMALE": "female",
    "change.sex.value.MALE": "male",
    "change.enrollment.type.value.ESTIMATED": "planned",
    "change.enrollment.type.value.ACTUAL": "counted",
    "change.member.added": "{label}, added: {item}",
    "change.member.removed": "{label}, removed: {item}",
    "change.renamed": "New name: was “{old}”, is now “{new}”.",
    "change.words.added": "{label}, added: {item}",
    "change.words.removed": "{label}, removed: {item}",
    "change.nameless.added": "{label}: added.",
    "change.nameless.removed": "{label}: removed.",
    "change.nameless.changed": "{label}: changed.",
    "change.nameless.set": "{label}: changed.",
    "change.record.removed": "The registry no longer has this record.",
    "change.record.merged": "The record was merged into {new}. You follow {new} from now on.",
    "field.unnamed": "a detail",
    "field.of": "{label} of {item}",
    # Events for followers of a condition.
    "event.new": "A new trial was registered that matches “{words}”.",
    "event.entered": "This trial now matches “{words}”; before, it did not.",
    "event.left": "This trial no longer matches “{words}”.",
    "why.trial": "You hear of this because you follow this trial.",
    "why.interest": "You hear of this because you follow “{words}”.",
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
    "section.following": "In the order in which it began",
    "section.why": "Why you hear of this",
    # Buttons.
    "button.trial": "Show the trial",
    "button.follow": "Follow",
    "button.unfollow": "Stop following",
    "button.unfollow.named": "Stop: {name}",
    "button.history": "History",
    "button.registry": "On ClinicalTrials.gov",
    "button.consent": "Yes, keep it",
    "button.decline": "No",
    "button.following": "What I follow",
    # The foot of what is shown from the registry.
    "footer": (
        "Source: ClinicalTrials.gov, data of {day}. Labels are this bot's; the registry record is "
        "authoritative. Not medical advice. Not endorsed by NLM, NIH or the US Government."
    ),
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
        "The chat's address and what it follows, encrypted, so that messages can be sent; nothing "
        "else. What you stop following is deleted."
    ),
    "unknown.title": "I do not know this command",
    "unknown.lede": "Type /help for what you can ask.",
    "terminal.hint": "Type /help for what you can ask, or /quit to leave.",
    "terminal.more": "… {count} more lines: type /more to see them.",
    "trial.usage.title": "Which trial?",
    "trial.usage.lede": (
        "Give the number that the trial has on ClinicalTrials.gov: NCT and eight digits, such as "
        "/trial NCT00902044, or a link to it."
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
    "follow.interest.terms.one": "All that the registry files under {terms}: also {first}.",
    "follow.interest.terms.many": (
        "All that the registry files under {terms}: also {first} and {count} more."
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
    "following.title": "What this chat follows",
    "following.none": "Nothing yet. Type /follow and a trial's number or a condition.",
    "following.trial": "{id}. {number}: {title}",
    "following.interest": "{id}. “{words}”",
    "following.hint": "Stop with /unfollow and the number at the head of the line.",
    "unfollow.usage.title": "Stop following what?",
    "unfollow.usage.lede": "Give its number in the list of /following, or what you follow.",
    "unfollow.unknown.title": "This chat does not follow that",
    "unfollow.unknown.lede": "Type /following for the list.",
    "unfollow.done.title": "Stopped",
    "unfollow.done.trial": "You no longer follow {number}.",
    "unfollow.done.interest": "You no longer follow “{words}”.",
    "history.title": "History of {number}",
    "history.none": (
        "Trialbell has not seen this trial before. Follow it, and what changes from now on is kept."
    ),
    "history.first": "First seen here.",
    "history.lede": "What Trialbell saw of it, the latest first.",
    "history.quiet": "The record was updated; no change that is told about.",
    "error.title": "Something went wrong here",
    "error.lede": "It is not your fault, and it was written down. Please try again later.",
    # The demonstration.
    "demo.title": "Welcome to Trialbell's demonstration",
    "demo.lede": (
        "You chat with the bot on a small made-up registry: two real trials and some invented "
        "ones, whose records change every {seconds} seconds. Follow something and watch the bell. "
        "Nothing here is kept; end with /quit."
    ),
    "demo.button.trial": "Look at a trial",
    "demo.button.follow": "Follow a condition",
    "demo.button.help": "All commands",
    # To the operator.
    "operator.registry.title": "The registry cannot be read",
    "operator.registry.lede": "Since {since}: {why} Nothing is lost; reading goes on when it can.",
    "operator.registry.back.title": "The registry can be read again",
    "operator.registry.back.lede": "The data of {day} are read.",
    "operator.debts.title": "Messages are overdue",
    "operator.debts.lede": "{count} messages wait, the oldest since {since}.",
    "operator.debts.back.title": "No message is overdue any more",
    "operator.debts.back.lede": "All that was owed is sent.",
    "operator.platform.start.title": "{platform} cannot be reached",
    "operator.platform.start.lede": (
        "The bot could not be started for some minutes. It is tried again until it can; what is "
        "owed waits."
    ),
    "operator.platform.token.title": "{platform} refuses the bot's token",
    "operator.platform.token.lede": (
        "Nothing is sent there until you set another TRIALBELL_{name}_TOKEN and start again; what "
        "is owed waits."
    ),
    "operator.platform.sends.title": "{platform} takes no message",
    "operator.platform.sends.lede": (
        "All that was tried for ten minutes or more was refused or not answered. It is tried "
        "again; look at the log and at the platform's own status page."
    ),
    "operator.platform.back.title": "{platform} works again",
    "operator.platform.back.lede": "Messages are sent there again.",
    "operator.daily.title": "How it went with the data of {day}",
    "operator.daily.lede": (
        "{changes} changes, {sent} messages sent ({double} of them possibly twice), {dead} given "
        "up, {pending} pending."
    ),
    "operator.daily.none.title": "How it went",
    "operator.daily.none.lede": "The registry was not read completely yet.",
}
