"""Statements compiled once for all stores of a test process, which come and go with the tests.

SQLAlchemy keeps what it compiled with the engine, and each test opens a store, and an engine, of
its own: to compile all its statements anew is an eighth of what such a test costs. The program
itself opens one engine and is not touched: nothing here is loaded by it.
"""

from __future__ import annotations

import copy
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Engine, event


class _Compiled(dict[tuple[Any, ...], Any]):
    """What one engine compiled; what it has not, another one may have.

    All engines are made alike (``storage/engine.py``), so that dialects of a class compile alike.
    But the keys of what is sealed hang on the dialect itself: an engine is given a copy with its
    own dialect, from before anything was read or written by it.
    """

    def __init__(self, shared: dict[tuple[Any, ...], Any], dialect: Dialect) -> None:
        super().__init__()
        self._shared, self._kind = shared, type(dialect)

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        """What was compiled of this statement."""
        mine = super().get(key)
        if mine is None and (known := self._shared.get((self._kind, *key[1:]))) is not None:
            mine = copy.copy(known)
            mine.dialect = key[0]
            super().__setitem__(key, mine)
        return default if mine is None else mine

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__(key, compiled)
        self._shared[(self._kind, *key[1:])] = copy.copy(compiled)


def share() -> None:
    """Have every connection of this process look there."""
    shared: dict[tuple[Any, ...], Any] = {}
    engines = WeakKeyDictionary[Engine, _Compiled]()

    def look_there(connection: Connection) -> None:
        engine = connection.engine
        if engine not in engines:
            engines[engine] = _Compiled(shared, engine.dialect)
        connection.execution_options(compiled_cache=engines[engine])

    event.listen(Engine, "engine_connect", look_there)
