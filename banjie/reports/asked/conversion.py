"""Old .doc and .xls made new ones and back by LibreOffice, where it is installed; bounded in time and memory."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from banjie.reports.asked.limits import CONVERSION_SECONDS

MEMORY_KILOBYTES = 2_000_000
FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "doc": "doc:MS Word 97",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xls": "xls:MS Excel 97",
}


def is_office_here() -> bool:
    """Tell whether LibreOffice is installed."""
    return _program() is not None


def converted(path: Path, *, to: str) -> Path | None:
    """Return the file made one of another sort, beside the first; None where LibreOffice is not there or cannot.

    It runs with a profile of its own, which is thrown away, and with all that it starts it is ended in time.
    """
    program = _program()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="banjie-office-") as profile:
        command = [
            "/bin/sh", "-c", f'ulimit -v {MEMORY_KILOBYTES}; exec "$@"', "sh",
            program, "--headless", "--norestore", "--nolockcheck", "--nodefault",
            f"-env:UserInstallation=file://{profile}",
            "--convert-to", FILTERS[to], "--outdir", str(path.parent), str(path),
        ]  # fmt: skip
        running = subprocess.Popen(  # noqa: S603  a program of the system on our own path
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={"PATH": os.environ.get("PATH", ""), "HOME": profile, "LANG": "C.UTF-8"},
        )
        try:
            running.wait(CONVERSION_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            return None
    made = path.with_suffix(f".{to}")
    return made if made.is_file() and made != path else None


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")
