"""The registry's marked-up text, read as the words that its author typed."""

from __future__ import annotations

import html
import re
from typing import overload

_ESCAPE = re.compile(
    r"\\([!-/:-@\[-`{-~])|(&(?:[a-zA-Z][a-zA-Z0-9]*|#\d{1,8}|#[xX][\da-fA-F]{1,8});)"
)
"""A backslash before ASCII punctuation (CommonMark 0.28, section 6.1), which before anything else
is a backslash; or a character by its name or number (section 6.2)."""


@overload
def unescape(text: str) -> str: ...
@overload
def unescape(text: None) -> None: ...
def unescape(text: str | None) -> str | None:
    r"""The text without CommonMark's escapes: ``\>= 18`` and ``&gt;= 18`` become ``>= 18``.

    Only for fields that the registry calls ``markup``: in titles, measures, time frames and names a
    backslash is a backslash.
    """
    if text is None or ("\\" not in text and "&" not in text):
        return text
    return _ESCAPE.sub(_plain, text)


def _plain(escape: re.Match[str]) -> str:
    return escape[1] or html.unescape(escape[2])


def folded(text: str) -> str:
    """The text without escapes, every run of white space one blank: equal as a reader sees it."""
    return " ".join(unescape(text).split())
