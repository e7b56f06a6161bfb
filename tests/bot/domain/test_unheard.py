"""What is said to a command that there is not."""

from __future__ import annotations

import pytest

from bot.domain.unheard import unheard, which


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("/daily 9", "settings daily 9"),
        ("/quiet 22-7", "settings quiet 22-7"),
        ("/place Lyon", "settings place Lyon"),
        ("/compact", "feed compact"),
        ("/pause 1", "following"),
        ("/edit", "following"),
        ("/stop sarcoma", "unfollow sarcoma"),
        ("/subscribe asthma", "follow asthma"),
        ("/find asthma", "search asthma"),
        ("/serch asthma", "search asthma"),
    ],
)
def test_the_command_that_does_it_is_offered(line: str, action: str) -> None:
    """What is a word of another command, or of a button, is led there with what stands behind."""
    answer = unheard(line)
    assert [one.action for one in answer.buttons] == [action]
    assert f"Did you mean /{action}?" in (answer.lede or "")


def test_what_is_like_nothing_is_told_of_help() -> None:
    """No guess where there is none to make."""
    assert not unheard("/xylophone 9").buttons


def test_a_number_that_is_none_is_told_from_no_number() -> None:
    """With the digits that were typed, or with an example of the command."""
    assert which("NCT0238131", "print").title == "“NCT0238131” is no trial's number"
    assert "/print NCT" in (which("asthma", "print").lede or "")
