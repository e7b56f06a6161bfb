"""Where something unforeseen went wrong, said without what was worked on.

The message of an exception may hold what somebody typed, or whom a message was for; the place in
the source where it arose does not.
"""

from __future__ import annotations

import traceback


def arose_at(error: BaseException) -> str:
    """File and line of the innermost call; empty for an exception that was never raised."""
    at = traceback.extract_tb(error.__traceback__)
    return f"{at[-1].filename}:{at[-1].lineno}" if at else ""
