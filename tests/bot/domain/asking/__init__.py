"""Tests of bot.domain.asking."""
