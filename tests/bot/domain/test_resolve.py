"""From typed words to MeSH headings."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.phrases import normal_words
from bot.domain.resolve import FEWEST_HITS, Filing, resolve
from bot.domain.study import MeshTerm, Study
from tests.bot.domain.trials import parsed
from tests.shared import SHARED, needs_shared, read_jsonl

NAMES = (
    "Neoplasms", "Sarcoma", "Sarcoma, Ewing", "Osteosarcoma", "Breast Neoplasms",
    "Diabetes Mellitus", "Diabetes Mellitus, Type 1", "Diabetes Mellitus, Type 2",
    "Diabetes Insipidus", "Myocardial Infarction", "Infarction", "Cardiovascular Diseases",
    "Heart Failure", "Post-Acute COVID-19 Syndrome", "COVID-19", "Lupus Erythematosus, Systemic",
)  # fmt: skip
TERMS = {name: MeshTerm(f"D{number:06}", name) for number, name in enumerate(NAMES, 1)}


def filing(*meshes: str, above: tuple[str, ...] = ()) -> Filing:
    """A hit filed under these, with these ancestors."""
    return Filing(
        meshes=tuple(TERMS[name] for name in meshes),
        ancestors=tuple(TERMS[name] for name in above),
    )


MI = filing("Myocardial Infarction", above=("Infarction", "Cardiovascular Diseases"))
FAILURE = filing("Heart Failure", above=("Cardiovascular Diseases",))
EWING = filing("Sarcoma, Ewing", above=("Osteosarcoma", "Sarcoma", "Neoplasms"))
TYPE_2 = filing("Diabetes Mellitus, Type 2", above=("Diabetes Mellitus",))
TYPE_1 = filing("Diabetes Mellitus, Type 1", above=("Diabetes Mellitus",))
LONG = filing("Post-Acute COVID-19 Syndrome", above=("COVID-19",))


@pytest.mark.parametrize(
    ("words", "hits", "term"),
    [
        ("sarcomas", [EWING], "Sarcoma"),
        ("Ewing's sarcoma", [EWING], "Sarcoma, Ewing"),
        ("sarcoma, ewing", [EWING], "Sarcoma, Ewing"),
        ("breast cancer", [filing("Breast Neoplasms", above=("Neoplasms",))], "Breast Neoplasms"),
        ("breast tumours", [filing("Breast Neoplasms", above=("Neoplasms",))], "Breast Neoplasms"),
        ("cancer", [EWING], "Neoplasms"),
        ("diabetes", [TYPE_2] * 9 + [TYPE_1], "Diabetes Mellitus"),
        ("type 2 diabetes", [TYPE_2] * 9 + [TYPE_1], "Diabetes Mellitus, Type 2"),
        ("heart attack", [MI] * 7 + [FAILURE] * 3, "Myocardial Infarction"),
        (
            "heart attack",
            [filing("Myocardial Infarction", "Infarction")] * 8 + [MI] * 2 + [FAILURE] * 2,
            "Myocardial Infarction",
        ),
        ("long covid", [LONG] * 8, "Post-Acute COVID-19 Syndrome"),
        ("heart attack", [MI] * (FEWEST_HITS - 1), None),
        ("heart trouble", [MI] * 5 + [FAILURE] * 5, None),
        ("heart attack", [Filing(conditions=("Heart Attack",))] * 20, None),
        ("nothing", [], None),
        ("?!", [EWING], None),
    ],
)
def test_words_find_their_heading(words: str, hits: list[Filing], term: str | None) -> None:
    """By name, by most of the hits under a name that holds the words, by most of the hits."""
    interest = resolve(words, hits)
    assert interest.terms == ((TERMS[term],) if term else ())


def test_a_heading_above_unrelated_ones_is_never_taken() -> None:
    """What every hit has as an ancestor says nothing about the words."""
    hits = [MI] * 3 + [FAILURE] * 3
    assert resolve("bad pump", hits).terms == ()


def test_words_and_phrases_are_kept() -> None:
    """What was typed is kept with white space folded, and as a normal phrase."""
    interest = resolve("  Soft-tissue   Sarcomas ", [EWING])
    assert (interest.words, interest.phrases) == ("Soft-tissue Sarcomas", ("soft tissue sarcoma",))
    assert resolve("?!", []).phrases == ()


def test_narrower_headings_are_named() -> None:
    """Headings below the anchor, the most frequent first, from hits under a single heading."""
    bone = filing("Osteosarcoma", above=("Sarcoma", "Neoplasms"))
    both = filing("Breast Neoplasms", "Sarcoma, Ewing", above=("Sarcoma", "Neoplasms"))
    hits = [EWING, bone, EWING, both, filing("Sarcoma", above=("Neoplasms",)), FAILURE]
    assert resolve("sarcoma", hits).narrower == ("Sarcoma, Ewing", "Osteosarcoma")
    assert resolve("something else", hits[:2]).narrower == ()


@given(st.permutations([MI] * 4 + [FAILURE] * 2 + [EWING, TYPE_1]), st.sampled_from(
    ["heart attack", "diabetes", "sarcoma", "failure of the heart"]
))  # fmt: skip
def test_the_order_of_hits_does_not_matter(hits: list[Filing], words: str) -> None:
    """The same hits in any order mean the same."""
    assert resolve(words, hits) == resolve(words, sorted(hits, key=repr))


@functools.cache
def recorded_studies() -> tuple[Study, ...]:
    """All recorded trials."""
    return tuple(parsed(raw) for raw in read_jsonl(SHARED / "ctgov" / "studies.jsonl.gz"))


def recorded_hits(words: str) -> tuple[Filing, ...]:
    """Recorded trials with all the words in their conditions or title, as a search finds them."""
    wanted = set(normal_words(words))
    hits = []
    for study in recorded_studies():
        texts = (study.title, *study.conditions, *study.keywords)
        if wanted <= {word for text in texts for word in normal_words(text)}:
            hits.append(
                Filing(
                    conditions=study.conditions,
                    meshes=study.condition_meshes,
                    ancestors=study.condition_ancestors,
                )
            )
    return tuple(hits)


def test_two_spellings_of_an_id_are_one_heading() -> None:
    """Hits that the registry files under D003920 and under D000003920 count together."""
    long_id = replace(
        TERMS["Diabetes Mellitus"], id="D" + TERMS["Diabetes Mellitus"].id[1:].zfill(9)
    )
    hits = [filing("Diabetes Mellitus")] * 4 + [Filing(meshes=(long_id,))] * 4 + [FAILURE] * 4
    for ordered in (hits, hits[::-1]):
        assert resolve("diabetes", ordered).terms == (TERMS["Diabetes Mellitus"],)
        assert resolve("diabetes mellitus", ordered).terms == (TERMS["Diabetes Mellitus"],)


@needs_shared
@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("sarcoma", "Sarcoma"),
        ("ewing sarcoma", "Sarcoma, Ewing"),
        ("breast cancer", "Breast Neoplasms"),
        ("lung cancer", "Lung Neoplasms"),
        ("diabetes", "Diabetes Mellitus"),
        ("type 2 diabetes", "Diabetes Mellitus, Type 2"),
        ("depression", "Depression"),
        ("heart attack", None),
        ("long covid", None),
    ],
)
def test_recorded_filings(words: str, term: str | None) -> None:
    """Recorded trials give the heading; where there are too few of them, the words alone."""
    terms = resolve(words, recorded_hits(words)).terms
    assert [one.term for one in terms] == ([term] if term else [])
