"""Take away the database connections of threads that have ended.

granian lets idle threads go. Django's connection of such a thread is part of a ring of objects, which the garbage
collector may find hours later: measured, two connections stayed open after each burst of requests, and PostgreSQL
allows a hundred. (Closing them as the thread's last act was tried: it takes the process down.)
"""

import gc
import threading
from collections.abc import Callable, Iterable
from typing import Any

YOUNG = 25_000
"""So many new objects are made before rings among them are looked for; a page makes some thousand and leaves few."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def sweeping_up(application: Application) -> Application:
    """Return `application` such that a new thread first sweeps up what ended ones left behind.

    What stands when the program has been loaded is left out of every later sweep, which makes them quick (5 ms).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
    own = threading.local()

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not hasattr(own, "has_swept"):
            own.has_swept = True
            gc.collect()
        return application(environ, start_response)

    return answer
