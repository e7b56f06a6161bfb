"""Text as Discord's markdown: disarmed, measured and cut.

Discord reads markdown in every text that a bot sends. What a record or a person wrote is shown as
it is written: each sign that would begin some markup gets a backslash, which Discord does not show.

Sources: https://support.discord.com/hc/en-us/articles/210298617 (markdown),
https://discord.com/developers/docs/reference#message-formatting (mentions, times, emoji).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ELLIPSIS = "…"

UNSEEN = "\u200b"
"""A space without width, where Discord asks for a sign."""

_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")

_LINK = re.compile(r"[^\s<>\\*`|~\[\]@]+")
"""What a bare address is made of, if it is to be shown as a link; nothing in it is markup."""

_LIVE = re.compile(
    r"""
      (?P<address> (?:https?|steam)://[^\s<]* )              # becomes a link as it stands
    | (?P<lead> ^[^\S\n]* (?: [#>+-] | \d+(?=[.)]) ) )  # heading, quote, list, small print
    | (?P<sign> [\\*_~`|\[\]<] )
    | (?P<emoji> :(?=[\w+~-]+:) )
    | (?P<all> @(?=everyone|here) )
    """,
    re.VERBOSE | re.MULTILINE,
)


def escape(text: str) -> str:
    """The text with everything disarmed that Discord would read as markup or as a mention."""
    return _LIVE.sub(_disarmed, _LINE_ENDS.sub("\n", text))


def lines(text: str) -> list[str]:
    """The text line by line, whatever ended them."""
    return _LINE_ENDS.sub("\n", text).split("\n")


def _disarmed(found: re.Match[str]) -> str:
    text = found[0]
    match found.lastgroup:
        case "address":
            follows = found.string[found.end() : found.end() + 1]
            if _LINK.fullmatch(text) and follows != "<":  # it would swallow that sign's backslash
                return text
            return r"\://".join(_inside(piece) for piece in text.split("://"))
        case "lead":
            return f"{text}\\" if text[-1].isdigit() else f"{text[:-1]}\\{text[-1]}"
        case "all":
            return f"@{UNSEEN}"
        case _:
            return f"\\{text}"


def _inside(text: str) -> str:
    """Text that stands in the midst of a line."""
    return escape(UNSEEN + text).removeprefix(UNSEEN)


def units(text: str) -> int:
    """The length in UTF-16 units. Discord does not say what it counts; this is never too few."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(line: str, limit: int) -> Iterator[str]:
    """One line, escaped, in pieces of at most ``limit`` units, cut between words if possible.

    The raw text is cut and then escaped, so that no cut parts a backslash from what it disarms.
    """
    while units(escape(line)) > limit:
        end = _fitting(line, limit)
        space = line.rfind(" ", 0, end)
        if space > end // 2:
            end = space
        yield escape(line[:end])
        line = line[end:].lstrip(" ")
    yield escape(line)


def fit(text: str, limit: int) -> str:
    """One escaped line of at most ``limit`` units, ended by an ellipsis where it was cut."""
    text = " ".join(text.split()) or UNSEEN
    if units(escape(text)) > limit:
        text = text[: _fitting(text, limit - 1)].rstrip() + ELLIPSIS
    return escape(text)


def cut(text: str, limit: int) -> str:
    """Plain text of at most ``limit`` units, for what Discord shows without markup."""
    while units(text) > limit:
        text = text[: min(len(text) - 2, limit - 1)] + ELLIPSIS
    return text


def _fitting(text: str, limit: int) -> int:
    """How many leading characters fit into ``limit`` units once they are escaped; at least one."""
    end = min(len(text), limit)
    while end > 1 and (over := units(escape(text[:end])) - limit) > 0:
        end = max(1, end - max(1, over // 2))
    return end
