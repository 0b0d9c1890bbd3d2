"""Node and the built front end: each made only when what it is made from has changed."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from ground.python import install_packages
from ground.shell import ROOT, find, output, run, say
from ground.stamp import digest_of, is_current, set_stamp

FRONTEND = ROOT / "frontend"
BUILD = ROOT / "banjie" / "desk" / "static" / "build"
NOT_SOURCES = {"node_modules", "dist", "coverage"}


def node_fits() -> bool:
    """Tell whether a Node that Vite 8 runs on is here with its npm: 20.19 and later 20s, or 22.12 and later."""
    told = re.match(r"v(\d+)\.(\d+)", output(["node", "--version"]))
    if told is None or find("npm") is None:
        return False
    version = (int(told[1]), int(told[2]))
    return (20, 19) <= version < (21, 0) or version >= (22, 12)


def make_modules() -> None:
    """Install Node where none fits, and node_modules by the lock; nothing is done while both are unchanged."""
    if not node_fits():
        install_packages("node")
    stamp = FRONTEND / "node_modules" / ".banjie"
    lock = [FRONTEND / "package.json", FRONTEND / "package-lock.json"]
    digest = digest_of(lock, salt=output(["node", "--version"]))
    if is_current(stamp, digest):
        return
    say("npm ci")
    run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=FRONTEND)
    set_stamp(stamp, digest)


def build() -> None:
    """Build scripts and styles into the desk's static folder; nothing is done while the sources are unchanged."""
    digest = digest_of(_sources())
    stamp = BUILD / ".inputs"
    if is_current(stamp, digest):
        return
    make_modules()
    say("vite build")
    shutil.rmtree(BUILD, ignore_errors=True)
    run(["npm", "run", "--silent", "build", "--", "--logLevel", "error"], cwd=FRONTEND)
    set_stamp(stamp, digest)


def _sources() -> Iterator[Path]:
    """Yield every file that the build is made from."""
    for folder, folders, names in os.walk(FRONTEND):
        folders[:] = [name for name in folders if name not in NOT_SOURCES]
        yield from (Path(folder) / name for name in names)
