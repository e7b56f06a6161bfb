"""MeSH ids as one form: the registry writes the same heading in two ways."""

from __future__ import annotations


def same_id(mesh_id: str) -> str:
    """The id without the zeros that fill it up, for comparing only.

    Recorded data hold both ``D003920`` and ``D000003920`` for Diabetes Mellitus, depending on the
    record: six digits as MeSH numbered its older headings, nine as it numbers the newer ones.
    """
    letter, digits = mesh_id[:1], mesh_id[1:]
    return letter + digits.lstrip("0") if digits.isdigit() else mesh_id
