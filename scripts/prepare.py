"""Make this checkout ready: `prepare.py run` to serve the town, `check` to look the code over, `test` to test it.

Each step is skipped when what it is made from has not changed, so that a second call costs a blink.
"""

import sys
from subprocess import CalledProcessError

from ground import frontend, python, testing
from ground.shell import stop


def for_run() -> None:
    """Bring Python with what the program needs, and the built front end."""
    python.make_environment()
    python.install_packages("base")
    frontend.build()


def for_check() -> None:
    """Bring Python with what development needs, the front end's own tools, and what it builds."""
    python.make_environment()
    python.install_packages("dev")
    frontend.build()


def for_test() -> None:
    """Bring everything: development, browser and PostgreSQL."""
    for_check()
    testing.make_postgres()
    testing.make_browser()


if __name__ == "__main__":
    purpose = sys.argv[1] if len(sys.argv) > 1 else "run"
    try:
        {"run": for_run, "check": for_check, "test": for_test}[purpose]()
    except CalledProcessError as failed:
        stop(f"This step failed (exit code {failed.returncode}): {' '.join(failed.cmd)}")
