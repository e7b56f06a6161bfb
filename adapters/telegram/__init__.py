"""Telegram: commands in, messages out, over python-telegram-bot."""

from __future__ import annotations

import os

# In python-telegram-bot 22 RetryAfter warns on its own, an error where warnings are errors, unless
# this says that its waits may be timedeltas. It is asked at each use, so a default here is enough,
# and a person who sets it otherwise keeps their choice (`outcomes` reads both forms).
os.environ.setdefault("PTB_TIMEDELTA", "1")
