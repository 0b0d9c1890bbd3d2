"""What every request reads and an office seldom changes, kept in the process until it does change (ADR 0022).

Units, posts, places, calendar and rulebook are read by every page. A row of such a table says `is_kept`; the deed
that writes one moves the mark, in its own transaction. Whatever was read under a mark may be kept as long as the
mark stands: one look at it replaces the reads. A mark is never used twice, so a rollback leaves nothing false.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar, cast

from django.db import connection

from banjie.base.ids import new_id
from banjie.ledger.models import KeptMark

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

MOST_ANSWERS = 512
"""Answers of one read that are kept at a time: a town has fewer staff and days in use than that."""
_ROW = 1
_READ = f"SELECT mark FROM {KeptMark._meta.db_table} WHERE id = {_ROW}"  # noqa: S608 - our own names
_seen = threading.local()


def kept(read: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Keep what `read` answers until a kept row changes anywhere; arguments are hashable, answers frozen."""

    @lru_cache(maxsize=MOST_ANSWERS)
    def remembered(mark: str, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        return read(*args, **kwargs)

    @wraps(read)
    def answer(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        mark = current_mark()
        if not mark:
            return read(*args, **kwargs)
        return remembered(mark, *args, **kwargs)  # type: ignore[arg-type]  # says Hashable of what only we call

    return answer


def current_mark() -> str:
    """Return the mark that stands, or "" before anything was recorded; within `one_look` it is read once."""
    if not hasattr(_seen, "mark"):
        return _read_mark()
    if _seen.mark is None:
        _seen.mark = _read_mark()
    return cast(str, _seen.mark)


@contextmanager
def one_look() -> Iterator[None]:
    """Look at the mark once in what this thread does within, so that a request sees one state of all kept rows."""
    _seen.mark = None
    try:
        yield
    finally:
        del _seen.mark


def look_again() -> None:
    """Let what is read from here on be as it stands now: a deed decides under its lock, not by what was before."""
    if hasattr(_seen, "mark"):
        _seen.mark = None


def move_mark() -> None:
    """Say, in the transaction of the deed, that a kept row was written."""
    mark = new_id().hex
    KeptMark.objects.update_or_create(id=_ROW, defaults={"mark": mark})
    if hasattr(_seen, "mark"):
        _seen.mark = mark


def _read_mark() -> str:
    """Read the mark past the query set, which would cost several times what the read itself does."""
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        row = cursor.fetchone()
    return str(row[0]) if row else ""
