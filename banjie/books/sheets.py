"""Records from a sheet and into one: a column for each field, references by name, each record by its 记录号 (U14)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from banjie.base.clock import local_day
from banjie.base.errors import Conflict, NotAllowed
from banjie.books.actions import void_all, write_all
from banjie.books.actions.checking import checked_all
from banjie.books.book import Book, BookField
from banjie.books.columns import IDENTITY, columns_of, sheet_fields
from banjie.books.models import Record
from banjie.books.named import FOUND, is_key, keys_named
from banjie.books.queries import (
    books_of,
    can_write,
    title_of,
    visible_to,
)
from banjie.fields.plain_text import without_blanks
from banjie.fields.spec import FieldType, Stored
from banjie.fields.stored import COVERED, as_typed, say
from banjie.people.queries import StaffActor
from banjie.sheets.declared import Finding, Importer, Prepared, Row, Setting, declare_family
from banjie.sheets.queries import touched_since
from banjie.sheets.stamps import stamp_of

FAMILY = "book"
DEED = "books.write_record"
LOOKS = frozenset({"record.revealed"})
MARKS = ("*", "＊")
"""What a covered value bears."""


@dataclass(frozen=True)
class Plan:
    """A record to be written, by field as typed."""

    typed: Mapping[str, object]


def importer_of(key: str) -> Importer:
    """Return the importer of the book that `book.<key>` names."""
    return Importer(
        key=key,
        title="台账",
        permission=DEED,
        columns=lambda setting: columns_of(_actor(setting), book_of(setting, key)),
        prepare=lambda setting, rows: _prepare(setting, book_of(setting, key), rows),
        write=lambda setting, batch_id, plans: _write(setting, book_of(setting, key), batch_id, plans),
        undo=_undo,
        touched=lambda setting, batch_id, ids: _touched(setting, book_of(setting, key), batch_id, ids),
        help="导出的数据版改好、添好也从这里导入；带记录号而没有改动的行不会重复记。",
    )


def book_of(setting: Setting, key: str) -> Book:
    """Return the book of an importer. Raises NotFound, NotAllowed for one that the actor does not write."""
    book = books_of(setting.town, local_day(setting.at)).book(key.partition(".")[2])
    if not can_write(_actor(setting), book):
        raise NotAllowed(f"“{book.title}”不由您的岗位记。请交给记这本台账的人，或联系党政办。", ground=DEED)
    return book


def _actor(setting: Setting) -> StaffActor:
    return cast(StaffActor, setting.by)


def _prepare(setting: Setting, book: Book, rows: Sequence[Row]) -> Prepared:
    """Resolve what cells name, leave what stands already, and check the others as the form would."""
    actor = _actor(setting)
    standing = _standing(actor, book, rows)
    plans: list[object | None] = [None] * len(rows)
    findings: list[Finding] = []
    typed: list[tuple[int, dict[str, object]]] = []
    for place, row in enumerate(rows):
        told, wrong = _typed(actor, book, row, standing)
        findings += wrong
        known = row.text(IDENTITY)
        if wrong or (known and known in standing):
            continue
        typed.append((place, told))
    read, complaints = checked_all(actor, book, [told for _, told in typed], at=setting.at)
    for (which, key), message in complaints.items():
        findings.append(Finding(rows[typed[which][0]].line_no, key if key in book.by_key else "", message))
    bad = {which for which, _ in complaints}
    for which, (place, told) in enumerate(typed):
        if which not in bad:
            plans[place] = Plan(told)
    kept = [plan for plan, row in zip(plans, rows, strict=True) if not _has_finding(row, findings)]
    return Prepared(kept, findings, _notes(book, actor, [one.day for one in read], len(standing)))


def _has_finding(row: Row, findings: Sequence[Finding]) -> bool:
    return any(one.line_no == row.line_no for one in findings)


def _notes(book: Book, actor: StaffActor, days: Sequence[object], standing: int) -> list[str]:
    """Return what the preview says and nothing stops: rows that stand, days that have records already."""
    notes = [f"{standing}行系统里已有，没有改动，不会重复记。"] if standing else []
    taken = visible_to(actor, book).filter(day__in=set(days), author_id=actor.id, voided_at__isnull=True)
    if days and taken.exists():
        notes.append("有的日期您已经记过，请核对这张表是不是导入过；导入过的可以撤销那一批。")
    return notes


def _standing(actor: StaffActor, book: Book, rows: Sequence[Row]) -> dict[str, Record]:
    """Return the records that cells of 记录号 name."""
    told = {row.text(IDENTITY) for row in rows} - {""}
    ids = [UUID(one) for one in told if is_key(one)]
    seen = visible_to(actor, book)
    found = {row.pk.hex: row for row in seen.filter(pk__in=ids)}
    return found | {row.number: row for row in seen.filter(number__in=told) if row.number}


def _typed(
    actor: StaffActor, book: Book, row: Row, standing: Mapping[str, Record]
) -> tuple[dict[str, object], list[Finding]]:
    """Return a row as it would be typed into the form; a row that stands must say what stands."""
    known = standing.get(row.text(IDENTITY))
    if row.text(IDENTITY) and known is None:
        words = "系统里没有这个记录号。新记的行，请把这一格清空。"
        return {}, [Finding(row.line_no, IDENTITY, words)]
    told: dict[str, object] = {}
    findings = []
    for spec in sheet_fields(actor, book):
        cell = row.values.get(spec.key)
        if cell is None or (known is not None and _is_covered(spec, cell)):
            continue
        told[spec.key], wrong = _referred(actor, spec, cell)
        findings += [Finding(row.line_no, spec.key, wrong)] if wrong else []
        if spec.bound_key in row.values:
            told[spec.bound_key] = row.values[spec.bound_key]
    if known is not None and not findings:
        findings += _differences(book, row, known, told)
    return told, findings


def _is_covered(spec: BookField, cell: Stored) -> bool:
    may_be_covered = spec.is_sealed or spec.type is FieldType.RESIDENT
    return cell == COVERED or (may_be_covered and any(mark in str(cell) for mark in MARKS))


def _referred(actor: StaffActor, spec: BookField, cell: Stored) -> tuple[object, str]:
    """Return the key of what a cell names, or the value as typed, and what is wrong with it."""
    if _is_covered(spec, cell):
        return "", "这是遮盖过的内容，不能导入。请填完整的。"
    if spec.type not in FOUND:
        return as_typed(spec, cell) if not spec.is_sealed else str(cell), ""
    keys = keys_named(actor, spec, without_blanks(str(cell)))
    if len(keys) == 1:
        return keys[0], ""
    if not keys:
        return "", f"系统里没有“{cell}”，请核对，或先登记"
    return "", f"叫“{cell}”的有{len(keys)}个以上，请写证件号码、信用代码或编号"


def _differences(book: Book, row: Row, known: Record, told: Mapping[str, object]) -> list[Finding]:
    """Return the cells of a record that stands which say something else than it does."""
    found = []
    for key, value in told.items():
        spec = book.by_key.get(key)
        if spec is None or spec.is_sealed:
            continue
        stands = known.values.get(key)
        if as_typed(spec, stands) != str(value):
            said = say(spec, stands) if spec.type not in FOUND and not spec.type.is_picked else "别的"
            words = f"系统里这一条是“{said or '空'}”。导入只记新的；要改，请打开这一条更正。"
            found.append(Finding(row.line_no, key, words))
    return found


def _write(setting: Setting, book: Book, batch_id: UUID, plans: Sequence[object]) -> list[UUID]:
    typed = [plan.typed for plan in plans if isinstance(plan, Plan)]
    stamp = stamp_of(setting, batch_id)
    rows = write_all(book.key, typed, actor=_actor(setting), stamp=stamp, batch_id=batch_id)
    return [row.pk for row in rows]


def _touched(setting: Setting, book: Book, batch_id: UUID, ids: Sequence[UUID]) -> list[str]:
    changed = touched_since(batch_id, ids, besides=LOOKS)
    rows = Record.objects.filter(town=setting.town, pk__in=changed, voided_at__isnull=True)
    return [title_of(row, book) for row in rows]


def _undo(setting: Setting, batch_id: UUID, ids: Sequence[UUID]) -> None:
    changed = touched_since(batch_id, ids, besides=LOOKS)
    if Record.objects.filter(town=setting.town, pk__in=changed, voided_at__isnull=True).exists():
        raise Conflict("有记录刚被改动过，这一批没有撤。请先看过改动的那几条。")
    void_all(ids, actor=_actor(setting), stamp=stamp_of(setting, batch_id), reason="撤销导入")


declare_family(FAMILY, importer_of)
