"""What somebody asks, as the parameters of a search of the registry.

Words are a phrase with its synonyms, statuses and the place are filters of their own, and the rest
is an expression in the registry's query language: it has no other way to ask for a phase or an age.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from adapters.ctgov import queries
from bot.domain.countries import country_spellings
from bot.domain.filters import Filter
from bot.domain.question import Question
from bot.ports.registry import BadQuery

_WHOLE = "COVERAGE[FullMatch]"
"""So that Korea is not found in North Korea."""


def search_params(question: Question) -> dict[str, str]:
    """Raises BadQuery where there is nothing to search for."""
    wanted = question.filter
    params = dict(_queries(question))
    if wanted.statuses:
        params["filter.overallStatus"] = ",".join(wanted.statuses)
    if wanted.near is not None:
        place = wanted.near.place
        where = f"{place.latitude:.5f},{place.longitude:.5f},{wanted.near.kilometres}km"
        params["filter.geo"] = f"distance({where})"
    if advanced := " AND ".join(_advanced(wanted)):
        params["filter.advanced"] = advanced
    if not params:
        raise BadQuery("there is nothing to search for")
    return params


def _queries(question: Question) -> Iterator[tuple[str, str]]:
    if question.search is not None:
        for field, value in msgspec.structs.asdict(question.search).items():
            if value:
                yield f"query.{field}", value
    elif question.words:
        words = queries.condition(question.words)
        if words is None:
            raise BadQuery("there are no words to search for")
        yield "query.cond", words


def _advanced(wanted: Filter) -> Iterator[str]:
    """Each an expression that stands for itself. What a trial does not state, does not hinder."""
    if wanted.phases:
        yield _area("Phase", wanted.phases)
    if wanted.intervention_types:
        yield _area("InterventionType", wanted.intervention_types)
    if wanted.sponsor_classes:
        yield _area("LeadSponsorClass", wanted.sponsor_classes)
    if wanted.sex is not None:
        other = {"FEMALE": "MALE", "MALE": "FEMALE"}.get(wanted.sex)
        yield f"NOT AREA[Sex]{other}" if other else f"AREA[Sex]{wanted.sex}"
    if wanted.age is not None:
        yield f"NOT AREA[MinimumAge]RANGE[{wanted.age + 1} years, MAX]"
        if wanted.age > 0:
            yield f"NOT AREA[MaximumAge]RANGE[MIN, {wanted.age - 1} years]"
    if wanted.healthy_volunteers is not None:
        takes = "AREA[HealthyVolunteers]true"
        yield takes if wanted.healthy_volunteers else f"NOT {takes}"
    if wanted.countries:
        names = [one for country in wanted.countries for one in country_spellings(country)]
        where = " OR ".join(f'"{queries.plain(name)}"' for name in names)
        # The coverage needs an expansion narrower than the default one, the registry says.
        yield f"SEARCH[Location](AREA[LocationCountry]EXPANSION[Term]{_WHOLE}({where}))"


def _area(piece: str, values: Iterable[str]) -> str:
    return f"AREA[{piece}]({' OR '.join(values)})"
