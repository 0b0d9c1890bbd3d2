"""The index of each database system behind one face."""

from django.db import connection

from banjie.search.engines import postgresql, sqlite
from banjie.search.engines.face import Engine, Slip

__all__ = ["Engine", "Slip", "engine_of"]


def engine_of(vendor: str = "") -> Engine:
    """Return the index of a database system, the one in use if none is named."""
    engines: dict[str, Engine] = {"postgresql": postgresql.ENGINE, "sqlite": sqlite.ENGINE}
    return engines[vendor or connection.vendor]
