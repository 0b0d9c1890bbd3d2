"""What holds for every test: no network, plain static files, no browser test without a browser."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

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


def pytest_configure(config: pytest.Config) -> None:
    """Name static files plainly: tests collect none, so there is no list of hashed names."""
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    if not Path(settings.DJANGO_VITE["default"]["manifest_path"]).exists():
        settings.DJANGO_VITE["default"]["dev_mode"] = True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the browser tests, with the reason, where there is no browser."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    left_out = pytest.mark.skip(reason="no Chromium on this machine; as root: apt-get install chromium")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(left_out)
