"""Install Debian packages where this user may: as root, or by sudo that asks no password."""

import os
import shutil
import subprocess
from functools import cache

from ground.shell import say, succeeds


@cache
def prefix() -> tuple[str, ...] | None:
    """Return what to put before apt-get, or None where packages cannot be installed."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ()
    if shutil.which("sudo") and succeeds(["sudo", "-n", "true"]):
        return ("sudo", "-n")
    return None


def install(*packages: str) -> bool:
    """Install `packages` without recommends; tell whether that worked."""
    start = prefix()
    if start is None:
        return False
    say(f"apt-get install {' '.join(packages)}")
    command = [
        *start,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "install",
        "-y",
        "-q",
        "--no-install-recommends",
    ]
    if _quietly([*command, *packages]):
        return True
    _quietly([*start, "apt-get", "update", "-q"])
    return _quietly([*command, *packages])


def _quietly(command: list[str]) -> bool:
    """Run `command`; print the end of its output only if it fails."""
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if ended.returncode != 0:
        print("\n".join((ended.stdout + ended.stderr).splitlines()[-5:]), flush=True)
    return ended.returncode == 0
