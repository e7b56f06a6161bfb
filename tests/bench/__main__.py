"""``./run bench [NAME] [OPTIONS]``: all benchmarks, or one of them."""

from __future__ import annotations

import argparse
import importlib
import os
import sys

NAMES = (
    "card",
    "day",
    "deliver",
    "diff",
    "discord",
    "fanout",
    "follow",
    "memory",
    "settle",
    "suggest",
    "telegram",
)


def main() -> None:
    """Run what is named, or everything."""
    parser = argparse.ArgumentParser(prog="./run bench", add_help=False)
    parser.add_argument("name", nargs="?", choices=NAMES)
    given, rest = parser.parse_known_args()
    if given.name:
        _run(given.name, rest)
        return
    if rest:
        parser.error("options belong to one benchmark: name it first")
    print("Benchmarks:")
    for name in NAMES:
        print(f"  {name:<8} {_about(name)}")
    for name in NAMES:
        _run(name, [])


def _about(name: str) -> str:
    about = importlib.import_module(f"tests.bench.{name}").__doc__ or ""
    return about.partition("\n")[0]


def _run(name: str, arguments: list[str]) -> None:
    """Run one; what else the machine has to do lengthens every duration, so it is said too."""
    print(f"\n{name}: load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    importlib.import_module(f"tests.bench.{name}").main(arguments)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
