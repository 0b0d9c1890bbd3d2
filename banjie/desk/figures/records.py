"""The records behind a number as rows: a case with the days that figures count by."""

from dataclasses import dataclass

from banjie.cases.models import Case
from banjie.desk.cases.rows import Row, row_of
from banjie.desk.cases.watch import Watch, say_day


@dataclass(frozen=True)
class Record:
    """A row of the work list with the days by which the case is counted."""

    row: Row
    received: str
    due: str
    done: str


def record_of(case: Case, watch: Watch) -> Record:
    """Return a case, read by `in_rows` with `happened_at` beside, as a row."""
    due = say_day(case.handle_due_at) or ("受理后定" if case.is_open else "没有")
    return Record(row_of(case, watch), say_day(case.happened_at), due, say_day(case.done_at) or "—")
