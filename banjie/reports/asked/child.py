"""The process that opens a superior's form or fills it: bounded in memory and time, and gone when it is done.

Run as `python -m banjie.reports.asked.child read FILE SORT OUT`, which writes the form as JSON or a refusal, as
`… fill FILE SORT OUT ANSWERS`, which writes the filled file, or as `… plain FILE xls OUT`, which writes an .xlsx.
"""

import json
import resource
import sys
from pathlib import Path

from banjie.base.errors import InvalidInput
from banjie.reports.asked.answers import Answer
from banjie.reports.asked.document import fill_document, read_document
from banjie.reports.asked.form import Form
from banjie.reports.asked.limits import MEMORY_BYTES, SECONDS, UNREADABLE
from banjie.reports.asked.plain_book import write_plain
from banjie.reports.asked.workbook import fill_workbook, read_workbook
from banjie.sheets.reading.child import _workbook_sheets

READ, FILL, PLAIN = "read", "fill", "plain"


def main(what: str, path: Path, sort: str, out: Path, answers: Path | None) -> None:
    """Do one thing with one file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if what == READ:
        out.write_text(json.dumps(_told(path, sort), ensure_ascii=False), encoding="utf-8")
    elif what == FILL and answers is not None:
        asked = json.loads(answers.read_text(encoding="utf-8"))
        told = [Answer.of(one) for one in asked["answers"]]
        grown = [(int(grid), int(line), int(count)) for grid, line, count in asked["grown"]]
        (fill_workbook if sort == "xlsx" else fill_document)(path, told, out, grown=grown)
    elif what == PLAIN:
        write_plain(tuple(_workbook_sheets(path, sort)), out)


def _told(path: Path, sort: str) -> dict[str, object]:
    try:
        form: Form = read_workbook(path) if sort == "xlsx" else read_document(path)
    except InvalidInput as refusal:
        return {"refusal": refusal.message}
    except (ValueError, KeyError, SyntaxError):  # lxml tells of XML that is none by a SyntaxError
        return {"refusal": UNREADABLE}
    return form.plain()


if __name__ == "__main__":
    last = Path(sys.argv[5]) if len(sys.argv) > 5 else None
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]), last)
