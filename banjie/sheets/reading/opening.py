"""Open a file that someone sent, in a process of its own, or read cells from the clipboard."""

import json
import subprocess
import sys
from pathlib import Path

from banjie.base.errors import InvalidInput
from banjie.sheets.reading.cells import read_rows
from banjie.sheets.reading.limits import MOST_ROWS, SECONDS, TOO_LONG, TOO_MUCH, UNREADABLE
from banjie.sheets.reading.raw import RawSheet, RawTable, rows_of

SPARE_SECONDS = 30
ROOT = Path(__file__).parents[3]
"""Where the package lies, so that the child finds it whatever folder the server was started in."""
PASTED = "粘贴的内容"
NOTHING = "还没有内容。请在 Excel 或 WPS 里选中包括表头的一片单元格，复制后粘贴到框里。"


def read_file(path: Path, *, name: str) -> RawTable:
    """Return what stands in the file at `path`, called `name` by whoever sent it; the file was checked before.

    Raises InvalidInput for what cannot be read, and for what takes too much memory or time.
    """
    extension = name.rpartition(".")[2].lower()
    out = path.with_name(f"{path.name}.out")
    reader = [sys.executable, "-m", "banjie.sheets.reading.child", str(path), extension, str(out)]
    try:
        done = subprocess.run(  # noqa: S603  our own module on our own paths
            reader, check=False, capture_output=True, cwd=ROOT, timeout=SECONDS + SPARE_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise InvalidInput(TOO_MUCH) from None
    if done.returncode != 0 or not out.exists():
        raise InvalidInput(TOO_MUCH if _ran_out(done) else UNREADABLE)
    return RawTable(name, _sheets_in(out.read_text(encoding="utf-8")))


def read_pasted(text: str) -> RawTable:
    """Return cells that were copied from Excel or WPS; raises InvalidInput when there are none, or too many."""
    lines = read_rows(text.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
    rows = rows_of((line_no, line.cells) for line_no, line in enumerate(lines, start=1))
    if not rows:
        raise InvalidInput(NOTHING, fields={"pasted": NOTHING})
    if len(rows) > MOST_ROWS:
        raise InvalidInput(TOO_LONG, fields={"pasted": TOO_LONG})
    return RawTable(PASTED, (RawSheet(PASTED, rows),))


def _ran_out(done: "subprocess.CompletedProcess[bytes]") -> bool:
    return done.returncode < 0 or b"MemoryError" in done.stderr or b"memory allocation" in done.stderr


def _sheets_in(written: str) -> tuple[RawSheet, ...]:
    lines = written.split("\n") if written else []
    for line in lines:
        if line.startswith('{"refusal"'):
            raise InvalidInput(json.loads(line)["refusal"])
    return tuple(RawSheet.from_json(line) for line in lines)
