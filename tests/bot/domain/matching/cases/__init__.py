"""Who is touched by which change of which trial: tables that a person can read.

A row is ``follows | before | after | expected | why``; of a recorded trial there stands in front
which one it is. Cells are parts with a semicolon between them.

- *follows*: a condition (``sarcoma`` by words and heading, ``“sarcoma”`` by words alone,
  ``D012509`` by heading alone), what narrows it (``near Paris 50``, ``status RECRUITING``), and
  ``since`` a day.
- *before*: what differs from the trial of ``reading.BASE``; ``unknown`` where it was never seen,
  ``removed`` where it was told as gone.
- *after*: what changed since; ``gone`` from the registry, or ``merged``.
- *expected*: ``new``, ``enters``, ``leaves``, ``changes`` or ``nothing``; ``by`` names the part of
  the filter, ``unwatched`` says that the trial is not looked at every day.
"""
