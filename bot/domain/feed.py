"""What somebody asks of a feed: the words behind ``/feed``, taken apart."""

from __future__ import annotations

import re

import msgspec

ELSEWHERE = {"add": "follow", "list": "following", "remove": "unfollow", "settings": "settings"}
"""What a command of its own does as well: a feed is what a chat follows."""

STYLES = frozenset({"compact", "full"})
"""How posts look; each is understood alone too."""

_ROLE = re.compile(r"<@&(\d{1,20})>")
_YES = frozenset({"on", "yes", "true"})
_NO = frozenset({"off", "no", "none", "false"})


class FeedAsk(msgspec.Struct, frozen=True):
    """The verb, in lower case and empty where there was none, and what stands behind it."""

    verb: str = ""
    rest: str = ""


def read_feed(text: str) -> FeedAsk:
    """Take it apart; whether there is such a verb is for whoever does it."""
    verb, _, rest = text.strip().partition(" ")
    if text.strip().lower() in STYLES:
        return FeedAsk("style", text.strip())
    return FeedAsk(verb.lower(), rest.strip())


def switch(text: str) -> bool | None:
    """Whether it says on or off; None where it says neither."""
    word = text.strip().lower()
    return True if word in _YES else False if word in _NO else None


def role(text: str) -> str | None:
    """The id of the role that is mentioned in it, as Discord writes a mention."""
    found = _ROLE.fullmatch(text.strip())
    return found[1] if found else None
