"""Open a superior's form and fill it, each in a process of its own; old formats go through LibreOffice first."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from banjie.base.errors import InvalidInput
from banjie.reports.asked.answers import Answer
from banjie.reports.asked.conversion import converted, is_office_here
from banjie.reports.asked.form import Form, form_of
from banjie.reports.asked.limits import NO_OFFICE, NOT_CONVERTED, SECONDS, TOO_LARGE, UNREADABLE
from banjie.reports.asked.listing import Grown

ROOT = Path(__file__).parents[3]
"""Where the package lies, so that the child finds it whatever folder the server was started in."""
SPARE_SECONDS = 20
NEW_SORT = {"xlsx": "xlsx", "xls": "xlsx", "et": "xlsx", "docx": "docx", "doc": "docx", "wps": "docx"}
"""Sort of file that is taken in → the sort that is worked on."""
PLAIN_SUFFIX = ".plain.xlsx"


def sort_of(name: str) -> str:
    """Return the sort of a file by its name, which was held against its content before."""
    return name.rpartition(".")[2].lower()


def made_new(path: Path, sort: str) -> Path:
    """Return the file in the form that is worked on; raises InvalidInput for a .doc that cannot be converted.

    An .xls that LibreOffice does not convert is written anew with its words and merged cells.
    """
    if NEW_SORT[sort] == sort:
        return path
    made = converted(path, to=NEW_SORT[sort])
    if made is not None:
        return made
    if NEW_SORT[sort] == "docx":
        raise InvalidInput(NOT_CONVERTED if is_office_here() else NO_OFFICE)
    out = path.with_suffix(PLAIN_SUFFIX)
    _run("plain", path, "xls", out)
    return out


def is_plain(path: Path) -> bool:
    """Tell whether a file was written anew without LibreOffice, so that of its looks little is left."""
    return path.name.endswith(PLAIN_SUFFIX)


def read_form(path: Path, sort: str) -> Form:
    """Return what stands in a form; raises InvalidInput for what cannot be read."""
    out = path.with_name(f"{path.name}.json")
    _run("read", path, sort, out)
    told = json.loads(out.read_text(encoding="utf-8"))
    if "refusal" in told:
        raise InvalidInput(str(told["refusal"]))
    return form_of(told)


def fill_form(
    path: Path, sort: str, answers: Iterable[Answer], out: Path, *, grown: Iterable[Grown] = ()
) -> Path:
    """Write the form anew with its answers and return where; raises InvalidInput when that cannot be done.

    `grown` are lines that are added first; the answers stand where they stand after that.
    """
    asked = path.with_name(f"{path.name}.answers.json")
    told = {"answers": [one.plain() for one in answers], "grown": [one.plain() for one in grown]}
    asked.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    _run("fill", path, sort, out, asked)
    return out


def _run(what: str, path: Path, sort: str, out: Path, *more: Path) -> None:
    command = [sys.executable, "-m", "banjie.reports.asked.child", what, str(path), sort, str(out)]
    command += [str(one) for one in more]
    try:
        done = subprocess.run(  # noqa: S603  our own module on our own paths
            command, check=False, capture_output=True, cwd=ROOT, timeout=SECONDS + SPARE_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise InvalidInput(TOO_LARGE) from None
    if done.returncode != 0 or not out.exists():
        raise InvalidInput(TOO_LARGE if done.returncode < 0 or b"MemoryError" in done.stderr else UNREADABLE)
