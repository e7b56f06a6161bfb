"""Many servers as busy ones are, made one by one when they are told of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

from tests.fakes.discord import payloads

FIRST = 800_000_000_000
"""The first server's number before its place in a shard."""


class Crowd(Sequence[dict[str, Any]]):
    """So many servers with so many channels each, as GUILD_CREATE brings them."""

    def __init__(self, servers: int, channels: int) -> None:
        self._servers = servers
        self._channels = channels

    def __len__(self) -> int:
        return self._servers

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self._server, range(self._servers))

    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, at: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, at: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(at, slice):
            return [self._server(number) for number in range(self._servers)[at]]
        return self._server(range(self._servers)[at])

    def _server(self, number: int) -> dict[str, Any]:
        own = (FIRST + number) << 22
        channels = [self._channel(own, place) for place in range(self._channels)]
        threads = [
            payloads.thread(str(own + 1000 + place), str(own + 100 + place), str(own))
            for place in range(5)
        ]
        roles = [_role(own + 500 + place, place) for place in range(15)]
        emojis = [
            {"id": str(own + 600 + place), "name": f"emoji_{place}", "roles": [], "managed": False}
            | {"require_colons": True, "animated": False, "available": True}
            for place in range(30)
        ]
        made = payloads.guild(str(own), channels, threads)
        more = {"name": f"Server {number} of people who look after each other", "roles": roles}
        return made | more | {"emojis": emojis, "description": "A place to talk. " * 5}

    def _channel(self, own: int, place: int) -> dict[str, Any]:
        made = payloads.text_channel(str(own + 100 + place), str(own))
        overwrites = [
            {"id": str(own + 500 + role), "type": 0, "allow": "1024", "deny": "2048"}
            for role in range(3)
        ]
        return made | {
            "name": f"channel-number-{place}-of-many",
            "topic": f"What is spoken of here, at some length, as topics are ({place}). " * 2,
            "position": place,
            "parent_id": None,
            "nsfw": False,
            "rate_limit_per_user": 0,
            "last_message_id": str(own + 9000 + place),
            "permission_overwrites": overwrites,
        }


def _role(number: int, place: int) -> dict[str, Any]:
    return {
        "id": str(number),
        "name": f"role-{place}",
        "permissions": "137411140505153",
        "position": place,
        "color": 3447003,
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
