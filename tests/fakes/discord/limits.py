"""What Discord refuses in a message, as sentences; none when it is fine.

Lengths are counted in UTF-16 units, which is never fewer than what Discord counts.
"""

from __future__ import annotations

from typing import Any

from tests.fakes.discord.layout import layout_faults
from tests.fakes.discord.layout import units as _units
from tests.fakes.discord.shown import LAYOUT


def message_faults(body: dict[str, Any]) -> list[str]:
    """Faults of a message's body, whether to a channel or as an answer to an interaction."""
    nonce = ["nonce too long"] if _units(body.get("nonce")) > 25 else []
    rows = body.get("components") or []
    if body.get("flags", 0) & LAYOUT or any(row["type"] != 1 for row in rows):
        return layout_faults(body) + nonce
    embeds = body.get("embeds") or []
    faults = [fault for embed in embeds for fault in _embed_faults(embed)]
    if len(embeds) > 10:
        faults.append("more than 10 embeds")
    if sum(_embed_size(embed) for embed in embeds) > 6000:
        faults.append("embeds of more than 6,000 characters over all")
    if _units(body.get("content")) > 2000:
        faults.append("content too long")
    if not (embeds or (body.get("content") or "").strip()):
        faults.append("an empty message")
    return faults + nonce + _component_faults(rows)


def _embed_faults(embed: dict[str, Any]) -> list[str]:
    fields = embed.get("fields") or []
    bounded = [
        ("title", embed.get("title"), 256),
        ("description", embed.get("description"), 4096),
        ("footer", (embed.get("footer") or {}).get("text"), 2048),
        *[("field name", field["name"], 256) for field in fields],
        *[("field value", field["value"], 1024) for field in fields],
    ]
    faults = [f"{what} too long" for what, text, limit in bounded if _units(text) > limit]
    if any(not field["name"].strip() or not field["value"].strip() for field in fields):
        faults.append("an empty field")
    if len(fields) > 25:
        faults.append("more than 25 fields")
    if not (embed.get("title") or embed.get("description") or fields):
        faults.append("an empty embed")
    return faults


def _embed_size(embed: dict[str, Any]) -> int:
    texts = [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
    for field in embed.get("fields") or []:
        texts += [field["name"], field["value"]]
    return sum(map(_units, texts))


def _component_faults(rows: list[dict[str, Any]]) -> list[str]:
    faults = []
    buttons = [button for row in rows for button in row["components"]]
    if len(rows) > 5 or any(not 1 <= len(row["components"]) <= 5 for row in rows):
        faults.append("rows of buttons")
    ids = [button["custom_id"] for button in buttons if "custom_id" in button]
    if len(set(ids)) != len(ids):
        faults.append("a custom_id given twice")
    for button in buttons:
        if not 1 <= _units(button.get("label")) <= 80:
            faults.append("label of a button")
        if ("url" in button) == ("custom_id" in button):
            faults.append("a button needs exactly one of url and custom_id")
        if _units(button.get("custom_id")) > 100 or _units(button.get("url")) > 512:
            faults.append("custom_id or url too long")
    return faults
