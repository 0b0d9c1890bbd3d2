"""The project's own Python: a virtual environment with exactly the locked packages."""

import sys
from pathlib import Path

from ground import debian
from ground.shell import BIN, PYTHON, ROOT, VENV, run, say, stop, succeeds
from ground.stamp import digest_of, is_current, set_stamp

LEAST = (3, 11)
COMMAND = """#!{python}
from banjie.config.cli import main

main()
"""


def make_environment() -> None:
    """Make `.venv` unless a working one stands, by the first of the ways that this machine allows."""
    if sys.version_info < LEAST:
        stop(
            f"Banjie needs Python 3.11 or later; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11 run"
        )
    if succeeds([PYTHON, "-m", "pip", "--version"]):
        return
    say("making .venv")
    if not (_by_venv() or _by_debian() or _by_system_pip() or _by_wheel()):
        stop(
            "No way to make a Python environment here (tried: venv, apt-get, the system's pip). "
            "As root: apt-get install python3-venv — then the same command again."
        )


def install_packages(lock: str) -> None:
    """Install what requirements/`lock`.txt names, by hash; nothing is done while the lock is unchanged."""
    path = ROOT / "requirements" / f"{lock}.txt"
    stamp = VENV / f".banjie-{lock}"
    digest = digest_of([path])
    if not is_current(stamp, digest):
        say(f"installing Python packages of {path.relative_to(ROOT)}")
        run([PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "--only-binary", ":all:", "-r", path])
        set_stamp(stamp, digest)
    _lay_paths()


def _by_venv() -> bool:
    return succeeds([sys.executable, "-m", "venv", "--clear", VENV])


def _by_debian() -> bool:
    return debian.install("python3-venv") and _by_venv()


def _by_system_pip() -> bool:
    """Borrow the pip of the system: it can install another pip into an environment that has none."""
    return (
        succeeds([sys.executable, "-m", "pip", "--version"])
        and succeeds([sys.executable, "-m", "venv", "--without-pip", "--clear", VENV])
        and succeeds([sys.executable, "-m", "pip", "--python", PYTHON, "install", "-q", "pip"], quiet=False)
    )


def _by_wheel() -> bool:
    """Use the pip that Debian keeps as a wheel for other programs, where one lies about."""
    wheels = sorted(Path("/usr/share/python-wheels").glob("pip-*.whl"))
    return (
        bool(wheels)
        and succeeds([sys.executable, "-m", "venv", "--without-pip", "--clear", VENV])
        and succeeds([PYTHON, wheels[-1] / "pip", "install", "-q", "pip"], quiet=False)
    )


def _lay_paths() -> None:
    """Make this checkout importable in the environment, and write `.venv/bin/banjie`, which runs it."""
    packages = next((VENV / "lib").glob("python3.*/site-packages"))
    _keep(packages / "banjie.pth", f"{ROOT}\n")
    command = BIN / "banjie"
    _keep(command, COMMAND.format(python=PYTHON))
    command.chmod(0o755)


def _keep(path: Path, text: str) -> None:
    if not path.is_file() or path.read_text() != text:
        path.write_text(text)
