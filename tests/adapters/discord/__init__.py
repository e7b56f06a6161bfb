"""Tests of the Discord adapter, over the wire with the real library."""
