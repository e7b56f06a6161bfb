"""Sets of small numbers as the bits of one large one: to unite ten thousand costs a microsecond."""

from __future__ import annotations

from collections.abc import Collection

_FLAGS = bytes.maketrans(b"01", b"\0\1")


def bits_of(numbers: Collection[int]) -> int:
    """The bits of these numbers, none of them negative."""
    packed = bytearray((max(numbers, default=0) >> 3) + 1)
    for number in numbers:
        packed[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(packed, "little")


def flags_of(bits: int, size: int) -> bytes:
    """A byte for each number below ``size``, 1 where it is among these and else 0."""
    return f"{bits:0{size}b}"[::-1].encode("ascii").translate(_FLAGS)
