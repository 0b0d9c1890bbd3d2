"""Log lines for stderr that name no person: no query strings, no tokens in paths, no messages of exceptions.

An exception's message may quote a row ("Key (phone)=(…) already exists"), so a trace gives files, lines and the class.
"""

import logging
import re
import traceback
from types import TracebackType
from typing import Any

from banjie.base.errors import BanjieError

TOKEN = re.compile(r"(?<=/)(?![0-9a-f]{8}-[0-9a-f]{4}-)[A-Za-z0-9_:.-]{20,}(?=/|\s|$)")
TRACE = "Traceback (most recent call last):"
QUERY = re.compile(r"\?[^\s\"']*")
ExceptionTriple = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlainFormatter(logging.Formatter):
    """Format a record as one plain line, and an exception as where it happened."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line with queries and tokens taken out."""
        return TOKEN.sub("…", QUERY.sub("?…", _without_messages(super().format(record))))

    def formatException(self, ei: ExceptionTriple) -> str:
        """Return the frames and the class of the exception, without its message."""
        frames = traceback.extract_tb(ei[2])
        lines = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        error = ei[1]
        message = f": {error.message}" if isinstance(error, BanjieError) and error.status >= 500 else ""
        return "\n".join([*lines, f"  {type(error).__name__}{message}"])


def _without_messages(text: str) -> str:
    """Return `text` with a trace that was written into the message itself (granian does) cut to its frames."""
    head, mark, trace = text.partition(TRACE)
    if not mark:
        return text
    lines = trace.splitlines()
    frames = [line for line in lines if line.startswith("  File ")]
    classes = [line.split(":")[0] for line in lines if line[:1].strip() and line != TRACE]
    return "\n".join([head.rstrip(), *frames, *classes[-1:]])


def logging_settings(*, level: str) -> dict[str, Any]:
    """Return Django's LOGGING: everything from `level` on goes to stderr, in one format."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {"()": PlainFormatter, "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
            "django_tasks": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }
