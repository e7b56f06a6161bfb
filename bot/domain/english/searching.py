"""Searching, what narrows a search, and what is understood before something is followed."""

from __future__ import annotations

SEARCHING = {
    # A filter in words: each part is one sentence.
    "filter.near": "With a place within {kilometres} km of {place}.",
    "filter.near.miles": "With a place within {miles} miles ({kilometres} km) of {place}.",
    "filter.country": "With a place in {country}.",
    "filter.countries": "With a place in one of these countries: {countries}.",
    "filter.age": "Taking people who are {age} years old.",
    "filter.age.first": "Taking children in their first year of life.",
    "filter.sex.FEMALE": "Taking girls and women.",
    "filter.sex.MALE": "Taking boys and men.",
    "filter.status": "With the status “{status}”.",
    "filter.statuses": "With one of these statuses: {statuses}.",
    "filter.phase": "Of this phase: {phase}.",
    "filter.phases": "Of one of these phases: {phases}.",
    "filter.type": "With a treatment of this type: {type}.",
    "filter.types": "With a treatment of one of these types: {types}.",
    "filter.sponsor": "With a lead sponsor of this class: {sponsor}.",
    "filter.sponsors": "With a lead sponsor of one of these classes: {sponsors}.",
    "filter.healthy.yes": "Taking healthy volunteers.",
    "filter.healthy.no": "Not taking healthy volunteers.",
    "sponsor.OTHER": "universities, hospitals and others",
    # Searching.
    "search.usage.title": "Search for what?",
    "search.usage.lede": (
        "Give a condition and what narrows it, such as /search sarcoma near Paris 100 km "
        "recruiting phase 2, or /search asthma in France age 12."
    ),
    "search.title": "Trials for “{words}”",
    "search.title.all": "Trials that fit",
    "search.none": (
        "The registry finds no trial for it today. Fewer words find more, and it corrects no "
        "misspellings: look at how each word is spelt."
    ),
    "search.none.meant": (
        "The registry finds no trial for it today, and corrects no misspellings: if you meant what "
        "a button says, press it. Fewer words find more too."
    ),
    "search.none.narrowed": (
        "The registry finds trials for these words today, and none that fits what narrows them."
    ),
    "search.none.after": "There are no more.",
    "search.one": "The registry finds one trial.",
    "search.all": "The registry finds {total} trials, which are all shown here.",
    "search.all.nearest": (
        "The registry finds {total} trials, which are all shown here, the nearest first."
    ),
    "search.many": "The registry finds {total} trials; these are {first} to {last}.",
    "search.nearest": (
        "The registry finds {total} trials; these are {first} to {last}, the nearest first."
    ),
    "search.all.open": (
        "The registry finds {total} trials, which are all shown here: first those that are open or "
        "about to open, then the others, each from near to far."
    ),
    "search.open": (
        "The registry finds {total} trials; these are {first} to {last}: first those that are open "
        "or about to open, then the others, each from near to far."
    ),
    "search.cut": "The first {shown} can be looked through here: narrow it down for the others.",
    "search.cut.near": (
        "The first {shown} that the registry gives can be looked through here, and only they are "
        "put in this order: narrow it down for the others."
    ),
    "search.hit.title": "{position}. {title}",
    "search.hit": "{number}: {status}. {place}.",
    "search.hit.more": "{number}: {status}. {place}, and {others} more places.",
    "search.hit.one_more": "{number}: {status}. {place}, and one more place.",
    "search.hit.near": "{number}: {status}. {place}, {kilometres} km away.",
    "search.hit.here": "{number}: {status}. {place}, less than 1 km away.",
    "search.hit.nowhere": "{number}: {status}. No place is stated.",
    "section.hits.others": "The others",
    "section.narrowed": "Narrowed down",
    "section.kinds.would": "What you would be told",
    "section.today": "Today",
    "section.newest": "The newest",
    "section.left": "Left out",
    "unread.again": (
        "“{typed}” was left out: one age and one distance can be asked for at a time, and "
        "another one is asked for already."
    ),
    "unread.link": "“{typed}” in the link narrows nothing here.",
    "unread.links": "“{typed}” was left out: one link is asked at a time.",
    "section.unread": "Looked for as words",
    "unread.phase": (
        "“{typed}” was read as words: phases are 1 to 4 and early 1, such as phase 2."
    ),
    "unread.field": (
        "“{typed}” stands behind one of the registry's own fields, which looks for it as words: to "
        "narrow by it, put it before the first field."
    ),
    "unread.age": (
        "“{typed}” was read as words: an age is one number of years up to 120, such as age 12."
    ),
    "unread.negated": (
        "“{typed}” was read as words: what shall not be cannot be asked. Say what shall be, such "
        "as status:completed or in Spain."
    ),
    "unread.group": (
        "“{typed}” was read as words: people can be narrowed to one age, such as age 12, but to no "
        "group of ages."
    ),
    "unread.stage": (
        "“{typed}” was read as words: stages cannot be narrowed by, and a trial that takes this "
        "one and names it otherwise may not be found."
    ),
    "unread.placebo": (
        "“{typed}” was read as words: what shall not be cannot be asked. Where a record names a "
        "placebo, the trial’s card says so."
    ),
    "unread.country": "“{typed}” was read as words: for the country, type in {meant}.",
    "unread.rhythm": (
        "“{typed}” was read as words: how often you are told is chosen for all that you follow, "
        "such as /settings daily 9 or /settings weekly Friday 17."
    ),
    "unread.status": (
        "“{typed}” was read as words: a status is one such as recruiting, not yet recruiting or "
        "completed."
    ),
    "unread.kinds": "“{typed}” was read as words: behind kinds: can stand {kinds}.",
    # A value that cannot be behind a key.
    "section.missed": "What you can do",
    "missed.line": "Press one of these, or type it again. Until then nothing is done.",
    "missed.again": "Type it again. Until then nothing is done.",
    "missed.between.title": "“{typed}” cannot stand between two of these",
    "missed.between.lede": (
        "All that is typed has to hold together: cond:asthma spons:Baylor finds trials with both. "
        "For one or the other, ask each for itself; within one, OR and NOT can stand, such as "
        "cond:asthma OR eczema."
    ),
    "missed.status.title": "I do not know the status “{typed}”",
    "missed.status.lede": (
        "A status is one such as recruiting, not yet recruiting, completed or terminated."
    ),
    "missed.phase.title": "I do not know the phase “{typed}”",
    "missed.phase.lede": "Phases are 1 to 4, early 1 and na (none), such as phase:2.",
    "missed.type.title": "I do not know the type “{typed}”",
    "missed.type.lede": (
        "A type is drug, device, biological, procedure, radiation, behavioral, genetic, dietary "
        "supplement, combination product, diagnostic test or other treatment."
    ),
    "missed.sponsor.title": "I do not know the class of sponsors “{typed}”",
    "missed.sponsor.lede": (
        "It is industry, nih, federal, other government, academic, network or individual. The "
        "name of a sponsor stands behind spons:, such as spons:Baylor."
    ),
    "missed.kinds.title": "I do not know the kind of change “{typed}”",
    "missed.kinds.lede": "Behind kinds: can stand {kinds}.",
    "missed.sex.title": "I do not know what “{typed}” says of the sex",
    "missed.sex.lede": "It is sex:female or sex:male.",
    "missed.healthy.title": "I do not know what “{typed}” says of healthy volunteers",
    "missed.healthy.lede": "It is healthy:yes or healthy:no.",
    "missed.age.title": "“{typed}” is no age that I know",
    "missed.age.lede": "An age is one number up to 120, such as age:12.",
    "missed.page.title": "“{typed}” is no page",
    "missed.page.lede": "A page is a number, such as page:2.",
    "missed.km.title": "“{typed}” is no distance that I know",
    "missed.km.lede": "It is a number of kilometres up to 20,000, such as km:50.",
    "missed.mi.title": "“{typed}” is no distance that I know",
    "missed.mi.lede": "It is a number of miles up to 12,400, such as mi:30.",
    "button.missed.meant": "I meant {value}",
    "button.missed.without": "Leave it out",
    "button.missed.words": "Look for it as words",
    "section.asked": "What you asked to follow",
    "section.way_out": "If you say no, or stop later",
    "button.hit": "{position}. {number}",
    "button.search.follow": "Follow this search",
    "button.search.back": "Back",
    "button.narrow": "Narrow it down",
    "button.search.meant": "I meant “{words}”",
    "button.search.country": "I meant in {country}",
    "button.search.without": "Without “{typed}”",
    "button.narrow.near": "Near me",
    "button.narrow.status": "Status: {status}",
    "button.narrow.phase": "{phase}",
    "button.narrow.type": "Treatment: {type}",
    "button.narrow.sponsor": "Sponsor: {sponsor}",
    "button.narrow.sex": "For: {sex}",
    "button.narrow.healthy": "Healthy volunteers",
    "button.narrow.none": "Without any of this",
    "narrow.title": "Narrow it down to what?",
    "narrow.lede": (
        "Press what has to hold, one after another. More can be typed behind the words: age 12, "
        "near Paris 100 km, in France, female, phase 2 or 3, industry."
    ),
    "place.which.title": "Which {name}?",
    "place.which.lede": "There are several places of this name.",
    "place.unknown.title": "I do not know the place “{name}”",
    "place.unknown.lede": (
        "Give a city of more than 15,000 people nearby, with its country where the name is common. "
        "If it is no place, put the words in quotation marks."
    ),
    "place.several.title": "Near which one?",
    "place.several.lede": (
        "I can look near one place at a time: type it again with one. Countries can be several, "
        "such as in France or Germany. If one of them is no place, put it in quotation marks."
    ),
    "place.not_said.title": "Near where?",
    "place.not_said.lede": (
        "This chat has not said where it is. Name a city, such as near Paris 100 km."
    ),
    "search.gone.title": "This button is too old",
    "search.gone.lede": "What it asked is no longer kept. Please type it again.",
    "search.refused.title": "The registry did not understand this search",
    "search.refused.lede": (
        "In its own words every quotation mark and bracket has to be closed, and operators are "
        "AND, OR and NOT. Nothing is followed."
    ),
    # Before something is followed.
    "follow.preview.title": "Follow “{words}”?",
    "follow.preview.search": "All that the registry finds for this: {search}.",
    "follow.together.title": "Watched as one",
    "follow.together.line": (
        "A trial has to say these words together, as they stand here. To follow each by itself, "
        "press it below."
    ),
    "button.follow.alone": "Only “{words}”",
    "follow.preview.none": (
        "The registry finds no trial for it today. Fewer words find more, it corrects no "
        "misspellings, and one condition is followed at a time."
    ),
    "follow.preview.none.meant": (
        "The registry finds no trial for it today, and corrects no misspellings: if you meant what "
        "a button says, press it. One condition is followed at a time."
    ),
    "follow.preview.none.narrowed": (
        "The registry finds trials for these words today, and none yet that fits what narrows them."
    ),
    "follow.preview.one": "The registry finds one trial for it.",
    "follow.preview.many": "The registry finds {total} trials for it.",
    "follow.preview.newest": "{title} ({number}, first posted {day}): {status}.",
    "follow.preview.undated": "{title} ({number}): {status}.",
    "follow.preview.wide": (
        "This is wide: about {count} of them change on a working day. What happens is told "
        "together once a day, at {hour}:00 ({zone}), and so is all else in this chat; /settings "
        "changes it."
    ),
    "follow.wide": (
        "This is wide: about {count} of them change on a working day. From now on this chat is "
        "told once a day, at {hour}:00 ({zone}); /settings changes it."
    ),
    "follow.asked.trial": "{number}: {title}",
    "follow.way_out": (
        "If you say no, nothing is kept. When you stop following, what you followed is deleted."
    ),
    "follow.no_words.title": "Follow which condition?",
    "follow.no_words.lede": (
        "What narrows it is understood, but not what it is about. Give a condition too, such as "
        "/follow sarcoma recruiting."
    ),
    "follow.full.title": "This chat follows as much as it can",
    "follow.full.lede": (
        "It follows {count} trials and conditions, and {most} is the most here. Stop one with "
        "/unfollow first."
    ),
    "follow.cancelled.title": "Nothing was changed",
    "follow.cancelled.lede": "What this chat follows is as it was.",
    "button.confirm": "Follow",
    "button.consent.follow": "Yes, keep it and follow",
}
