"""The second pass: the bodies by subject, folded in memory and compared with the rows.

Streaming: memory holds one batch of folds and the ids of the rows seen.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from banjie.ledger.canonical import digest, personal_digest, plain, written
from banjie.ledger.models import ERASED, Entry, Ledgered, ledgered_fields
from banjie.ledger.verify.findings import CHUNK, UNREADABLE, Finding, Report, readable

ROWS_AT_ONCE = 500
_PLAIN = frozenset({str, int, bool, type(None)})
"""Types that are their own canonical form."""


class BodyRow(NamedTuple):
    """What the second pass reads of an entry; salt and content are None once the body is erased."""

    subject_id: UUID
    seq: int
    deed: str
    subject_type: str
    body_digest: str
    body__salt: str | None
    body__content: str | None


@dataclass
class Fold:
    """A row as its entries leave it; a column met in a lost body is unknown until an entry sets it again."""

    columns: dict[str, object] = field(default_factory=dict)
    salts: dict[str, str] = field(default_factory=dict)
    is_whole: bool = True


def fold_findings(report: Report, models: dict[str, type[Ledgered]]) -> Iterator[Finding]:
    """Fold all rows that the entries of a town tell of, compare them, and look for rows that none tells of."""
    seen: dict[str, set[int]] = defaultdict(set)
    waiting: dict[str, dict[UUID, Fold]] = defaultdict(dict)
    for findings, folds in _folded_subjects(report.town):
        yield from findings
        for key, fold in folds.items():
            label, row_id = key.rsplit(":", 1)
            if label not in models:
                continue
            waiting[label][UUID(row_id)] = fold
            if len(waiting[label]) >= ROWS_AT_ONCE:
                yield from _compared(models[label], waiting.pop(label), seen[label], town=report.town)
    for label, folds_of_label in waiting.items():
        yield from _compared(models[label], folds_of_label, seen[label], town=report.town)
    report.rows = sum(len(ids) for ids in seen.values())
    for label, model in models.items():
        yield from _unrecorded(model, report.town, seen[label])


def _folded_subjects(town: str) -> Iterator[tuple[list[Finding], dict[str, Fold]]]:
    """Yield, subject by subject, the findings in its bodies and the folds of its rows."""
    entries = Entry.objects.filter(town=town).order_by("subject_id", "seq").values_list(*BodyRow._fields)
    for _, of_subject in groupby(entries.iterator(chunk_size=CHUNK), key=itemgetter(0)):
        yield _fold_subject([BodyRow(*row) for row in of_subject])


def _fold_subject(entries: list[BodyRow]) -> tuple[list[Finding], dict[str, Fold]]:
    findings: list[Finding] = []
    folds: defaultdict[str, Fold] = defaultdict(Fold)
    erased_to = max((entry.seq for entry in entries if entry.deed == ERASED), default=0)
    for entry in entries:
        content, salt = entry.body__content, entry.body__salt or ""
        if content is None or digest(salt, content) != entry.body_digest:
            if content is not None or entry.seq > erased_to:
                lost = f"第 {entry.seq} 条留痕的正文被改动或删除"
                findings.append(Finding(lost, row=f"{entry.subject_type}:{entry.subject_id}", seq=entry.seq))
            _forget(folds)
            continue
        for key, changes in json.loads(content)["rows"].items():
            findings += _fold_in(folds[key], changes, key=key, salt=salt, seq=entry.seq)
    return findings, folds


def _forget(folds: defaultdict[str, Fold]) -> None:
    """Mark what is known of a subject as partial: an entry's body is gone."""
    for fold in folds.values():
        fold.is_whole = False
    folds.default_factory = lambda: Fold(is_whole=False)


def _fold_in(
    fold: Fold, changes: dict[str, list[object]], *, key: str, salt: str, seq: int
) -> Iterator[Finding]:
    """Apply one entry's changes to a row's fold; this loop runs for every column of every entry, so it calls little."""
    columns, is_whole = fold.columns, fold.is_whole
    for column, (before, after) in changes.items():
        known = columns.get(column)
        is_off = before != known and (is_whole or column in columns)
        if is_off and not _is_digest(before) and not _same(before, known):
            yield Finding(f"第 {seq} 条留痕改动前的值与之前的留痕不符", row=key, column=column, seq=seq)
        columns[column] = after
        if type(after) is str and after[:1] == "~":
            fold.salts[column] = salt


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and value.startswith("~")


def _same(one: object, other: object) -> bool:
    """Tell whether two canonical values agree: true is not 1, an empty text and no value are one."""
    if one is other:
        return True
    if one == other:
        is_plain = type(one) is type(other) and not isinstance(one, dict | list)
        return is_plain or written(one) == written(other)
    return one in (None, "") and other in (None, "")


def _compared(
    model: type[Ledgered], folds: dict[UUID, Fold], seen: set[int], *, town: str
) -> Iterator[Finding]:
    """Read the rows of a batch of folds and name the first column of each that differs."""
    names = tuple(f.attname for f in ledgered_fields(model))
    at_town = names.index("town")
    for pk, values in _stored(model, list(folds), names):
        if values is None or values[at_town] == town:
            seen.add(pk.int)
        fold = folds.pop(pk)
        if values is None:
            yield Finding("这一行有一列读不出来", row=f"{model._meta.label_lower}:{pk}")
        elif column := _first_difference(fold, zip(names, values, strict=True), model.personal_columns):
            yield Finding("这一行与它的留痕不符", row=f"{model._meta.label_lower}:{pk}", column=column)
    for pk in folds:
        yield Finding("留痕里有这一行，表里没有", row=f"{model._meta.label_lower}:{pk}")


def _stored(
    model: type[Ledgered], pks: list[UUID], names: tuple[str, ...]
) -> Iterator[tuple[UUID, list[object] | None]]:
    """Yield rows as they are stored; those of a batch that cannot be read one by one, None for the unreadable."""
    try:
        rows = list(model._base_manager.filter(pk__in=pks).order_by().values_list(*names))
        at_id = names.index("id")
        read = [(row[at_id], [v if type(v) in _PLAIN else plain(v) for v in row]) for row in rows]
    except UNREADABLE:
        if len(pks) == 1:
            yield pks[0], None
            return
        for pk in pks:
            yield from _stored(model, [pk], names)
        return
    yield from read


def _first_difference(fold: Fold, row: Iterable[tuple[str, object]], personal: frozenset[str]) -> str:
    """Return the first column in which a row differs from its fold, or an empty text; texts that agree pass at once."""
    columns = fold.columns
    for column, stored in row:
        folded = columns.get(column)
        if type(stored) is str and stored == folded:
            continue
        if column not in columns and not fold.is_whole:
            continue
        if stored and column in personal and column in fold.salts:
            stored = personal_digest(fold.salts[column], stored)
        if not _same(stored, folded):
            return column
    return ""


def _unrecorded(model: type[Ledgered], town: str, seen: set[int]) -> Iterator[Finding]:
    """Name rows that no entry tells of: they were put in past the ledger."""
    here = model._base_manager.filter(town=town)
    if here.count() == len(seen):
        return
    for pk in readable(here.values_list("pk", flat=True).iterator(chunk_size=CHUNK)):
        if pk is None:
            yield Finding("表里有一行的编号读不出来", row=model._meta.label_lower)
        elif pk.int not in seen:
            yield Finding("表里有这一行，却没有留痕", row=f"{model._meta.label_lower}:{pk}")
