"""A database and a home of a run's own, gone afterwards, with the sample town in it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

URL = "BANJIE_DATABASE_URL"


@contextmanager
def own_ground() -> Iterator[None]:
    """Point BANJIE_HOME and BANJIE_DATABASE_URL at a fresh home and database; to be entered before Django is loaded."""
    given, home = os.environ.get(URL, ""), tempfile.mkdtemp(prefix="banjie-bench-")
    os.environ["BANJIE_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    with own_database(given, f"banjie_bench_{os.getpid()}") as url:
        os.environ[URL] = url
        try:
            yield
        finally:
            os.environ[URL] = given
            shutil.rmtree(home, ignore_errors=True)


@contextmanager
def own_database(url: str, name: str) -> Iterator[str]:
    """Yield the address of a new PostgreSQL database beside the one at `url`; an empty one means a file."""
    if not url.startswith("postgres"):
        yield ""
        return
    import psycopg  # here, since a run on SQLite needs no driver

    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


def home() -> Path:
    """Return the home of this run."""
    return Path(os.environ["BANJIE_HOME"])
