"""Tests of bot.domain.diff."""
