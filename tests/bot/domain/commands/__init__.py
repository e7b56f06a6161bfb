"""Tests of bot.domain.commands."""
