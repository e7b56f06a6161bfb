"""With which characters a pattern can begin: what tells quickly where it is worth trying."""

from __future__ import annotations

_LOOKS = ("(?<!", "(?<=", "(?!", "(?=")


def heads(pattern: str) -> frozenset[str]:
    """The characters that a match of the pattern can begin with.

    It reads what the rules are written in: letters, groups, alternatives, classes of single
    characters, ``?`` and looks behind. ValueError where a pattern begins otherwise.
    """
    return frozenset().union(*(_heads(one) for one in _alternatives(pattern)))


def _heads(pattern: str) -> frozenset[str]:
    if not pattern:
        raise ValueError("a pattern that can be empty")
    if pattern.startswith(_LOOKS):
        return heads(pattern[_closing(pattern) + 1 :])
    if pattern[0] == "(":
        end = _closing(pattern)
        inside = pattern[1:end].removeprefix("?:")
        rest = pattern[end + 1 :]
        if rest.startswith("?"):
            return heads(inside) | heads(rest[1:])
        return frozenset().union(
            *(heads(one + ("" if _complete(one) else rest)) for one in _alternatives(inside))
        )
    if pattern[0] == "[":
        end = pattern.index("]")
        found, rest = frozenset(pattern[1:end]), pattern[end + 1 :]
    elif pattern[0] == "\\":
        found, rest = frozenset(pattern[1]), pattern[2:]
    else:
        found, rest = frozenset(pattern[0]), pattern[1:]
    if not all(char.isalnum() or char in " -(/" for char in found):
        raise ValueError(f"a pattern that begins with {pattern[:9]}")
    return found | heads(rest[1:]) if rest.startswith("?") else found


def _complete(pattern: str) -> bool:
    """Whether it surely takes a character of its own."""
    return bool(pattern) and pattern[0].isalnum() and not pattern[1:].startswith("?")


def _closing(pattern: str) -> int:
    """Where the group ends with which the pattern begins."""
    depth = place = 0
    while place < len(pattern):
        char = pattern[place]
        if char == "\\":
            place += 1
        elif char == "[":
            place = pattern.index("]", place)
        elif char in "()":
            depth += 1 if char == "(" else -1
            if depth == 0:
                return place
        place += 1
    raise ValueError("a group without an end")


def _alternatives(pattern: str) -> list[str]:
    """What stands between the bars outside of all groups."""
    found, start, place = list[str](), 0, 0
    while place < len(pattern):
        char = pattern[place]
        if char == "\\":
            place += 1
        elif char == "[":
            place = pattern.index("]", place)
        elif char == "(":
            place += _closing(pattern[place:])
        elif char == "|":
            found.append(pattern[start:place])
            start = place + 1
        place += 1
    return [*found, pattern[start:]]
