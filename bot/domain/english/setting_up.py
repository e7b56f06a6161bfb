"""What the program asks and says when it is set up, and of backups."""

from __future__ import annotations

SETTING_UP = {
    # trialbell init: the questions.
    "init.ask.TELEGRAM_TOKEN": "Telegram's token (write /newbot to @BotFather)",
    "init.ask.DISCORD_TOKEN": "Discord's token (discord.com/developers/applications, Bot)",
    "init.ask.OPERATOR_CONTACT": (
        "An e-mail address or URL of yours; the registry is told who asks"
    ),
    "init.ask.DATABASE_URL": (
        "The database, postgresql://user:password@host/name; empty: an SQLite file"
    ),
    "init.ask.OPERATOR": (
        "The chat that hears of outages: telegram:<your numeric id> or discord:<channel id>; "
        "docs/operating.md, Setting up, says where to find the number"
    ),
    "init.ask.old": "{question} [{old}; {out} takes it out]",
    "init.ask.set": "set",
    "init.ask.yes": "{question} [y/N]",
    "init.ask.change": "There is a file {path}. Change it?",
    "init.ask.untried": "Keep it untried?",
    "init.ask.all_the_same": "Keep it all the same?",
    # What is said to the answers.
    "init.ended": "The answers ended before the last question. Nothing was written.",
    "init.unchanged": "Nothing was changed.",
    "init.written": "Written to {path}; only you can read it.",
    "init.token": "The token is good; the bot is {bot}.",
    "init.urls": "One of these is no address: {names}.",
    "init.wrong": "This {why}.",
    "init.contact": "This is neither an e-mail address nor a URL that begins with https://.",
    "init.database": "The database answers.",
    "init.operator": "The bot sees that chat: {name}.",
    "init.operator.no_token": "It cannot be tried: there is no token for {platform}.",
    "init.link": "{platform}: {link}",
    "init.untried": (
        "The token was kept untried: run `trialbell check` once the network is there."
    ),
    "init.nobody": "No platform is on yet: set a token before the bot can hear or send.",
    "init.next": "Next: `trialbell check` tries everything, `trialbell run` starts it.",
    # trialbell backup, trialbell restore
    "backup.done": (
        "All that is kept is in {file}. What people follow is sealed in it, and the key is not in "
        "it: keep a copy of the key in another place."
    ),
    "restore.one": "Choose one of --send-pending and --drop-pending.",
    "restore.what": "Name the backup's file, or decide on what is held. {decide}",
    "restore.decide": (
        "`trialbell restore --send-pending` sends what is held: some people may be told something "
        "a second time. `trialbell restore --drop-pending` drops it: some may not be told of a "
        "change, though /trial shows it."
    ),
    "restore.done": "The backup is restored; the registry's data were read up to {day}.",
    "restore.done.unread": "The backup is restored; the registry's data were not read yet.",
    "restore.waiting": (
        "Messages that waited when it was made: {held}. They may have been sent since, so they "
        "are held. What the first reading finds may have been told too, and is held as well; what "
        "later readings find is told as ever."
    ),
    "restore.sent": "Messages that are sent now: {count}.",
    "restore.undecided": "Nothing of it is sent until you decide. {decide}",
    "restore.dropped": "Messages that were dropped: {count}.",
    "restore.later": "What the first reading finds is held still: decide on it then. {decide}",
}
