"""What the program's own commands say to whoever operates it."""

from __future__ import annotations

OPERATING = {
    # trialbell check
    "check.works": "works",
    "check.fails": "does not work",
    "check.off": "off",
    "check.all": "All works.",
    "check.all.nobody": "All works, but no platform is on: there is nobody to tell.",
    "check.mend": "Mend what does not work, and check again.",
    "check.settings.unknown": "There is no such setting: {names}. Is it misspelt?",
    "check.settings.open": (
        "Others on this machine can read the file {file}, and the bots' tokens are in it: "
        "chmod 600 {file}."
    ),
    "check.key": "The key that seals what people follow can be read.",
    "check.registry": "The registry answers, with the data of {day}.",
    "check.database.no_key": "It cannot be looked at without the key.",
    "check.database.empty": "It can be written; nothing was read yet.",
    "check.database": "It can be written; the data of {day} were read.",
    "check.database.aside": (
        "{count} of their records could not be read: their numbers and the reasons stand in the "
        "table set_aside."
    ),
    "check.database.held": (
        "{count} messages are held since a restore. `trialbell restore --send-pending` sends them, "
        "`trialbell restore --drop-pending` drops them."
    ),
    "check.platform.off": "There is no {name}.",
    "check.platform": "The token is good; the bot is {bot}.",
    "check.privacy.off": (
        "There is no TRIALBELL_PRIVACY_URL: /privacy says only what the program keeps."
    ),
    "check.privacy": "/privacy and the question before the first follow lead to {url}.",
    "check.operator.off": "There is no TRIALBELL_OPERATOR: nobody is told of outages.",
    "check.operator": "{name} is told of outages.",
    "check.operator.no_token": "There is no {name}, so nobody can be told of outages there.",
    "check.operator.unseen.telegram": (
        "The bot does not see the chat {chat}: write /start to the bot in it, or let the bot into "
        "it."
    ),
    "check.operator.unseen.discord": (
        "The bot does not see the channel {chat}: let it into the server and see the channel."
    ),
    # trialbell health
    "health.well": "It is well.",
    "health.loop": "The loop does not run, or cannot write to the database.",
    "health.registry": "The registry cannot be read since {since}: {why}.",
    # trialbell deliver
    "deliver.nothing_on": "No platform is on: set {names}.",
    "deliver.platform": "{platform}: {words}",
    "deliver.done": "Messages dealt with: {count}.",
    "deliver.broken_off": "Sending was broken off. What is due stays due.",
    "deliver.elsewhere": "Another process sends here now, and sends what is due.",
    "deliver.token": "{why}. Make a new token and set it.",
    "deliver.letter": "{id}  {kind}  {platform}  {trial}  {day}  {tries} tries: {error}",
    "deliver.dead": "given up",
    "deliver.perhaps": "perhaps delivered",
    "deliver.no_letters": "No message was given up.",
    # trialbell migrate
    "migrate.done": "The database has this release's schema.",
    # What is wrong, and what to do about it.
    "mend.registry.refused": (
        "The registry refuses this machine. Tried: {tried}. Ask from another network."
    ),
    "mend.registry.every": "every way of asking",
    "mend.registry": (
        "The registry cannot be read: {why}. Is the network there, and is TRIALBELL_REGISTRY_URL "
        "right?"
    ),
    "mend.token": "{why} Make a new token and set it.",
    "mend.start": "It could not be started: {why}. Is the network there?",
    "mend.database": ("{why} Check TRIALBELL_DATABASE_URL, and that this user can write there."),
}
