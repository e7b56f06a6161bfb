"""Tests of the card's sections."""
