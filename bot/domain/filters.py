"""What narrows a followed condition: only trials that fit all that is set here are told."""

from __future__ import annotations

import msgspec

from bot.domain.place import Near


class Filter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Each part is one condition, and all must hold; what is empty or None asks for nothing.

    Values are the registry's own (``RECRUITING``, ``PHASE1``, ``DRUG``, ``INDUSTRY``); of several
    in one part any will do.
    """

    near: Near | None = None
    """A site within the radius."""
    countries: tuple[str, ...] = ()
    """A site in one of these."""
    age: int | None = None
    """In years: somebody of this age may join."""
    sex: str | None = None
    """``FEMALE`` or ``MALE``: they may join."""
    statuses: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    intervention_types: tuple[str, ...] = ()
    sponsor_classes: tuple[str, ...] = ()
    healthy_volunteers: bool | None = None
    """True: the trial takes healthy people."""

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing."""
        return self == NO_FILTER


NO_FILTER = Filter()


class RegistrySearch(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A search in the registry's own words, for professionals. Each field is a ``query.*`` of it.

    It is matched by the registry, never by words of ours.
    """

    cond: str | None = None
    term: str | None = None
    intr: str | None = None
    spons: str | None = None
    locn: str | None = None
