"""Tests of bot.domain.settings."""
