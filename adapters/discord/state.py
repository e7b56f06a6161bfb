"""The library's memory of servers, without what the bot never asks it for.

The gateway brings each server whole: its channels with their topics, its roles, emojis and threads.
As the library's objects, those of 2,500 servers of 50 channels fill hundreds of megabytes. The bot
asks for little of it: which channels a server had when it is left, whether permissions changed, and
what a forum has for tags.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Any

from discord import ChannelType, RawThreadUpdateEvent
from discord.state import AutoShardedConnectionState

_FORUMS = (ChannelType.forum.value, ChannelType.media.value)

_DROPPED = (
    *("channels", "threads", "roles", "emojis", "stickers", "members", "presences"),
    *("voice_states", "stage_instances", "guild_scheduled_events", "soundboard_sounds"),
)

_NOT_KEPT = frozenset(("THREAD_CREATE", "THREAD_LIST_SYNC", "GUILD_ROLE_CREATE"))
"""Events by which the library would keep what was left out."""


class Marks:
    """Ids, each with a mark of what it may do: sixteen bytes for one."""

    __slots__ = ("_ids", "_marks")

    def __init__(self) -> None:
        self._ids = array("Q")
        self._marks = array("q")

    def __iter__(self) -> Iterator[int]:
        return iter(self._ids)

    def put(self, number: int, may: object) -> bool:
        """Keep what it may do. Returns whether it was known and could do something else."""
        mark = hash(may)
        try:
            at = self._ids.index(number)
        except ValueError:
            self._ids.append(number)
            self._marks.append(mark)
            return False
        changed, self._marks[at] = self._marks[at] != mark, mark
        return changed

    def drop(self, number: int) -> None:
        """Forget it, if it is known."""
        if number in self._ids:
            at = self._ids.index(number)
            del self._ids[at], self._marks[at]


class Server:
    """What is kept of one server: its channels and roles."""

    __slots__ = ("channels", "roles")

    def __init__(self, data: dict[str, Any]) -> None:
        self.channels, self.roles = Marks(), Marks()
        for channel in data.get("channels") or ():
            self.channels.put(int(channel["id"]), _overwrites(channel))
        for role in data.get("roles") or ():
            self.roles.put(int(role["id"]), role["permissions"])


class State(AutoShardedConnectionState[Any]):
    """The library's state, which keeps of each server a ``Server``, its own bare object and forums.

    It dispatches ``channel_gone`` and ``channel_allows`` (another permission) with a channel's id,
    and ``server_allows`` with a server's.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.servers: dict[int, Server] = {}
        for name in _NOT_KEPT:
            self.parsers.pop(name)

    def parse_ready(self, data: Any) -> None:
        """A session of a shard begins: what it does not list was left while nobody listened."""
        number, count = data["shard"]
        listed = {int(one["id"]) for one in data["guilds"]}
        for server in {*self.servers, *self._guilds} - listed:
            if (server >> 22) % count == number:
                self.servers.pop(server, None)
                self._guilds.pop(server, None)
        super().parse_ready(data)

    def parse_guild_create(self, data: Any) -> None:
        """A server is told of: keep what is asked for, and hand the rest on bare."""
        if not data.get("unavailable"):
            self.servers[int(data["id"])] = Server(data)
        super().parse_guild_create(_bare(data))

    def parse_guild_update(self, data: Any) -> None:
        """A server changed; its roles come with it."""
        super().parse_guild_update(_bare(data))

    def parse_channel_create(self, data: Any) -> None:
        """A channel is there."""
        server = self._server(data)
        if server is not None:
            server.channels.put(int(data["id"]), _overwrites(data))
        if data["type"] in _FORUMS:
            super().parse_channel_create(data)

    def parse_channel_update(self, data: Any) -> None:
        """A channel changed; of permissions it is told."""
        server = self._server(data)
        if server is not None and server.channels.put(int(data["id"]), _overwrites(data)):
            self.dispatch("channel_allows", int(data["id"]))
        if data["type"] in _FORUMS:
            super().parse_channel_update(data)

    def parse_channel_delete(self, data: Any) -> None:
        """A channel is gone, and its threads with it."""
        server = self._server(data)
        if server is not None:
            server.channels.drop(int(data["id"]))
        self.dispatch("channel_gone", int(data["id"]))
        super().parse_channel_delete(data)

    def parse_thread_update(self, data: Any) -> None:
        """A thread changed; the library would keep it."""
        self.dispatch("raw_thread_update", RawThreadUpdateEvent(data))

    def parse_guild_role_update(self, data: Any) -> None:
        """A role changed; of permissions it is told."""
        server, role = self._server(data), data["role"]
        if server is not None and server.roles.put(int(role["id"]), role["permissions"]):
            self.dispatch("server_allows", int(data["guild_id"]))

    def parse_guild_role_delete(self, data: Any) -> None:
        """A role is gone."""
        server = self._server(data)
        if server is not None:
            server.roles.drop(int(data["role_id"]))

    def _server(self, data: Any) -> Server | None:
        return self.servers.get(int(data.get("guild_id") or 0))


def _bare(data: Any) -> Any:
    """A server without what is not kept; with its forums, and the role that every server has."""
    bare = data | {name: [] for name in _DROPPED if name in data}
    if "channels" in data:
        bare["channels"] = [one for one in data["channels"] if one["type"] in _FORUMS]
    if "roles" in data:
        bare["roles"] = [one for one in data["roles"] if one["id"] == data["id"]]
    return bare


def _overwrites(channel: Any) -> frozenset[tuple[str, ...]]:
    """What a channel allows and denies beside its server's roles."""
    given = channel.get("permission_overwrites") or ()
    return frozenset((str(one["id"]), str(one["allow"]), str(one["deny"])) for one in given)
