"""Tests of the adapters, each in the folder of its adapter."""
