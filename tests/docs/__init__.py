"""Tests of what is written for operators."""
