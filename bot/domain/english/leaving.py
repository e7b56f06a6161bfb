"""What is said about taking what is kept along, bringing it, and having it forgotten."""

from __future__ import annotations

LEAVING = {
    "privacy.leave": (
        "With /export you get all that is kept of this chat, and with /forget all of it is deleted "
        "at once."
    ),
    "privacy.waits": (
        "While this chat cannot be reached, because the bot is blocked or thrown out, what changes "
        "waits for {days} days and is let go then."
    ),
    "export.title": "All that is kept of this chat",
    "export.lede": (
        "One file is for reading; the other, in JSON, can be brought to any Trialbell with /import."
    ),
    "export.none.title": "Nothing is kept of this chat",
    "export.none.lede": "So there is nothing to export.",
    "export.text.head": "All that Trialbell keeps of this chat, on {day}",
    "export.text.follows": "What is followed",
    "export.text.trial": "{number}, since the data of {day}; {kinds}",
    "export.text.interest": "“{words}”, since the data of {day}; {kinds}",
    "export.text.kinds": "kinds of change: {kinds}",
    "export.text.resting": "{kinds}; it rests",
    "export.text.interest.narrowed": "“{words}” ({narrowed}), since the data of {day}; {kinds}",
    "export.text.else": "What else is kept",
    "export.text.search": "Asked lately: {search}",
    "export.text.muted": "Trials that are not told of",
    "export.text.settings": "What was chosen",
    "export.text.setting": "{name}: {value}",
    "export.text.told": "What was told, or is owed",
    "export.text.notice": "{number}, data of {day}: {state}",
    "export.text.posts": "Where trials were first posted here",
    "export.text.post": "{number}: message {message}, thread {thread}",
    "export.text.consent": "It was agreed on {day} that this is kept.",
    "export.text.asked": "Asked and not answered yet: {asked}",
    "export.text.unreachable": "This chat cannot be reached since {day}.",
    "export.text.none": "nothing",
    "import.usage.title": "Import what?",
    "import.usage.lede": (
        "Write NCT numbers or links to searches on ClinicalTrials.gov behind /import, or send a "
        "file: an export of Trialbell (JSON), a text, CSV or OPML."
    ),
    "import.title": "Follow all of this?",
    "import.trials": "Trials",
    "import.trials.more": "and {count} more",
    "import.interests": "Conditions and searches",
    "import.condition": "“{words}”",
    "import.condition.narrowed": "“{words}”: {narrowed}",
    "import.settings": "Settings",
    "import.settings.line": "The settings of the export take the place of those of this chat.",
    "import.left": "Not understood",
    "import.left.more": "and {count} more lines",
    "import.over": (
        "This chat can follow {most} things; it follows {now}. The last {count} of these would be "
        "left out."
    ),
    "import.consent": (
        "To tell you of changes, Trialbell keeps this chat's address and what you follow, "
        "encrypted, until you stop following; it says something about health."
    ),
    "import.nothing.title": "There is nothing to follow in this",
    "import.nothing.lede": (
        "I look for NCT numbers, links to searches on ClinicalTrials.gov, and exports of "
        "Trialbell. A condition in words is followed with /follow, such as /follow sarcoma."
    ),
    "import.large.title": "This file is too large",
    "import.large.lede": "Please send at most 1 MB, as text.",
    "import.done.title": "Imported",
    "import.done.lede": "Newly followed: {count}.",
    "import.done.known": "Followed before: {count}.",
    "import.done.over": "Left out, because this chat can follow {most} things: {count}.",
    "import.done.missing": "The registry has no such trial",
    "import.done.refused": "The registry did not understand",
    "button.import.yes": "Yes, follow all",
    "button.import.no": "No",
    "forget.title": "Delete all that is kept of this chat?",
    "forget.lede": (
        "What it follows, its settings, and what it was told and is owed are deleted at once and "
        "cannot be brought back. With /export you can take them along first."
    ),
    "forget.done.title": "All of it is deleted",
    "forget.done.lede": (
        "Nothing is kept of this chat any more. Only a count of how many chats were forgotten goes "
        "up by one. Backups that the host made are overwritten in time."
    ),
    "forget.none.title": "Nothing is kept of this chat",
    "forget.none.lede": "So there is nothing to delete.",
    "forget.kept.title": "Nothing was deleted",
    "forget.kept.lede": "All stays as it was.",
    "button.forget.yes": "Yes, delete all",
    "button.forget.no": "No",
    "terminal.file": "Written to {path}",
    "terminal.import": (
        "In this terminal, name the file: /import trialbell-2026-11-21.json, or with its folder."
    ),
    "terminal.import.failed": "The file {path} cannot be read: {why}.",
    "terminal.file.failed": "The file {name} cannot be written here: {why}.",
}
