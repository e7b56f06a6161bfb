"""The registry's marked-up text, read as the words that its author typed."""

from __future__ import annotations

import re
from typing import overload

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
"""A backslash before ASCII punctuation (CommonMark 0.28, section 6.1); before anything else it is
a backslash."""


@overload
def unescape(text: str) -> str: ...
@overload
def unescape(text: None) -> None: ...
def unescape(text: str | None) -> str | None:
    r"""The text without CommonMark's backslash escapes: ``\>= 18`` becomes ``>= 18``.

    Only for fields that the registry calls ``markup``: in titles, measures, time frames and names a
    backslash is a backslash.
    """
    if text is None or "\\" not in text:
        return text
    return _ESCAPE.sub(r"\1", text)


def folded(text: str) -> str:
    """The text without escapes, every run of white space one blank: equal as a reader sees it."""
    return " ".join(unescape(text).split())
