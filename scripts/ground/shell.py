"""Run commands, say what is being done, and stop with a sentence that a person can act on."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"


def say(text: str) -> None:
    """Print one line about what is going on."""
    print(f"» {text}", flush=True)


def stop(text: str) -> None:
    """End with exit code 1 and `text`, which says what to do next."""
    sys.exit(f"\n✗ {text}\n")


def run(command: Sequence[str | Path], *, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> None:
    """Run `command`; raise CalledProcessError if it fails."""
    subprocess.run(_resolved(command), cwd=cwd, env=dict(env or environment()), check=True)


def succeeds(command: Sequence[str | Path], *, quiet: bool = True) -> bool:
    """Tell whether `command` ends well; its output is kept back when `quiet`."""
    sink = subprocess.DEVNULL if quiet else None
    try:
        ended = subprocess.run(
            _resolved(command),
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
        )
    except OSError:
        return False
    return ended.returncode == 0


def output(command: Sequence[str | Path]) -> str:
    """Return what `command` prints, or nothing when it cannot run."""
    try:
        ended = subprocess.run(_resolved(command), env=environment(), capture_output=True, text=True)
    except OSError:
        return ""
    return ended.stdout.strip() if ended.returncode == 0 else ""


def environment() -> dict[str, str]:
    """Return the environment for child commands: the project's own programs come first."""
    search = os.pathsep.join([str(BIN), os.environ.get("PATH", os.defpath)])
    return {
        **os.environ,
        "PATH": search,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "NPM_CONFIG_UPDATE_NOTIFIER": "false",
    }


def find(program: str) -> str | None:
    """Return the path of `program`, looking in the project's own programs first."""
    return shutil.which(program, path=environment()["PATH"])


def _resolved(command: Sequence[str | Path]) -> list[str]:
    """Return `command` with its program looked up where `find` looks, not only where this process would."""
    program, *rest = (str(part) for part in command)
    return [find(program) or program, *rest]
