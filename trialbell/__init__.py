"""Starts and wires. No rules of its own."""
