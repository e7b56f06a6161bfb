"""The words by which a kept trial is found at once, without the registry."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.phrases import normal_words
from bot.domain.study import Study

BORDER = "|"
"""Between the words of the title and all others."""

MOST_WORDS = 400
"""Words kept of one trial: a record with more keywords than that is found by the first ones."""


def findable(study: Study) -> str:
    """Its normal words, each once with a blank before and behind it, the title's first.

    Those of the number, titles and acronym, then of the conditions, keywords, what they are filed
    under, what is tested, and who leads it.

    >>> from bot.domain.study import StudyKey
    >>> findable(Study(key=StudyKey("ctgov", "NCT1"), brief_title="Gouts", conditions=("Gout",)))
    ' nct1 gout | '
    """
    first = dict.fromkeys(_words(_names(study)))
    rest = dict.fromkeys(word for word in _words(_others(study)) if word not in first)
    words = [*first, BORDER, *rest]
    return f" {' '.join(words[:MOST_WORDS])} "


def _words(texts: Iterator[str | None]) -> Iterator[str]:
    for text in texts:
        yield from normal_words(text or "")


def _names(study: Study) -> Iterator[str | None]:
    yield from (study.key.number, study.acronym, study.brief_title, study.official_title)


def _others(study: Study) -> Iterator[str | None]:
    yield from study.conditions
    yield from study.keywords
    for terms in (study.condition_meshes, study.condition_ancestors, study.intervention_meshes):
        yield from (one.term for one in terms)
    for one in study.interventions:
        yield one.name
        yield from one.other_names
    yield study.lead_sponsor.name
