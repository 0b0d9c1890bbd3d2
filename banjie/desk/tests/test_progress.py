"""One wording for what remains of a long job (U21)."""

from datetime import timedelta

import pytest

from banjie.desk.progress import say_left


@pytest.mark.parametrize(
    ("done", "seconds", "words"),
    [
        (0, 60, ""),
        (100, 3, ""),
        (500, 10, "，约剩 10 秒"),
        (100, 10, "，约剩 2 分钟"),
    ],
)
def test_what_remains_is_told_once_there_is_something_to_go_by(done, seconds, words):
    assert say_left(done, 1000, took=timedelta(seconds=seconds)) == words
