"""What is said in /settings."""

from __future__ import annotations

CHOOSING = {
    "settings.title": "Settings of this chat",
    "settings.lede": "Press what you want to change.",
    "settings.fact.place": "Where you are",
    "settings.fact.zone": "Time zone",
    "settings.fact.when": "When you are told",
    "settings.fact.quiet": "Quiet hours",
    "settings.fact.watching": "Weekly line that nothing changed",
    "settings.fact.discreet": "Discreet messages",
    "settings.fact.audience": "New follows begin",
    "settings.place.none": "not said",
    "settings.place.value": "{place}, within {kilometres} km",
    "settings.when.at_once": "at once",
    "settings.when.daily": "once a day, at {hour}:00",
    "settings.when.weekly": "once a week, on {weekday} at {hour}:00",
    "settings.quiet.none": "none",
    "settings.quiet.value": "from {start}:00 to {end}:00",
    "settings.quiet.urgent": "from {start}:00 to {end}:00, but for trials that are stopped",
    "settings.on": "on",
    "settings.off": "off",
    "settings.audience.patient": "with what patients are told",
    "settings.audience.professional": "with what professionals are told",
    "weekday.0": "Monday",
    "weekday.1": "Tuesday",
    "weekday.2": "Wednesday",
    "weekday.3": "Thursday",
    "weekday.4": "Friday",
    "weekday.5": "Saturday",
    "weekday.6": "Sunday",
    # Pages.
    "settings.place.title": "Where you are",
    "settings.place.lede": (
        "Type /settings place and a city, such as /settings place Paris. It is kept encrypted, and "
        "used for “near me”, for places near you and for your time zone."
    ),
    "settings.place.now": "It is {place}; near is within {kilometres} km.",
    "settings.place.zone": (
        "The time zone is {zone}; for another one type /settings zone and its name, such as "
        "/settings zone Europe/Paris, or a city."
    ),
    "settings.place.miles": (
        "{miles} miles are {kilometres} km; distances are kept and told in kilometres."
    ),
    "settings.locate.title": "Share where you are",
    "settings.locate.lede": (
        "Tap the button below, which your app puts in place of the keyboard. I keep the nearest "
        "city and its time zone, not the spot itself. You can also type /settings place and a city."
    ),
    "button.settings.locate": "Share where I am",
    "button.settings.give_place": "📍 Share my position",
    "settings.located.title": "The nearest city is {place}",
    "settings.located.lede": (
        "I take that and its time zone ({zone}), and do not keep the position itself."
    ),
    "settings.place.unknown": (
        "Give a city of more than 15,000 people nearby, with its country where the name is common."
    ),
    "settings.when.title": "When you are told",
    "settings.when.now": "You are told {when} ({zone}).",
    "settings.when.hour": (
        "Once a day would be at {hour}:00, once a week on {weekday} at that hour."
    ),
    "settings.when.lede": (
        "You can type it too, such as /settings daily 9 or /settings weekly Friday 17. Another "
        "time zone: /settings zone and its name, such as /settings zone Europe/Paris, or a city."
    ),
    "settings.quiet.title": "Quiet hours",
    "settings.quiet.lede": (
        "In quiet hours nothing is sent; it comes when they end. Type /settings quiet and two "
        "hours, such as /settings quiet 22 7."
    ),
    "settings.quiet.now": "Your quiet hours are {quiet} ({zone}).",
    "settings.quiet.now.none": "You have no quiet hours ({zone}).",
    "settings.urgent.on": "That a trial is stopped or suspended is told at any time.",
    "settings.urgent.off": "That a trial is stopped or suspended waits like everything else.",
    "settings.section.now": "Now",
    # Buttons.
    "button.settings.place": "Where I am",
    "button.settings.when": "When I am told",
    "button.settings.quiet": "Quiet hours",
    "button.settings.place.forget": "Forget the place",
    "button.settings.radius": "Within {kilometres} km",
    "button.settings.at_once": "At once",
    "button.settings.daily": "Once a day",
    "button.settings.weekly": "Once a week",
    "button.settings.hour": "At {hour}:00",
    "button.settings.weekday": "{weekday}",
    "button.settings.quiet.set": "{start}:00 to {end}:00",
    "button.settings.quiet.off": "No quiet hours",
    "button.settings.urgent.on": "Tell me at once when a trial stops",
    "button.settings.urgent.off": "Let stopped trials wait too",
    "button.settings.watching.on": "Weekly line: turn on",
    "button.settings.watching.off": "Weekly line: turn off",
    "button.settings.discreet.on": "Discreet messages: turn on",
    "button.settings.discreet.off": "Discreet messages: turn off",
    "button.settings.patient": "I am a patient or relative",
    "button.settings.professional": "I follow trials for work",
    "button.settings.back": "All settings",
    "button.settings.yes": "Yes, keep it",
    # What cannot be done.
    "settings.unknown.title": "I do not understand the setting “{typed}”",
    "settings.unknown.lede": "Nothing was changed. /settings alone shows all that can be chosen.",
    "settings.unknown.near": (
        "Nothing was changed. If you meant what a button says, press it; else type one of these, "
        "or /settings alone for all that can be chosen."
    ),
    "settings.unknown.section": "What can be typed",
    "settings.unknown.daily": "Once a day: /settings daily 9",
    "settings.unknown.weekly": "Once a week: /settings weekly Friday 17",
    "settings.unknown.quiet": "Quiet hours: /settings quiet 22-7",
    "settings.unknown.discreet": "Messages that show nothing: /settings discreet on",
    "settings.unknown.place": "Where you are: /settings place Paris",
    "settings.unknown.radius": "How far is near: /settings radius 50 km, or 30 miles",
    "settings.unknown.zone": "Your time zone: /settings zone Europe/Paris, or a city",
    "settings.bad.hour.title": "Which hour?",
    "settings.bad.hour.lede": "An hour is a whole number from 0 to 23, such as /settings hour 8.",
    "settings.bad.weekday.title": "Which day?",
    "settings.bad.weekday.lede": "Give a day of the week, such as /settings weekday Monday.",
    "settings.bad.quiet.title": "From when to when?",
    "settings.bad.quiet.lede": (
        "Give two different hours from 0 to 23, such as /settings quiet 22 7, or /settings quiet "
        "off."
    ),
    "settings.bad.radius.title": "How far is near?",
    "settings.bad.radius.lede": (
        "Give kilometres from 1 to {most}, such as /settings radius 50, or miles, such as "
        "/settings radius 30 miles."
    ),
    "settings.bad.radius_first.title": "Near where?",
    "settings.bad.radius_first.lede": (
        "Say first where you are: type /settings place and a city, such as /settings place Paris."
    ),
    "settings.bad.switch.title": "On or off?",
    "settings.bad.switch.lede": "Give on or off, such as /settings {name} on.",
    "settings.bad.time.title": "When is “{name}”?",
    "settings.bad.time.lede": (
        "Give a whole hour from 0 to 23, and for once a week a day, such as /settings daily 9 or "
        "/settings weekly Friday 17."
    ),
    "settings.bad.rhythm.title": "How often?",
    "settings.bad.rhythm.lede": ("Type /settings at once, /settings daily or /settings weekly."),
    "settings.bad.audience.title": "For whom?",
    "settings.bad.audience.lede": (
        "Type /settings audience patient or /settings audience professional."
    ),
    "settings.guessed.title": "I do not know “{name}”. Did you mean one of these?",
    "settings.guessed.lede": "Nothing is changed until you press one, or type the name again.",
    "settings.guessed.zone": (
        "Nothing is changed until you press one, or type the name of the zone, such as /settings "
        "zone Europe/Paris, or of another city in it."
    ),
    "settings.bad.zone.title": "I do not know the time zone “{name}”",
    "settings.bad.zone.lede": (
        "Give its name, such as /settings zone Europe/Paris, or a city, such as /settings zone "
        "Paris."
    ),
    "settings.bad.offset.title": "In which time zone is it “{name}”?",
    "settings.bad.offset.lede": (
        "That alone knows no daylight saving, so in many places it is wrong for half of the year. "
        "Nothing was changed. Give the zone’s name, such as /settings zone Europe/Paris, or a "
        "city, such as /settings zone Paris."
    ),
    "settings.consent.title": "May this be kept?",
    "settings.consent.lede": (
        "To remember what you choose, Trialbell keeps this chat's address and its settings, "
        "encrypted, until you say that it goes. Is that all right?"
    ),
}
