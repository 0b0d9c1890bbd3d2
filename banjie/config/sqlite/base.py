"""Django's SQLite backend whose transactions wait for their turn instead of asking again and again."""

import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from banjie.config.sqlite.turns import Turn, turn_at

PATIENCE = 20.0
"""Seconds that a deed waits for its turn before it is refused in words; no transaction holds it over a second."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that holds the turn from BEGIN IMMEDIATE to COMMIT or ROLLBACK."""

    _turn: Turn | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn_back()
            raise

    def _commit(self) -> Any:
        result = super()._commit()  # type: ignore[misc]
        self._give_turn_back()
        return result

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._give_turn_back()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._give_turn_back()

    def _take_turn(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self._turn is not None or self.is_in_memory_db():
            return
        turn = _turn_of(name)
        if not turn.take(patience=PATIENCE):
            raise OperationalError("database is locked") from sqlite3.OperationalError("no turn to write")
        self._turn = turn

    def _give_turn_back(self) -> None:
        if self._turn is not None:
            turn, self._turn = self._turn, None
            turn.give_back()


@cache
def _turn_of(name: str) -> Turn:
    return turn_at(str(Path(name).resolve()))
