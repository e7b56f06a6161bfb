"""Around the commands: what is shown while somebody types, and to chats that come and go."""

from __future__ import annotations

TALKING = {
    # While somebody types, in any chat.
    "instant.line": "{number} · {status}",
    "instant.trial": "Ask the registry for {number}",
    "instant.search": "Ask the registry for more",
    "instant.empty": "Type a condition or an NCT number",
    # To a group that the bot was let into.
    "joined.title": "I tell this group when clinical trials change",
    "joined.lede": (
        "Administrators: /follow and a condition or an NCT number, such as /follow sarcoma; /feed "
        "shows how it looks. Everybody: /trial and a number shows a trial. What you follow for "
        "yourself, follow in a private chat with me. I read commands and what is said to me, "
        "and nothing else."
    ),
    # What a platform says of the bot: where nothing was written yet, and in a line.
    "introduction.whole": (
        "I tell you when a clinical trial changes: when it opens for people, stops, posts results, "
        "adds places, or changes who can join.\n\n"
        "Send an NCT number or a link to see a trial in plain words. Say “follow sarcoma near "
        "Paris” and I tell you of new trials and of changes. What you follow is kept encrypted, "
        "and /forget deletes it.\n\n"
        "All facts come from ClinicalTrials.gov. I give no medical advice."
    ),
    "introduction.short": (
        "Tells you when a clinical trial changes. Facts from ClinicalTrials.gov, no medical advice."
    ),
    # To the operator, of what only BotFather can set.
    "advice.telegram.inline": (
        "Inline mode is off: to let people look up trials in any chat by typing the bot's name, "
        "write /setinline to @BotFather."
    ),
    "advice.telegram.privacy": (
        "The bot is handed every message of its groups, which it does not need: write /setprivacy "
        "to @BotFather and choose Enable."
    ),
    "button.instant": "More, and follow privately",
}
