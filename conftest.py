"""What holds for every test: no network, plain static files, no browser test without a browser."""

import ctypes
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import pytest_django
from django.db import connection

from banjie.fields.masks import cover_as_usual
from banjie.ledger.guards import lower_guards, raise_guards
from banjie.ledger.tests.remade import reading_anew

hypothesis.settings.register_profile("banjie", deadline=None, print_blob=True, derandomize=True)
hypothesis.settings.load_profile("banjie")

LOOPBACK = ("127.", "::1", "localhost")
STATEMENT_COUNTERS = {"CaptureQueriesContext", "execute_wrapper"}
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
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


@pytest.fixture(autouse=True)
def _covered_as_usual() -> None:
    """Let no test cover personal values by the rule of a town whose page another test asked for."""
    cover_as_usual()


@pytest.fixture(autouse=True)
def _counted_anew(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test that counts statements begin with nothing read, whatever ran before it."""
    if not _counts_statements(request.node):
        yield
        return
    with reading_anew():
        yield


def _counts_statements(item: pytest.Item) -> bool:
    """Tell whether a test, or a function of its own file that it names, looks at the statements that are run."""
    if any(name.startswith("django_assert_") for name in getattr(item, "fixturenames", ())):
        return True
    function, names = getattr(item, "function", None), set[str]()
    if hasattr(function, "__code__"):
        names = set(function.__code__.co_names)
        named = [function.__globals__.get(name) for name in names]
        names |= {name for other in named if hasattr(other, "__code__") for name in other.__code__.co_names}
    return bool(names & STATEMENT_COUNTERS)


def pytest_configure(config: pytest.Config) -> None:
    """Name static files plainly: tests collect none, so there is no list of hashed names."""
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    if not Path(settings.DJANGO_VITE["default"]["manifest_path"]).exists():
        settings.DJANGO_VITE["default"]["dev_mode"] = True


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to run what a database can make a difference to, and nothing else."""
    parser.addoption("--database-only", action="store_true", help="leave out what is the same on either")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Have one worker drive the one browser and serve the one town that all browser tests share, from the beginning.

    They take that worker half of the run: begun last, they would leave the others waiting. Leave out what reads no
    database if asked to, and browser tests, with the reason, without a browser.
    """
    if config.getoption("database_only"):
        config.hook.pytest_deselected(items=[item for item in items if not _depends_on_the_database(item)])
        items[:] = [item for item in items if _depends_on_the_database(item)]
    driven = [item for item in items if item.get_closest_marker("browser")]
    marks = [pytest.mark.xdist_group("browser")]
    if not any(shutil.which(name) for name in BROWSERS) or not _driver_starts():
        marks.append(
            pytest.mark.skip(reason="no browser to drive; as root: apt-get install chromium libatomic1")
        )
    for item in driven:
        for mark in marks:
            item.add_marker(mark)
    yield
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def _driver_starts() -> bool:
    """Tell whether the library that the driver of the browser is linked against is on this machine."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


def _depends_on_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("either_database") is not None:
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & {"db", "transactional_db"})
