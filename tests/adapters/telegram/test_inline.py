"""Inline queries over a real socket, and the answers to them."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from adapters.telegram.inline import CACHED, CACHED_PERSONAL
from bot.domain.cards.context import Context
from bot.domain.instant import Entries, Typed, entry
from tests.adapters.telegram.support import RunningBot, chat
from tests.fakes.telegram import BOT_NAME, FakeTelegram
from tests.studies import study

LINK = f"https://t.me/{BOT_NAME}?start="
CONTEXT = Context(data_day=date(2026, 3, 2), today=date(2026, 3, 2))


def found(*numbers: int, **fields: Any) -> Entries:
    """These made-up trials to choose."""
    trials = [study(one, brief_title=f"Trial <{one}> & more") for one in numbers]
    entries = tuple(entry(one, CONTEXT, LINK) for one in trials)
    return Entries(entries=entries, label="More", payload="search-eA", **fields)


async def answer_to(fake: FakeTelegram, text: str, offset: str = "") -> dict[str, Any]:
    """What somebody is shown who types this."""
    query = fake.query(7, text, offset)
    await fake.wait_until(lambda: query in fake.answered)
    return fake.answered[query]


async def test_trials_are_offered_as_cards(fake: FakeTelegram, bot: RunningBot) -> None:
    """Each with the head of its card in HTML, and buttons that are links."""
    bot.find.entries = found(1, 2, next_offset="20")
    shown = await answer_to(fake, "sarcoma recruiting")
    assert bot.find.typed == [
        Typed(text="sarcoma recruiting", address=chat(7), person="7", private_link=LINK)
    ]
    assert [one["id"] for one in shown["results"]] == ["NCT00000001", "NCT00000002"]
    first = shown["results"][0]
    assert first["input_message_content"]["parse_mode"] == "HTML"
    assert "Trial &lt;1&gt; &amp; more" in first["input_message_content"]["message_text"]
    buttons = [one for row in first["reply_markup"]["inline_keyboard"] for one in row]
    assert buttons[0]["url"] == f"{LINK}NCT00000001"
    assert not any("callback_data" in one for one in buttons)
    assert shown["next_offset"] == "20"
    assert shown["button"] == {"text": "More", "start_parameter": "search-eA"}
    assert (shown["cache_time"], shown["is_personal"]) == (CACHED, False)


async def test_what_depends_on_who_asks_is_kept_for_them_and_shortly(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """Nobody else is shown what was found near somebody, and a moved place counts soon."""
    bot.find.entries = found(1, personal=True)
    shown = await answer_to(fake, "sarcoma near me", "20")
    assert bot.find.typed[0].offset == "20"
    assert (shown["cache_time"], shown["is_personal"]) == (CACHED_PERSONAL, True)


async def test_nothing_found_still_leads_on(fake: FakeTelegram, bot: RunningBot) -> None:
    """The way to the bot is there without any result."""
    shown = await answer_to(fake, "xyzzy")
    assert shown["results"] == []
    assert shown["button"]["start_parameter"] == "help"


async def test_only_the_newest_of_what_somebody_types_is_looked_for(
    fake: FakeTelegram, bot: RunningBot
) -> None:
    """While one answer is being made, the letters after it ask once and not each."""
    bot.find.may_go.clear()
    first = fake.query(7, "s")
    await bot.find.asked.wait()
    fake.query(7, "sa")
    last = fake.query(7, "sar")
    await fake.wait_until(lambda: not fake._updates)
    bot.find.may_go.set()
    await fake.wait_until(lambda: last in fake.answered)
    assert [one.text for one in bot.find.typed] == ["s", "sar"]
    assert list(fake.answered) == [first, last]


async def test_refused_markup_is_sent_plain(fake: FakeTelegram, bot: RunningBot) -> None:
    """A fault in the HTML costs its look, not the answer."""
    bot.find.entries = found(1)
    fake.bad_request("can't parse entities: oops", method="answerInlineQuery")
    shown = await answer_to(fake, "sarcoma")
    content = shown["results"][0]["input_message_content"]
    assert "parse_mode" not in content
    assert "Trial <1> & more" in content["message_text"]


@pytest.mark.parametrize("words", ["query is too old and response timeout expired", "oops"])
async def test_a_refused_answer_stops_nothing(
    fake: FakeTelegram, bot: RunningBot, words: str
) -> None:
    """Whoever typed on asks again anyway."""
    fake.bad_request(words, method="answerInlineQuery")
    lost = fake.query(7, "s")
    await answer_to(fake, "sarcoma")
    assert lost not in fake.answered


async def test_many_people_are_answered_at_once(fake: FakeTelegram, bot: RunningBot) -> None:
    """One whose answer takes long keeps nobody else waiting."""
    bot.find.may_go.clear()
    bot.find.slow = "7"
    fake.query(7, "slow")
    await asyncio.wait_for(bot.find.asked.wait(), 10)
    other = fake.query(8, "quick")
    await fake.wait_until(lambda: other in fake.answered)
    bot.find.may_go.set()
