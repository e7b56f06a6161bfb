"""Every answer of Telegram as one outcome, over a real socket with the real library."""

from __future__ import annotations

import pytest
from telegram import Bot

from adapters.telegram.messenger import TelegramMessenger
from bot.domain.message import Button, Message, Section
from bot.domain.outcome import (
    ChatGone,
    ChatMoved,
    Outcome,
    PerhapsDelivered,
    Refused,
    Scope,
    Sent,
    TokenRefused,
    TopicGone,
    TryLater,
)
from bot.domain.precedence import Precedence
from bot.ports.messenger import NO_LONGER_MINE, Messenger
from tests.adapters.telegram.support import BOT_ID, chat
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_trouble import Scripted

HELLO = Message(title="Hello <you>", buttons=(Button("Show", action="trial NCT00902044"),))
LONG = Message(title="T", sections=tuple(Section(f"Part {n}", ("word " * 700,)) for n in range(3)))


def outcome_of(outcome: Outcome) -> tuple[type, str]:
    """What kind of outcome it is, and why."""
    return type(outcome), getattr(outcome, "why", "")


async def test_message_arrives_as_html_without_preview(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """Text, buttons and the topic arrive as rendered, and links show no preview."""
    port: Messenger = messenger
    assert (port.platform, port.bot, port.in_flight) == ("telegram", BOT_ID, 20)
    outcome = await port.send(chat(-100, "5"), HELLO, "nonce")
    (sent,) = fake.messages
    assert outcome == Sent(str(sent.message_id))
    assert (sent.chat_id, sent.thread, sent.parse_mode) == (-100, 5, "HTML")
    assert sent.text == "<b>Hello &lt;you&gt;</b>"
    assert sent.buttons == ({"text": "Show", "callback_data": "trial NCT00902044"},)
    assert fake.calls[-1][1]["link_preview_options"] == {"is_disabled": True}


async def test_long_message_arrives_in_order(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """All parts arrive, the first first."""
    assert isinstance(await messenger.send(chat(), LONG, "n"), Sent)
    assert [f"Part {message.text.partition('Part ')[2][0]}" for message in fake.messages] == [
        "Part 0",
        "Part 1",
        "Part 2",
    ]


async def test_message_without_text_is_refused_without_a_call(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """Telegram is not asked for what it would never take."""
    assert isinstance(await messenger.send(chat(), Message(title=" "), "n"), Refused)
    assert [method for method, _ in fake.calls] == ["getMe"]


async def test_blocked_bot_means_that_the_chat_is_gone(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """403 is an answer about the chat, not about the message."""
    fake.blocked()
    assert isinstance(await messenger.send(chat(), HELLO, "n"), ChatGone)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("chat not found", ChatGone),
        ("CHAT_WRITE_FORBIDDEN", ChatGone),
        ("not enough rights to send text messages to the chat", ChatGone),
        ("have no rights to send a message", ChatGone),
        ("group chat was deactivated", ChatGone),
        ("message thread not found", TopicGone),
        ("TOPIC_DELETED", TopicGone),
        ("BUTTON_URL_INVALID", Refused),
        ("message is too long", Refused),
    ],
)
async def test_bad_request_is_told_apart_by_its_words(
    fake: FakeTelegram, messenger: TelegramMessenger, words: str, kind: type
) -> None:
    """The class is the same for all of them, and it is no reason to try again."""
    fake.bad_request(words)
    assert outcome_of(await messenger.send(chat(), HELLO, "n")) == (kind, words.capitalize())


async def test_group_that_became_a_supergroup_has_moved(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """The new address keeps bot and topic; nothing was sent."""
    fake.migrated(-100777)
    outcome = await messenger.send(chat(-5, "3"), HELLO, "n")
    assert outcome == ChatMoved(chat(-100777, "3"))
    assert fake.messages == []


async def test_refused_markup_goes_out_as_plain_text(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """A fault in the HTML costs its looks, not the message."""
    fake.bad_request("can't parse entities: Unsupported start tag")
    assert isinstance(await messenger.send(chat(), HELLO, "n"), Sent)
    (sent,) = fake.messages
    assert (sent.text, sent.parse_mode) == ("Hello <you>", None)
    assert len(sent.buttons) == 1


async def test_flood_wait_names_the_seconds_and_the_chat(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """429 says how long; a notice is not even tried meanwhile, and an answer waits that long."""
    fake.too_many(17)
    outcome = await messenger.send(chat(), HELLO, "n")
    assert outcome == TryLater("Telegram asks to wait", after=17.0, scope=Scope.CHAT)
    outcome = await messenger.send(chat(), HELLO, "n")
    assert outcome == TryLater("Telegram's pace", after=17.0, scope=Scope.CHAT)
    assert len(fake.calls) == 2
    answer = await messenger.send(chat(), HELLO, "n", precedence=Precedence.ANSWER)
    assert isinstance(answer, Sent)


async def test_flood_wait_in_two_chats_is_for_the_whole_token(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """Telegram does not say whom it means: a second chat within a minute makes it everyone."""
    fake.too_many(30, times=3)
    scopes = []
    for address in (chat(7), chat(7), chat(8)):
        outcome = await messenger.send(address, HELLO, "n")
        assert isinstance(outcome, TryLater)
        scopes.append(outcome.scope)
    assert scopes == [Scope.CHAT, Scope.CHAT, Scope.TOKEN]


async def test_hanging_answer_is_perhaps_delivered(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """The message was taken and its answer did not come in time."""
    fake.lose_answer(hang=True)
    outcome = await messenger.send(chat(), HELLO, "n")
    assert outcome_of(outcome) == (PerhapsDelivered, "Telegram's answer was lost (ReadTimeout)")
    assert len(fake.messages) == 1


async def test_cut_connection_is_perhaps_delivered(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """The message was taken and the connection broke before the answer."""
    fake.lose_answer()
    assert isinstance(await messenger.send(chat(), HELLO, "n"), PerhapsDelivered)
    assert len(fake.messages) == 1


async def test_unreadable_answer_is_perhaps_delivered(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """Success that cannot be read says nothing about the message."""
    fake.script(Scripted(status=200, raw="<html>"))
    assert isinstance(await messenger.send(chat(), HELLO, "n"), PerhapsDelivered)


async def test_unreachable_telegram_is_tried_later(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """No byte was sent, so sending again cannot be a double."""
    await fake.__aexit__(None, None, None)
    outcome = await messenger.send(chat(), HELLO, "n")
    assert outcome_of(outcome) == (TryLater, "Telegram cannot be reached (ConnectError)")


@pytest.mark.parametrize(
    ("status", "kind"),
    [(500, TryLater), (502, TryLater), (409, TryLater), (401, TokenRefused), (404, TokenRefused)],
)
async def test_other_answers(
    fake: FakeTelegram, messenger: TelegramMessenger, status: int, kind: type
) -> None:
    """Faults of the server pass, a refused token does not."""
    fake.failing(status)
    assert isinstance(await messenger.send(chat(), HELLO, "n"), kind)


async def test_lost_answer_in_the_middle_does_not_lose_the_rest(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """The other parts still go out, and the whole was perhaps delivered."""
    fake.lose_answer(when=lambda parameters: "Part 1" in parameters["text"])
    assert isinstance(await messenger.send(chat(), LONG, "n"), PerhapsDelivered)
    assert len(fake.messages) == 3


async def test_wait_in_the_middle_is_resumed_where_it_stopped(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """The next try with the same nonce sends what is missing and repeats nothing."""
    fake.lose_answer(when=lambda parameters: "Part 0" in parameters["text"])
    fake.too_many(3, when=lambda parameters: "Part 1" in parameters["text"])
    assert isinstance(await messenger.send(chat(), LONG, "n"), TryLater)
    assert len(fake.messages) == 1
    # The first part's answer was lost, so even the end is only perhaps.
    assert isinstance(await messenger.send(chat(), LONG, "n"), PerhapsDelivered)
    assert len(fake.messages) == 3
    # What was lost, and nothing else, is sent again.
    assert isinstance(await messenger.send(chat(), LONG, "n"), Sent)
    assert ["Part 0" in message.text for message in fake.messages] == [True, False, False, True]
    assert isinstance(await messenger.send(chat(), LONG, "n"), Sent)
    assert len(fake.messages) == 7


async def test_resumed_message_is_known_by_its_first_part(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """Also where that part went out with an earlier try: later replies hang on it."""
    fake.too_many(3, when=lambda parameters: "Part 1" in parameters["text"])
    assert isinstance(await messenger.send(chat(), LONG, "n"), TryLater)
    outcome = await messenger.send(chat(), LONG, "n", precedence=Precedence.ANSWER)
    assert len(fake.messages) == 3
    assert outcome == Sent(str(fake.messages[0].message_id))


async def test_message_that_reads_otherwise_starts_anew(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """Half of an old text and half of a new one would make no message."""
    fake.too_many(3, when=lambda parameters: "Part 1" in parameters["text"])
    assert isinstance(await messenger.send(chat(), LONG, "n"), TryLater)
    other = await messenger.send(chat(), HELLO, "n", precedence=Precedence.ANSWER)
    assert isinstance(other, Sent)
    assert fake.messages[-1].text == "<b>Hello &lt;you&gt;</b>"


async def test_reason_holds_neither_token_nor_chat(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """A reason is kept and logged, so it must not say whom it is about."""
    fake.bad_request(f"no way to 424242 over /bot{fake.token}/sendMessage or {fake.token}")
    outcome = await messenger.send(chat(424242), HELLO, "n")
    assert outcome_of(outcome) == (Refused, "No way to [chat] over /[token]/sendmessage or [token]")


async def test_fake_refuses_as_telegram_does(fake: FakeTelegram) -> None:
    """The stand-in would notice what these tests are about: length, nesting, callback data."""
    async with Bot(fake.token, base_url=f"{fake.url}/bot") as bot:
        for wrong in (
            {"text": "x" * 4097},
            {"text": "<b>x", "parse_mode": "HTML"},
            {"text": "<b><i>x</b></i>", "parse_mode": "HTML"},
            {"text": "a < b", "parse_mode": "HTML"},
            {"text": " "},
        ):
            with pytest.raises(Exception, match=r"(?i)too long|entities|empty"):
                await bot.send_message(chat_id=7, **wrong)  # type: ignore[arg-type]  # wrong on purpose
    assert len(fake.complaints) == 5
    fake.complaints.clear()
    assert fake.messages == []


async def test_who_may_no_longer_send_sends_nothing(
    fake: FakeTelegram, messenger: TelegramMessenger
) -> None:
    """A process whose right ran out while it waited keeps still, also in the middle."""
    assert await messenger.send(chat(), HELLO, "n", lambda: False) == NO_LONGER_MINE
    assert fake.messages == []
    may_send = iter((True, False))
    assert await messenger.send(chat(), LONG, "m", lambda: next(may_send)) == NO_LONGER_MINE
    assert len(fake.messages) == 1
