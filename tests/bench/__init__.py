"""Benchmarks: commands, never timed tests. Each prints its figures beside a floor of the same run.

``./run bench`` runs all of them, ``./run bench day`` one of them.
"""
