"""What holds for every test: no network, plain static files, no browser test without a browser."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import pytest_django
from django.db import connection

from banjie.ledger.guards import lower_guards, raise_guards

hypothesis.settings.register_profile("banjie", deadline=None, print_blob=True, derandomize=True)
hypothesis.settings.load_profile("banjie")

LOOPBACK = ("127.", "::1", "localhost")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_connect = socket.socket.connect


class OutsideReached(RuntimeError):
    """A test tried to reach another machine."""


def _connect_here_only(self: socket.socket, address: object) -> None:
    host = address[0] if isinstance(address, tuple) else ""
    if self.family != socket.AF_UNIX and not str(host).startswith(LOOPBACK):
        raise OutsideReached(f"tests reach no other machine, but this one tried {address!r}")
    _connect(self, address)  # type: ignore[arg-type]


@pytest.fixture(autouse=True, scope="session")
def no_outside() -> Iterator[None]:
    """Refuse every connection that does not stay on this machine (T23)."""
    socket.socket.connect = _connect_here_only  # type: ignore[assignment,method-assign]
    yield
    socket.socket.connect = _connect  # type: ignore[method-assign]


@pytest.fixture(scope="module")
def guards_stand_again(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """Put the ledger's guards back once a module's threads are done."""
    yield
    with django_db_blocker.unblock():
        raise_guards(connection)


@pytest.fixture
def may_be_emptied(guards_stand_again: None, transactional_db: None) -> Iterator[None]:
    """Lower the ledger's guards before Django empties the tables that a test's threads wrote."""
    yield
    lower_guards(connection)


def pytest_configure(config: pytest.Config) -> None:
    """Name static files plainly: tests collect none, so there is no list of hashed names."""
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    if not Path(settings.DJANGO_VITE["default"]["manifest_path"]).exists():
        settings.DJANGO_VITE["default"]["dev_mode"] = True


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to run what a database can make a difference to, and nothing else."""
    parser.addoption("--database-only", action="store_true", help="leave out what is the same on either")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what reads no database if asked to, and browser tests, with the reason, without a browser."""
    if config.getoption("database_only"):
        config.hook.pytest_deselected(items=[item for item in items if not _depends_on_the_database(item)])
        items[:] = [item for item in items if _depends_on_the_database(item)]
    if any(shutil.which(name) for name in BROWSERS):
        return
    left_out = pytest.mark.skip(reason="no Chromium on this machine; as root: apt-get install chromium")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(left_out)


def _depends_on_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("either_database") is not None:
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & {"db", "transactional_db"})
