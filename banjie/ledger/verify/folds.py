"""The second pass: the bodies by subject, folded in memory and compared with the rows.

It goes through the ids of subjects from end to end, some thousand entries at a time, and reads of each table the rows
of the same subjects: whatever stands in a table, told of or not, stands in one span, and memory holds one span.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from banjie.ledger.canonical import digest
from banjie.ledger.models import ERASED, Entry, EntryBody, Ledgered
from banjie.ledger.verify.findings import UNTOLD, Finding, Report
from banjie.ledger.verify.stored import UNREADABLE, Columns, Span, column_of, columns_of, place_of, rows_of
from banjie.ledger.verify.tables import Fold, Table, first_difference, is_digest, same, table_of

ENTRIES_AT_ONCE = 2000
_read = json.JSONDecoder().raw_decode
BodyRow = tuple[Any, ...]
"""Of an entry: subject, seq, deed, kind of subject, digest, salt and content; the last two None once erased."""
Changes = dict[str, list[object]]
Folds = defaultdict[str, dict[str, Fold]]
"""Folds by table and id of their row."""


def fold_report(town: str, models: Iterable[type[Ledgered]], span: Span) -> Report:
    """Fold all rows that the entries of a span of subjects tell of, compare them, and look for rows without any."""
    report = Report(town)
    tables = {table.label: table for table in map(table_of, models)}
    filled = [table for table in tables.values() if table.has_rows(town, span)]
    for part in spans(ENTRIES_AT_ONCE, within=span):
        folds: Folds = defaultdict(dict)
        for entries in _by_subject(town, part):
            report.findings += _fold_subject(entries, tables, folds)
        for table in filled:
            report.findings += _compared(table, part, folds[table.label], report)
        for label, left in folds.items():
            report.findings += _elsewhere(tables[label], left, report)
    return report


def spans(size: int, within: Span = Span()) -> Iterator[Span]:  # noqa: B008  a span is a tuple
    """Cut a span, by itself all subjects, after every so many entries; a subject is never cut."""
    subject = columns_of([column_of(Entry, "subject_id")])
    after = within.after
    while True:
        condition, ends = Span(after, within.upto).within(place_of(column_of(Entry, "subject_id")))
        sql = (
            f"SELECT {subject.sql} FROM ledger_entry WHERE {condition} "  # noqa: S608  our own names
            "ORDER BY ledger_entry.subject_id LIMIT 1 OFFSET %s"
        )
        upto = next((row[0] for row in rows_of(sql, [*ends, size - 1])), None)
        if upto is None or upto == within.upto:
            break
        yield Span(after, upto)
        after = upto
    yield Span(after, within.upto)


def _by_subject(town: str, span: Span) -> Iterator[list[BodyRow]]:
    """Yield the entries of a span, those of a subject together in their order, each with its body if it has one."""
    condition, ends = span.within(place_of(column_of(Entry, "subject_id")))
    sql = (
        f"SELECT {_bodies().sql} FROM ledger_entry LEFT JOIN ledger_entrybody ON entry_id = ledger_entry.id "  # noqa: S608
        f"WHERE {condition} AND ledger_entry.town || '' = %s ORDER BY ledger_entry.subject_id, ledger_entry.seq"
    )
    for _, of_subject in groupby(rows_of(sql, [*ends, town]), key=itemgetter(0)):
        yield list(of_subject)


def _bodies() -> Columns:
    of_entry = [
        column_of(Entry, name) for name in ("subject_id", "seq", "deed", "subject_type", "body_digest")
    ]
    return columns_of([*of_entry, *(column_of(EntryBody, name) for name in ("salt", "content"))])


def _fold_subject(entries: list[BodyRow], tables: dict[str, Table], folds: Folds) -> Iterator[Finding]:
    """Fold the entries of a subject into its rows, and name the bodies that are not as they were written."""
    of_subject: dict[str, Fold] = {}
    fold: Fold | None
    erasing = [entry[1] for entry in entries if entry[2] == ERASED and isinstance(entry[1], int)]
    erased_to = max(erasing, default=0)
    is_whole = True
    for entry in entries:
        _, seq, _, kind, body_digest, salt, content = entry
        rows = _told(body_digest, salt, content)
        if rows is None:
            if content is not None or not isinstance(seq, int) or seq > erased_to:
                subject = next(_bodies().canonical([entry]))[0]
                yield Finding(f"第 {seq} 条留痕的正文被改动或删除", row=f"{kind}:{subject}", seq=seq)
            is_whole = False
            for known in of_subject.values():
                known.is_whole = False
            continue
        for key, changes in rows.items():
            fold = of_subject.get(key) or _new_fold(key, tables, folds, is_whole=is_whole)
            if fold is not None:
                of_subject[key] = fold
                if not fold.begin(changes, salt):
                    yield from _amended(fold, changes, key=key, seq=seq)


def _told(body_digest: str, salt: str, content: str | None) -> dict[str, Changes] | None:
    """Return the rows that a body tells of; None for a body that is gone or not the one of its digest."""
    if content is None:
        return None
    try:
        if digest(salt, content) != body_digest:
            return None
        body, end = _read(content)
        rows: dict[str, Changes] = body["rows"]
    except (*UNREADABLE, KeyError):
        return None
    return rows if end == len(content) else None


def _new_fold(key: str, tables: dict[str, Table], folds: Folds, *, is_whole: bool) -> Fold | None:
    label, _, row_id = key.rpartition(":")
    if label not in tables:
        return None
    fold = folds[label][row_id] = Fold(tables[label].untold, tables[label].personal, is_whole=is_whole)
    return fold


def _amended(fold: Fold, changes: Changes, *, key: str, seq: int) -> Iterator[Finding]:
    """Apply an entry's changes to a row that stands, and name the columns that did not stand as it says."""
    columns, untold = fold.columns, fold.untold if fold.columns else {}
    for column, (before, after) in changes.items():
        known = columns.get(column, untold.get(column)) if fold.is_whole else columns.get(column, before)
        if before != known and not is_digest(before) and not same(before, known):
            yield Finding(f"第 {seq} 条留痕改动前的值与之前的留痕不符", row=key, column=column, seq=seq)
        columns[column] = after


def _compared(table: Table, span: Span, folds: dict[str, Fold], report: Report) -> Iterator[Finding]:
    """Read the rows of a span, taking their folds away: name columns that differ, and rows that no entry tells of."""
    for values in table.of_subjects(report.town, span):
        row_id = values[table.at_id]
        fold = folds.pop(row_id, None)
        if fold is None:
            yield Finding(UNTOLD, row=f"{table.label}:{row_id}")
            continue
        report.rows += 1
        if column := first_difference(table, fold, values):
            yield Finding("这一行与它的留痕不符", row=f"{table.label}:{row_id}", column=column)


def _elsewhere(table: Table, folds: dict[str, Fold], report: Report) -> Iterator[Finding]:
    """Look for rows under another subject or town than their entries say, and name those that are gone."""
    for values in table.by_ids(list(folds)):
        row_id = values[table.at_id]
        fold = folds.pop(row_id, None)
        if fold is None:
            continue
        report.rows += values[table.at_town] == report.town
        if column := first_difference(table, fold, values):
            yield Finding("这一行与它的留痕不符", row=f"{table.label}:{row_id}", column=column)
    for row_id in folds:
        yield Finding("留痕里有这一行，表里没有", row=f"{table.label}:{row_id}")
