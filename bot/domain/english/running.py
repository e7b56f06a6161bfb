"""The demonstration, and what the operator is told."""

from __future__ import annotations

RUNNING = {
    # The demonstration.
    "demo.title": "Welcome to Trialbell's demonstration",
    "demo.lede": (
        "You chat with the bot on a small made-up registry: two real trials and some invented "
        "ones, whose records change every {seconds} seconds. Follow something and watch the bell. "
        "Nothing here is kept; end with /quit."
    ),
    "demo.footer": (
        "A demonstration: the trials numbered NCT9… and all changes are invented, other records "
        "are shortened and not in the sponsor’s words. Not medical advice."
    ),
    "demo.button.trial": "Look at a trial",
    "demo.button.follow": "Follow a condition",
    "demo.button.help": "All commands",
    # To the operator.
    "operator.registry.title": "The registry cannot be read",
    "operator.registry.lede": "Since {since}: {why}. Nothing is lost; reading goes on when it can.",
    "reading.failed.question": "the registry did not understand the question",
    "reading.failed.database.away": "the database does not answer, or cannot be written",
    "reading.failed.database": "the database could not do it, and the log says more",
    "reading.failed.mistake": "the program made a mistake, and the log says which",
    "reading.failed.endless": "the reading does not come to an end",
    "operator.registry.back.title": "The registry can be read again",
    "operator.registry.back.lede": "The data of {day} are read.",
    "operator.debts.title": "Messages are overdue",
    "operator.debts.lede": "{count} messages wait, the oldest since {since}.",
    "operator.debts.back.title": "No message is overdue any more",
    "operator.debts.back.lede": (
        "Each was sent, given up, no longer asked for, or waits for a chat that cannot be reached."
    ),
    "operator.dead.title": "Messages were given up",
    "operator.dead.lede": (
        "{count} messages could not be delivered and are not tried again. `trialbell deliver "
        "--list` says why, `trialbell deliver --dead` sends them again."
    ),
    "operator.dead.back.title": "No message is given up any more",
    "operator.dead.back.lede": "Those that were are owed again, or too old to be sent.",
    "operator.aside.title": "Records could not be read",
    "operator.aside.lede": (
        "{count} records of the data of {day} were set aside, each with the reason in the table "
        "set_aside of the database. All others were read."
    ),
    "operator.aside.back.title": "No record is set aside any more",
    "operator.aside.back.lede": "Of the data of {day} all records that were asked for were read.",
    "operator.baselines.title": "The registry refuses followed conditions",
    "operator.baselines.lede": (
        "{count} followed conditions are not understood by the registry's search, so the trials "
        "that exist for them were not read. New and updated trials are matched all the same."
    ),
    "operator.baselines.back.title": "The registry refuses no followed condition any more",
    "operator.baselines.back.lede": "Nobody follows those that it refused.",
    "operator.held.title": "Messages are held since a restore",
    "operator.held.lede": (
        "{count} messages may have been sent before it, so they wait for your decision. "
        "`trialbell restore --send-pending` sends them: some people may be told something a second "
        "time. `trialbell restore --drop-pending` drops them: some may not be told of a change."
    ),
    "operator.held.back.title": "No message is held any more",
    "operator.held.back.lede": "What is found from now on is told as ever.",
    "operator.platform.start.title": "{platform} cannot be reached",
    "operator.platform.start.lede": (
        "The bot could not be started for some minutes. It is tried again until it can; what is "
        "owed waits."
    ),
    "operator.platform.token.title": "{platform} refuses the bot's token",
    "operator.platform.token.lede": (
        "Nothing is sent there, and what is owed waits. It is tried again every five minutes; if "
        "the token is no longer good, set another TRIALBELL_{name}_TOKEN and start again."
    ),
    "operator.platform.sends.title": "{platform} takes no message",
    "operator.platform.sends.lede": (
        "All that was tried for ten minutes or more was refused or not answered. It is tried "
        "again; look at the log and at the platform's own status page."
    ),
    "operator.platform.deaf.title": "{platform} is not heard",
    "operator.platform.deaf.lede": (
        "The line to its shards was closed, so what people ask there is not answered. What is owed "
        "is sent all the same. It asks for more shards than are set, or for some that exist: mend "
        "TRIALBELL_{name}_SHARD_COUNT on all processes together and start them again."
    ),
    "operator.platform.back.title": "{platform} works again",
    "operator.platform.back.lede": "Messages are sent there again.",
    "operator.daily.title": "How it went with the data of {day}",
    "operator.daily.lede": (
        "{changes} changes, {sent} messages sent ({double} possibly twice), {perhaps} perhaps "
        "delivered, {dead} given up, {pending} pending."
    ),
    "operator.daily.lede.held": (
        "{changes} changes, {sent} messages sent ({double} of them possibly twice), {dead} given "
        "up, {pending} pending, {held} held since a restore until you decide."
    ),
    "operator.daily.none.title": "How it went",
    "operator.daily.none.lede": "The registry was not read completely yet.",
}
