"""Buttons that turn the message they stand under, over a real socket."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.telegram.platform import TelegramPlatform
from adapters.telegram.pressing import CALLBACK_BYTES, Press, callback_data, read_press
from adapters.telegram.render import render
from bot.domain.commands.request import Request
from bot.domain.message import Button, File, Message, Section
from tests.adapters.telegram.support import QuickClock, RunningBot, chat
from tests.fakes.telegram import FakeTelegram


class Sheet:
    """A desk whose answers are sides of a sheet, but for those that a test asks for."""

    def __init__(self) -> None:
        self.asked: list[Request] = []

    async def __call__(self, request: Request) -> tuple[Message, ...]:
        """The side that is asked for, with buttons to others."""
        self.asked.append(request)
        buttons = (
            Button("Next", action="trial side two", turns=True),
            Button("Same", action="trial side one", turns=True),
            Button("Long", action="trial long", turns=True),
            Button("File", action="trial file", turns=True),
            Button("Two", action="trial two", turns=True),
            Button("Refused", action="trial refused", turns=True),
            Button("Away", action="follow this"),
        )
        side = Message(title=request.text.title(), buttons=buttons)
        match request.text:
            case "long":
                lines = ("word " * 500,) * 4
                return (Message(title="Long", sections=(Section("H", lines),), buttons=buttons),)
            case "file":
                return (Message(title="File", buttons=buttons, files=(_FILE,)),)
            case "two":
                return (side, side)
            case "refused":
                return (Message(title="Please wait"),)
        return (side,)


_FILE = File("a.txt", "text/plain", b"1")


@pytest.fixture
async def desk(fake: FakeTelegram) -> AsyncIterator[Sheet]:
    """A bot that answers with sheets; the first side of one was sent to chat 7."""
    desk = Sheet()
    platform = TelegramPlatform(fake.token, fake.url, desk, QuickClock(), timeout=2.0)
    await platform.start()
    fake.type(7, "/trial side one")
    await fake.wait_for_messages(1)
    yield desk
    await platform.stop()


async def calls_of(fake: FakeTelegram, method: str, count: int) -> None:
    """Wait until the method was called so often."""
    await fake.wait_until(lambda: [name for name, _ in fake.calls].count(method) >= count)


async def pressed_once(fake: FakeTelegram, label: str) -> None:
    """Press, and wait until the message reads otherwise."""
    before = fake.messages[0]
    fake.press(7, label)
    await fake.wait_until(lambda: fake.messages[0] != before)


async def test_pressed_page_takes_the_place_of_the_last(fake: FakeTelegram, desk: Sheet) -> None:
    """Text and buttons change where they stand, without a preview, and nothing is sent."""
    await pressed_once(fake, "Next")
    (message,) = fake.messages
    assert message.text == "<b>Side Two</b>"
    assert [shown["text"] for shown in message.buttons][:2] == ["Next", "Same"]
    edit = next(parameters for method, parameters in fake.calls if method == "editMessageText")
    assert edit["link_preview_options"] == {"is_disabled": True}
    assert edit["parse_mode"] == "HTML"
    assert [(one.command, one.text) for one in desk.asked][-1] == ("trial", "side two")


async def test_what_leads_elsewhere_is_sent_anew(fake: FakeTelegram, desk: Sheet) -> None:
    """A press that does something leaves what was read where it is."""
    fake.press(7, "Away")
    first, second = await fake.wait_for_messages(2)
    assert first.text == "<b>Side One</b>"
    assert second.text == "<b>This</b>"


@pytest.mark.parametrize(("label", "count"), [("Long", 4), ("File", 2), ("Two", 3), ("Refused", 2)])
async def test_what_cannot_take_the_place_is_sent_anew(
    fake: FakeTelegram, desk: Sheet, label: str, count: int
) -> None:
    """Several messages, files, and a refusal, which would leave nothing to go on from."""
    fake.press(7, label)
    sent = await fake.wait_for_messages(count)
    assert sent[0].text == "<b>Side One</b>"
    assert not [method for method, _ in fake.calls if method == "editMessageText"]


async def test_second_press_of_the_same_button_is_fine(fake: FakeTelegram, desk: Sheet) -> None:
    """Telegram refuses an edit that changes nothing: there is nothing to say again."""
    fake.press(7, "Same")
    await calls_of(fake, "editMessageText", 1)
    await pressed_once(fake, "Next")
    assert [message.text for message in fake.messages] == ["<b>Side Two</b>"]


@pytest.mark.parametrize(
    "words", ["message can't be edited", "message to edit not found", "MESSAGE_ID_INVALID"]
)
async def test_message_that_cannot_be_edited_is_followed_by_another(
    fake: FakeTelegram, desk: Sheet, words: str
) -> None:
    """One that is too old or was deleted costs nobody the answer."""
    fake.bad_request(words, method="editMessageText")
    fake.press(7, "Next")
    sent = await fake.wait_for_messages(2)
    assert [message.text for message in sent] == ["<b>Side One</b>", "<b>Side Two</b>"]


async def test_message_that_the_bot_may_not_see_is_followed_by_another(
    fake: FakeTelegram, desk: Sheet
) -> None:
    """Telegram names it without its text and date."""
    fake.press(7, "Next", seen=False)
    sent = await fake.wait_for_messages(2)
    assert sent[1].text == "<b>Side Two</b>"


async def test_press_while_a_group_becomes_a_supergroup_is_answered_there(
    fake: FakeTelegram,
) -> None:
    """The message pressed stays behind: the move is told, and the answer sent to the new place."""
    bot = RunningBot(fake)
    bot.desk.button = Button("Next", action="trial side two", turns=True)
    await bot.platform.start()
    fake.type(-5, "/trial side one", private=False)
    await fake.wait_for_messages(1)
    for method in ("editMessageText", "sendMessage"):
        fake.migrated(-777, method=method, when=lambda parameters: parameters["chat_id"] == -5)
    fake.press(-5, "Next", private=False)
    sent = await fake.wait_for_messages(2)
    await bot.platform.stop()
    assert (sent[1].chat_id, sent[1].text) == (-777, "<b>trial|side two</b>")
    assert bot.moved == [(chat(-5), chat(-777))]


async def test_mark_that_the_message_has_no_button_for_is_not_believed(
    fake: FakeTelegram, desk: Sheet
) -> None:
    """Whoever made up a press cannot overwrite what the bot has said: the answer stands below."""
    fake.press(7, "~trial NCT00902044", as_it_is=True)
    sent = await fake.wait_for_messages(2)
    assert [message.text for message in sent] == ["<b>Side One</b>", "<b>Nct00902044</b>"]


async def test_side_whose_markup_is_refused_is_shown_plain(fake: FakeTelegram, desk: Sheet) -> None:
    """A fault in the HTML costs the looks of an edit, too, and no more."""
    fake.bad_request("can't parse entities: Unsupported start tag", method="editMessageText")
    await pressed_once(fake, "Next")
    (message,) = fake.messages
    assert (message.text, message.parse_mode) == ("Side Two", None)


async def test_edit_whose_answer_is_lost_is_not_said_again(fake: FakeTelegram, desk: Sheet) -> None:
    """It may well stand there; whoever pressed can press again."""
    fake.lose_answer(method="editMessageText")
    await pressed_once(fake, "Next")
    fake.press(7, "Away")
    sent = await fake.wait_for_messages(2)
    assert [message.text for message in sent] == ["<b>Side Two</b>", "<b>This</b>"]


async def test_edits_keep_the_pace_of_their_chat(fake: FakeTelegram) -> None:
    """Telegram counts them as messages: one a second to a chat."""
    clock = QuickClock()
    platform = TelegramPlatform(fake.token, fake.url, Sheet(), clock, timeout=2.0)
    await platform.start()
    fake.type(7, "/trial side one")
    await fake.wait_for_messages(1)
    clock.slept.clear()
    for _ in range(3):
        fake.press(7, "Next")
    await calls_of(fake, "editMessageText", 3)
    await platform.stop()
    assert len([seconds for seconds in clock.slept if seconds > 0.5]) == 3


async def test_button_of_another_version_says_that_it_does_nothing(
    fake: FakeTelegram, desk: Sheet
) -> None:
    """Silence would look like a fault; what still has a meaning is answered as ever."""
    fake.press(7, "~no such thing any more", as_it_is=True)
    await calls_of(fake, "answerCallbackQuery", 1)
    answered = [p for method, p in fake.calls if method == "answerCallbackQuery"][-1]
    assert "another version" in answered["text"]
    assert len(answered["text"]) <= 200
    assert answered["show_alert"]
    fake.press(7, "trial side two", as_it_is=True)
    sent = await fake.wait_for_messages(2)
    assert sent[1].text == "<b>Side Two</b>"


@pytest.mark.parametrize(
    ("button", "data"),
    [
        (Button("A", action="trial x"), "trial x"),
        (Button("A", action="trial x", turns=True), "~trial x"),
        (Button("A", action="x" * 63, turns=True), "~" + "x" * 63),
        (Button("A", action="x" * 64, turns=True), "x" * 64),
        (Button("A", action="x" * 65, turns=True), None),
        (Button("A", url="https://example.org"), None),
    ],
)
def test_mark_stands_before_the_action_where_it_has_room(button: Button, data: str | None) -> None:
    """Without it the button still works, and is answered anew."""
    assert callback_data(button) == data
    if data is not None:
        assert len(data.encode()) <= CALLBACK_BYTES
        assert read_press(data) == Press(button.action or "", turns=data.startswith("~"))


def test_nothing_turns_beneath_a_message_of_several_parts() -> None:
    """The other parts would stay and belong to nothing."""
    button = Button("Next", action="trial x", turns=True)
    sections = (Section("H", ("word " * 500,) * 4),)
    *_, last = render(Message(title="T", sections=sections, buttons=(button,)))
    assert [one.turns for row in last.keyboard for one in row] == [False]
