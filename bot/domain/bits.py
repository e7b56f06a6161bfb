"""Sets of small numbers as the bits of one large one: to unite ten thousand costs a microsecond."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SOME = re.compile(rb"[^\0]")
_FLAGS = bytes.maketrans(b"01", b"\0\1")
_OF_BYTE = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


def bits_of(numbers: Iterable[int]) -> int:
    """The bits of these numbers, none of them negative."""
    packed = bytearray()
    for number in numbers:
        at = number >> 3
        if at >= len(packed):
            packed.extend(bytes(at + 64 - len(packed)))
        packed[at] |= 1 << (number & 7)
    return int.from_bytes(packed, "little")


def packed_bits(bits: int) -> bytes:
    """For asking after single numbers: ``packed[n >> 3] >> (n & 7) & 1``."""
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


def flags_of(bits: int, size: int) -> bytes:
    """A byte for each number below ``size``, 1 where it is among these and else 0."""
    return f"{bits:0{size}b}"[::-1].encode("ascii").translate(_FLAGS)


def numbers_of(bits: int) -> list[int]:
    """The numbers in order."""
    return [
        found.start() * 8 + bit
        for found in _SOME.finditer(packed_bits(bits))
        for bit in _OF_BYTE[found[0][0]]
    ]
