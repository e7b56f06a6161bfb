"""One spelling for all the ways in which people write a place's name."""

from __future__ import annotations

import re
import unicodedata

_APART = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode does not take apart into a base and a mark."""


def spelled(name: str) -> str:
    """Without case, marks, punctuation and double spaces: ``São Paulo`` is ``sao paulo``."""
    apart = unicodedata.normalize("NFKD", name.casefold().translate(_APART))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())
