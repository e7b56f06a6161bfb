"""Looking one trial up, and searching, as a person asks for it: over real sockets."""

from __future__ import annotations

import pytest

from bot.domain.adverse import EventGroup
from bot.domain.study import CTGOV, StudyKey
from bot.ports.registry import (
    BadQuery,
    DataMoved,
    NotFound,
    Unavailable,
)
from tests.adapters.ctgov.answers import NUMBER, study
from tests.adapters.ctgov.bench import bench, five
from tests.fakes.ctgov import (
    Reply,
    text,
)


async def test_a_look_up_gives_the_record() -> None:
    """One number, one record, without results unless they are asked for."""
    async with bench(NUMBER) as made:
        record = await made.client.look_up(NUMBER)
        await made.client.look_up(NUMBER, with_results=True)
        fields = [asked.query["fields"] for asked in made.fake.asked]
    assert record.study.key == StudyKey(CTGOV, NUMBER)
    assert ["ResultsSection" in asked for asked in fields] == [False, True]


async def test_a_look_up_follows_an_old_number_to_the_new_one() -> None:
    """A 301 leads to the record that the trial was merged into."""
    async with bench() as made:
        made.fake.studies = [study("NCT00000009", identificationModule={"nctIdAliases": [NUMBER]})]
        record = await made.client.look_up(NUMBER)
    assert record.study.key.number == "NCT00000009"


async def test_a_page_beside_a_redirect_does_not_hide_where_it_leads() -> None:
    """Servers put a page for people into a 301: the record is found under its new number."""
    page = Reply(
        status=301,
        body=b"<html>301 Moved Permanently</html>",
        content_type="text/html",
        headers={"Location": "/api/v2/studies/NCT00000009?format=json"},
    )
    async with bench("NCT00000009") as made:
        made.fake.next.append(page)
        record = await made.client.look_up(NUMBER)
    assert record.study.key.number == "NCT00000009"


@pytest.mark.parametrize("location", ["https://login.example/", f"/studies/{NUMBER}", "/"])
async def test_a_look_up_that_is_sent_astray_is_an_outage(location: str) -> None:
    """A redirect to elsewhere, or round in a circle, says nothing about a trial."""
    async with bench() as made:
        made.fake.rule = lambda _: text(301, "moved", Location=location)
        with pytest.raises(Unavailable):
            await made.client.look_up(NUMBER)
    assert len(made.fake.asked) <= 2


async def test_adverse_events_are_asked_for_alone() -> None:
    """People with an event and people in the group, and nothing else of the results."""
    group = {"title": "A", "seriousNumAffected": 1, "seriousNumAtRisk": 20, "otherNumAtRisk": 20}
    results = {"adverseEventsModule": {"eventGroups": [group]}}
    async with bench() as made:
        made.fake.studies = [{**study(NUMBER), "resultsSection": results}]
        (read,) = await made.client.adverse_events(NUMBER)
        fields = made.fake.asked[0].query["fields"].split(",")
    assert read == EventGroup(title="A", serious_affected=1, serious_at_risk=20, other_at_risk=20)
    assert all(field.startswith("EventGroup") for field in fields)


async def test_a_record_without_results_has_no_adverse_events() -> None:
    """No group is made up."""
    async with bench(NUMBER) as made:
        assert await made.client.adverse_events(NUMBER) == ()


async def test_adverse_events_that_cannot_be_read_are_an_outage() -> None:
    """Counts that are no numbers are never shown."""
    group = {"title": "A", "seriousNumAffected": "many"}
    results = {"adverseEventsModule": {"eventGroups": [group]}}
    async with bench() as made:
        made.fake.studies = [{**study(NUMBER), "resultsSection": results}]
        with pytest.raises(Unavailable):
            await made.client.adverse_events(NUMBER)


async def test_a_trial_that_is_not_there_is_not_found() -> None:
    """A 404 in plain text is the registry's own statement."""
    async with bench() as made:
        with pytest.raises(NotFound):
            await made.client.look_up(NUMBER)


@pytest.mark.parametrize("number", ["NCT1", "nct01234567", "NCT012345678", "../version", ""])
async def test_what_is_no_number_is_not_even_asked_for(number: str) -> None:
    """Only a number of the registry's form becomes part of an address."""
    async with bench() as made:
        with pytest.raises(BadQuery):
            await made.client.look_up(number)
    assert made.fake.asked == []


async def test_a_question_that_is_not_understood_comes_with_the_registrys_words() -> None:
    """A 400 says in plain text what was wrong."""
    async with bench() as made:
        made.fake.next.append(text(400, "Too complicated query"))
        with pytest.raises(BadQuery, match="Too complicated query"):
            await made.client.filings("lupus")


async def test_a_record_that_cannot_be_read_is_an_outage_for_who_looks_it_up() -> None:
    """A person hears that it could not be read, and nothing is made up."""
    async with bench() as made:
        made.fake.studies = [study(NUMBER, statusModule={"startDateStruct": {"date": "soon"}})]
        with pytest.raises(Unavailable, match="date"):
            await made.client.look_up(NUMBER)


async def test_filings_are_asked_for_by_a_phrase() -> None:
    """The words go as one phrase, and what the first thousand hits are filed under comes back."""
    async with bench() as made:
        made.fake.studies = [study(NUMBER, conditionsModule={"conditions": ["Lupus"]})]
        (filing,) = await made.client.filings('lupus) OR "[')
        query = made.fake.asked[0].query
    assert filing.conditions == ("Lupus",)
    assert query["query.cond"] == 'EXPANSION[Concept]"lupus OR"'
    assert (query["sort"], query["pageSize"]) == ("@relevance", "1000")


async def test_no_words_are_a_bad_question() -> None:
    """Without words the registry would give everything."""
    async with bench() as made:
        with pytest.raises(BadQuery):
            await made.client.filings(" () ")
    assert made.fake.asked == []


async def test_a_search_goes_on_where_it_stopped() -> None:
    """A token continues the reading of a baseline, after a restart as well."""
    async with bench(*five()[:3]) as made:
        first = await made.client.search_page("lupus", None)
        second = await made.client.search_page("lupus", first.token)
    assert (len(first.records), first.total, len(second.records)) == (2, 3, 1)
    assert second.token is None


async def test_a_search_whose_token_died_must_begin_again() -> None:
    """A refused token is told as moved data; a refused question is told as one."""
    async with bench() as made:
        with pytest.raises(DataMoved):
            await made.client.search_page("lupus", "2020-01-01T09:00:00@2")
        made.fake.next.append(text(400, "Invalid query"))
        with pytest.raises(BadQuery):
            await made.client.search_page("lupus", None)
