"""Tests of what starts and wires."""
