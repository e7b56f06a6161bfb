"""From the registry's JSON to the values of the domain. Pure: bytes in, values out.

A record that cannot be read is set aside as ``Unreadable`` and spoils no other; only an answer that
is no answer of the registry at all is an error (``NotAnAnswer``): a proxy's page, a cut-off body.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from adapters.ctgov import build, wire
from adapters.ctgov.other_fields import other_fields
from bot.domain.hits import Hit, Hits, hit_of
from bot.domain.record import Page, Record, Unreadable
from bot.domain.resolve import Filing
from bot.domain.study import CTGOV, Glimpse, Study, StudyKey
from bot.ports.registry import Glimpses


class NotAnAnswer(ValueError):
    """The body is not JSON of the shape that the registry gives: an outage, not a statement."""


class NotAStudy(ValueError):
    """One record is not as the registry describes it; the message says where and why."""


_T = TypeVar("_T")

_FAULTS = (ValueError, RecursionError)
"""What a malformed record raises: msgspec's errors, bad dates, numbers and encodings are all
ValueError, and JSON that is nested beyond reason exhausts the stack of whoever reads it."""

_study = msgspec.json.Decoder(wire.Study)
_answer = msgspec.json.Decoder(wire.Answer)
_version = msgspec.json.Decoder(wire.Version)
_raw_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])
_anything: msgspec.json.Decoder[Any] = msgspec.json.Decoder()


def parse(source: bytes | msgspec.Raw) -> Study:
    """One stored or received record. Raises NotAStudy.

    What ``Record.source`` keeps gives the same study again.
    """
    try:
        return build.study_of(_study.decode(source), other_fields(source))
    except _FAULTS as error:
        raise NotAStudy(str(error)) from error


def read_page(body: bytes, *, with_results: bool) -> Page:
    """An answer of ``/studies`` with full records. Raises NotAnAnswer."""
    answer = _decoded(_answer, body)
    records: list[Record] = []
    unreadable: list[Unreadable] = []
    for raw in answer.studies:
        read = _read(raw, with_results=with_results)
        if isinstance(read, Record):
            records.append(read)
        else:
            unreadable.append(read)
    return Page(
        records=tuple(records),
        unreadable=tuple(unreadable),
        token=answer.next_page_token or None,
        total=answer.total_count,
    )


def read_record(body: bytes, *, with_results: bool) -> Record | Unreadable:
    """An answer of ``/studies/{nctId}``. Raises NotAnAnswer where it is not even an object."""
    _decoded(_raw_fields, body)
    return _read(msgspec.Raw(body), with_results=with_results)


def read_glimpses(body: bytes, asked: Sequence[StudyKey] = ()) -> Glimpses:
    """An answer of ``/studies`` with the small projection. Raises NotAnAnswer.

    Of the keys that were ``asked`` for, those that came back as somebody's alias are renamed, and
    those that did not come back are missing; where it cannot be told (a record that is unreadable,
    an answer that goes on) none is.
    """
    answer = _decoded(_answer, body)
    glimpses: list[Glimpse] = []
    renamed: list[tuple[StudyKey, StudyKey]] = []
    waiting = set(asked)
    told = answer.next_page_token is None or not asked
    for raw in answer.studies:
        try:
            record = _study.decode(raw)
            glimpse = build.glimpse_of(record)
        except _FAULTS:  # the full reading will say what is wrong with it
            key = _key(raw)
            told = told and key in waiting
            waiting.discard(key)
            continue
        glimpses.append(glimpse)
        waiting.discard(glimpse.key)
        for alias in record.protocol.identification.nct_id_aliases:
            old = StudyKey(CTGOV, alias)
            if old in waiting:
                renamed.append((old, glimpse.key))
                waiting.discard(old)
    return Glimpses(
        glimpses=tuple(glimpses),
        missing=tuple(key for key in asked if key in waiting) if told else (),
        renamed=tuple(renamed),
    )


def read_token(body: bytes) -> str | None:
    """How an answer of ``/studies`` is continued; None on the last page. Raises NotAnAnswer."""
    return _decoded(_answer, body).next_page_token or None


def read_keys(body: bytes) -> tuple[StudyKey, ...]:
    """The numbers in an answer of ``/studies``. Raises NotAnAnswer."""
    keys = (_key(raw) for raw in _decoded(_answer, body).studies)
    return tuple(key for key in keys if key is not None)


def walk_full(body: bytes) -> tuple[Page, str | None]:
    """One page of a walk over records, and how it goes on. Raises NotAnAnswer."""
    page = read_page(body, with_results=False)
    return page, page.token


def walk_small(body: bytes) -> tuple[Glimpses, str | None]:
    """One page of a walk over the small projection. Raises NotAnAnswer."""
    return read_glimpses(body), read_token(body)


def walk_keys(body: bytes) -> tuple[tuple[StudyKey, ...], str | None]:
    """One page of a walk over numbers alone. Raises NotAnAnswer."""
    return read_keys(body), read_token(body)


def read_filings(body: bytes) -> tuple[Filing, ...]:
    """An answer of ``/studies`` with what the hits are filed under. Raises NotAnAnswer."""
    return tuple(_filings(_decoded(_answer, body)))


def read_hits(body: bytes) -> Hits:
    """An answer of ``/studies`` with what a line for each hit needs. Raises NotAnAnswer."""
    answer = _decoded(_answer, body)
    hits = tuple(_hits(answer))
    return Hits(hits=hits, total=len(hits) if answer.total_count is None else answer.total_count)


def read_timestamp(body: bytes) -> datetime:
    """An answer of ``/version``, in UTC with its zone set. Raises NotAnAnswer."""
    stated = _decoded(_version, body).data_timestamp
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError as error:
        raise NotAnAnswer(f"no data timestamp: {stated[:40]!r}") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _decoded(decoder: msgspec.json.Decoder[_T], body: bytes) -> _T:
    try:
        return decoder.decode(body)
    except _FAULTS as error:
        raise NotAnAnswer(str(error)) from error


def _filings(answer: wire.Answer) -> Iterator[Filing]:
    for raw in answer.studies:
        try:
            yield build.filing_of(_study.decode(raw))
        except _FAULTS:  # a thousand others say the same
            continue


def _hits(answer: wire.Answer) -> Iterator[Hit]:
    for raw in answer.studies:
        try:
            yield hit_of(build.study_of(_study.decode(raw), ()))
        except _FAULTS:  # the others are still worth a look
            continue


def _read(raw: msgspec.Raw, *, with_results: bool) -> Record | Unreadable:
    try:
        source = _kept(raw, with_results=with_results)
    except _FAULTS as error:
        return Unreadable(key=None, reason=str(error), source=bytes(raw))
    try:
        return Record(study=parse(source), source=source, with_results=with_results)
    except NotAStudy as error:
        return Unreadable(key=_key(source), reason=str(error), source=source)


def _kept(raw: msgspec.Raw, *, with_results: bool) -> bytes:
    """The record without what changes every data day, and without results where not wanted."""
    sections = _raw_fields.decode(raw)
    if not with_results:
        sections.pop("resultsSection", None)
    derived = sections.get("derivedSection")
    if derived is not None and b"versionHolder" in bytes(derived):
        sections["derivedSection"] = _without_version_holder(derived)
    return msgspec.json.encode(sections)


def _without_version_holder(derived: msgspec.Raw) -> msgspec.Raw:
    modules = _raw_fields.decode(derived)
    misc = modules.get("miscInfoModule")
    if misc is not None:
        fields = _raw_fields.decode(misc)
        fields.pop("versionHolder", None)
        modules["miscInfoModule"] = msgspec.Raw(msgspec.json.encode(fields))
    return msgspec.Raw(msgspec.json.encode(modules))


def _key(source: bytes | msgspec.Raw) -> StudyKey | None:
    """Which trial an unreadable record is, where at least that can be read."""
    try:
        value = _anything.decode(source)
        number = value["protocolSection"]["identificationModule"]["nctId"]
    except (*_FAULTS, LookupError, TypeError):
        return None
    if not isinstance(number, str) or build.NUMBER.fullmatch(number) is None:
        return None
    return StudyKey(CTGOV, number)
