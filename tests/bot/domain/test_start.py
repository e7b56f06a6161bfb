"""What a link to the private chat carries, and what one of a stranger's making may do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.address import Address
from bot.domain.managed import Managed
from bot.domain.start import preview_payload, read_payload, read_preview


@pytest.mark.parametrize("thread", [None, "5"])
def test_a_link_to_a_preview_names_its_chat(thread: str | None) -> None:
    """And the topic, where it is one's."""
    link = preview_payload(Address("telegram", "1", "-100123", thread))
    assert read_preview(link) == Managed("-100123", thread, "feed preview")


@pytest.mark.parametrize(
    "more",
    ["mute NCT00000001", "unfollow NCT00000001", "feed add gout", "settings discreet on\n", "-1"],
)
def test_a_link_to_a_preview_does_nothing_else(more: str) -> None:
    """Whoever administers a chat and opens a stranger's link changes nothing in it."""
    assert read_preview(preview_payload(Address("telegram", "1", f"-100123 {more}"))) is None


@given(st.text(), st.sampled_from(["", "preview-", "search-", "trial-"]))
def test_any_payload_can_be_read(carried: str, kind: str) -> None:
    """Anything can be typed behind /start."""
    assert isinstance(read_payload(kind + carried), tuple | None)
    assert isinstance(read_preview(kind + carried), Managed | None)
