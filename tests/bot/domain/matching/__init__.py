"""Tests of bot.domain.matching."""
