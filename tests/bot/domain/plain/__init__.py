"""Tests of plain language."""
