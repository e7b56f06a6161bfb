"""The stand-in for the Bot API as a process of its own, for tests that kill the bot."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import httpx
from telegram import Bot

ROOT = Path(__file__).parents[3]


async def test_process_logs_a_message_before_it_answers(tmp_path: Path) -> None:
    """A bot that dies while it waits for the answer has left its message in the log."""
    log = tmp_path / "sent.jsonl"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fakes.telegram", "--delay", "0.15", "--log", str(log)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        told = json.loads(await process.stdout.readline())
        async with Bot(told["token"], base_url=told["url"] + "/bot") as bot:
            began = asyncio.get_running_loop().time()
            await bot.send_message(7, "123")
            assert asyncio.get_running_loop().time() - began > 0.14
            async with httpx.AsyncClient() as client:
                await client.post(told["url"] + "/type", json={"chat_id": 7, "text": "/about"})
            (update,) = await bot.get_updates(timeout=5)
    finally:
        process.terminate()
        await process.wait()
    (line,) = log.read_text().splitlines()
    assert (json.loads(line)["chat_id"], json.loads(line)["text"]) == (7, "123")
    assert update.message is not None
    assert update.message.text == "/about"
