"""Discord: slash commands, buttons and messages through discord.py."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # The library loads audioop, deprecated in Python 3.11, for voice; no voice is used here.
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    import discord as discord
