"""A log line names no person: no query, no token, no message of an exception (T19)."""

import logging
import sys

from banjie.config.logs import PlainFormatter


def line(message: str, *args: object, exc_info: object = None) -> str:
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, args, exc_info)
    return PlainFormatter("%(levelname)s %(message)s").format(record)


def test_a_query_string_is_taken_out():
    assert line("Not Found: %s", "/cases/?phone=13800000000&name=张三") == "ERROR Not Found: /cases/?…"


def test_a_token_in_a_path_is_taken_out_and_an_id_is_kept():
    assert line("Not Found: /slip/ZmFrZS10b2tlbi1oZXJlLTEyMw") == "ERROR Not Found: /slip/…"
    kept = "/cases/01a2013e-5b2b-7e32-b623-c09fd4c801af/"
    assert line(f"Not Found: {kept}").endswith(kept)


def test_an_exception_is_told_by_class_and_place():
    try:
        raise ValueError("Key (phone)=(13800000000) already exists")
    except ValueError:
        told = line("failed", exc_info=sys.exc_info())
    assert "13800000000" not in told
    assert "ValueError" in told
    assert "test_logs.py" in told


def test_a_trace_inside_the_message_is_cut_to_its_frames():
    trace = 'Traceback (most recent call last):\n  File "a.py", line 1, in f\n    x\nIntegrityError: Key (13800000000)\n'
    assert line(f"raised an exception\n{trace}") == (
        'ERROR raised an exception\n  File "a.py", line 1, in f\nIntegrityError'
    )
