"""Every SQLite connection is opened so that an acknowledged case survives a power cut (T2, TRUST finding 1)."""

import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections

from banjie.config.database import database

SYNCHRONOUS_FULL = 2
only_sqlite = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"] != "banjie.config.sqlite",
    reason="these are SQLite's own settings",
)


def pragma(name: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


def seen() -> dict[str, object]:
    return {
        "journal": pragma("journal_mode"),
        "synchronous": pragma("synchronous"),
        "patience": pragma("busy_timeout"),
        "foreign keys": pragma("foreign_keys"),
        "begin": connection.transaction_mode,
    }


SAFE = {
    "journal": "wal",
    "synchronous": SYNCHRONOUS_FULL,
    "patience": 20_000,
    "foreign keys": 1,
    "begin": "IMMEDIATE",
}


@only_sqlite
@pytest.mark.django_db
def test_this_connection_is_safe():
    assert seen() == SAFE


@only_sqlite
@pytest.mark.django_db(transaction=True)
def test_the_connection_of_another_thread_is_safe_too():
    results = []

    def look():
        results.append(seen())
        connections.close_all()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert results == [SAFE]


@only_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_connection_opened_anew_is_safe_too():
    connection.close()
    assert seen() == SAFE


def test_no_request_is_wrapped_in_one_long_transaction():
    assert not connection.settings_dict["ATOMIC_REQUESTS"]


def test_each_way_to_name_a_sqlite_file_gives_the_same_settings(tmp_path):
    for url in ("", f"sqlite:///{tmp_path}/elsewhere/town.sqlite3"):
        options = database(url, home=tmp_path)["OPTIONS"]
        assert options["transaction_mode"] == "IMMEDIATE"
        assert "synchronous=FULL" in options["init_command"]


def test_postgresql_is_named_by_a_url_with_quoted_parts(tmp_path):
    told = database("postgresql://banjie:p%40ss@10.0.0.5:5433/town", home=tmp_path)
    assert (told["USER"], told["PASSWORD"], told["HOST"], told["PORT"], told["NAME"]) == (
        "banjie", "p@ss", "10.0.0.5", "5433", "town",
    )  # fmt: skip


def test_an_unknown_scheme_is_refused_with_what_is_known():
    with pytest.raises(ValueError, match="只认"):
        database("mysql://127.0.0.1/town", home=Path("/tmp"))
