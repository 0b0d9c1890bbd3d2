"""核对: every cell by its column, then every row by its importer; what came of it is kept for the preview."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.db import transaction

from banjie.base.clock import local_day
from banjie.fields.spec import FieldType
from banjie.fields.stored import as_typed
from banjie.sheets.actions.moves import move
from banjie.sheets.checking import Checked, check_cells
from banjie.sheets.declared import Prepared
from banjie.sheets.kept import keep_outcome
from banjie.sheets.layout import Line
from banjie.sheets.matching import TOLD_HEAD
from banjie.sheets.models import Batch, State
from banjie.sheets.outcome import SHOWN_ROWS, Outcome, in_order
from banjie.sheets.queries import Sheet

Clock = Callable[[], datetime]
NO_ROWS = "表头下面没有数据行。请确认选对了工作表。"


def check_batch(sheet: Sheet, *, clock: Clock) -> None:
    """Check a whole sheet and bring its batch to READY, or to FAULTY with every cell that must be put right."""
    batch = sheet.batch
    tell: Callable[[int], object] = lambda done: Batch.objects.filter(pk=batch.pk).update(rows_done=done)  # noqa: E731
    checked = checked_cells(sheet, tell=tell)
    tell(len(sheet.table.lines))
    prepared = sheet.importer.prepare(sheet.setting, checked.rows)
    outcome = _outcome(sheet, checked, prepared)
    to = State.FAULTY if outcome.findings or not sheet.table.lines else State.READY
    with transaction.atomic():
        keep_outcome(batch, outcome)
        move(batch, to, of=(State.CHECKING,), at=clock(), faults=len(outcome.findings), rows_done=0)


def checked_cells(sheet: Sheet, *, tell: Callable[[int], object] = lambda done: None) -> Checked:
    """Return the rows of a batch by our columns, and every cell that could not be understood."""
    on = local_day(sheet.setting.at)
    return check_cells(sheet.table, sheet.columns, sheet.matching, on=on, tell=tell)


def _outcome(sheet: Sheet, checked: Checked, prepared: Prepared) -> Outcome:
    order = [sheet.matching.keys[place] for place in sorted(sheet.matching.keys)]
    findings = in_order([*checked.findings, *prepared.findings], order=order)
    taken = sorted(sheet.matching.keys)
    titles = {column.key: column.title for column in sheet.columns}
    bad = {finding.line_no for finding in findings}
    good = [line for line in sheet.table.lines if line.line_no not in bad]
    others = [head for head in sheet.table.heads if head.place not in sheet.matching.keys]
    left_out = [head.words for head in others if head.title != TOLD_HEAD]
    return Outcome(
        findings=findings,
        good=len(good),
        unchanged=sum(1 for plan in prepared.plans if plan is None),
        sample=tuple(_sample(sheet, checked, taken, good[:SHOWN_ROWS])),
        titles=tuple(titles[sheet.matching.keys[place]] for place in taken),
        left_out=tuple(left_out),
        aside=sheet.table.aside,
        notes=tuple(_notes(sheet, prepared.notes)),
    )


def _sample(
    sheet: Sheet, checked: Checked, taken: Sequence[int], lines: Sequence[Line]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield rows by their cells: a day and a time as they were understood, all else as it stands."""
    timed = {
        c.key: c.spec for c in sheet.columns if c.spec and c.spec.type in (FieldType.DATE, FieldType.MOMENT)
    }
    rows = {row.line_no: row for row in checked.rows}
    for line in lines:
        said = {key: as_typed(spec, rows[line.line_no].values[key]) for key, spec in timed.items()}
        cells = ((said.get(sheet.matching.keys[place]), line.cell(place)) for place in taken)
        yield line.line_no, tuple(cell if told is None else told for told, cell in cells)


def _notes(sheet: Sheet, told: Sequence[str]) -> list[str]:
    empty = [] if sheet.table.lines else [NO_ROWS]
    return [*empty, *sheet.table.notes, *told]
