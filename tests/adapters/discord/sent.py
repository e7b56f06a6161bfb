"""What goes over the wire of a rendered part."""

from __future__ import annotations

from typing import Any

from adapters.discord.layout import contents
from adapters.discord.render import Part
from tests.fakes.discord.shown import LAYOUT


async def body(part: Part) -> dict[str, Any]:
    """The message's body as the library makes it; a view needs a running loop."""
    given = contents(part)
    files = [
        {"id": number, "filename": one.filename}
        for number, one in enumerate(given.get("files", ()))
    ]
    return {
        "components": given["view"].to_components(),
        "flags": LAYOUT,
        "attachments": files,
        "allowed_mentions": given["allowed_mentions"].to_dict(),
    }
