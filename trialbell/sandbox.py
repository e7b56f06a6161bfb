"""`trialbell sandbox`: a folder of recorded data days, served as if it were the registry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from adapters.ctgov.sandbox import BadFolder
from adapters.ctgov.sandbox import serve as serve_folder
from trialbell.mend import Mendable


async def serve(folder: Path, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serve until stopped, and say where. Raises Mendable."""

    def ready(url: str) -> None:
        origin = url.rsplit("/api", 1)[0]
        say(f"The registry of {folder} stands at {url}")
        say(f"The next data day:  curl -X POST {origin}/sandbox/step")

    try:
        await serve_folder(folder, host, port, ready)
    except BadFolder as error:
        raise Mendable(f"{error}. Give a folder of files named YYYY-MM-DD.jsonl(.gz).") from error
    except OSError as error:
        # Reading the folder has its own error above: what is left is the address.
        raise Mendable(
            f"Nothing can listen on {host}, port {port} ({error.strerror or error}). "
            "Choose another with --port or --host; --port 0 takes a free one."
        ) from error
