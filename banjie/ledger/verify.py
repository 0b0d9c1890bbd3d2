"""Verify a town: walk the chain, fold every subject's entries, and compare the folds with the rows (T9).

Two passes, each streaming: the chain by `seq`, then the bodies by subject. Memory holds one batch of folds and
the ids of the rows seen.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from django.apps import apps

from banjie.ledger.actions import seal_hash
from banjie.ledger.canonical import CHAINED, digest, entry_hash, personal_digest, plain
from banjie.ledger.merkle import root_of
from banjie.ledger.models import GENESIS, ChainHead, Entry, Ledgered, Seal, ledgered_fields

CHUNK = 2000
ROWS_AT_ONCE = 500


class BodyRow(NamedTuple):
    """What the second pass reads of an entry; salt and content are None once the body is erased."""

    subject_id: UUID
    seq: int
    deed: str
    subject_type: str
    body_digest: str
    body__salt: str | None
    body__content: str | None


@dataclass(frozen=True)
class Finding:
    """One thing that does not agree; `row` and `column` name it where it is a row."""

    message: str
    row: str = ""
    column: str = ""
    seq: int | None = None


@dataclass
class Fold:
    """A row as its entries leave it; a column met in a lost body is unknown until an entry sets it again."""

    columns: dict[str, object] = field(default_factory=dict)
    salts: dict[str, str] = field(default_factory=dict)
    is_whole: bool = True


@dataclass
class Report:
    """What was walked and what was found."""

    town: str
    entries: int = 0
    rows: int = 0
    findings: list[Finding] = field(default_factory=list)


def verify(
    town: str,
    *,
    models: Iterable[type[Ledgered]] | None = None,
    progress: Callable[[str], None] = lambda line: None,
) -> Report:
    """Check a town's chain, seals and rows, and return what does not agree, in order of the ledger."""
    report = Report(town)
    report.findings += _chain_findings(report)
    progress(f"链：{report.entries} 条留痕已核对")
    report.findings += _fold_findings(report, {m._meta.label_lower: m for m in models or _ledgered_models()})
    progress(f"行：{report.rows} 行已与留痕比对")
    return report


def _ledgered_models() -> list[type[Ledgered]]:
    return [model for model in apps.get_models() if issubclass(model, Ledgered)]


def _chain_findings(report: Report) -> Iterator[Finding]:
    """Walk the entries in order: no gap, each hash right and chained, each seal over what it says."""
    seals = {sealed.to_seq: sealed for sealed in Seal.objects.filter(town=report.town)}
    previous, expected, leaves, last_seal = GENESIS, 1, [], GENESIS
    entries = Entry.objects.filter(town=report.town).order_by("seq").values_list(*CHAINED, "hash")
    for row in entries.iterator(chunk_size=CHUNK):
        *chained, stored = row
        seq = chained[2]
        if seq != expected:
            yield Finding(f"留痕序号不连续：应为 {expected}，却是 {seq}", seq=seq)
        if chained[0] != previous or entry_hash(chained) != stored:
            yield Finding(f"第 {seq} 条留痕与链不符", seq=seq)
        previous, expected = stored, seq + 1
        leaves.append(stored)
        report.entries += 1
        sealed = seals.pop(seq, None)
        if sealed:
            yield from _seal_findings(sealed, leaves, last_seal)
            leaves, last_seal = [], sealed.hash
    yield from (Finding(f"封存到第 {to_seq} 条，留痕里却没有它", seq=to_seq) for to_seq in seals)
    head = ChainHead.objects.filter(town=report.town).first()
    if head and (head.seq, head.hash) != (expected - 1, previous):
        yield Finding(f"链头记到第 {head.seq} 条，留痕只到第 {expected - 1} 条", seq=head.seq)


def _seal_findings(sealed: Seal, leaves: list[str], previous: str) -> Iterator[Finding]:
    whole = sealed.to_seq - sealed.from_seq + 1 == len(leaves)
    if not whole or sealed.root != root_of(leaves):
        yield Finding(f"第 {sealed.from_seq}—{sealed.to_seq} 条与封存的根不符", seq=sealed.to_seq)
    if sealed.previous_hash != previous or sealed.hash != seal_hash(sealed):
        yield Finding(f"第 {sealed.from_seq}—{sealed.to_seq} 条的封存被改动", seq=sealed.to_seq)


def _fold_findings(report: Report, models: dict[str, type[Ledgered]]) -> Iterator[Finding]:
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
                yield from _compared(models[label], waiting.pop(label), seen[label])
    for label, folds_of_label in waiting.items():
        yield from _compared(models[label], folds_of_label, seen[label])
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
    erased_to = max((entry.seq for entry in entries if entry.deed == "ledger.erased"), default=0)
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
    for column, (before, after) in changes.items():
        is_known = fold.is_whole or column in fold.columns
        if is_known and not _is_digest(before) and not _same(before, fold.columns.get(column)):
            yield Finding(f"第 {seq} 条留痕改动前的值与之前的留痕不符", row=key, column=column, seq=seq)
        fold.columns[column] = after
        if _is_digest(after):
            fold.salts[column] = salt


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and value.startswith("~")


def _same(one: object, other: object) -> bool:
    """Tell whether two canonical values agree; an empty text and no value are both left out of bodies."""
    return one == other or (one in (None, "") and other in (None, ""))


def _compared(model: type[Ledgered], folds: dict[UUID, Fold], seen: set[int]) -> Iterator[Finding]:
    """Read the rows of a batch of folds and name the first column of each that differs."""
    names = [f.attname for f in ledgered_fields(model)]
    rows = model._base_manager.filter(pk__in=folds).order_by().values_list("pk", *names)
    for pk, *values in rows:
        seen.add(pk.int)
        column = _first_difference(
            folds.pop(pk), dict(zip(names, values, strict=True)), model.personal_columns
        )
        if column:
            yield Finding("这一行与它的留痕不符", row=f"{model._meta.label_lower}:{pk}", column=column)
    for pk in folds:
        yield Finding("留痕里有这一行，表里没有", row=f"{model._meta.label_lower}:{pk}")


def _first_difference(fold: Fold, values: dict[str, object], personal: frozenset[str]) -> str:
    for column, value in values.items():
        if column not in fold.columns and not fold.is_whole:
            continue
        stored, folded = plain(value), fold.columns.get(column)
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
    for pk in here.values_list("pk", flat=True).iterator(chunk_size=CHUNK):
        if pk.int not in seen:
            yield Finding("表里有这一行，却没有留痕", row=f"{model._meta.label_lower}:{pk}")
