"""What is said about feeds: channels, groups, topics and threads, and who manages them."""

from __future__ import annotations

FEEDS = {
    "limit.title": "That is a lot at once",
    "limit.lede": (
        "One chat may give {most} commands an hour, so that others get their turn. Please go on in "
        "{minutes} minutes. What you follow is not affected."
    ),
    "managers.title": "Only administrators choose what is followed here",
    "managers.lede": (
        "To follow something for yourself, write to me in a private chat, which nobody else sees."
    ),
    "managers.lede.of": "You do not administer that chat, or I am not in it.",
    "button.private": "Follow in a private chat",
    "lacking.title": "I lack permissions in #{channel}: {rights}",
    "lacking.lede": (
        "Until I have them, nothing can be told here. Whoever manages the server gives them to me "
        "in this channel's settings, under Permissions."
    ),
    "right.here": "this channel",
    "right.view_channel": "View Channel",
    "right.send_messages": "Send Messages",
    "right.send_messages_in_threads": "Send Messages in Threads",
    "right.create_public_threads": "Create Public Threads",
    "right.embed_links": "Embed Links",
    "topic.gone.title": "A topic is gone",
    "topic.gone.lede": (
        "What was told in a topic that was deleted or closed is told here from now on. To have it "
        "in another topic, /unfollow it here and /follow it there."
    ),
    "channel.title": "Which channel?",
    "channel.lede": (
        "Tap the button below and pick a channel that you administer. I have to be one of its "
        "administrators too, with the right to post messages: your app offers to add me."
    ),
    "channel.type": (
        "Type /feed and the channel's name, such as /feed @our_trials list. Both of us have to be "
        "among its administrators, and I with the right to post messages."
    ),
    "button.channel": "Manage a channel",
    "button.channel.pick": "📣 Pick a channel",
    "channel.unnamed": "that channel",
    "channel.unknown.title": "I cannot see {name}",
    "channel.unknown.lede": (
        "There is no public channel of that name, or it is private: then pick it from the list "
        "under “Manage a channel”, in /feed."
    ),
    "channel.absent.title": "I am not in {name}",
    "channel.absent.lede": (
        "Open the channel, then its administrators, add me there and let me post messages. Then "
        "pick it again."
    ),
    "channel.silent.title": "I may not post in {name}",
    "channel.silent.lede": (
        "Open the channel, then its administrators, choose me and turn on posting messages. Then "
        "pick it again."
    ),
    "channel.not_theirs.title": "You do not administer {name}",
    "channel.not_theirs.lede": "Only its administrators choose what a channel is told.",
    "channel.ready.title": "{name} can be managed from here",
    "channel.ready.lede": (
        "The buttons below are about the channel. To have it follow something, type /feed {handle} "
        "add and a condition or an NCT number, such as /feed {handle} add sarcoma."
    ),
    "feed.title": "This feed",
    "feed.usage.title": "What about the feed?",
    "feed.follows": "Follows",
    "feed.follows.none": "nothing yet",
    "feed.style": "Posts",
    "feed.style.full": "in full",
    "feed.style.compact": "one line a trial",
    "feed.threads": "A thread for each trial",
    "feed.threads.on": "yes where there are threads; elsewhere a reply to its first post",
    "feed.threads.off": "no, later posts reply to the first one",
    "feed.role": "Mentions",
    "feed.role.none": "nobody",
    "feed.role.one": "the role with the id {role}",
    "feed.section": "What you can ask",
    "feed.help.add": "/feed add sarcoma: follow a condition or a trial here",
    "feed.help.list": "/feed list: what is followed here, with ways to change it",
    "feed.help.remove": "/feed remove 2: stop the second of the list",
    "feed.help.edit": "/feed edit 2: choose what is told of it",
    "feed.help.style": "/feed style compact, or full",
    "feed.help.threads": "/feed threads on, or off",
    "feed.help.role": "/feed role @role, or none: the one role that posts mention (Discord)",
    "feed.help.managers": (
        "/feed managers @role, or none: the role that may manage feeds in this server (Discord)"
    ),
    "feed.help.preview": "/feed preview: what would have been posted of the newest change",
    "feed.help.test": "/feed test: post something that is marked as a test",
    "feed.done.title": "Noted",
    "feed.done.style.compact": "From now on a post is one line for each trial, with a link.",
    "feed.done.style.full": "From now on posts say all that changed.",
    "feed.done.threads.on": (
        "From now on each trial gets its own thread where there are threads; elsewhere what comes "
        "later replies to its first post."
    ),
    "feed.done.threads.off": "From now on what comes later replies to a trial's first post.",
    "feed.done.role.one": "From now on posts mention this one role.",
    "feed.done.role.none": "From now on posts mention nobody.",
    "feed.ask.style": "Say /feed style compact for one line a trial, or /feed style full.",
    "feed.ask.threads": "Say /feed threads on, or /feed threads off.",
    "feed.ask.role": (
        "Say /feed role and mention the role, as Discord offers it when you type @, or /feed role "
        "none. Elsewhere there are no roles."
    ),
    "feed.managers.title": "Who manages the feeds of this server",
    "feed.managers.one": (
        "Those with the permission Manage Server, and everybody with the role with the id {role}."
    ),
    "feed.managers.none": "Those with the permission Manage Server, and nobody else.",
    "feed.managers.how": "/feed managers @role, or /feed managers none",
    "feed.managers.not_here": (
        "That is chosen in a server on Discord, by those who have the permission Manage Server "
        "there themselves."
    ),
    "feed.private.title": "Follow something first",
    "feed.private.lede": (
        "Nothing is kept of a private chat before you agreed to it: begin with /follow."
    ),
    "feed.preview.title": "Preview",
    "feed.preview.lede": "This is what the newest change looks like here; it is not posted.",
    "feed.preview.where.title": "Who shall see the preview?",
    "feed.preview.where.lede": (
        "Shown here, everybody in this chat sees it. In a private chat with me you see it alone."
    ),
    "button.feed.preview.alone": "Show it to me alone",
    "button.feed.preview.here": "Show it here",
    "feed.preview.nothing.title": "Nothing to preview yet",
    "feed.preview.nothing.lede": (
        "I know of no recent change in what is followed here that this chat asks to hear of. With "
        "/feed test you see a post that is marked as a test."
    ),
    "feed.test.post.title": "Test post",
    "feed.test.post.lede": (
        "Somebody who administers this chat asked for it. Changes in clinical trials will be "
        "posted here, such as: a trial that stops, a new place, other criteria."
    ),
    "feed.test.done.title": "The test is posted",
    "feed.test.done.lede": "I can write there.",
    "feed.test.failed.title": "The test could not be posted",
    "feed.test.failed.gone": (
        "I may not write there, or it no longer exists. Please let me see the channel, write in it "
        "and show embeds."
    ),
    "feed.test.failed.later": "The platform did not take it just now. Please try again in a while.",
    "compact.line": "{number}: {what}",
    "button.feed.preview": "Preview",
    "button.feed.test": "Test post",
    "button.feed.compact": "One line a trial",
    "button.feed.full": "Posts in full",
    "button.feed.threads.on": "A thread each",
    "button.feed.threads.off": "No threads",
    "closed.title": "My messages cannot reach you",
    "closed.lede": (
        "You see this because you asked. What I wrote to you by myself was not let through since "
        "{since}. What changed waits for you until {until}, and I try again now: if no message "
        "comes, please let me in."
    ),
    "closed.how": "How to let me in",
    "closed.how.install": "Add me to your account, or be in a server that I am in.",
    "closed.how.privacy": "Allow direct messages in the privacy settings of that server.",
    "closed.how.block": "Unblock me, if you blocked me.",
    "back.title": "Welcome back",
    "back.waits": (
        "All that is followed and chosen here is as it was. This chat could not be reached since "
        "{since}. What changed meanwhile waited for you and comes now; it would have waited until "
        "{until}."
    ),
    "back.expired": (
        "All that is followed and chosen here is as it was. This chat could not be reached since "
        "{since}. What changed waited for you until {until} and was let go then. Look at what you "
        "follow with /following, and at what changed in a "
        "trial with /history and its number."
    ),
}
