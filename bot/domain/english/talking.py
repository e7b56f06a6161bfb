"""Around the commands: what is shown while somebody types, and to chats that come and go."""

from __future__ import annotations

TALKING = {
    # While somebody types, in any chat.
    "instant.line": "{number} · {status}",
    "instant.trial": "Ask the registry for {number}",
    "instant.search": "Ask the registry for more",
    "instant.empty": "Type a condition or an NCT number",
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
