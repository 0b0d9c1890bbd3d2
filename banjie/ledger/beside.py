"""Processes beside this one, each with its own connection to the same database."""

import gc
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import django
from django.db import connection, connections


def beside(count: int) -> ProcessPoolExecutor:
    """Return a pool of so many processes; what they call and are given must be found by its name."""
    database = connection.settings_dict["NAME"]
    return ProcessPoolExecutor(
        count, mp_context=get_context("spawn"), initializer=_begin, initargs=(database,)
    )


def _begin(database: str) -> None:
    """Load the apps; the database may be a test's, so its name is told."""
    django.setup()
    connections["default"].settings_dict["NAME"] = database
    gc.freeze()
