"""The sandbox's parser of the registry's query language."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.ctgov.sandbox.essie import (
    All,
    And,
    Context,
    Distance,
    Missing,
    Node,
    Not,
    Or,
    QueryError,
    Range,
    Term,
    parse,
)


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("heart  attack", Term("heart attack")),
        ('"heart attack"', Term("heart attack", phrase=True)),
        (r'"a \"bad\" night"', Term('a "bad" night', phrase=True)),
        (r"\MISSING", Term("MISSING")),
        (r"stage \(II\) \[old\]", Term("stage (II) [old]")),
        ("bread and butter", Term("bread and butter")),
        ("a AND b OR c", Or((And((Term("a"), Term("b"))), Term("c")))),
        ("a AND (b OR c)", And((Term("a"), Or((Term("b"), Term("c")))))),
        ("NOT bethesda NOT maryland", And((Not(Term("bethesda")), Not(Term("maryland"))))),
        ("NOT a AND b", And((Not(Term("a")), Term("b")))),
        ('lung "non small cell"', And((Term("lung"), Term("non small cell", phrase=True)))),
        ("ALL", All()),
        ("AREA[WhyStopped]MISSING", Context("AREA", "WhyStopped", Missing())),
        (
            "AREA[LastUpdatePostDate]RANGE[2026-02-01,MAX]",
            Context("AREA", "LastUpdatePostDate", Range("2026-02-01", None)),
        ),
        ("RANGE[MIN, 16 years]", Range(None, "16 years")),
        (
            "AREA[LocationGeoPoint] DISTANCE[39.0, -77.1, 3.5km]",
            Context("AREA", "LocationGeoPoint", Distance(39.0, -77.1, 3.5)),
        ),
        (
            'EXPANSION[None]COVERAGE[FullMatch]"SLE"',
            Context("EXPANSION", "None", Context("COVERAGE", "FullMatch", Term("SLE", True))),
        ),
    ],
)
def test_a_query_becomes_the_tree_that_the_registrys_page_describes(query: str, tree: Node) -> None:
    """Terms bind closest, then NOT and the context operators, then AND, then OR."""
    assert parse(query) == tree


@pytest.mark.parametrize(
    "query",
    [
        "lung (cancer",
        "lung cancer)",
        "()",
        "stage [II",
        "stage II]",
        "AREA [Phase]PHASE2",
        "AREA[Phase",
        "AREA[Phase]",
        '"lung',
        "lung AND",
        "OR lung",
        "lung OR OR cancer",
        "NOT",
        "RANGE[2026]",
        "RANGE[,2026]",
        "DISTANCE[1,2]",
        "DISTANCE[north,2,3mi]",
        "DISTANCE[nan,inf,3mi]",
        "(" * 500 + "deep" + ")" * 500,
    ],
)
def test_what_is_no_query_is_refused_with_a_sentence(query: str) -> None:
    """The message can be shown as it is: a sentence, not a trace."""
    with pytest.raises(QueryError) as refused:
        parse(query)
    assert str(refused.value).endswith(".")


@given(st.text(alphabet='ab \\"()[],ANDORNOTRANGE', max_size=40))
@example('AREA[a]RANGE[a,b]"')
def test_any_text_parses_or_is_refused(query: str) -> None:
    """Nothing that a person can type breaks the parser itself."""
    with suppress(QueryError):
        assert parse(query) is not None


@given(st.text(min_size=1).filter(str.strip))
def test_quoted_and_escaped_words_are_always_one_phrase(words: str) -> None:
    """The way to ask for words with brackets in them, whatever they are."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    assert parse(f'"{escaped}"') == Term(words, phrase=True)
