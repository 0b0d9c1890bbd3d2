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
from banjie.books.models import Record
from banjie.books.queries import (
    RecordNames,
    books_of,
    can_write,
    said_field,
    sees_field,
    title_of,
    visible_to,
)
from banjie.cases.queries import visible_to as cases_visible_to
from banjie.enterprises.queries import visible_to as enterprises_visible_to
from banjie.fields.plain_text import without_blanks
from banjie.fields.spec import FieldSpec, FieldType, Stored
from banjie.fields.stored import COVERED, as_typed, say
from banjie.people.queries import StaffActor, names_of
from banjie.places.queries import grid_names, village_names
from banjie.residents.queries import find_residents
from banjie.sheets.declared import Column, Finding, Importer, Prepared, Row, Setting, declare_family
from banjie.sheets.queries import touched_since
from banjie.sheets.stamps import stamp_of

FAMILY = "book"
DEED = "books.write_record"
IDENTITY = "record_id__"
"""The column by which a record that was exported is known again."""
IDENTITY_TITLE = "记录号"
LOOKS = frozenset({"record.revealed"})
FOUND = (FieldType.RESIDENT, FieldType.ENTERPRISE, FieldType.CASE, FieldType.RECORD)
MARKS = ("*", "＊")
"""What a covered value bears."""
MOST_FOUND = 3


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


def sheet_fields(actor: StaffActor, book: Book) -> tuple[BookField, ...]:
    """Return the fields that a sheet of a book has as columns: those asked that the actor sees, files left out."""
    return tuple(
        spec
        for spec in book.fields
        if spec.until is None and not spec.type.is_kept_file and sees_field(actor, book, spec)
    )


def columns_of(actor: StaffActor, book: Book) -> tuple[Column, ...]:
    """Return the columns of a book's sheet, with what a cell may pick from; the 记录号 stands last."""
    fields = [_column(actor, spec) for spec in sheet_fields(actor, book)]
    known = Column(IDENTITY, IDENTITY_TITLE, help="系统导出时带出，新记的不用填")
    return (*fields, known)


def cells_of(actor: StaffActor, book: Book, row: Record, names: RecordNames) -> list[str]:
    """Return a record as the cells of `columns_of`, such that they mean the same when they come back."""
    cells = [_cell(actor, book, row, spec, names) for spec in sheet_fields(actor, book)]
    return [*cells, row.number or row.pk.hex]


def book_of(setting: Setting, key: str) -> Book:
    """Return the book of an importer. Raises NotFound, NotAllowed for one that the actor does not write."""
    book = books_of(setting.town, local_day(setting.at)).book(key.partition(".")[2])
    if not can_write(_actor(setting), book):
        raise NotAllowed(f"“{book.title}”不由您的岗位记。请交给记这本台账的人，或联系党政办。", ground=DEED)
    return book


def _actor(setting: Setting) -> StaffActor:
    return cast(StaffActor, setting.by)


def _column(actor: StaffActor, spec: BookField) -> Column:
    options = tuple(_options(actor, spec))
    unit = f"单位：{spec.unit}" if spec.unit else ""
    return Column(
        key=spec.key,
        title=spec.label,
        spec=_checked_by(spec, has_options=bool(options)),
        is_required=spec.required,
        help="；".join(part for part in (unit, spec.help, _HELP.get(spec.type, "")) if part),
        options=options,
    )


def _checked_by(spec: BookField, *, has_options: bool) -> FieldSpec | None:
    """Return by what a cell is checked: names and what may be covered are any text, read when rows are prepared."""
    if spec.type in FOUND or spec.is_sealed:
        return FieldSpec(spec.key, spec.label, longest=200)
    return None if has_options else spec


def _options(actor: StaffActor, spec: BookField) -> list[tuple[str, str]]:
    office = names_of(actor.town)
    if spec.type is FieldType.UNIT:
        return [(str(pk), name) for pk, name in office.units.items()]
    if spec.type is FieldType.STAFF:
        return [(str(pk), name) for pk, name in office.staff.items()]
    if spec.type is FieldType.VILLAGE:
        return [(code, name) for code, name in village_names(actor.town) if code.startswith(actor.scope)]
    if spec.type is FieldType.GRID:
        villages = dict(village_names(actor.town))
        return [(str(pk), f"{villages.get(code, '')}{name}") for pk, code, name in grid_names(actor.town)]
    if spec.type is FieldType.CHOICE:
        return [(choice.key, choice.label) for choice in spec.choices if choice.until is None]
    return []


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
    ids = [UUID(one) for one in told if _is_hex(one)]
    seen = visible_to(actor, book)
    found = {row.pk.hex: row for row in seen.filter(pk__in=ids)}
    return found | {row.number: row for row in seen.filter(number__in=told) if row.number}


def _is_hex(text: str) -> bool:
    return len(text) == 32 and all(letter in "0123456789abcdef" for letter in text)


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
    keys = _FIND[spec.type](actor, spec, without_blanks(str(cell)))
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


def _cell(actor: StaffActor, book: Book, row: Record, spec: BookField, names: RecordNames) -> str:
    """Return one field as a cell that means the same when it comes back; what is personal is covered."""
    value = row.values.get(spec.key)
    if spec.is_sealed or spec.type is FieldType.CHOICES:
        return said_field(actor, book, row, spec, names).words
    if value is None:
        return ""
    if spec.type is FieldType.CHOICE:
        return spec.choice_label(str(value))
    if spec.type is FieldType.CASE:
        return names.names.get(str(value), "").partition(" ")[0]
    if spec.type is FieldType.RECORD:
        return UUID(str(value)).hex
    if spec.type is FieldType.GRID:
        return dict(_options(actor, spec)).get(str(value), "")
    if spec.type.is_picked and spec.type is not FieldType.YES_NO:
        return names.names.get(str(value), "")
    bound = row.values.get(spec.bound_key)
    typed = as_typed(spec, value)
    return {"at_least": f"{typed}余", "under": f"近{typed}"}.get(str(bound), typed)


def _residents(actor: StaffActor, _: BookField, typed: str) -> list[str]:
    hits = find_residents(actor, typed, limit=MOST_FOUND)
    return [str(hit.id) for hit in hits]


def _enterprises(actor: StaffActor, _: BookField, typed: str) -> list[str]:
    seen = enterprises_visible_to(actor)
    found = seen.filter(uscc=typed) | seen.filter(name=typed)
    return [str(pk) for pk in found.values_list("pk", flat=True)[:MOST_FOUND]]


def _cases(actor: StaffActor, _: BookField, typed: str) -> list[str]:
    found = cases_visible_to(actor).filter(number=typed.upper())
    return [str(pk) for pk in found.values_list("pk", flat=True)[:MOST_FOUND]]


def _records(actor: StaffActor, spec: BookField, typed: str) -> list[str]:
    inside = Record.objects.filter(town=actor.town, book=spec.of, voided_at__isnull=True)
    found = (
        inside.filter(pk=UUID(typed)) if _is_hex(typed) else inside.filter(number=typed).exclude(number="")
    )
    return [str(pk) for pk in found.values_list("pk", flat=True)[:MOST_FOUND]]


_FIND = {
    FieldType.RESIDENT: _residents,
    FieldType.ENTERPRISE: _enterprises,
    FieldType.CASE: _cases,
    FieldType.RECORD: _records,
}
_HELP = {
    FieldType.RESIDENT: "填姓名；重名的填证件号码",
    FieldType.ENTERPRISE: "填企业全称或统一社会信用代码",
    FieldType.CASE: "填件的编号",
    FieldType.RECORD: "填那一条的编号或记录号",
    FieldType.CHOICES: "几项用顿号隔开",
    FieldType.YES_NO: "填是或否",
}
declare_family(FAMILY, importer_of)
